"""A provider that plays back given counter values, in the order of reads or as a function of a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.model.energy import Method
from greenlint.profiler.provider import FOUND, Domain, Probe, Provider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from greenlint.profiler.provider import Context


class ReplayProvider(Provider):
    """Counters from a recording: one row of µJ per read (the last one stays), or `at` called for each read.

    A row may also be an exception, which that read raises.
    """

    name = "replay"

    def __init__(
        self,
        rows: Iterable[tuple[int, ...] | Exception] = (),
        *,
        at: Callable[[], tuple[int, ...]] | None = None,
        domains: tuple[Domain, ...] = (Domain("package-0"),),
        period_s: float = 0.001,
        gain: float = 0.05,
        method: Method = Method.COUNTER,
    ) -> None:
        self._rows, self._at = list(rows), at
        self.domains, self.period_s, self.gain, self.method = domains, period_s, gain, method

    def probe(self, context: Context) -> Probe:
        """Always found."""
        return Probe(self.name, FOUND, "a recording", "", self.method, tuple(domain.name for domain in self.domains))

    def open(self, context: Context) -> ReplaySource:
        """Start from the first row."""
        return ReplaySource(self, self._at or _in_order(self._rows or [(0,) * len(self.domains)]))


class ReplaySource:
    """An open recording; `reads` counts how often it was read, `closed` says whether it was closed."""

    boundary = "a recording"

    def __init__(self, provider: ReplayProvider, next_row: Callable[[], tuple[int, ...]]) -> None:
        self.name, self.identity = provider.name, f"replay-{id(provider)}"
        self.method, self.domains = provider.method, provider.domains
        self.period_s, self.gain = provider.period_s, provider.gain
        self._next_row = next_row
        self.reads, self.closed = 0, False

    def read(self) -> tuple[int, ...]:
        """The next row."""
        self.reads += 1
        return self._next_row()

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True


def _in_order(rows: list[tuple[int, ...] | Exception]) -> Callable[[], tuple[int, ...]]:
    place = 0

    def next_row() -> tuple[int, ...]:
        nonlocal place
        row = rows[min(place, len(rows) - 1)]
        place += 1
        if isinstance(row, Exception):
            raise row
        return row

    return next_row
