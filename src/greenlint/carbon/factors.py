"""Carbon intensity of electricity: dated records with their source; an unknown place is the world with a wide interval."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from greenlint.errors import ConfigError
from greenlint.plugins.discovery import contributions

if TYPE_CHECKING:
    from greenlint.config.schema import CarbonConfig
    from greenlint.model.energy import Energy

WORLD = "WORLD"
J_PER_KWH = 3.6e6


@dataclass(frozen=True, slots=True)
class CarbonFactor:
    """Grams per kWh with a 95 % interval [low, high], and what the figure means.

    convention  CO2 or CO2e, direct or life cycle, generation or consumption; basis  location | market
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


@dataclass(frozen=True, slots=True)
class Carbon:
    """Grams with a 95 % interval, and the factor and power usage effectiveness behind them."""

    grams: float
    low: float
    high: float
    factor: CarbonFactor
    pue: float


@lru_cache(maxsize=1)
def known_factors() -> dict[str, CarbonFactor]:
    """The factors by zone: those that greenlint ships, and those of installed plug-ins."""
    own = _own_factors()
    offered = contributions("greenlint_carbon_factors")
    if not offered:
        return own
    from greenlint.carbon.third_party import admit

    return {**own, **admit(offered, own)}


def _own_factors() -> dict[str, CarbonFactor]:
    with open(os.path.join(os.path.dirname(__file__), "factors.json"), encoding="utf-8") as file:
        records = json.load(file)["factors"]
    return {
        r["zone"]: CarbonFactor(
            r["value"],
            r["value"] * r["low"],
            r["value"] * r["high"],
            r["zone"],
            r["year"],
            r["convention"],
            r["basis"],
            r["source"],
            r["licence"],
        )
        for r in records
    }


def factor_for(config: CarbonConfig) -> CarbonFactor:
    """The factor that the user set, else that of the configured zone, else the world average.

    A user's own factor is taken as exact for its place: its interval is ±10 %. Raises ConfigError for an unknown zone.
    """
    if config.factor_g_per_kwh is not None:
        value = config.factor_g_per_kwh
        zone = config.zone or "as configured"
        return CarbonFactor(
            value, value * 0.9, value * 1.1, zone, None, "as configured", "location", "[tool.greenlint.carbon]", ""
        )
    factors = known_factors()
    if config.zone is None:
        return factors[WORLD]
    factor = factors.get(config.zone.upper())
    if factor is None:
        raise ConfigError(
            f"unknown carbon zone {config.zone!r} in [tool.greenlint.carbon]",
            f"known: {', '.join(factors)}; or set factor-g-per-kwh",
        )
    return factor


def carbon_of(energy: Energy, factor: CarbonFactor, pue: float = 1.0) -> Carbon:
    """Operational carbon of an energy value, g; the relative errors of both combine in quadrature of their logarithms.

    A value at or below zero has no logarithm: its carbon reaches from 0 to the upper bounds of energy and factor.
    """
    grams = energy.energy_j / J_PER_KWH * pue * factor.value_g_per_kwh
    low_j, high_j = energy.interval
    if energy.energy_j <= 0:
        return Carbon(max(0.0, grams), 0.0, max(0.0, high_j) / J_PER_KWH * pue * factor.high, factor, pue)
    return Carbon(
        grams,
        grams * math.exp(-math.hypot(_log(energy.energy_j, low_j), _log(factor.value_g_per_kwh, factor.low))),
        grams * math.exp(math.hypot(_log(energy.energy_j, high_j), _log(factor.value_g_per_kwh, factor.high))),
        factor,
        pue,
    )


def _log(value: float, bound: float) -> float:
    """Distance of a bound on the logarithmic scale; a bound of zero is ten times below."""
    if value <= 0:
        return 0.0
    return abs(math.log(max(bound, value / 10) / value))
