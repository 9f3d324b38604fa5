"""A provider that plays back given counter values, in the order of reads or as a function of a clock; and a recorder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.model.energy import Method
from greenlint.profiler.provider import FOUND, Domain, Probe, Provider
from greenlint.profiler.replayed import ReplaySource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from greenlint.profiler.provider import Context

__all__ = ["ReplayProvider", "ReplaySource", "record_session"]


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
        return ReplaySource(
            self._at or _in_order(self._rows or [(0,) * len(self.domains)]),
            method=self.method,
            boundary="a recording",
            domains=self.domains,
            period_s=self.period_s,
            gain=self.gain,
            identity=f"replay-{id(self)}",
            name=self.name,
        )


def record_session(path: str, seconds: float, *, provider: str | Provider = "auto", every_s: float = 0.01) -> None:
    """Record the counters of this machine for the provider `replay`: `every_s` a read, for `seconds`.

    Raises ProviderError where no counter is chosen (a model has nothing to record), OSError when `path` cannot be written.
    """
    from time import perf_counter_ns, sleep

    from greenlint.errors import ProviderError
    from greenlint.profiler.recording import dump
    from greenlint.profiler.selection import choose
    from greenlint.profiler.source import CounterSource

    choice = choose(provider, self_check=True, settings={})
    source = choice.source
    for device in choice.devices:
        device.close()
    try:
        if not isinstance(source, CounterSource) or not source.method.measured:
            raise ProviderError(f"{choice.name} has no counter that could be recorded", "`greenlint doctor` says why")
        head = {
            "provider": source.name,
            "method": source.method.value,
            "boundary": source.boundary,
            "period_s": source.period_s,
            "gain": source.gain,
            "range_uj": " ".join(str(domain.range_uj) for domain in source.domains),
        }
        rows: list[tuple[int, ...]] = []
        end = perf_counter_ns() + int(seconds * 1e9)
        while not rows or rows[-1][0] < end:
            rows.append((perf_counter_ns(), *source.read()))
            sleep(every_s)
    finally:
        source.close()
    dump(path, head, [domain.name for domain in source.domains], rows)


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
