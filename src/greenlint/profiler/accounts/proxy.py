"""Proxies: CPU time and instructions, which are repeatable where joules are not, and which claim no joules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.profiler.accounts.base import policy
from greenlint.profiler.idle import IdlePower

if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.profiler.reading import Reading
    from greenlint.profiler.source import ProxySource


class ProxyAccount:
    """Every energy is None, "nothing measured"; what was counted is a fact beside it."""

    invalid: str | None = None

    def __init__(self, source: ProxySource) -> None:
        self._source, self._missing = source, source.missing
        self.method, self.boundary = source.method, source.boundary

    @property
    def idle(self) -> IdlePower:
        """Nothing is known of watts."""
        return IdlePower(0.0, 0.0, "no joules are claimed")

    def read(self) -> tuple[int, ...]:
        """Instructions until now; empty where they cannot be counted."""
        if self._missing:
            return ()
        try:
            return (self._source.instructions(),)
        except OSError as error:
            self._missing = f"the counter was lost: {error.strerror or error}"
            return ()

    def energy(self, start: Reading, end: Reading, idle: str) -> None:
        """No joules."""
        policy(self.boundary, idle)

    def share(self, start_ns: int, end_ns: int, cpu_ns: int, idle: str) -> None:
        """No joules."""
        policy(self.boundary, idle)

    def counted(self, start: Reading, end: Reading) -> Mapping[str, str]:
        """`instructions` with their kind, or why there are none."""
        if not (start.counters and end.counters):
            return {"instructions_missing": self._missing}
        return {"instructions": str(end.counters[0] - start.counters[0]), "instructions_kind": self._source.kind}

    def record(self, period_s: float) -> None:
        """No timeline is needed."""

    def measure_idle(self, seconds: float) -> IdlePower:
        """Nothing is known of watts."""
        return self.idle

    def finish(self) -> tuple[str, ...]:
        """Release the source."""
        self._source.close()
        return ()
