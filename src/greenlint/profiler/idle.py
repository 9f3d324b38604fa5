"""Idle power of the machine: what is subtracted before energy is charged to anyone, and how well it is known."""

from __future__ import annotations

import math
from time import perf_counter_ns, sleep
from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from greenlint.profiler.source import CounterSource

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

    Raises OSError or ValueError when a counter cannot be read or jumps.
    """
    from greenlint.profiler.busy import BusyClock
    from greenlint.profiler.unwrap import step

    busy = BusyClock()
    try:
        first, start, busy_before = source.read(), perf_counter_ns(), busy.read().busy_ns
        sleep(seconds)
        last, elapsed_ns = source.read(), perf_counter_ns() - start
        cpus = (busy.read().busy_ns - busy_before) / elapsed_ns
    finally:
        busy.close()
    elapsed_s = elapsed_ns / 1e9
    moved = []
    for domain, before, after in zip(source.domains, first, last):
        delta, problem = step(before, after, range_uj=domain.range_uj, elapsed_s=elapsed_s, max_w=domain.max_w)
        if delta is None:
            raise ValueError(f"{domain.name} {problem}")
        moved.append(delta)
    power = sum(moved) / 1e6 / elapsed_s
    if cpus > _QUIET_CPUS or not busy.available:
        why = f"{cpus:.1f} CPUs were busy meanwhile" if busy.available else "the machine does not tell how busy it is"
        return IdlePower(power / 2, power * _UNKNOWN, f"less than {power:.3g} W: {why}")
    return IdlePower(power, power * LAG * source.period_s / elapsed_s, f"quiet window of {elapsed_s:.1f} s", True)


def idle_from_check(
    rest_w: float, burn_w: float, others_cpus: float, *, period_s: float, rest_s: float, watched_s: float
) -> IdlePower:
    """Idle power from the rest and the burn of a self-check that took `watched_s` in all.

    The burn adds one busy CPU, so its extra power says what the `others_cpus` that were busy at rest added to it.
    """
    return idle_of_stretch(
        rest_w,
        max(0.0, burn_w - rest_w),
        max(0.0, others_cpus),
        u_cpus=_TICK_S / watched_s,
        lag=period_s / rest_s,
        origin="short rest before the self-check",
    )


def idle_of_stretch(watts: float, per_cpu_w: float, busy_cpus: float, *, u_cpus: float, lag: float, origin: str) -> IdlePower:
    """Idle power from a stretch with `busy_cpus`, each of which adds about `per_cpu_w`.

    u_cpus  standard uncertainty of the busy CPUs; lag  update period of the counter over the length of the stretch
    """
    correction = min(per_cpu_w * busy_cpus, watts)
    # The first busy CPU wakes up more than later ones add, and where all are taken one more adds nothing: what is left may be
    # idle power, or much of it not. Any value between is equally likely, and ours is at the end of that range.
    unknown = (watts - correction) * min(1.0, busy_cpus) / math.sqrt(3) if busy_cpus > _QUIET_CPUS + u_cpus else 0.0
    u_watts = math.hypot(watts * LAG * lag, _LINEARITY * correction, per_cpu_w * u_cpus, unknown)
    return IdlePower(watts - correction, u_watts, origin)
