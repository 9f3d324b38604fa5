"""Carbon intensity of electricity: dated records with their source; an unknown place is the world with a wide interval.

The place is what the configuration says. Nothing here looks at the network, the time zone or the language of a machine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlint.carbon.record import CarbonFactor, Pue
from greenlint.carbon.zones import WORLD, choose, known_factors

if TYPE_CHECKING:
    from greenlint.config.schema import CarbonConfig
    from greenlint.model.energy import Energy

__all__ = ["J_PER_KWH", "WORLD", "Carbon", "CarbonFactor", "Pue", "carbon_of", "factor_for", "known_factors", "pue_for"]

J_PER_KWH = 3.6e6


@dataclass(frozen=True, slots=True)
class Carbon:
    """Grams with a 95 % interval, and the factor and power usage effectiveness behind them."""

    grams: float
    low: float
    high: float
    factor: CarbonFactor
    pue: float


def factor_for(config: CarbonConfig) -> CarbonFactor:
    """The factor that the user set, else that of the configured zone, else the world average.

    A user's own factor is taken as exact for its place: its interval is ±10 %. Raises ConfigError for an unknown zone, for a
    year that the zone does not have, and when no factor of the configured basis is known for it.
    """
    if config.factor_g_per_kwh is not None:
        value = config.factor_g_per_kwh
        return CarbonFactor(
            value,
            value * 0.9,
            value * 1.1,
            config.zone or "as configured",
            config.year,
            "as configured",
            config.basis or "location",
            "[tool.greenlint.carbon]",
            "",
        )
    return choose(config.zone, config.basis, config.year)


def pue_for(config: CarbonConfig, factor: CarbonFactor) -> Pue | float:
    """The power usage effectiveness that applies: the configured one, else that of the cloud region, else 1.0.

    To leave the overhead of a cloud's buildings out, name the grid zone of the region instead of the region.
    """
    if config.pue == 1.0 and factor.pue is not None:
        return factor.pue
    return config.pue


def carbon_of(energy: Energy, factor: CarbonFactor, pue: Pue | float = 1.0) -> Carbon:
    """Operational carbon of an energy value, g; the relative errors combine in quadrature of their logarithms.

    A value at or below zero has no logarithm: its carbon reaches from 0 to the upper bounds of energy, factor and PUE.
    """
    overhead = pue if isinstance(pue, Pue) else Pue(pue, pue, pue, "")
    per_joule = factor.value_g_per_kwh * overhead.value / J_PER_KWH
    grams = energy.energy_j * per_joule
    low_j, high_j = energy.interval
    if energy.energy_j <= 0:
        most = max(0.0, high_j) / J_PER_KWH * overhead.high * factor.high
        return Carbon(max(0.0, grams), 0.0, most, factor, overhead.value)
    values = (energy.energy_j, factor.value_g_per_kwh, overhead.value)
    down = _spread(values, (low_j, factor.low, overhead.low))
    up = _spread(values, (high_j, factor.high, overhead.high))
    return Carbon(grams, grams * math.exp(-down), grams * math.exp(up), factor, overhead.value)


def _spread(values: tuple[float, ...], bounds: tuple[float, ...]) -> float:
    """Distance of several bounds from their values together, on the logarithmic scale."""
    return math.hypot(*map(_log, values, bounds))


def _log(value: float, bound: float) -> float:
    """Distance of a bound on the logarithmic scale; a bound of zero is ten times below."""
    if value <= 0:
        return 0.0
    return abs(math.log(max(bound, value / 10) / value))
