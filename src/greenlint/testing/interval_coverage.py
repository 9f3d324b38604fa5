"""How often the stated intervals hold the truth: windows on many simulated machines of known power.

The calibration of a counter is off by the same factor in each of its windows, so coverage is a matter of many machines,
each with a gain drawn from the stated distribution, and not of many windows on one.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple
from greenlint.testing.known_power import KnownPower, Load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from greenlint.model.energy import Energy

SHORTEST_S, LONGEST_S = 0.001, 1.0
GAIN, IDLE_W = 0.05, 20.0


class Judged(NamedTuple):
    """One window: its length, what was stated, with idle inside ("total") or above idle ("own"), and the true energy, J."""

    seconds: float
    kind: str
    energy: Energy
    truth_j: float

    @property
    def held(self) -> bool:
        """Whether the 95 % interval holds the truth."""
        low, high = self.energy.interval
        return low <= self.truth_j <= high


class Scene(NamedTuple):
    """A load to test with: what runs (drawn for each machine), and the idle power below it."""

    load: Callable[[random.Random], Iterator[Load]]
    idle_w: float = IDLE_W


def rest(_: random.Random) -> Iterator[Load]:
    """Nothing runs."""
    yield from ()


def steady(_: random.Random) -> Iterator[Load]:
    """One CPU of ours, always the same power."""
    yield Load(math.inf, 1.0, 22.0)


def bursts(rng: random.Random) -> Iterator[Load]:
    """Two levels because our process works and waits in turn, for 50 ms on average; a CPU second costs the same."""
    while True:
        yield Load(rng.expovariate(20), 1.0, 40.0)
        yield Load(rng.expovariate(20), 0.05, 2.0)


def levels(mean_s: float) -> Callable[[random.Random], Iterator[Load]]:
    """Two levels although the CPU is always busy: what CPU time cannot tell. Each lasts `mean_s` on average."""

    def load(rng: random.Random) -> Iterator[Load]:
        while True:
            yield Load(rng.expovariate(1 / mean_s), 1.0, 28.0)
            yield Load(rng.expovariate(1 / mean_s), 1.0, 16.0)

    return load


def neighbours(spread: float) -> Callable[[random.Random], Iterator[Load]]:
    """Our program beside another one: the watts of a busy CPU are drawn for each, log-normal with this spread."""

    def load(rng: random.Random) -> Iterator[Load]:
        yield Load(math.inf, 1.0, 15 * rng.lognormvariate(0, spread), 1.0, 15 * rng.lognormvariate(0, spread))

    return load


ALONE = {
    "constant 42 W, idle": Scene(rest, 42.0),
    "constant 42 W, one CPU": Scene(steady),
    "two levels, by CPU time": Scene(bursts),
    "two levels of 5 ms": Scene(levels(0.005)),
    "two levels of 50 ms": Scene(levels(0.05)),
    "two levels of 0.5 s": Scene(levels(0.5)),
}
"""Loads of a machine that we have alone: there the truth is defined, and the stated coverage must hold."""

SHARED = {
    "neighbour, same power": Scene(neighbours(0.0)),
    "neighbour, spread 20 %": Scene(neighbours(0.2)),
    "neighbour, spread 40 %": Scene(neighbours(0.4)),
}


def judge_windows(scene: Scene, *, machines: int, windows: int = 1, seed: int, unit_uj: float = 61.035) -> Iterator[Judged]:
    """Windows from 1 ms to 1 s, log-uniform, at random times on `machines` machines; two kinds of value for each."""
    rng = random.Random(seed)
    for _ in range(machines):
        machine = KnownPower(
            scene.load(rng),
            idle_w=scene.idle_w,
            phase_s=rng.random() / 1000,
            unit_uj=unit_uj,
            gain_error=rng.gauss(0, GAIN),
            gain=GAIN,
        )
        meter = machine.open_meter(rng.uniform(0.020, 0.021))
        machine.run(rng.uniform(0.2, 1.0))
        for _ in range(windows):
            machine.run(rng.uniform(0.0, 0.1))
            seconds = math.exp(rng.uniform(math.log(SHORTEST_S), math.log(LONGEST_S)))
            own_j, start = machine.own_j, meter.read()
            machine.run(seconds)
            end, own_j = meter.read(), machine.own_j - own_j
            total, own = meter.energy(start, end, idle="wall"), meter.energy(start, end)
            assert total is not None and own is not None, "only a proxy claims no joules"
            yield Judged(seconds, "total", total, own_j + scene.idle_w * seconds)
            yield Judged(seconds, "own", own, own_j)


def coverage(windows: Iterable[Judged]) -> float:
    """The part of the windows whose interval holds the truth."""
    held = [window.held for window in windows]
    return sum(held) / len(held)
