"""A simulated machine whose true energy is known exactly, seen through a counter as hardware has it.

The counter is updated in steps, shows whole energy units, and its calibration is off by a fixed factor. Time, CPU time and
the machine's busy time belong to the simulation, so that thousands of windows take a second and repeat exactly.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple
from greenlint.profiler.idle import LAG
from greenlint.profiler.meter import Meter
from greenlint.profiler.selection import Choice, make_context
from greenlint.profiler.selfcheck import Evidence
from greenlint.testing.clock import FakeClock
from greenlint.testing.replay import ReplayProvider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.profiler.provider import Context

RESOLUTION_S = 1e-9
_KEPT_S = 0.1  # of the past, for updates that show it late; nothing is updated more slowly


class Load(NamedTuple):
    """What runs for `seconds`: CPUs that our process tree and others keep busy, and the watts above idle of each of the two."""

    seconds: float
    own_cpus: float = 0.0
    own_w: float = 0.0
    others_cpus: float = 0.0
    others_w: float = 0.0


class KnownPower:
    """A machine that draws `idle_w` and what its load adds.

    load       what runs, one after the other; when it ends the machine rests
    update_s   time between two updates of the counter; phase_s  when the first one comes
    unit_uj    the counter's energy unit, µJ; gain_error  it counts 1 + gain_error times the true energy
    gain       the standard uncertainty that is stated for the gain
    """

    def __init__(
        self,
        load: Iterator[Load],
        *,
        idle_w: float = 20.0,
        update_s: float = 0.001,
        phase_s: float = 0.0,
        unit_uj: float = 61.035,
        gain_error: float = 0.0,
        gain: float = 0.05,
    ) -> None:
        self.clock = FakeClock()
        self.own_j = 0.0
        self.provider = ReplayProvider(at=self._counter, period_s=update_s, gain=gain)
        self._load, self._now = load, Load(0.0)
        self._idle_w, self._update_s, self._unit_uj, self._factor = idle_w, update_s, unit_uj, 1 + gain_error
        self._start_s = self.clock.t_ns / 1e9
        self._first_s = self._start_s + phase_s
        self._times, self._joules = [self._start_s], [0.0]
        self.spend(Load(10 * update_s))  # so that the first read already shows an update

    @property
    def total_j(self) -> float:
        """True energy of the whole machine since the start."""
        return self._joules[-1]

    def run(self, seconds: float) -> None:
        """Let the load go on for so long."""
        while seconds > RESOLUTION_S:
            if self._now.seconds <= RESOLUTION_S:
                self._now = next(self._load, Load(float("inf")))
            part = min(seconds, self._now.seconds)
            self.spend(self._now._replace(seconds=part))
            self._now = self._now._replace(seconds=self._now.seconds - part)
            seconds -= part

    def spend(self, load: Load) -> None:
        """Let exactly this run, whatever the load has in store."""
        seconds, own_cpus, own_w, others_cpus, others_w = load
        self.clock.advance(seconds, cpu_s=own_cpus * seconds, others_s=others_cpus * seconds)
        self.own_j += own_w * seconds
        self._times.append(self.clock.t_ns / 1e9)
        self._joules.append(self._joules[-1] + (self._idle_w + own_w + others_w) * seconds)
        if len(self._times) > 1000 and self._times[500] < self._times[-1] - _KEPT_S:
            del self._times[:500], self._joules[:500]

    def open_meter(self, rest_s: float) -> Meter:
        """A meter on this machine, whose idle power comes from a short rest as in a self-check, with its error."""
        before = self._counter()[0]
        self.spend(Load(rest_s))
        watts = (self._counter()[0] - before) / 1e6 / rest_s
        u_watts = watts * LAG * self._update_s / rest_s
        evidence = Evidence((0,), "", (), self._update_s, watts, watts, quiet_w=watts, u_quiet_w=u_watts)
        source = self.provider.open(_this_machine())
        return Meter(Choice(source.name, source, evidence, (), _this_machine()), self.clock)

    def _counter(self) -> tuple[int]:
        # A thousandth of an update on top: an update that comes just now must not be lost in rounding.
        updates = (self.clock.t_ns / 1e9 - self._first_s) / self._update_s + 1e-3
        shown_j = self._at(self._first_s + updates // 1 * self._update_s) * self._factor
        return (int(shown_j * 1e6 // self._unit_uj * self._unit_uj),)

    def _at(self, time_s: float) -> float:
        times, joules = self._times, self._joules
        place = bisect_right(times, time_s)
        if place == 0 or place == len(times):
            return joules[min(place, len(times) - 1)]
        part = (time_s - times[place - 1]) / (times[place] - times[place - 1])
        return joules[place - 1] + part * (joules[place] - joules[place - 1])


@lru_cache(maxsize=1)
def _this_machine() -> Context:
    return make_context({})
