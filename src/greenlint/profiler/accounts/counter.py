"""Energy from counters: unwrapped integers, split by CPU share on a shared machine, with what the counter cannot resolve."""

from __future__ import annotations

import math
from bisect import bisect_left
from threading import Event, Thread
from time import perf_counter_ns
from typing import TYPE_CHECKING

from greenlint.model.energy import Energy, Method
from greenlint.profiler.accounts.base import policy
from greenlint.profiler.busy import BusyClock
from greenlint.profiler.unwrap import step

if TYPE_CHECKING:
    from greenlint.profiler.provider import CounterSource
    from greenlint.profiler.reading import Reading

RESOLUTION = 0.41
"""Two reads of a counter that steps every T have a timing error of 0.41 T (standard deviation of a difference of two uniform
errors of T: sqrt(1/6))."""

_CRITICAL = 3.29  # Currie (1968): a detection limit with 5 % error of both kinds is 3.29 standard uncertainties
_SHARED_ABOVE = 0.10  # CPUs that other processes keep busy: above it the machine is not ours alone
_SHARE_ERROR = 0.05  # of the split by CPU time: energy per CPU second differs between programs


class CounterAccount:
    """Whole-machine counters attributed to this process tree.

    With the idle policy "apart" a window gets its CPU share of the energy above idle; with "wall" all that the counters saw,
    less what foreign processes used.
    """

    def __init__(self, source: CounterSource, machine_class: str, idle_w: float) -> None:
        self._source = source
        self.method, self.boundary = source.method, source.boundary
        self.invalid: str | None = None
        self._group = f"{source.name}/{machine_class}"
        self._domains = tuple(domain.name for domain in source.domains)
        self._idle_w = idle_w
        self._busy = BusyClock()
        self._last_raw = source.read()
        self._last_ns = perf_counter_ns()
        self._totals = [0] * len(self._last_raw)
        self._start_ns = self._last_ns
        self._timeline: list[tuple[int, int, int]] = []
        self._stop: Event | None = None
        self._thread: Thread | None = None

    def read(self) -> tuple[int, ...]:
        """Unwrapped microjoules per domain since the account began, and the machine's busy CPU ns as the last number."""
        now = perf_counter_ns()
        try:
            raw = self._source.read()
        except (OSError, ValueError) as error:
            self.invalid = self.invalid or f"{self._source.name} cannot be read any more: {error}"
            return (*self._totals, 0)
        elapsed = (now - self._last_ns) / 1e9
        for place, (domain, last, current) in enumerate(zip(self._source.domains, self._last_raw, raw)):
            if current == last:
                continue
            moved = step(last, current, range_uj=domain.range_uj, elapsed_s=elapsed, max_w=domain.max_w)
            if moved.delta_uj is None:
                self.invalid = self.invalid or f"{self._source.name}: {domain.name} {moved.problem}"
            else:
                self._totals[place] += moved.delta_uj
        self._last_raw, self._last_ns = raw, now
        return (*self._totals, self._busy.read())

    def energy(self, start: Reading, end: Reading, idle: str) -> Energy:
        """From the difference of two readings."""
        joules = (sum(end.counters[:-1]) - sum(start.counters[:-1])) / 1e6
        busy = end.counters[-1] - start.counters[-1]
        return self._energy(joules, end.t_ns - start.t_ns, end.cpu_ns - start.cpu_ns, busy, idle)

    def share(self, start_ns: int, end_ns: int, cpu_ns: int, idle: str) -> Energy:
        """From the recorded timeline, interpolated at both ends."""
        first, last = self._at(start_ns), self._at(end_ns)
        return self._energy((last[0] - first[0]) / 1e6, end_ns - start_ns, cpu_ns, int(last[1] - first[1]), idle)

    def _energy(self, joules: float, wall_ns: int, cpu_ns: int, busy_ns: int, idle: str) -> Energy:
        wall_s = max(wall_ns, 1) / 1e9
        idle_j = min(self._idle_w * wall_s, joules)
        busy_ns = max(busy_ns, cpu_ns, 1)
        share = min(1.0, cpu_ns / busy_ns)
        foreign = (busy_ns - cpu_ns) / max(wall_ns, 1)
        alone = foreign <= _SHARED_ABOVE
        dynamic = (joules - idle_j) * share
        value = dynamic + idle_j if idle == "wall" else dynamic
        kept = idle_j if idle == "wall" else 0.0
        power = max(joules / wall_s, self._mean_w())
        u_rand = RESOLUTION * self._source.period_s * power
        u_share = 0.0 if alone and idle == "wall" else _SHARE_ERROR * (joules - idle_j) * max(share, 1 - share)
        method = self.method
        if method is Method.COUNTER and not (alone and idle == "wall"):
            method = Method.ATTRIBUTED
        warnings = () if alone else (f"other processes kept {foreign:.1f} CPUs busy meanwhile",)
        return Energy(
            energy_j=value,
            idle_j=kept,
            u_rand=math.hypot(u_rand, u_share) if wall_ns else u_rand,
            u_sys=self._source.gain * value,
            sys_group=self._group,
            method=method,
            provider=self._source.name,
            domains=self._domains,
            boundary=policy(self.boundary, idle),
            limit_j=_CRITICAL * u_rand,
            warnings=warnings,
        )

    def _mean_w(self) -> float:
        """Power over the whole session, W: what a window too short for the counter may have used."""
        return max(sum(self._totals) / 1e6 / max((self._last_ns - self._start_ns) / 1e9, 1e-3), self._idle_w)

    def record(self, period_s: float) -> None:
        """Read the counters at a steady pace in a thread from now on."""
        if self._thread is not None:
            return
        self._stop = Event()
        self._sample()
        self._thread = Thread(target=self._run, args=(period_s,), name="greenlint-timeline", daemon=True)
        self._thread.start()

    def _run(self, period_s: float) -> None:
        assert self._stop is not None
        while not self._stop.wait(period_s):
            self._sample()

    def _sample(self) -> None:
        counters = self.read()
        self._timeline.append((self._last_ns, sum(counters[:-1]), counters[-1]))

    def _at(self, t_ns: int) -> tuple[float, float]:
        """Energy in µJ and busy ns at a time, between the two samples around it; beyond the last one it is read now."""
        if not self._timeline or t_ns > self._timeline[-1][0]:
            self._sample()
        place = bisect_left(self._timeline, (t_ns, 0, 0))
        if place == 0:
            return float(self._timeline[0][1]), float(self._timeline[0][2])
        if place == len(self._timeline):
            return float(self._timeline[-1][1]), float(self._timeline[-1][2])
        before, after = self._timeline[place - 1], self._timeline[place]
        part = (t_ns - before[0]) / max(1, after[0] - before[0])
        return before[1] + part * (after[1] - before[1]), before[2] + part * (after[2] - before[2])

    def finish(self) -> tuple[str, ...]:
        """Whether the counters still counted while CPU time was used; then release everything."""
        if self._stop is not None and self._thread is not None:
            self._stop.set()
            self._thread.join(timeout=5)
        self._check_alive()
        self._source.close()
        self._busy.close()
        return (f"no number of this session counts: {self.invalid}",) if self.invalid else ()

    def _check_alive(self) -> None:
        """Burn a few milliseconds: a counter that worked at the start and stands still now has stalled."""
        if self.invalid is not None:
            return
        before = self.read()
        deadline = perf_counter_ns() + max(30_000_000, int(self._source.period_s * 5e9))
        while perf_counter_ns() < deadline:
            if self.read()[:-1] != before[:-1]:
                return
        self.invalid = self.invalid or f"{self._source.name} stopped counting before the end of the session"
