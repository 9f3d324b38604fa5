"""Running totals of counters: every read is unwrapped against the one before, so that windows telescope exactly."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from greenlint.profiler.unwrap import step

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.profiler.provider import CounterSource


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
        self._lock = Lock()

    def read(self) -> tuple[int, ...]:
        """The totals now. Never raises: a counter that cannot be read, jumps or resets makes the totals invalid."""
        with self._lock:
            try:
                raw = self._source.read()
            except (OSError, ValueError) as error:
                self._fail(f"cannot be read any more: {error}")
                return self._totals
            now = self._now_ns()
            if raw != self._raw:
                self._totals = self._advance(raw, (now - self._read_ns) / 1e9)
                self._raw = raw
            self._read_ns = now
            return self._totals

    def fail(self, reason: str) -> None:
        """Declare the totals invalid; the first reason stays."""
        with self._lock:
            self._fail(reason)

    def _advance(self, raw: tuple[int, ...], elapsed_s: float) -> tuple[int, ...]:
        totals = []
        for total, domain, last, now in zip(self._totals, self._domains, self._raw, raw):
            delta, problem = step(last, now, range_uj=domain.range_uj, elapsed_s=elapsed_s, max_w=domain.max_w)
            if delta is None:
                self._fail(f"{domain.name} {problem}")
            totals.append(total + (delta or 0))
        return tuple(totals)

    def _fail(self, reason: str) -> None:
        self.invalid = self.invalid or f"{self._source.name}: {reason}"
