"""Energy of a device whose counter is recorded by a thread, such as a GPU board."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.model.energy import Z95, Energy
from greenlint.profiler.accounts.base import policy
from greenlint.profiler.idle import IdlePower
from greenlint.profiler.recorder import BoardSource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.profiler.provider import CurveWindow
    from greenlint.profiler.reading import Reading
    from greenlint.profiler.source import CurveSource

_U_IDLE = 0.10  # the lowest power seen is not exactly idle power; a stated convention


class CurveAccount:
    """The whole device counts: a GPU's energy is not split among processes."""

    def __init__(self, source: CurveSource, machine_class: str) -> None:
        self._source = source
        self.method, self.boundary = source.method, source.boundary
        self.invalid: str | None = None
        self._domains = tuple(domain.name for domain in source.domains)
        self._group = f"{source.name}/{machine_class}"
        self._finished: tuple[str, ...] | None = None

    @property
    def idle(self) -> IdlePower:
        """The lowest power seen so far."""
        watts = self._source.idle_w
        return IdlePower(watts, _U_IDLE * watts, "lowest power seen in this session")

    @property
    def provider(self) -> str:
        """The name of the source."""
        return self._source.name

    @property
    def facts(self) -> Mapping[str, str]:
        """What a recorder of boards has found out by now; empty for other sources."""
        return self._source.facts if isinstance(self._source, BoardSource) else {}

    def read(self) -> tuple[int, ...]:
        """Nothing is read at boundaries."""
        return ()

    def energy(self, start: Reading, end: Reading, idle: str) -> Energy:
        """From the curve, by the times of the readings."""
        return self.share(start.t_ns, end.t_ns, 0, idle)

    def share(self, start_ns: int, end_ns: int, cpu_ns: int, idle: str) -> Energy:
        """The same for windows of other processes: CPU time says nothing about the device."""
        window = self._source.between(start_ns, end_ns)
        return self._value(window, self._domains, self._source.idle_w, start_ns, end_ns, idle)

    def each(self, start: Reading, end: Reading, idle: str) -> tuple[Energy, ...]:
        """Energy of every board; for a source that does not tell its boards apart, the one value of all."""
        if not isinstance(self._source, BoardSource):
            return (self.energy(start, end, idle),)
        windows = self._source.each(start.t_ns, end.t_ns)
        return tuple(
            self._value(window, (name,), idle_w, start.t_ns, end.t_ns, idle)
            for window, name, idle_w in zip(windows, self._domains, self._source.idle_each_w)
        )

    def _value(
        self, window: CurveWindow, domains: tuple[str, ...], idle_w: float, start_ns: int, end_ns: int, idle: str
    ) -> Energy:
        gain = self._source.gain
        idle_j = min(idle_w * max(0, end_ns - start_ns) / 1e9, window.energy_j)
        energy_j = window.energy_j if idle == "wall" else window.energy_j - idle_j
        u_idle = _U_IDLE * idle_j if idle == "apart" else 0.0
        return Energy(
            energy_j=energy_j,
            idle_j=idle_j if idle == "wall" else 0.0,
            u_rand=window.u_j,
            u_sys=math.hypot(gain * energy_j, u_idle),
            sys_group=self._group,
            method=self.method,
            provider=self._source.name,
            domains=domains,
            boundary=policy(self.boundary, idle),
            limit_j=window.limit_j * (1 + Z95 * gain),  # an upper bound by a counter that may show too little
            warnings=window.warnings,
            window_id=f"{start_ns}-{end_ns}",
        )

    def record(self, period_s: float) -> None:
        """The source records all the time."""

    def settle(self, end_ns: int) -> None:
        """Wait a moment until the record reaches past `end_ns`."""
        self._source.settle(end_ns)

    def measure_idle(self, seconds: float) -> IdlePower:
        """What is known without measuring."""
        return self.idle

    def finish(self) -> tuple[str, ...]:
        """Stop recording; the curve stays readable. What was wrong makes the session invalid, unless the source says more."""
        if self._finished is None:
            self._finished = self._source.close()
            if isinstance(self._source, BoardSource):
                self.invalid = self._source.invalid
            else:
                self.invalid = next(iter(self._finished), None)
        return self._finished
