"""The power gauge of a board beside its energy counter: where the two disagree, one of them is wrong.

At idle a counter was seen to show 187 J where the gauge gave 327 J (ml-energy/zeus#181). Nobody can tell from here which
is right, so the disagreement is shown and the counter is kept, for the gauge of recent boards is an average over one
second (nvmlDeviceGetPowerUsage) and says nothing about short windows.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenlint.profiler.curve import Curve

LEAST_S = 2.0
DISAGREE = 0.10
_BEHIND_S = 1.0  # a gauge that averages over one second is that much behind the counter


class Gauge:
    """Readings of one power gauge, kept as sums."""

    def __init__(self) -> None:
        self._first_ns = self._last_ns = self._reads = 0
        self._joules = self._sum_w = self._squares = 0.0
        self._low_w, self._high_w = math.inf, 0.0
        self.last_w: float | None = None

    def add(self, t_ns: int, watts: float) -> None:
        """A reading, W. Raises ValueError when it is no power."""
        if not 0 <= watts < math.inf:
            raise ValueError(f"{watts} W is no power")
        if self.last_w is None:
            self._first_ns = t_ns
        else:
            self._joules += (self.last_w + watts) / 2 * (t_ns - self._last_ns) / 1e9
        self._last_ns, self.last_w, self._reads = t_ns, watts, self._reads + 1
        self._sum_w, self._squares = self._sum_w + watts, self._squares + watts**2
        self._low_w, self._high_w = min(self._low_w, watts), max(self._high_w, watts)

    def compare(self, curve: Curve) -> str:
        """Both mean powers in words, "" when less than two seconds are known."""
        if self._span_s < LEAST_S or curve.mean_w == 0:
            return ""
        return f"counter {curve.mean_w:.3g} W, power gauge {self._mean_w:.3g} W over {self._span_s:.0f} s"

    def disagreement(self, curve: Curve) -> str:
        """The comparison, when they differ by more than 10 % beyond what the gauge's lag and pace explain; else ""."""
        words = self.compare(curve)
        if not words:
            return ""
        lag_w = (self._high_w - self._low_w) * _BEHIND_S / self._span_s
        mean_w = self._sum_w / self._reads
        noise_w = 2 * math.sqrt(max(0.0, self._squares / self._reads - mean_w**2) / self._reads)
        allowed_w = DISAGREE * max(curve.mean_w, self._mean_w) + lag_w + noise_w
        return f"counter and power gauge disagree: {words}" if abs(curve.mean_w - self._mean_w) > allowed_w else ""

    @property
    def _span_s(self) -> float:
        return (self._last_ns - self._first_ns) / 1e9

    @property
    def _mean_w(self) -> float:
        return self._joules / self._span_s
