"""The recorded curve of a slow counter, and the energy of a window read from it by interpolation between its steps."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import pairwise

from greenlint.profiler.idle import LAG
from greenlint.profiler.provider import CurveWindow

CRITICAL = 3.29
"""Currie (1968): a detection limit with 5 % error of both kinds is 3.29 standard uncertainties."""

_BEFORE_NS, _AFTER_NS = 250_000_000, 350_000_000
_PERIODS_KEPT = 200
_IDLE_STEPS = 5


class Curve:
    """Steps of one counter: only reads at which the value had changed are kept, for in between it says nothing.

    Between two steps the power is taken as constant. On a recorded H200 that is nearer to the truth for bursts of
    0.1 to 0.3 s than interpolating between reads, because the counter steps every 100 ms whatever happens in between.
    """

    def __init__(self, period_s: float, max_w: float) -> None:
        """`period_s` is the least time between two steps, s; `max_w` the most that the device can draw, W."""
        self._times, self._values = array("q"), array("q")
        self._least_s, self._max_w = period_s, max_w
        self._read_ns = 0
        self.problem = ""

    def add(self, t_ns: int, energy_mj: int) -> None:
        """A read of the counter in mJ. A counter that goes back was reset: from then on the curve is no good."""
        self._read_ns = t_ns
        if self._values and energy_mj < self._values[-1]:
            self.problem = self.problem or "the energy counter went back (driver reloaded?)"
        elif not self._values or energy_mj > self._values[-1]:
            self._times.append(t_ns)
            self._values.append(energy_mj)

    @property
    def last_ns(self) -> int:
        """Time of the last step; -1 before the first."""
        return self._times[-1] if self._times else -1

    @property
    def steps(self) -> int:
        """How often the counter has stepped."""
        return max(0, len(self._times) - 1)

    @property
    def period_s(self) -> float:
        """Time between two steps as seen, s; the reading pace is part of it."""
        times = self._times[-_PERIODS_KEPT:]
        gaps = sorted(b - a for a, b in pairwise(times))
        return max(self._least_s, gaps[len(gaps) // 2] / 1e9) if gaps else self._least_s

    @property
    def _blur_s(self) -> float:
        """By how much a step may be misplaced, s. Reads slower than the counter see one step here and two there, which
        smears a short burst: 1.4 covers every one of 1,573 simulated bursts at seven reading paces, 1.25 missed eight."""
        return self.period_s * (1.4 if self.period_s > self._least_s else 1.0)

    @property
    def idle_w(self) -> float:
        """The lowest power over some steps, W; 0 when there are too few. The first read is not a step and does not count."""
        times, values, far = self._times, self._values, _IDLE_STEPS
        powers = [(values[i] - values[i - far]) * 1e6 / (times[i] - times[i - far]) for i in range(far + 1, len(times))]
        return min(powers, default=0.0)

    def between(self, start_ns: int, end_ns: int) -> CurveWindow:
        """Energy of a window. Near its ends a step may hold energy of up to one period before or after, at any power
        seen around the window; a window beyond the last step is continued at the last power, and says so."""
        if self.problem or len(self._times) < 2:
            unknown_j = self._max_w * (end_ns - start_ns) / 1e9
            return CurveWindow(0.0, unknown_j, unknown_j, (self.problem or "the counter has not moved yet",))
        energy_j = (self._at(end_ns) - self._at(start_ns)) / 1e3
        u_j = LAG * self._blur_s * self._highest_w(start_ns - _BEFORE_NS, end_ns + _AFTER_NS)
        missing_s = max(0, end_ns - self.last_ns) / 1e9
        warnings: tuple[str, ...] = ()
        if missing_s > 2 * self.period_s:
            u_j += missing_s * self._max_w / 3**0.5
            warnings = (f"the last {missing_s:.2f} s were not recorded",)
        return CurveWindow(max(0.0, energy_j), u_j, CRITICAL * u_j, warnings)

    def _at(self, t_ns: int) -> float:
        """mJ at a time, continued beyond both ends at the power of the nearest two steps."""
        times, values = self._times, self._values
        place = min(max(bisect_left(times, t_ns), 1), len(times) - 1)
        slope = (values[place] - values[place - 1]) / (times[place] - times[place - 1])
        return values[place - 1] + slope * (t_ns - times[place - 1])

    def _highest_w(self, start_ns: int, end_ns: int) -> float:
        times, values = self._times, self._values
        first = max(1, bisect_left(times, start_ns))
        last = min(len(times) - 1, bisect_right(times, end_ns))
        around = range(min(first, last), last + 1)
        highest = max((values[i] - values[i - 1]) * 1e6 / (times[i] - times[i - 1]) for i in around)
        # Beyond the last step nobody knows yet how high the power went.
        return self._max_w if end_ns - _AFTER_NS > times[-1] else min(highest, self._max_w)
