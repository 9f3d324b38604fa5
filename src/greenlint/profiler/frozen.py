"""A gauge that is stuck at some watts looks alive to every other check: integrated, it even counts steadily.

What gives it away is that the load of the machine changes and the gauge does not. No sensor shows the same microwatts
with one CPU more at work; one that is refreshed so rarely that it does is too slow to be integrated.
"""

from __future__ import annotations

from time import perf_counter_ns
from typing import TYPE_CHECKING

from greenlint.profiler.busy import BusyClock

if TYPE_CHECKING:
    from collections.abc import Callable

SAME_S = 10.0
"""Showing the same value for this long is suspicious, s."""

LOAD_CPUS = 1.0
"""A load that differs by this many busy CPUs between two moments must be seen by a gauge of the processors."""

_BLOCK_S = 1.0


class FrozenCheck:
    """Gauges read through it raise ValueError once all of them have stood still while the load changed.

    read_w  gives the watts; busy_ns  the CPU time that all processors have worked, ns; now_ns  the time, ns
    """

    def __init__(
        self,
        read_w: Callable[[], tuple[float, ...]],
        busy_ns: Callable[[], int] | None = None,
        now_ns: Callable[[], int] = perf_counter_ns,
    ) -> None:
        self._read_w, self._busy_ns, self._now_ns = read_w, busy_ns or _machine_busy_ns, now_ns
        self._watts: tuple[float, ...] = ()
        self._since_ns = self._block_ns = self._block_busy_ns = 0
        self._lowest, self._highest = float("inf"), 0.0

    def __call__(self) -> tuple[float, ...]:
        """The watts of the gauges. Raises what they raise, and ValueError when they are frozen."""
        watts, now = self._read_w(), self._now_ns()
        if watts != self._watts:
            self._watts, self._since_ns, self._block_ns = watts, now, 0
            self._lowest, self._highest = float("inf"), 0.0
        elif not self._block_ns:
            self._block_ns, self._block_busy_ns = now, self._busy_ns()
        elif now - self._block_ns >= _BLOCK_S * 1e9:
            self._end_block(now)
        same_s = (now - self._since_ns) / 1e9
        if same_s >= SAME_S and self._highest - self._lowest >= LOAD_CPUS:
            shown = " + ".join(f"{value:g}" for value in watts)
            load = f"{self._lowest:.1f} and {self._highest:.1f} CPUs were busy"
            raise ValueError(f"the gauge has shown {shown} W for {same_s:.0f} s while between {load}: it is frozen or too slow")
        return watts

    def _end_block(self, now: int) -> None:
        busy_ns = self._busy_ns()
        cpus = (busy_ns - self._block_busy_ns) / (now - self._block_ns)
        self._lowest, self._highest = min(self._lowest, cpus), max(self._highest, cpus)
        self._block_ns, self._block_busy_ns = now, busy_ns


def _machine_busy_ns() -> int:
    clock = BusyClock()
    try:
        return clock.read().busy_ns
    finally:
        clock.close()
