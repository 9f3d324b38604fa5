"""Idle power learnt from the session itself: the quietest moment since its start may be quieter than its self-check was."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple
from greenlint.profiler.idle import IdlePower, idle_of_stretch

if TYPE_CHECKING:
    from greenlint.profiler.accounts.history import Sample

MOMENT_S = 0.2
"""A moment must last this long, s: 20 ticks of the kernel's accounting of busy time."""


class Moment(NamedTuple):
    """A stretch of the session: its length, s, its mean power, W, and the CPUs that were busy, of ours and of others."""

    wall_s: float
    watts: float
    cpus: float


class Quiet:
    """Keeps the quietest and the busiest moment of a session; `idle` is what they tell."""

    def __init__(self, period_s: float, tick_s: float) -> None:
        self._period_s, self._tick_s = period_s, tick_s
        self._last: Sample | None = None
        self._quietest: Moment | None = None
        self._busiest: Moment | None = None
        self.idle: IdlePower | None = None

    def add(self, sample: Sample) -> None:
        """Take in the newest sample of the history."""
        last = self._last
        wall_s = (sample.t_ns - last.t_ns) / 1e9 if last else 0.0
        if last and wall_s < max(MOMENT_S, 25 * self._period_s):
            return
        self._last = sample
        if not last or sample.busy_ns <= 0:
            return
        cpus = max(0.0, sample.busy_ns - last.busy_ns) / 1e9 / wall_s
        moment = Moment(wall_s, (sample.energy_uj - last.energy_uj) / 1e6 / wall_s, cpus)
        if self._quietest is None or moment.cpus < self._quietest.cpus:
            self._quietest = moment
        if self._busiest is None or moment.cpus > self._busiest.cpus:
            self._busiest = moment
        self._judge(self._quietest, self._busiest)

    def _judge(self, quietest: Moment, busiest: Moment) -> None:
        more_cpus = busiest.cpus - quietest.cpus
        per_cpu_w = max(0.0, busiest.watts - quietest.watts) / more_cpus if more_cpus > 0.1 else 0.0
        u_cpus = self._tick_s * math.sqrt(max(1.0, quietest.cpus)) / quietest.wall_s
        self.idle = idle_of_stretch(
            quietest.watts,
            per_cpu_w,
            quietest.cpus,
            u_cpus=u_cpus,
            lag=self._period_s / quietest.wall_s,
            origin=f"quietest {quietest.wall_s:.1f} s of this session",
        )
