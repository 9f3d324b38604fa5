"""Energy by counters: a machine's integers, split among its processes, with what the counters cannot resolve.

Long windows are the difference of two reads. Windows shorter than 10 update periods, and windows of other processes, get
their CPU time's share of the energy above idle in a longer stretch around them, and say so ("attributed"). Both ways the sum
over many windows is right; docs/uncertainty.md has each term of the uncertainty.
"""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING

from greenlint.model.energy import Energy, Method, bounded
from greenlint.profiler.accounts.base import policy
from greenlint.profiler.accounts.history import History, Sample
from greenlint.profiler.accounts.quiet import Quiet
from greenlint.profiler.accounts.recheck import still_counts
from greenlint.profiler.accounts.split import ALONE_CPUS, Steps, Window, direct, most, pooled, surer, with_background
from greenlint.profiler.accounts.totals import Totals
from greenlint.profiler.fault import explain
from greenlint.profiler.idle import measure_idle
from greenlint.profiler.trust import remember_idle

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.profiler.accounts.history import Stretch
    from greenlint.profiler.accounts.split import Part
    from greenlint.profiler.clock import Clock
    from greenlint.profiler.idle import IdlePower
    from greenlint.profiler.reading import Reading
    from greenlint.profiler.source import CounterSource

CRITICAL = 3.29
"""Currie (1968): a detection limit with 5 % error of both kinds is 3.29 standard uncertainties."""

SHORT_PERIODS = 10  # above it the counter's steps are less than 4 % of a window, less than its calibration is off
_SPAN_NS = 500_000_000  # stretch around a window in which the machine's other processes are looked at
_SAMPLE_NS = 200_000_000
_ASLEEP_S = 1.0  # time that passes on the suspended machine but not on the monotonic clock
_BUSY_UNKNOWN = "the busy time of this machine cannot be read: what other processes used is inside the value"


class CounterAccount:
    """Counters of a whole machine, attributed to this process tree."""

    def __init__(self, source: CounterSource, machine_class: str, idle: IdlePower, clock: Clock) -> None:
        """`clock` reads the CPU time of this process tree. Raises OSError or ValueError when the first read fails."""
        self.method, self.boundary = source.method, source.boundary
        self._idle = idle
        self._source, self._totals = source, Totals(source, clock.now_ns)
        self._domains = tuple(domain.name for domain in source.domains)
        self._group = f"{source.name}/{machine_class}"
        self._own_ns, self._now_ns, self._busy = clock.read, clock.now_ns, clock.busy_clock()
        self._asleep_ns, self._asleep_before_ns = clock.asleep_ns, clock.asleep_ns()
        self._logical_cpus = os.cpu_count() or 1
        self._steps = Steps(source.period_s, len(source.domains), self._busy.resolution_ns / 1e9)
        self._history = History()
        self._quiet = Quiet(source.period_s, self._steps.tick_s)
        self._stop: Callable[[], None] | None = None
        self._finished: tuple[str, ...] | None = None
        self._sample()

    @property
    def idle(self) -> IdlePower:
        """The surer of what was known at the start and what the quietest moment of the session tells."""
        seen = self._quiet.idle
        return seen if self.method.measured and seen and seen.u_watts < self._idle.u_watts else self._idle

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
        """From the difference of two readings, for short windows also from the stretch around them."""
        wall_s, own_s = (end.t_ns - start.t_ns) / 1e9, (end.cpu_ns - start.cpu_ns) / 1e9
        window = Window((sum(end.counters) - sum(start.counters)) / 1e6, wall_s, own_s)
        near, base = self._around(start.t_ns, end.t_ns), self.idle
        part, split = direct(window, near, base.watts, self._steps), False
        if wall_s < SHORT_PERIODS * self._source.period_s:
            other = pooled(window, near, base.watts, self._steps)
            # What others did in these few milliseconds cannot be told: their CPU time is known over longer stretches only.
            split = part.shared or surer(other, window, near, base.u_watts, self._steps)
            part = other if split else part
        if idle == "wall" and not split and not part.shared:
            part = with_background(part, window, base.watts)
        window_id = f"{start.t_ns}-{end.t_ns}"
        value = self._value(part, base, wall_s if idle == "wall" else 0.0, idle, window_id, split=split or part.shared)
        return bounded(value, most(window, near, self._source.gain, self._steps))

    def share(self, start_ns: int, end_ns: int, cpu_ns: int, idle: str) -> Energy:
        """CPU time times the energy above idle per busy CPU second around the window; idle is charged per CPU in use."""
        wall_s, own_s = max(0, end_ns - start_ns) / 1e9, cpu_ns / 1e9
        near, base = self._around(start_ns, end_ns), self.idle
        typical = Window(near.energy_j * wall_s / near.wall_s if near.wall_s else 0.0, wall_s, own_s)
        part = pooled(typical, near, base.watts, self._steps)
        cpus = max(1.0, own_s / max(wall_s, 1e-9))
        idle_s = wall_s * min(1.0, cpus / self._logical_cpus) if idle == "wall" else 0.0
        value = self._value(part, base, idle_s, idle, f"{start_ns}-{end_ns}", split=True)
        held = self._history.within(start_ns, end_ns)
        if held is None:
            return value
        return bounded(value, most(Window(held.energy_j, held.wall_s, held.own_s), near, self._source.gain, self._steps))

    def record(self, period_s: float) -> None:
        """Sample at a steady pace in a thread, so that windows of other processes find a fine history."""
        if self._stop is None:
            from greenlint.profiler.accounts.pace import every

            self._stop = every(period_s, self._sample)

    def measure_idle(self, seconds: float) -> IdlePower:
        """Sleep, and use what is measured from now on where the machine was quiet. A counter that fails voids the session."""
        try:
            measured = measure_idle(self._source, seconds)
        except (OSError, ValueError) as error:
            self._totals.fail(f"failed while idle power was measured: {explain(error)}")
            return self.idle._replace(origin=f"not measured: {self.invalid}", quiet=False)
        if measured.quiet:
            self._idle = measured
            remember_idle(self._source.identity, measured)
        return measured

    def finish(self) -> tuple[str, ...]:
        """Stop sampling, check that the counters still count, release the source; returns warnings."""
        if self._finished is None:
            if self._stop is not None:
                self._stop()
            self._check_awake()
            if self.invalid is None and not still_counts(self._totals.read, self._source.period_s):
                self._totals.fail("stopped counting before the end of the session")
            self._sample()
            self._source.close()
            self._busy.close()
            self._finished = self._warnings()
        return self._finished

    def _sample(self) -> tuple[int, ...]:
        asleep_s = (self._asleep_ns() - self._asleep_before_ns) / 1e9
        if asleep_s > _ASLEEP_S:
            self._totals.fail(
                f"the machine was suspended for {asleep_s:.0f} s, and its counters may have been reset: run it again"
            )
        totals, now = self._totals.read(), self._now_ns()
        busy = self._busy.read()
        sample = Sample(now, sum(totals), self._own_ns(), busy.busy_ns, busy.steal_ns)
        self._history.add(sample)
        self._quiet.add(sample)
        return totals

    def _check_awake(self) -> None:
        asleep_s = (self._asleep_ns() - self._asleep_before_ns) / 1e9
        if asleep_s > _ASLEEP_S:
            self._totals.fail(
                f"the machine was suspended for {asleep_s:.0f} s, which may have reset its counters: run it again"
            )

    def _around(self, start_ns: int, end_ns: int) -> Stretch:
        if self._finished is None and end_ns > self._history.last_ns:
            self._sample()
        return self._history.around(start_ns, end_ns, _SPAN_NS)

    def _value(self, part: Part, base: IdlePower, idle_s: float, idle: str, window_id: str, *, split: bool) -> Energy:
        """`idle_s`  seconds of idle power inside the value, 0 where idle is charged elsewhere; `split`  among processes."""
        energy_j = max(0.0, part.dynamic_j + base.watts * idle_s)
        idle_j = min(base.watts * idle_s, energy_j)
        # What was subtracted as idle and is charged as idle again cancels: a difference of two reads holds it exactly.
        u_idle = base.u_watts * abs(idle_s - part.subtracted_s)
        disturbed = part.shared and part.others_cpus > ALONE_CPUS
        return Energy(
            energy_j=energy_j,
            idle_j=idle_j,
            u_rand=math.hypot(part.u_read, part.u_split),
            u_sys=math.hypot(self._source.gain * energy_j, u_idle, part.u_between),
            sys_group=self._group,
            method=Method.ATTRIBUTED if split and self.method is Method.COUNTER else self.method,
            provider=self._source.name,
            domains=self._domains,
            boundary=policy(self.boundary, idle) if base.watts else f"{self.boundary}, idle not told apart",
            limit_j=CRITICAL * math.hypot(part.u_read, u_idle),
            warnings=(f"{part.others_cpus:.1f} CPUs busy with other processes",) if disturbed else self._blind(),
            window_id=window_id,
        )

    def _blind(self) -> tuple[str, ...]:
        return () if self._busy.available else (_BUSY_UNKNOWN,)

    def _warnings(self) -> tuple[str, ...]:
        if self.invalid:
            return (f"no number of this session counts: {self.invalid}",)
        session = self._history.whole()
        total_s = session.busy_s + session.steal_s
        stolen = session.steal_s / total_s if total_s else 0.0
        return (f"the hypervisor stole {stolen:.0%} of the CPU time",) if stolen > 0.02 else ()
