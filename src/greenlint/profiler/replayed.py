"""A source whose rows come from somewhere else than a device: a recording that is played back, or a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.model.energy import Method
    from greenlint.profiler.provider import Domain


class ReplaySource:
    """Gives the next row at each read; `reads` counts how often it was read, `closed` says whether it was closed."""

    def __init__(
        self,
        next_row: Callable[[], tuple[int, ...]],
        *,
        method: Method,
        boundary: str,
        domains: tuple[Domain, ...],
        period_s: float,
        gain: float,
        identity: str,
        name: str = "replay",
    ) -> None:
        self.name, self.method, self.boundary, self.domains = name, method, boundary, domains
        self.period_s, self.gain, self.identity = period_s, gain, identity
        self._next_row = next_row
        self.reads, self.closed = 0, False

    def read(self) -> tuple[int, ...]:
        """The next row; an exception in its place is raised."""
        self.reads += 1
        return self._next_row()

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True
