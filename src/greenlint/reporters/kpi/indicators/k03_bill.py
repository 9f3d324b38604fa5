"""K03, the bill: electricity, carbon and money of everything in the ledger."""

from __future__ import annotations

from greenlint.carbon.factors import J_PER_KWH, Pue, carbon_of, pue_for
from greenlint.carbon.place import is_placed
from greenlint.reporters.catalog import Message
from greenlint.reporters.kpi.facts import is_vague, tier_shares
from greenlint.reporters.kpi.tile import LEAST_COVERAGE, Figure, Tile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.carbon.factors import CarbonFactor
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
    placed = is_placed(facts.carbon)
    if not placed:
        steps.append(Message("next.zone"))
    # Without a place the note says what the step above says in the reader's language.
    note = (Message("K03.note", {"note": facts.factor.note}),) if facts.factor.note and placed else ()
    return Tile(
        "K03",
        tuple(figures),
        facts.coverage,
        tier_shares(sums),
        (*_pue(pue_for(facts.carbon, facts.factor)), _factor(facts), *note),
        next_steps=tuple(steps),
    )


def _figures(facts: Facts, energy: Energy) -> list[Figure]:
    pue = pue_for(facts.carbon, facts.factor)
    carbon = carbon_of(energy, facts.factor, pue)
    figures = [
        _drawn(energy, pue, 1 / 3600.0, "Wh", energy.method.mark, Message("K03.energy")),
        Figure(carbon.grams, "g", carbon.low, carbon.high, "derived", _carbon_label(facts.factor)),
    ]
    if facts.carbon.price_per_kwh is not None:
        per_joule = facts.carbon.price_per_kwh / J_PER_KWH
        figures.append(_drawn(energy, pue, per_joule, facts.carbon.currency, "derived", Message("K03.money")))
    return figures


def _drawn(energy: Energy, pue: Pue | float, factor: float, unit: str, mark: str, label: Message) -> Figure:
    """What the building draws, times `factor`; from the lowest energy at the lowest PUE to the highest at the highest."""
    value, fewest, most = (pue.value, pue.low, pue.high) if isinstance(pue, Pue) else (pue, pue, pue)
    low, high = energy.interval
    return Figure(energy.energy_j * value * factor, unit, low * fewest * factor, high * most * factor, mark, label)


def _carbon_label(factor: CarbonFactor) -> Message:
    gas = "CO₂e" if "CO2e" in factor.unit else "CO₂"
    return Message("K03.carbon" if factor.basis == "location" else "K03.market", {"gas": gas})


def _pue(pue: Pue | float) -> tuple[Message, ...]:
    if isinstance(pue, Pue):
        return (Message("K03.pue", {"pue": f"{pue.value:g} [{pue.low:g}, {pue.high:g}]"}),)
    return (Message("K03.pue", {"pue": f"{pue:g}"}),) if pue != 1.0 else ()


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
