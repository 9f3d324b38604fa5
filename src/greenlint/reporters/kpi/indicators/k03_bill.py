"""K03, the bill: electricity, location-based carbon and money of everything in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.carbon.factors import J_PER_KWH, carbon_of
from greenlint.reporters.catalog import Message
from greenlint.reporters.kpi.facts import is_vague, tier_shares
from greenlint.reporters.kpi.tile import LEAST_COVERAGE, Figure, Tile

if TYPE_CHECKING:
    from greenlint.model.energy import Energy
    from greenlint.reporters.kpi.facts import Facts


def tile(facts: Facts) -> Tile:
    """Energy of all runs x PUE in Wh, its carbon with the factor of the place, and its price when one is configured."""
    sums = facts.energy
    energy = sums.energy
    steps = []
    if energy is None:
        return Tile("K03", (Figure.of(None, "Wh"),), facts.coverage, next_steps=(Message("next.measure"),))
    figures = _figures(facts, energy)
    if facts.coverage < LEAST_COVERAGE:
        steps.append(Message("next.coverage", {"share": f"{facts.coverage * 100:.0f} %"}))
    if figures[0].vague:
        steps.append(Message("next.meter" if is_vague(energy) else "next.repeat"))
    if facts.carbon.zone is None and facts.carbon.factor_g_per_kwh is None:
        steps.append(Message("next.zone"))
    pue = (Message("K03.pue", {"pue": f"{facts.carbon.pue:g}"}),) if facts.carbon.pue != 1.0 else ()
    return Tile(
        "K03",
        tuple(figures),
        facts.coverage,
        tier_shares(sums),
        (*pue, _factor(facts)),
        next_steps=tuple(steps),
    )


def _figures(facts: Facts, energy: Energy) -> list[Figure]:
    pue = facts.carbon.pue
    carbon = carbon_of(energy, facts.factor, pue)
    figures = [
        Figure.of(energy, "Wh", pue / 3600.0, Message("K03.energy")),
        Figure(carbon.grams, "g", carbon.low, carbon.high, "derived", Message("K03.carbon")),
    ]
    if facts.carbon.price_per_kwh is not None:
        price = pue * facts.carbon.price_per_kwh / J_PER_KWH
        low, high = energy.interval
        figures.append(
            Figure(energy.energy_j * price, facts.carbon.currency, low * price, high * price, "derived", Message("K03.money"))
        )
    return figures


def _factor(facts: Facts) -> Message:
    factor = facts.factor
    values = {
        "zone": factor.zone,
        "year": str(factor.year or ""),
        "value": f"{factor.value_g_per_kwh:g}",
        "low": f"{factor.low:.3g}",
        "high": f"{factor.high:.4g}",
        "convention": factor.convention,
        "source": factor.source,
    }
    return Message("kpi.factor", values)
