"""Pairs as they are collected: what was taken away is measured again, what fails is named, nothing is paired with another."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from greenlint.gate.paired import Paired, Settings, compare
from greenlint.sampling.collecting import RETRIES, collect, number_of, values
from greenlint.sampling.sample import Process, Value, failures

SETTINGS = Settings(first_pairs=4, second_pairs=8, min_effect=0.02, seed=1)
SAME = {"a": Value(1.0, None, "")}


def reasons(done: Paired) -> dict[str, tuple[str, str]]:
    return {one.name: (one.verdict.value, one.reason) for one in done.results}


def test_a_pair_whose_cpu_was_stolen_is_measured_again_and_kept_with_the_reason() -> None:
    shares = iter([0.0, 0.3, *[0.0] * 100])

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        return Process(SAME, seed=seed, stolen=next(shares))

    pairs = collect(run, 1, 4, (), random.Random(1), lambda _: None)
    assert [(pair.number, pair.excluded) for pair in pairs] == [
        (1, "30% of the CPU time was stolen"),
        *((number, "") for number in (1, 2, 3, 4)),
    ]
    assert len(values(pairs, "a")) == 4
    assert pairs[0].base.seed != pairs[1].base.seed


def test_a_machine_that_is_always_taken_away_counts_in_the_end_and_says_so() -> None:
    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        return Process(SAME, stolen=0.5)

    done = compare(run, SETTINGS)
    assert len(done.pairs) == 4 * (RETRIES + 1)
    assert "8 pairs were measured again" in done.notices[0]
    assert "4 pairs of a machine that was taken away count" in done.notices[1]


def test_a_benchmark_that_fails_on_one_side_is_named_with_its_own_words() -> None:
    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        failed = {"old": "ValueError: no"} if side == "base" else {"new": "assert 1 == 2"}
        other = "new" if side == "base" else "old"
        return Process({**SAME, other: Value(1.0, None, "")}, failed)

    assert reasons(compare(run, SETTINGS)) == {
        "a": ("unchanged", ""),
        "new": ("unmeasured", "fails in the head: assert 1 == 2"),
        "old": ("new", "fails in the base: ValueError: no"),
    }


def test_only_pairs_in_which_both_sides_have_a_value_are_compared() -> None:
    turn = iter(range(100))

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        number = next(turn)
        return Process({"a": Value(1.0 + number, None, "")}, {}) if number != 2 else Process({}, {"a": "flaky"})

    pairs = collect(run, 1, 3, (), random.Random(1), lambda _: None)
    assert [(base.cpu_s, head.cpu_s) for base, head in values(pairs, "a")] == [(1.0, 2.0), (5.0, 6.0)]


def test_a_suspect_that_fails_when_measured_again_stays_unconfirmed() -> None:
    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        if names:
            return Process({}, {"a": "out of memory"})
        return Process({"a": Value(2.0 if side == "head" else 1.0, None, "")})

    verdict, reason = reasons(compare(run, SETTINGS))["a"]
    assert verdict == "unconfirmed"
    assert "out of memory" in reason


def test_the_progress_says_how_long_the_stage_will_take() -> None:
    said: list[str] = []
    collect(lambda side, seed, names: Process(SAME), 1, 3, (), random.Random(1), said.append)
    assert said[0] == "pair 1 of 3, base"
    assert said[2] == "pair 2 of 3, head; 0 s left"


def test_energy_that_must_decide_and_was_not_counted_is_an_error_and_no_cpu_time() -> None:
    from greenlint.errors import ProviderError

    with pytest.raises(ProviderError, match="--metric energy"):
        compare(lambda side, seed, names: Process({"a": Value(1.0, 3.0, "model")}), SETTINGS._replace(metric="energy"))


def test_cpu_time_decides_when_it_is_asked_for_although_energy_was_counted() -> None:
    done = compare(lambda side, seed, names: Process({"a": Value(1.0, 3.0, "counter")}), SETTINGS._replace(metric="cpu"))
    assert (done.metric, done.results[0].base) == ("cpu", 1.0)


def test_failures_are_read_from_pytests_summary() -> None:
    output = (
        "FAILED b/test_a.py::test_x[1 - 2] - assert 1 == 2\nERROR b/test_a.py::test_y\nERROR b/test_z.py - SyntaxError\nFAILED?"
    )
    assert failures(output) == {"b/test_a.py::test_x[1 - 2]": "assert 1 == 2", "b/test_a.py::test_y": "failed"}


def test_cpu_time_is_compared_by_the_best_round_and_energy_by_the_median_of_all() -> None:
    value = Value(2.0, 5.0, "counter", 3, None, (4.0, 1.5, 2.0))
    assert (number_of(value, "cpu"), number_of(value, "energy")) == (1.5, 5.0)
    assert number_of(Value(2.0, None, ""), "cpu") == 2.0
    assert number_of(Value(0.0, None, "", instructions=7.0), "instructions") == 7.0
