"""Energy by counters: a machine's integers, split among its processes, with what the counters cannot resolve.

Long windows are the difference of two reads. Windows shorter than 25 update periods, and windows of other processes,
get their CPU time's share of the energy above idle in a longer stretch around them, and say so ("attributed").
"""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, NamedTuple

from greenlint.model.energy import Energy, Method
from greenlint.profiler.accounts.base import policy
from greenlint.profiler.accounts.history import History, Sample
from greenlint.profiler.accounts.recheck import still_counts
from greenlint.profiler.accounts.totals import Totals
from greenlint.profiler.idle import LAG, measure_idle
from greenlint.profiler.trust import remember_idle

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.profiler.accounts.history import Stretch
    from greenlint.profiler.clock import Clock
    from greenlint.profiler.idle import IdlePower
    from greenlint.profiler.provider import CounterSource
    from greenlint.profiler.reading import Reading

CRITICAL = 3.29
"""Currie (1968): a detection limit with 5 % error of both kinds is 3.29 standard uncertainties."""

SHORT_PERIODS = 25  # below it the counter's steps are more than 1.6 % of a window
_SPAN_NS = 500_000_000  # stretch around a window in which the machine's other processes are looked at
_SAMPLE_NS = 200_000_000
_STALL_NS = 100_000_000
_ALONE_CPUS, _ALONE_SHARE = 0.1, 0.1  # others busy less than this, or less than this part of the busy time: we are alone
_UNEVEN = 0.10  # energy per CPU second differs between programs on one machine; a stated convention


class _Part(NamedTuple):
    """The energy above idle of a window that is ours, J, its random standard uncertainty, J, and the seconds of idle power
    that were subtracted to get it."""

    dynamic_j: float
    u_rand: float
    subtracted_s: float
    shared: bool
    others_cpus: float


class CounterAccount:
    """Counters of a whole machine, attributed to this process tree."""

    def __init__(self, source: CounterSource, machine_class: str, idle: IdlePower, clock: Clock) -> None:
        """`clock` reads the CPU time of this process tree. Raises OSError or ValueError when the first read fails."""
        self.method, self.boundary = source.method, source.boundary
        self.idle = idle
        self._source, self._totals = source, Totals(source, clock.now_ns)
        self._domains = tuple(domain.name for domain in source.domains)
        self._group = f"{source.name}/{machine_class}"
        self._own_ns, self._now_ns, self._busy = clock.read, clock.now_ns, clock.busy_clock()
        self._logical_cpus = os.cpu_count() or 1
        self._history = History()
        self._highest_w = 0.0
        self._stop: Callable[[], None] | None = None
        self._finished: tuple[str, ...] | None = None
        self._sample()

    @property
    def invalid(self) -> str | None:
        """Why no number of the session counts, or None."""
        return self._totals.invalid

    def read(self) -> tuple[int, ...]:
        """Unwrapped microjoules per domain; a history sample too when the last one is old."""
        if self._now_ns() - self._history.last_ns > _SAMPLE_NS:
            return self._sample()
        return self._totals.read()

    def energy(self, start: Reading, end: Reading, idle: str) -> Energy:
        """From the difference of two readings, or for short windows from the stretch around them."""
        wall_ns, cpu_ns = end.t_ns - start.t_ns, end.cpu_ns - start.cpu_ns
        if wall_ns < SHORT_PERIODS * self._source.period_s * 1e9:
            return self._pooled(start.t_ns, end.t_ns, cpu_ns, idle, 1.0)
        total_j, wall_s = (sum(end.counters) - sum(start.counters)) / 1e6, wall_ns / 1e9
        part = self._own_part(total_j, wall_s, cpu_ns / 1e9, self._around(start.t_ns, end.t_ns))
        idle_s = wall_s if idle == "wall" else 0.0
        # Alone and with idle inside, the counter's own difference is the answer.
        whole = idle_s > 0 and not part.shared
        energy_j = total_j if whole else part.dynamic_j + self.idle.watts * idle_s
        return self._value(part, energy_j, idle_s, idle, f"{start.t_ns}-{end.t_ns}")

    def share(self, start_ns: int, end_ns: int, cpu_ns: int, idle: str) -> Energy:
        """CPU time times the energy above idle per busy CPU second around the window; idle is charged per CPU in use."""
        cpus = max(1.0, cpu_ns / max(1, end_ns - start_ns))
        return self._pooled(start_ns, end_ns, cpu_ns, idle, min(1.0, cpus / self._logical_cpus))

    def record(self, period_s: float) -> None:
        """Sample at a steady pace in a thread, so that windows of other processes find a fine history."""
        if self._stop is None:
            from greenlint.profiler.accounts.pace import every

            self._stop = every(period_s, self._sample)

    def measure_idle(self, seconds: float) -> IdlePower:
        """Sleep, and use what is measured from now on where the machine was quiet. Raises OSError or ValueError."""
        measured = measure_idle(self._source, seconds)
        if measured.quiet:
            self.idle = measured
            remember_idle(self._source.identity, measured)
        return measured

    def finish(self) -> tuple[str, ...]:
        """Stop sampling, check that the counters still count, release the source; returns warnings."""
        if self._finished is None:
            if self._stop is not None:
                self._stop()
            if self.invalid is None and not still_counts(self._totals.read, self._source.period_s):
                self._totals.fail("stopped counting before the end of the session")
            self._sample()
            self._source.close()
            self._busy.close()
            self._finished = self._warnings()
        return self._finished

    def _sample(self) -> tuple[int, ...]:
        totals, now = self._totals.read(), self._now_ns()
        busy = self._busy.read()
        before = self._history.last_ns
        self._history.add(Sample(now, sum(totals), self._own_ns(), busy.busy_ns, busy.steal_ns))
        if before > 0 and now - before > max(_STALL_NS, SHORT_PERIODS * self._source.period_s * 1e9):
            near = self._history.around(before, now, 0)
            self._highest_w = max(self._highest_w, near.energy_j / near.wall_s)
            if not near.energy_j:
                self._totals.fail(f"did not move for {near.wall_s:.2g} s in the middle of the session")
        return totals

    def _around(self, start_ns: int, end_ns: int) -> Stretch:
        if self._finished is None and end_ns > self._history.last_ns:
            self._sample()
        return self._history.around(start_ns, end_ns, _SPAN_NS)

    def _own_part(self, total_j: float, wall_s: float, own_s: float, near: Stretch) -> _Part:
        """Split the energy above idle of a long window between this process tree and the others."""
        above_j = total_j - self.idle.watts * wall_s
        cpus = self._others_cpus(near)
        others_s = cpus * wall_s
        fraction = others_s / max(own_s + others_s, 1e-9)
        shared = cpus > _ALONE_CPUS and fraction > _ALONE_SHARE
        share = 1.0 - fraction if shared else 1.0
        u_others_s = wall_s * (self._busy.resolution_ns / 1e9 / max(near.wall_s, 1e-9))
        u_share = share * min(1.0, u_others_s / max(own_s + others_s, 1e-9)) if shared else min(fraction, _ALONE_SHARE) / 2
        uneven = _UNEVEN * min(share, 1.0 - share)
        u_rand = math.hypot(self._u_lag(total_j, wall_s) * share, above_j * u_share, above_j * uneven)
        dynamic_j = max(0.0, above_j * share)
        return _Part(dynamic_j, u_rand, wall_s * share, shared, cpus)

    def _pooled(self, start_ns: int, end_ns: int, cpu_ns: int, idle: str, idle_share: float) -> Energy:
        """The CPU time's part of a longer stretch around the window, as all CPU time in it is taken to cost the same."""
        near = self._around(start_ns, end_ns)
        own_s, wall_s = cpu_ns / 1e9, max(end_ns - start_ns, 0) / 1e9
        busy_s = max(near.busy_s, near.own_s, own_s, 1e-9)
        factor = min(1.0, own_s / busy_s)
        dynamic_j = max(0.0, near.energy_j - self.idle.watts * near.wall_s) * factor
        u_busy = min(1.0, self._busy.resolution_ns / 1e9 / busy_s)
        u_rand = math.hypot(self._u_lag(near.energy_j, near.wall_s) * factor, dynamic_j * _UNEVEN, dynamic_j * u_busy)
        part = _Part(dynamic_j, u_rand, near.wall_s * factor, True, self._others_cpus(near))
        idle_s = wall_s * idle_share if idle == "wall" else 0.0
        return self._value(part, part.dynamic_j + self.idle.watts * idle_s, idle_s, idle, f"{start_ns}-{end_ns}")

    def _value(self, part: _Part, energy_j: float, idle_s: float, idle: str, window_id: str) -> Energy:
        """`idle_s`  seconds of idle power inside the value, 0 where idle is charged elsewhere."""
        idle_j = min(self.idle.watts * idle_s, energy_j)
        # What was subtracted as idle and is charged as idle again cancels: a difference of two reads holds it exactly.
        u_idle = self.idle.u_watts * abs(idle_s - part.subtracted_s)
        disturbed = part.shared and part.others_cpus > _ALONE_CPUS
        return Energy(
            energy_j=energy_j,
            idle_j=idle_j,
            u_rand=part.u_rand,
            u_sys=self._source.gain * energy_j + u_idle,
            sys_group=self._group,
            method=Method.ATTRIBUTED if part.shared and self.method is Method.COUNTER else self.method,
            provider=self._source.name,
            domains=self._domains,
            boundary=policy(self.boundary, idle) if self.idle.watts else f"{self.boundary}, idle not told apart",
            limit_j=CRITICAL * math.hypot(part.u_rand, u_idle),
            warnings=(f"{part.others_cpus:.1f} CPUs busy with other processes",) if disturbed else (),
            window_id=window_id,
        )

    def _others_cpus(self, near: Stretch) -> float:
        return max(0.0, near.busy_s - near.own_s) / near.wall_s if near.wall_s else 0.0

    def _u_lag(self, energy_j: float, wall_s: float) -> float:
        """Standard uncertainty from reading a counter that steps: J. The highest power seen bounds what a late step holds."""
        power = max(energy_j / wall_s if wall_s else 0.0, self._highest_w, self.idle.watts)
        return LAG * self._source.period_s * power

    def _warnings(self) -> tuple[str, ...]:
        if self.invalid:
            return (f"no number of this session counts: {self.invalid}",)
        session = self._history.whole()
        total_s = session.busy_s + session.steal_s
        stolen = session.steal_s / total_s if total_s else 0.0
        return (f"the hypervisor stole {stolen:.0%} of the CPU time",) if stolen > 0.02 else ()
