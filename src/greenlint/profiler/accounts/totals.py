"""Running totals of counters: every read is unwrapped against the one before, so that windows telescope exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.profiler.fault import explain
from greenlint.profiler.forks import lock_for_forks
from greenlint.profiler.unwrap import step

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.profiler.source import CounterSource
    from greenlint.profiler.unwrap import Step

_STILL_S, _STILL_PERIODS = 0.25, 50
"""A counter that passed its self-check and then stands still this long (s, or update periods if more) has stalled; energy that
it missed meanwhile would not show at the end, when it may count again."""


class Totals:
    """Unwrapped microjoules per domain since the start; `invalid` says why they cannot be trusted any more, or is None.

    Reads may come from several threads (the timeline and the tests).
    """

    def __init__(self, source: CounterSource, now_ns: Callable[[], int]) -> None:
        """Raises OSError or ValueError when the first read fails."""
        self.invalid: str | None = None
        self._source, self._domains = source, source.domains
        self._now_ns = now_ns
        self._raw, self._read_ns = source.read(), now_ns()
        self._totals = (0,) * len(self._raw)
        self._moved_ns = [self._read_ns] * len(self._raw)
        self._still_ns = max(_STILL_S, _STILL_PERIODS * source.period_s) * 1e9
        self._lock = lock_for_forks()

    def read(self) -> tuple[int, ...]:
        """The totals now. Never raises: a counter that cannot be read, jumps or resets makes the totals invalid."""
        with self._lock:
            raw, now = self._fetch(), self._now_ns()
            if raw is None:
                return self._totals
            if raw != self._raw:
                self._advance(raw, now)
            elif now - self._moved_ns[0] > self._still_ns:
                self._fail(self._still(0, now))
            self._read_ns = now
            return self._totals

    def fail(self, reason: str) -> None:
        """Declare the totals invalid; the first reason stays."""
        with self._lock:
            self._fail(reason)

    def _fetch(self) -> tuple[int, ...] | None:
        try:
            return self._source.read()
        except Exception as error:  # noqa: BLE001  a source of a plug-in may raise anything; it must not end the session
            self._fail(f"cannot be read any more: {explain(error)}")
            return None

    def _advance(self, raw: tuple[int, ...], now_ns: int) -> None:
        steps = self._steps(raw, now_ns)
        if None in [moved.delta_uj for moved in steps]:
            # What was torn while it was written is whole at the next read; a reset stays.
            raw = self._fetch() or raw
            steps = self._steps(raw, now_ns)
        for place, (delta, problem) in enumerate(steps):
            if delta is None:
                self._fail(f"{self._domains[place].name} {problem}")
            elif delta:
                self._moved_ns[place] = now_ns
            elif now_ns - self._moved_ns[place] > self._still_ns:
                self._fail(self._still(place, now_ns))
        self._totals = tuple([total + (moved.delta_uj or 0) for total, moved in zip(self._totals, steps)])
        self._raw = tuple([last if moved.delta_uj == 0 else now for last, now, moved in zip(self._raw, raw, steps)])

    def _steps(self, raw: tuple[int, ...], now_ns: int) -> list[Step]:
        elapsed_s = (now_ns - self._read_ns) / 1e9
        return [
            step(last, now, range_uj=domain.range_uj, elapsed_s=elapsed_s, max_w=domain.max_w)
            for domain, last, now in zip(self._domains, self._raw, raw)
        ]

    def _still(self, place: int, now_ns: int) -> str:
        return f"{self._domains[place].name} stood still for {(now_ns - self._moved_ns[place]) / 1e9:.1f} s"

    def _fail(self, reason: str) -> None:
        self.invalid = self.invalid or f"{self._source.name}: {reason}"
