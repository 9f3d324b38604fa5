"""A counter source reduced to the domains that passed the self-check, with the update period that was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenlint.profiler.selfcheck import Evidence
    from greenlint.profiler.source import CounterSource


class Kept:
    """The same source without its dead and its mirroring domains."""

    def __init__(self, source: CounterSource, evidence: Evidence) -> None:
        self._source, self._keep = source, evidence.keep
        self._all = len(evidence.keep) == len(source.domains)
        self.name, self.method, self.gain = source.name, source.method, source.gain
        self.identity = source.identity
        self.domains = tuple(source.domains[place] for place in evidence.keep)
        left_out = [domain.name for domain in source.domains if domain not in self.domains]
        self.boundary = source.boundary + (f", without {', '.join(left_out)}" if left_out else "")
        self.period_s = max(source.period_s, evidence.period_s)

    def read(self) -> tuple[int, ...]:
        """Microjoules of the kept domains."""
        values = self._source.read()
        return values if self._all else tuple([values[place] for place in self._keep])

    def close(self) -> None:
        """Close the source."""
        self._source.close()
