"""Repeats benchmarks in fresh processes until their medians are known well enough.

Precise is what the interval of the median over processes says, not over iterations: rounds of one process agree with each other
far better than with the next process. A benchmark that is precise is left out of the processes that follow.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from greenlint.analysis.medians import LEAST, Centre, centre_of
from greenlint.errors import ProviderError
from greenlint.gate.paired import COUNTED
from greenlint.model.energy import Method
from greenlint.named_tuple import NamedTuple
from greenlint.sampling.collecting import RETRIES, STOLEN, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.sampling.collecting import Runner
    from greenlint.sampling.sample import Process, Value

SIDE = "here"
MARKS = ("measured", "attributed", "estimated", "none")
"""From the strongest to the weakest method that can be required."""


class Goal(NamedTuple):
    """When to stop: half the interval's width over the median, and processes at most; `metric` and `require` as everywhere."""

    precision: float
    most: int
    seed: int
    metric: str = "auto"
    require: str = "none"


class Sampled(NamedTuple):
    """One process, and why it does not count, or ""."""

    process: Process
    excluded: str = ""


class Measured(NamedTuple):
    """One benchmark. `centre` is of the metric, None where it never gave a value; `failed` holds its own words then.

    energy  the same for joules beside CPU time, with their mark ("estimated"); None where there are none
    precise  whether the goal was reached
    """

    name: str
    centre: Centre | None
    mark: str
    precise: bool
    energy: Centre | None = None
    energy_mark: str = ""
    failed: str = ""


class Repeated(NamedTuple):
    """What was measured, by name, and every process of it."""

    metric: str
    results: tuple[Measured, ...]
    samples: tuple[Sampled, ...]
    goal: Goal


def repeat(run: Runner, goal: Goal, progress: Callable[[str], object] = lambda _: None) -> Repeated:
    """Measure until every benchmark is precise. Raises ProviderError for a method that is not available."""
    draw = random.Random(goal.seed)
    samples: list[Sampled] = []
    wanted: list[str] = []
    for number in range(1, goal.most + 1):
        progress(f"process {number} of at most {goal.most}" + (f", {len(wanted)} benchmarks left" if wanted else ""))
        samples += _counted(run, draw.randrange(2**32), wanted)
        if number == 1:
            _check(goal, samples)
        found = _by_name(samples)
        wanted = [name for name, values in found.items() if not _precise(values, _metric(goal, samples), goal)]
        if not wanted:
            break
    return _results(samples, goal)


def _counted(run: Runner, seed: int, names: Sequence[str]) -> list[Sampled]:
    """A process that counts, and before it those in which the CPU was taken away."""
    found = []
    for attempt in range(RETRIES + 1):
        process = run(SIDE, seed, names)
        taken = process.stolen > STOLEN and attempt < RETRIES
        found.append(Sampled(process, f"{process.stolen:.0%} of the CPU time was stolen" if taken else ""))
        if not taken:
            break
    return found


def _check(goal: Goal, samples: Sequence[Sampled]) -> None:
    """Raise ProviderError at once when the first process shows that what is required cannot be had."""
    values = [value for sample in samples for value in sample.process.values.values()]
    if not values:
        return
    if goal.metric == "energy" and any(value.method not in COUNTED for value in values):
        raise ProviderError("--metric energy, but no counter measured it", "`greenlint doctor` says why")
    weakest = max(MARKS.index(_mark(value)) for value in values)
    if goal.metric in ("auto", "energy") and weakest > MARKS.index(goal.require):
        raise ProviderError(f"energy must be {goal.require}, but is {MARKS[weakest]} here", "`greenlint doctor` says why")


def _mark(value: Value) -> str:
    mark = Method(value.method).mark if value.method else "none"
    return mark if mark in MARKS else "none"


def _by_name(samples: Sequence[Sampled]) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for sample in samples:
        for name, value in sample.process.values.items():
            if not sample.excluded:
                found.setdefault(name, []).append(value)
    return found


def _metric(goal: Goal, samples: Sequence[Sampled]) -> str:
    if goal.metric not in ("auto", "energy"):
        return goal.metric
    methods = {value.method for values in _by_name(samples).values() for value in values}
    return "energy" if methods and methods <= COUNTED else "cpu"


def _numbers(values: Sequence[Value], metric: str) -> list[float]:
    """What an iteration costs as a rule: of CPU time the median of the rounds, where a comparison takes the best one."""
    return [value.cpu_s if metric == "cpu" else number_of(value, metric) for value in values]


def _precise(values: Sequence[Value], metric: str, goal: Goal) -> bool:
    if metric == "instructions":  # a repeat that agrees is all there is to know
        return len(values) >= 2 and max(_numbers(values, metric)) <= min(_numbers(values, metric)) * (1 + goal.precision)
    return len(values) >= LEAST and centre_of(_numbers(values, metric)).precision <= goal.precision


def _results(samples: Sequence[Sampled], goal: Goal) -> Repeated:
    metric, found = _metric(goal, samples), _by_name(samples)
    results = [_measured(name, values, metric, goal) for name, values in found.items()]
    failed: dict[str, str] = {}
    for sample in samples:
        for name, words in sample.process.failed.items():
            if name not in found:
                failed.setdefault(name, words)
    results += [Measured(name, None, "", precise=False, failed=words) for name, words in failed.items()]
    return Repeated(metric, tuple(sorted(results)), tuple(samples), goal)


def _measured(name: str, values: Sequence[Value], metric: str, goal: Goal) -> Measured:
    centre = centre_of(_numbers(values, metric))
    precise = _precise(values, metric, goal)
    marks = {_mark(value) for value in values}
    mark = max(marks, key=MARKS.index)
    if metric == "energy":
        return Measured(name, centre, mark, precise)
    joules = [value.energy_j for value in values if value.energy_j is not None]
    energy = centre_of(joules) if len(joules) == len(values) else None
    return Measured(name, centre, "proxy", precise, energy, mark if energy is not None else "")
