"""Software Carbon Intensity, ISO/IEC 21031:2024: SCI = ((E x I) + M) per R.

E is energy times the power usage effectiveness, I the location-based carbon intensity, M the embodied share, R the number
of functional units. Certificates, offsets and power contracts are outside the standard: a market-based factor is refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from greenlint.carbon.factors import carbon_of
from greenlint.errors import ConfigError, IncompatibleError

if TYPE_CHECKING:
    from greenlint.carbon.embodied import Embodied
    from greenlint.carbon.record import CarbonFactor, Pue
    from greenlint.model.energy import Energy


@dataclass(frozen=True, slots=True)
class Part:
    """Grams with their interval."""

    grams: float
    low: float
    high: float

    def per(self, units: float) -> Part:
        """The part of one functional unit."""
        return Part(self.grams / units, self.low / units, self.high / units)


@dataclass(frozen=True, slots=True)
class Sci:
    """A score: g CO2e per functional unit with its interval, its two parts per unit, and everything that they rest on."""

    total: Part
    operational: Part
    embodied: Part
    unit_name: str
    functional_units: float
    energy: Energy
    factor: CarbonFactor
    pue: float
    share: Embodied

    def to_json(self) -> dict[str, Any]:
        """The score with its parts, units, factor and assumptions, as plain data; grams per functional unit."""
        parts = {"sci": self.total, "operational": self.operational, "embodied": self.embodied}
        return {
            **{name: {"g": part.grams, "interval": [part.low, part.high]} for name, part in parts.items()},
            "functional_unit": self.unit_name,
            "functional_units": self.functional_units,
            "energy": self.energy.to_json(),
            "pue": self.pue,
            "factor": self.factor.to_json(),
            "embodied_assumptions": list(self.share.server.notes),
        }


def sci(
    energy: Energy,
    factor: CarbonFactor,
    embodied: Embodied,
    functional_units: float,
    unit_name: str,
    pue: Pue | float = 1.0,
) -> Sci:
    """The score of work that took `energy`, reserved the hardware of `embodied` and did `functional_units` of `unit_name`.

    Errors of the two parts are independent and combine in quadrature, upwards and downwards apart.
    Raises IncompatibleError for a market-based factor, ConfigError for no, a negative or an infinite number of units.
    """
    if factor.basis != "location":
        raise IncompatibleError(
            f"the factor of {factor.zone} is {factor.basis}-based: an SCI takes the grid of its place (ISO/IEC 21031:2024)",
            'set basis = "location" in [tool.greenlint.carbon], or a zone that has such a factor',
        )
    if not 0 < functional_units < math.inf:
        raise ConfigError(f"the number of functional units must be above 0, not {functional_units!r}")
    carbon = carbon_of(energy, factor, pue)
    operational = Part(carbon.grams, carbon.low, carbon.high).per(functional_units)
    made = Part(embodied.grams, embodied.low, embodied.high).per(functional_units)
    return Sci(
        _sum(operational, made),
        operational,
        made,
        unit_name,
        functional_units,
        energy,
        factor,
        carbon.pue,
        embodied,
    )


def _sum(a: Part, b: Part) -> Part:
    value = a.grams + b.grams
    down = math.hypot(a.grams - a.low, b.grams - b.low)
    up = math.hypot(a.high - a.grams, b.high - b.grams)
    return Part(value, max(0.0, value - down), value + up)
