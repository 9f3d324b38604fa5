"""Idle power of the machine: what is subtracted before energy is charged to anyone."""

from __future__ import annotations

from time import perf_counter_ns, sleep
from typing import TYPE_CHECKING

from greenlint.profiler.unwrap import step

if TYPE_CHECKING:
    from greenlint.profiler.provider import CounterSource


def measure_idle(source: CounterSource, seconds: float = 0.2) -> float:
    """Power while this process sleeps, W: an upper bound of idle power on a shared machine."""
    first, begin = source.read(), perf_counter_ns()
    sleep(seconds)
    last, elapsed = source.read(), (perf_counter_ns() - begin) / 1e9
    moved = [
        step(a, b, range_uj=domain.range_uj, elapsed_s=elapsed, max_w=domain.max_w).delta_uj or 0
        for domain, a, b in zip(source.domains, first, last)
    ]
    return sum(moved) / 1e6 / elapsed
