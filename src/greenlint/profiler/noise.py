"""How much the same work differs from one time to the next on this machine, as it is now."""

from __future__ import annotations

from time import perf_counter_ns, process_time_ns

from greenlint.named_tuple import NamedTuple
from greenlint.profiler.busy import BusyClock

ROUNDS = 25
_ROUND_NS = 8_000_000
_NORMAL = 1.4826
"""The median absolute deviation of normal data times this is their standard deviation (Rousseeuw and Croux, 1993)."""


class Noise(NamedTuple):
    """Relative standard deviation of one piece of work, robust against single outliers.

    cpu, wall  of its CPU time and of its elapsed time; rounds  how often it was done
    work_s     how long one round took; others_cpus  CPUs that other processes kept busy meanwhile
    stolen     part of the CPU time that a hypervisor gave to other machines
    """

    cpu: float
    wall: float
    rounds: int
    work_s: float
    others_cpus: float
    stolen: float


def measure_noise(rounds: int = ROUNDS) -> Noise:
    """Do the same work again and again, some 8 ms each; a quarter of a second in all."""
    turns, busy = _turns(), BusyClock()
    try:
        before, own, start = busy.read(), process_time_ns(), perf_counter_ns()
        cpus, walls = [], []
        for _ in range(rounds):
            cpu, wall = process_time_ns(), perf_counter_ns()
            _work(turns)
            walls.append(perf_counter_ns() - wall)
            cpus.append(process_time_ns() - cpu)
        after, own_ns, elapsed_ns = busy.read(), process_time_ns() - own, perf_counter_ns() - start
    finally:
        busy.close()
    busy_ns, stolen_ns = after.busy_ns - before.busy_ns, after.steal_ns - before.steal_ns
    return Noise(
        cpu=spread(cpus),
        wall=spread(walls),
        rounds=rounds,
        work_s=_median(walls) / 1e9,
        others_cpus=max(0, busy_ns - own_ns) / elapsed_ns,
        stolen=stolen_ns / max(busy_ns + stolen_ns, 1),
    )


def spread(values: list[int]) -> float:
    """Relative standard deviation by the median absolute deviation; 0 for fewer than two values."""
    if len(values) < 2:
        return 0.0
    middle = _median(values)
    return _NORMAL * _median([abs(value - middle) for value in values]) / middle if middle else 0.0


def _median(values: list[int] | list[float]) -> float:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _turns() -> int:
    """As many turns of the work as take about one round here."""
    turns = 1000
    while True:
        start = perf_counter_ns()
        _work(turns)
        elapsed_ns = perf_counter_ns() - start
        if elapsed_ns >= _ROUND_NS // 8 or turns > 100_000_000:
            return max(1, turns * _ROUND_NS // max(elapsed_ns, 1))
        turns *= 4


def _work(turns: int) -> int:
    """Integer arithmetic that depends on the turn before, so that nothing of it can be left out."""
    value = 1
    for turn in range(turns):
        value = (value * 69069 + turn) & 0xFFFFFFFF
    return value
