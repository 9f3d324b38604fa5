"""The recorded curve of a slow counter, and the energy of a window read from it by interpolation between its steps.

A step is known to lie between two reads, and how the power went between two steps is not known at all. So a window has
hard bounds (at most the energy of all steps that it touches, at least that of the steps that it holds whole), and inside
them a value, with a standard uncertainty for each of its two ends.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left, bisect_right
from itertools import pairwise

from greenlint.named_tuple import NamedTuple
from greenlint.profiler.idle import LAG
from greenlint.profiler.provider import CurveWindow

CRITICAL = 3.29
"""Currie (1968): a detection limit with 5 % error of both kinds is 3.29 standard uncertainties."""

LATE_NS = 30_000_000
"""A step shows the energy until this long before it at the worst; a recorded H200 stays under 20 ms."""

_AROUND_NS = 250_000_000
_PERIODS_KEPT = 200
_IDLE_STEPS = 5
_MISSED_PERIODS = 2
_DEAD_PERIODS, _STALLED_PERIODS = 3, 10
_LEAST_READS, _LEAST_STEPS = 4, 3
_GONE_READS = 3
_LEAST_W = 0.05


class Bounds(NamedTuple):
    """The least and the most that a window can have used, J."""

    low_j: float
    high_j: float


class Curve:
    """Steps of one counter: only reads at which the value had changed are kept, for in between it says nothing.

    Between two steps the power is taken as constant, and a step is placed in the middle between the reads before and
    after it, at most half a period before the latter. Replayed at 5 to 10 reads a second over a recorded H200, 1 of
    104,328 stated intervals missed the truth so; placed at the read that shows them, 11 of 5,269 did at 10 a second.

    problem  why the record ended: what the counter shows since then is not to be believed; "" while all is well
    failing  why the last read failed, "" when it did not; gauge_w  what the board's power gauge showed last, W
    """

    def __init__(self, period_s: float, max_w: float) -> None:
        """`period_s` is the least time between two steps, s; `max_w` the most that the device can draw, W."""
        # Of each step: the last read before it, the first after it, where it is placed between them, and the counter.
        self._early, self._late, self._times, self._values = (array("q") for _ in range(4))
        self._least_s, self._max_w = period_s, max_w
        self._read_ns, self._reads_since, self._failures = -1, 0, 0
        self._lowest_w = math.inf
        self._void = False
        self.problem = self.failing = ""
        self.gauge_w: float | None = None

    def add(self, t_ns: int, energy_uj: int) -> None:
        """A read of the counter in µJ. One that goes back or leaps ends the record: what follows is another counter."""
        if self.problem:
            return
        before_ns, self._read_ns = self._read_ns, t_ns
        self._reads_since, self._failures, self.failing = self._reads_since + 1, 0, ""
        if not self._values:
            self._append(t_ns, t_ns - int(self._least_s * 1e9), energy_uj)
        elif energy_uj < self._values[-1]:
            self.problem = "the energy counter went back (driver reloaded?)"
        elif energy_uj > self._values[-1]:
            grown_w = (energy_uj - self._values[-1]) * 1e3 / (t_ns - self._early[-1])
            if grown_w > self._max_w:
                self.problem = f"the energy counter leapt: {grown_w:.3g} W, and the board cannot draw {self._max_w:.3g} W"
            else:
                self._append(t_ns, before_ns, energy_uj)

    def fail(self, reason: str) -> None:
        """A read failed. The counter goes on counting meanwhile, so one that answers again has lost nothing."""
        self._failures, self.failing = self._failures + 1, reason

    def _append(self, t_ns: int, early_ns: int, energy_uj: int) -> None:
        # Another thread may be reading: what is looked up by the place of a step comes before what gives the place.
        self._values.append(energy_uj)
        self._times.append(t_ns - min(t_ns - early_ns, int(self._least_s * 1e9)) // 2)
        self._early.append(early_ns)
        self._late.append(t_ns)
        self._reads_since = 1
        if self.steps > _IDLE_STEPS:  # the first read is not a step and does not count
            self._lowest_w = min(self._lowest_w, self._mean_w(-1 - _IDLE_STEPS))
        if self.steps == _LEAST_STEPS and self.mean_w < _LEAST_W:
            self.problem = f"the energy counter shows less than {_LEAST_W} W, which no board draws"
            self._void = True

    @property
    def last_ns(self) -> int:
        """Time of the last step; -1 before the first."""
        return self._late[-1] if self._late else -1

    @property
    def steps(self) -> int:
        """How often the counter has stepped; 0 when what it shows means nothing."""
        return 0 if self._void else max(0, len(self._late) - 1)

    @property
    def period_s(self) -> float:
        """Time between two steps as seen, s; the reading pace is part of it."""
        times = self._late[-_PERIODS_KEPT:]
        gaps = sorted(b - a for a, b in pairwise(times))
        return max(self._least_s, gaps[len(gaps) // 2] / 1e9) if gaps else self._least_s

    @property
    def idle_w(self) -> float:
        """The lowest power over some steps, W; 0 when there are too few."""
        return self._lowest_w if self._lowest_w < math.inf else 0.0

    @property
    def doubt(self) -> str:
        """Why the counter is not believed after its last step, "" when it is: it ended, does not answer or stands still."""
        if self.problem:
            return self.problem
        if self._failures >= _GONE_READS:
            return self.failing
        still_ns = self._read_ns - self.last_ns
        periods = _STALLED_PERIODS if self.steps else _DEAD_PERIODS
        if self._reads_since < _LEAST_READS or still_ns < int(periods * self.period_s * 1e9):
            return ""
        shown = "" if self.gauge_w is None else f" while the power gauge shows {self.gauge_w:.3g} W"
        return f"the energy counter did not move in {still_ns / 1e9:.1f} s{shown}"

    @property
    def mean_w(self) -> float:
        """Mean power from the first step to the last, W; 0 before the second. The first read is not a step."""
        return self._mean_w(1) if self.steps > 1 else 0.0

    def _mean_w(self, first: int) -> float:
        return (self._values[-1] - self._values[first]) * 1e3 / (self._times[-1] - self._times[first])

    def between(self, start_ns: int, end_ns: int) -> CurveWindow:
        """Energy of a window. One that holds no step whole, or that was not recorded to its end, has only an upper bound."""
        bounds = self.bounds(start_ns, end_ns)
        missing = self._missing(start_ns, end_ns)
        if missing or self.steps == 0:
            return CurveWindow(0.0, bounds.high_j, bounds.high_j, (missing or "the energy counter has not moved yet",))
        energy_j = (self._at(end_ns) - self._at(start_ns)) / 1e6
        u_j = math.hypot(self._u_at(start_ns), self._u_at(end_ns))
        limit_j = CRITICAL * u_j if bounds.low_j > 0 else max(CRITICAL * u_j, bounds.high_j)
        return CurveWindow(max(0.0, energy_j), u_j, limit_j)

    def bounds(self, start_ns: int, end_ns: int) -> Bounds:
        """What the steps prove, with the power of the time beyond the record bounded by what the board can draw."""
        most_j = self._max_w * (end_ns - start_ns) / 1e9
        if not self._late or self._void:
            return Bounds(0.0, most_j)
        low_j = (self._least(end_ns) - self._most(start_ns)) / 1e6
        high_j = (self._most(end_ns) - self._least(start_ns)) / 1e6
        return Bounds(max(0.0, low_j), min(high_j, most_j))

    def _least(self, t_ns: int) -> float:
        """µJ that the counter had certainly counted by then."""
        place = bisect_right(self._late, t_ns) - 1
        return self._values[place] if place >= 0 else self._values[0] - self._max_w * (self._late[0] - t_ns) / 1e3

    def _most(self, t_ns: int) -> float:
        """µJ that the counter can have counted by then."""
        place = bisect_left(self._early, t_ns + LATE_NS)
        if place < len(self._early):
            return self._values[place]
        return self._values[-1] + self._max_w * (t_ns + LATE_NS - self._early[-1]) / 1e3

    def _missing(self, start_ns: int, end_ns: int) -> str:
        """What was not recorded of a window, "" when it was recorded whole."""
        slack_ns = _MISSED_PERIODS * self.period_s * 1e9
        first_ns, doubt = self._late[0] if self._late else end_ns, self.doubt
        if doubt and (end_ns > self.last_ns or self._void):
            return doubt
        if end_ns - max(self.last_ns, first_ns) > slack_ns:
            return f"the last {(end_ns - max(start_ns, self.last_ns)) / 1e9:.2f} s were not recorded"
        if first_ns - start_ns > slack_ns:
            return f"the first {(min(end_ns, first_ns) - start_ns) / 1e9:.2f} s were not recorded"
        return ""

    def _at(self, t_ns: int) -> float:
        """µJ at a time, continued beyond both ends at the power of the nearest two steps."""
        times, values = self._times, self._values
        place = min(max(bisect_left(times, t_ns), 1), len(times) - 1)
        slope = (values[place] - values[place - 1]) / (times[place] - times[place - 1])
        return values[place - 1] + slope * (t_ns - times[place - 1])

    def _u_at(self, t_ns: int) -> float:
        """Standard uncertainty of the energy at one end of a window, J: a step misplaced at the highest power near it."""
        times, values = self._times, self._values
        first = min(max(1, bisect_left(times, t_ns - _AROUND_NS)), len(times) - 1)
        last = max(first, min(len(times) - 1, bisect_right(times, t_ns + _AROUND_NS)))
        around = range(first, last + 1)
        highest_w = max((values[i] - values[i - 1]) * 1e3 / (times[i] - times[i - 1]) for i in around)
        if t_ns + LATE_NS > self.last_ns:
            highest_w = self._max_w  # nobody knows yet how high the power went
        place = min(max(bisect_left(times, t_ns), 1), len(times) - 1)
        span_s = max(self.period_s, (times[place] - times[place - 1]) / 1e9)
        return LAG / math.sqrt(2) * span_s * min(highest_w, self._max_w)
