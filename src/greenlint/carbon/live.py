"""Live carbon intensity of a plug-in: asked only when exactly its zone is configured, and never a reason to fail."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from greenlint.carbon.record import CarbonFactor

if TYPE_CHECKING:
    from collections.abc import Callable

_TEXT = 160  # characters of an error that are shown
MOST = 5000
"""g/kWh; no way of generating electricity comes near it."""


@dataclass(frozen=True, slots=True)
class LiveFactor:
    """A zone whose factor is fetched when it is needed.

    zone  its name, in capitals, such as "GB-LIVE"; fetch  returns a CarbonFactor or raises, within seconds
    fallback  the shipped zone whose yearly factor stands in while nothing can be fetched
    """

    zone: str
    fetch: Callable[[], CarbonFactor]
    fallback: str

    def now(self, stand_in: Callable[[], CarbonFactor]) -> CarbonFactor:
        """The fetched factor; when there is none, the yearly one with its interval, a note, and one line on stderr."""
        try:
            factor = self.fetch()
            problem = problem_of(factor)
        except Exception as error:  # noqa: BLE001  a plug-in may raise anything; carbon then has the yearly factor
            problem = " ".join(f"{type(error).__name__}: {error}".split())[:_TEXT]
        if not problem:
            return replace(factor, zone=self.zone)
        yearly = stand_in()
        note = f"{self.zone} could not be fetched ({problem}); yearly factor of {yearly.zone} instead"
        sys.stderr.write(f"greenlint: warning: {note}\n")
        return replace(yearly, note=note)


def problem_of(factor: object) -> str:
    """What is wrong with a carbon factor that was made elsewhere, or ""."""
    if not isinstance(factor, CarbonFactor):
        return "is no CarbonFactor"
    figures: tuple[object, ...] = (factor.low, factor.value_g_per_kwh, factor.high)
    if not all(type(figure) in (int, float) for figure in figures):
        return "a figure is no number"
    if not 0 <= factor.low <= factor.value_g_per_kwh <= factor.high <= MOST:
        return f"low, value and high are not in this order between 0 and {MOST} g/kWh"
    words = ("convention", "basis", "source", "licence")
    missing = [word for word in words if not (isinstance(getattr(factor, word), str) and getattr(factor, word))]
    return f"{' and '.join(missing)} must be stated" if missing else ""
