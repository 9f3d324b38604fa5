"""Collects process pairs in alternating order, and measures a pair again when a hypervisor took the CPU away meanwhile."""

from __future__ import annotations

import math
from time import monotonic
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Sequence

    from greenlint.sampling.sample import Process, Value

    Runner = Callable[[str, int, Sequence[str]], Process]
    """Starts one process: side ("base" or "head"), hash seed, names of benchmarks (empty: all)."""


@runtime_checkable
class Together(Protocol):
    """A runner that can also run the two processes of a pair together."""

    @property
    def notices(self) -> Sequence[str]:
        """What the reader should know."""

    def __call__(self, side: str, seed: int, names: Sequence[str]) -> Process:
        """One process alone."""

    def both(self, order: Sequence[str], seed: int, names: Sequence[str]) -> dict[str, Process]:
        """One process of each side; the first of `order` begins."""


STOLEN = 0.10
"""Part of the CPU time of the machine that went to others above which a pair is measured again."""

RETRIES = 2
_LEAST = 1e-12


class Pair(NamedTuple):
    """A process of either side, one after the other or in turns.

    number  within its stage, from 1; excluded  the reason why it does not count, or ""
    """

    stage: int
    number: int
    base: Process
    head: Process
    excluded: str = ""


def collect(
    run: Runner, stage: int, pairs: int, names: Sequence[str], draw: random.Random, progress: Callable[[str], object]
) -> list[Pair]:
    """So many pairs that count, and those that do not beside them; one pair alone when it holds no benchmark.

    A pair whose CPU time was stolen is tried again RETRIES times; then it counts as it is.
    """
    found: list[Pair] = []
    began, done = monotonic(), 0
    for number in range(1, pairs + 1):
        for attempt in range(RETRIES + 1):
            left = _time_left(monotonic() - began, done, pairs)
            pair = _pair(run, stage, number, names, draw, lambda side: progress(f"pair {number} of {pairs}, {side}{left}"))  # noqa: B023 - called at once
            stolen = max(pair.base.stolen, pair.head.stolen)
            if stolen <= STOLEN or attempt == RETRIES:
                found.append(pair)
                break
            found.append(pair._replace(excluded=f"{stolen:.0%} of the CPU time was stolen"))
        done = number
        if number == 1 and not (pair.base.values or pair.head.values):
            break
    return found


def _pair(
    run: Runner, stage: int, number: int, names: Sequence[str], draw: random.Random, progress: Callable[[str], object]
) -> Pair:
    seed, order = draw.randrange(2**32), ("base", "head") if number % 2 else ("head", "base")
    if isinstance(run, Together):
        progress("both sides")
        together = run.both(order, seed, names)
        return Pair(stage, number, together["base"], together["head"])
    done = {}
    for side in order:
        progress(side)
        done[side] = run(side, seed, names)
    return Pair(stage, number, done["base"], done["head"])


def _time_left(elapsed_s: float, done: int, pairs: int) -> str:
    """How long the stage will still take, once a pair has shown it."""
    if not done:
        return ""
    seconds = elapsed_s / done * (pairs - done)
    return f"; {seconds:.0f} s left" if seconds < 100 else f"; {seconds / 60:.0f} min left"


def values(pairs: Iterable[Pair], name: str) -> list[tuple[Value, Value]]:
    """Base and head of a benchmark in all pairs that count and in which both sides have it."""
    return [
        (pair.base.values[name], pair.head.values[name])
        for pair in pairs
        if not pair.excluded and name in pair.base.values and name in pair.head.values
    ]


def number_of(value: Value, metric: str) -> float:
    """What a metric compares: J, s or instructions of an iteration; above 0, for it goes into a logarithm.

    CPU time is that of the best round: what a busy machine adds to it (cold caches, a shared core) it only adds. Energy is the
    median of the rounds, for a counter errs in both directions.
    """
    number = {"energy": value.energy_j, "instructions": value.instructions}.get(metric)
    if number is None:
        number = min(value.cpu_rounds, default=value.cpu_s)
    return max(number, _LEAST)


def logs_of(both: Sequence[tuple[Value, Value]], metric: str) -> list[float]:
    """Logarithms of head over base."""
    return [math.log(number_of(head, metric) / number_of(base, metric)) for base, head in both]
