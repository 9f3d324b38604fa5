"""What a carbon factor is: a figure with its interval and everything that is needed to know what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Pue:
    """Power usage effectiveness of a data centre with a 95 % interval: its whole energy over that of its computers."""

    value: float
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class CarbonFactor:
    """Grams per kWh with a 95 % interval [low, high], and what the figure means.

    year  the year that the source gives it for; convention  CO2 or CO2e, direct or life cycle, generation or consumption
    basis  "location" (the grid of the place) or "market" (contracts and certificates)
    unit  "g CO2e/kWh" or "g CO2/kWh"; note  what the reader must know about how it was chosen
    pue  that of the cloud region which was asked for, None for every other zone
    """

    value_g_per_kwh: float
    low: float
    high: float
    zone: str
    year: int | None
    convention: str
    basis: str
    source: str
    licence: str
    url: str = ""
    unit: str = "g CO2e/kWh"
    note: str = ""
    pue: Pue | None = None

    def to_json(self) -> dict[str, Any]:
        """Everything that a reader of JSON needs to know what the figure means; the interval is 95 %."""
        return {
            "g_per_kwh": self.value_g_per_kwh,
            "interval": [self.low, self.high],
            "unit": self.unit,
            "zone": self.zone,
            "year": self.year,
            "convention": self.convention,
            "basis": self.basis,
            "source": self.source,
            "licence": self.licence,
            "note": self.note,
        }
