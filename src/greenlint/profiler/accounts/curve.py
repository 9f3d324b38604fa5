"""Energy of a device whose counter is recorded by a thread, such as a GPU board."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.model.energy import Energy
from greenlint.profiler.accounts.base import policy
from greenlint.profiler.idle import IdlePower

if TYPE_CHECKING:
    from greenlint.profiler.provider import CurveSource
    from greenlint.profiler.reading import Reading

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

    def read(self) -> tuple[int, ...]:
        """Nothing is read at boundaries."""
        return ()

    def energy(self, start: Reading, end: Reading, idle: str) -> Energy:
        """From the curve, by the times of the readings."""
        return self.share(start.t_ns, end.t_ns, 0, idle)

    def share(self, start_ns: int, end_ns: int, cpu_ns: int, idle: str) -> Energy:
        """The same for windows of other processes: CPU time says nothing about the device."""
        window, wall_s = self._source.between(start_ns, end_ns), max(0, end_ns - start_ns) / 1e9
        idle_j = min(self._source.idle_w * wall_s, window.energy_j)
        above_j = window.energy_j - idle_j
        energy_j = window.energy_j if idle == "wall" else above_j
        u_idle = _U_IDLE * idle_j if idle == "apart" else 0.0
        return Energy(
            energy_j=energy_j,
            idle_j=idle_j if idle == "wall" else 0.0,
            u_rand=window.u_j,
            u_sys=math.hypot(self._source.gain * energy_j, u_idle),
            sys_group=self._group,
            method=self.method,
            provider=self._source.name,
            domains=self._domains,
            boundary=policy(self.boundary, idle),
            limit_j=window.limit_j,
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
        """Stop recording; the curve stays readable."""
        if self._finished is None:
            self._finished = self._source.close()
            if self._finished:
                self.invalid = self._finished[0]
        return self._finished
