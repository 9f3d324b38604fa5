"""Idle power of the machine: what is subtracted before energy is charged to anyone, and how well it is known."""

from __future__ import annotations

import math
from time import perf_counter_ns, sleep
from typing import TYPE_CHECKING, NamedTuple

from greenlint.profiler.busy import BusyClock
from greenlint.profiler.unwrap import step

if TYPE_CHECKING:
    from greenlint.profiler.provider import CounterSource

LAG = 0.41
"""Standard deviation of a window's timing error in update periods: two reads, each up to one period late (sqrt(1/6))."""

_QUIET_CPUS = 0.05
_TICK_S = 0.01  # the kernel accounts busy time in ticks
_UNKNOWN = 1 / math.sqrt(12)  # standard deviation of a value known only to lie between 0 and 1
_LINEARITY = 0.5  # power per busy CPU falls as more become busy; stated share of the correction


class IdlePower(NamedTuple):
    """Watts of the idle machine, standard uncertainty in W, where the figure comes from, and whether nobody was busy."""

    watts: float
    u_watts: float
    origin: str
    quiet: bool = False


NOT_SEPARATED = IdlePower(0.0, 0.0, "not told apart by this provider")
"""For estimates of whole machines, whose rest is not idle power."""


def measure_idle(source: CounterSource, seconds: float = 3.0) -> IdlePower:
    """Power while this process sleeps. Where others keep CPUs busy, idle power is only known to be less.

    Raises OSError or ValueError when a counter cannot be read.
    """
    busy = BusyClock()
    try:
        first, start, busy_before = source.read(), perf_counter_ns(), busy.read().busy_ns
        sleep(seconds)
        last, elapsed_ns = source.read(), perf_counter_ns() - start
        cpus = (busy.read().busy_ns - busy_before) / elapsed_ns
    finally:
        busy.close()
    elapsed_s = elapsed_ns / 1e9
    moved = [
        step(a, b, range_uj=domain.range_uj, elapsed_s=elapsed_s, max_w=domain.max_w).delta_uj or 0
        for domain, a, b in zip(source.domains, first, last)
    ]
    power = sum(moved) / 1e6 / elapsed_s
    if cpus > _QUIET_CPUS:
        return IdlePower(power / 2, power * _UNKNOWN, f"less than {power:.3g} W: {cpus:.1f} CPUs were busy meanwhile")
    return IdlePower(power, power * LAG * source.period_s / elapsed_s, f"quiet window of {elapsed_s:.1f} s", True)


def idle_from_check(
    rest_w: float, burn_w: float, others_cpus: float, *, period_s: float, rest_s: float, watched_s: float
) -> IdlePower:
    """Idle power from the rest and the burn of a self-check that took `watched_s` in all.

    The burn adds one busy CPU, so its extra power says what the `others_cpus` that were busy at rest added to it.
    """
    per_cpu = max(0.0, burn_w - rest_w)
    correction = min(per_cpu * max(0.0, others_cpus), rest_w)
    u_cpus = _TICK_S / watched_s
    # Where all CPUs are taken the burn adds nothing, and only this says that the others' share of the power is unknown.
    unknown = rest_w * min(1.0, others_cpus) * _UNKNOWN if others_cpus > _QUIET_CPUS + u_cpus else 0.0
    u_watts = math.hypot(rest_w * LAG * period_s / rest_s, _LINEARITY * correction, per_cpu * u_cpus, unknown)
    return IdlePower(rest_w - correction, u_watts, "short rest before the self-check")
