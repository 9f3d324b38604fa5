"""Repeating until precise: how many processes it takes, what is left out, and what is never taken for a measurement."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pytest

from greenlint.analysis.medians import LEAST
from greenlint.errors import ProviderError
from greenlint.gate.repeat import Goal, Measured, Repeated, repeat
from greenlint.reporters.bench.repeated import as_object, table_of
from greenlint.sampling.sample import Process, Value

GOAL = Goal(precision=0.02, most=40, seed=1)


class Machine:
    """Processes with normal noise of their own; keeps what it was asked for."""

    def __init__(self, noise: dict[str, float], method: str = "model") -> None:
        self.noise, self.method, self.asked = noise, method, list[tuple[str, ...]]()
        self.draw = random.Random(3)

    def __call__(self, side: str, seed: int, names: Sequence[str]) -> Process:
        self.asked.append(tuple(names))
        values = {}
        for name, sd in self.noise.items():
            if not names or name in names:
                seconds = 1e-3 * math.exp(self.draw.gauss(0, sd))
                values[name] = Value(seconds, seconds * 3, self.method)
        return Process(values, seed=seed)


def one(done: Repeated, name: str) -> Measured:
    return next(result for result in done.results if result.name == name)


def test_a_quiet_benchmark_takes_six_processes_and_a_noisy_one_goes_on_alone() -> None:
    machine = Machine({"quiet": 0.001, "noisy": 0.05})
    done = repeat(machine, GOAL)
    assert machine.asked[:LEAST] == [()] + [("quiet", "noisy")] * (LEAST - 1)
    assert set(machine.asked[LEAST:]) == {("noisy",)}
    quiet, noisy = one(done, "quiet").centre, one(done, "noisy").centre
    assert quiet is not None and noisy is not None
    assert quiet.values == LEAST < noisy.values
    assert all(result.precise and result.centre is not None and result.centre.precision <= 0.02 for result in done.results)


def test_one_that_never_gets_precise_stops_at_the_limit_and_says_how_rough_it_is() -> None:
    done = repeat(Machine({"noisy": 0.5}), GOAL._replace(most=8))
    assert (one(done, "noisy").precise, len(done.samples)) == (False, 8)
    notes = " ".join(table_of(done, "x").notes)
    assert "1 benchmark is not precise to ±2.0% after 8 processes; the roughest is known to ±" in notes


def test_cpu_time_is_a_proxy_and_its_modelled_energy_is_marked_as_estimated() -> None:
    done = repeat(Machine({"a": 0.001}), GOAL)
    result = one(done, "a")
    assert (done.metric, result.mark, result.energy_mark) == ("cpu", "proxy", "estimated")
    row = as_object(done, "x", None, 0)["benchmarks"][0]
    assert (row["mark"], row["energy"]["mark"]) == ("proxy", "estimated")
    assert row["value"] == pytest.approx(1e-3, rel=0.01)
    assert row["interval"][0] <= row["value"] <= row["interval"][1]


def test_counted_energy_is_what_is_measured_where_every_process_has_it() -> None:
    done = repeat(Machine({"a": 0.001}, method="counter"), GOAL)
    assert (done.metric, one(done, "a").mark) == ("energy", "measured")
    assert one(done, "a").centre == pytest.approx(one(done, "a").centre)
    assert table_of(done, "x").rows[0][1].endswith("J")


@pytest.mark.parametrize(
    ("goal", "method", "message"),
    [
        (GOAL._replace(metric="energy"), "model", "--metric energy, but no counter measured it"),
        (GOAL._replace(require="measured"), "model", "energy must be measured, but is estimated here"),
        (GOAL._replace(require="measured"), "attributed", "energy must be measured, but is attributed here"),
        (GOAL._replace(require="estimated"), "", "energy must be estimated, but is none here"),
    ],
)
def test_a_method_that_is_not_available_ends_it_after_one_process(goal: Goal, method: str, message: str) -> None:
    machine = Machine({"a": 0.001}, method)
    with pytest.raises(ProviderError, match=message) as caught:
        repeat(machine, goal)
    assert (caught.value.exit_code, len(machine.asked)) == (4, 1)


def test_a_process_whose_cpu_was_stolen_is_measured_again_and_kept() -> None:
    inner = Machine({"a": 0.001})
    shares = iter([0.4, *[0.0] * 99])

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        return inner(side, seed, names)._replace(stolen=next(shares))

    done = repeat(run, GOAL)
    assert [sample.excluded for sample in done.samples[:2]] == ["40% of the CPU time was stolen", ""]
    assert as_object(done, "x", None, 0)["processes"] == len(done.samples) - 1


def test_a_benchmark_that_fails_is_named_and_has_no_value() -> None:
    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        return Process({"a": Value(1.0, None, "")}, {"b": "ValueError: no"})

    done = repeat(run, GOAL)
    assert (one(done, "b").centre, one(done, "b").failed) == (None, "ValueError: no")
    assert "b: ValueError: no" in table_of(done, "x").notes


def test_nothing_to_measure_ends_after_one_process() -> None:
    machine = Machine({})
    assert repeat(machine, GOAL).results == ()
    assert len(machine.asked) == 1


def test_two_equal_counts_of_instructions_are_enough() -> None:
    asked = []

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        asked.append(seed)
        return Process({"a": Value(0.0, None, "", 2, instructions=1000.0)})

    done = repeat(run, GOAL._replace(metric="instructions"))
    assert (len(asked), one(done, "a").precise) == (2, True)
    assert table_of(done, "x").rows[0][1] == "1000 instr"


def test_stopping_early_costs_the_interval_little_of_its_coverage() -> None:
    """The interval of a run that stops as soon as it looks narrow holds the truth less often than 95 %, but not much."""
    held = 0
    for trial in range(300):
        machine = Machine({"a": 0.03})
        machine.draw = random.Random(trial)
        centre = one(repeat(machine, GOAL), "a").centre
        assert centre is not None and centre.low is not None and centre.high is not None
        held += centre.low <= 1e-3 <= centre.high
    assert held / 300 >= 0.85
