"""Head against base: the stages, the verdicts and their error rates, with simulated processes whose truth is known."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence

import pytest

from greenlint.gate.paired import Compared, Settings, compare
from greenlint.sampling.sample import Process, Value

Runner = Callable[[str, int, Sequence[str]], Process]
SETTINGS = Settings(first_pairs=8, second_pairs=None, min_effect=0.02, seed=1)


def processes(effects: dict[str, float], *, seed: int = 7, sd: float = 0.02, method: str = "model") -> Runner:
    """Processes in which head takes `1 + effect` times as long as base, each with noise of its own."""
    draw = random.Random(seed)

    def run(side: str, hash_seed: int, names: Sequence[str]) -> Process:
        values = {}
        for name, effect in effects.items():
            if names and name not in names:
                continue
            seconds = 1e-3 * (1 + effect if side == "head" else 1) * math.exp(draw.gauss(0, sd))
            values[name] = Value(seconds, seconds * 3, method)
        return Process(values)

    return run


def verdicts(results: Iterable[Compared]) -> dict[str, str]:
    return {one.name: one.verdict.value for one in results}


def test_a_clear_worsening_and_a_clear_improvement_are_confirmed_and_the_rest_is_left_alone() -> None:
    results = compare(processes({"slow": 0.10, "fast": -0.10, "same": 0.0}), SETTINGS).results
    assert verdicts(results) == {"slow": "worse", "fast": "better", "same": "unchanged"}
    slow = next(one for one in results if one.name == "slow")
    assert slow.stage == 2
    assert slow.change is not None and slow.change.pairs == 12
    assert slow.change.low < 1.10 < slow.change.high
    assert slow.base == pytest.approx(1e-3, rel=0.05)


def test_only_suspects_are_measured_again() -> None:
    asked: list[tuple[str, ...]] = []
    inner = processes({"slow": 0.2, "same": 0.0})

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        asked.append(tuple(names))
        return inner(side, seed, names)

    compare(run, SETTINGS)
    assert asked[:16] == [()] * 16
    assert set(asked[16:]) == {("slow",)}
    assert len(asked) == 16 + 24


def test_the_order_alternates_and_both_of_a_pair_share_their_hash_seed() -> None:
    calls: list[tuple[str, int]] = []
    inner = processes({"same": 0.0})

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        calls.append((side, seed))
        return inner(side, seed, names)

    compare(run, SETTINGS._replace(first_pairs=4))
    assert [side for side, _ in calls[:8]] == ["base", "head", "head", "base"] * 2
    seeds = [seed for _, seed in calls[:8]]
    assert seeds[::2] == seeds[1::2]
    assert len(set(seeds)) == 4


def test_the_same_seed_repeats_a_run() -> None:
    first = compare(processes({"a": 0.03}), SETTINGS)
    assert compare(processes({"a": 0.03}), SETTINGS) == first


def test_benchmarks_of_one_side_only_are_new_or_gone() -> None:
    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        shared = {"both": Value(1.0, None, "")}
        extra = "old" if side == "base" else "young"
        return Process({**shared, extra: Value(1.0, None, "")})

    results = compare(run, SETTINGS._replace(first_pairs=2)).results
    assert verdicts(results) == {"both": "unchanged", "old": "gone", "young": "new"}


def test_nothing_to_measure_ends_after_the_first_pair() -> None:
    calls = []

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        calls.append(side)
        return Process({})

    done = compare(run, SETTINGS)
    assert (done.metric, done.results) == ("cpu", ())
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("method", "metric"), [("counter", "energy"), ("attributed", "energy"), ("model", "cpu"), ("default", "cpu"), ("", "cpu")]
)
def test_energy_decides_only_where_it_was_counted(method: str, metric: str) -> None:
    assert compare(processes({"a": 0.0}, method=method), SETTINGS._replace(first_pairs=2)).metric == metric


def test_one_process_without_a_counter_makes_cpu_time_decide() -> None:
    counted, modelled = processes({"a": 0.0}, method="counter"), processes({"a": 0.0})
    turn = iter(range(1000))

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        return (modelled if next(turn) == 5 else counted)(side, seed, names)

    assert compare(run, SETTINGS).metric == "cpu"


def test_a_change_that_is_certain_but_too_small_to_matter_is_no_alarm() -> None:
    results = compare(processes({"a": 0.012}, sd=0.001), SETTINGS).results
    assert verdicts(results) == {"a": "unconfirmed"}
    results = compare(processes({"a": 0.012}, sd=0.001), SETTINGS._replace(min_effect=0.005)).results
    assert verdicts(results) == {"a": "worse"}


def test_a_hundred_unchanged_benchmarks_hardly_ever_raise_an_alarm() -> None:
    alarms = praises = 0
    for trial in range(60):
        effects = {f"bench-{number}": 0.0 for number in range(100)}
        results = compare(processes(effects, seed=trial, sd=0.035), SETTINGS._replace(seed=trial)).results
        alarms += "worse" in verdicts(results).values()
        praises += "better" in verdicts(results).values()
    assert max(alarms, praises) <= 6, f"{alarms} and {praises} of 60 suites of 100 benchmarks"


def test_one_worsening_among_a_hundred_is_still_found() -> None:
    found = 0
    for trial in range(40):
        effects = {f"bench-{number}": 0.0 for number in range(99)} | {"slow": 0.10}
        results = compare(processes(effects, seed=trial, sd=0.035), SETTINGS._replace(seed=trial)).results
        found += verdicts(results)["slow"] == "worse"
    assert found >= 32, f"{found} of 40"


class Both:
    """A runner of pairs, whose processes are simulated."""

    notices = ("said once",)

    def __init__(self) -> None:
        self.orders: list[tuple[str, ...]] = []
        self._one = processes({"slow": 0.10, "same": 0.0})

    def __call__(self, side: str, seed: int, names: Sequence[str]) -> Process:
        raise AssertionError("both sides are asked for together")

    def both(self, order: Sequence[str], seed: int, names: Sequence[str]) -> dict[str, Process]:
        self.orders.append(tuple(order))
        return {side: self._one(side, seed, names) for side in order}


def test_a_runner_of_pairs_is_asked_for_both_sides_with_the_one_that_begins_in_turn_and_its_notices_are_shown() -> None:
    run = Both()
    done = compare(run, SETTINGS)
    assert verdicts(done.results) == {"slow": "worse", "same": "unchanged"}
    assert run.orders == [("base", "head"), ("head", "base")] * 10
    assert done.notices == ("said once",)
