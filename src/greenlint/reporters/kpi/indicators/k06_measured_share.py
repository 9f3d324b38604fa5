"""K06, data quality: how much of the energy a device counted, and how much was estimated, by tier."""

from __future__ import annotations

from greenlint.reporters.catalog import Message
from greenlint.reporters.kpi.facts import tier_shares
from greenlint.reporters.kpi.tile import LEAST_COVERAGE, Figure, Part, Tile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.reporters.kpi.facts import Facts


def tile(facts: Facts) -> Tile:
    """Energy of tiers T1 and T2, divided by all energy; a ratio of sums, without an interval of its own."""
    runs = facts.survey.runs
    shares = tier_shares(facts.energy)
    with_energy = facts.energy.count
    counts = (Message("K06.runs", {"measured": str(with_energy), "all": str(len(runs))}),)
    if not shares:
        unmeasured = Figure(None, "%", mark="unmeasured")
        return Tile("K06", (unmeasured,), facts.coverage, facts=counts, next_steps=(Message("next.measure"),))
    measured = facts.energy.measured_share
    steps = [Message("next.counter")] if measured == 0 else []
    if facts.coverage < LEAST_COVERAGE:
        steps.append(Message("next.coverage", {"share": f"{facts.coverage * 100:.0f} %"}))
    parts = tuple(Part(Message(f"tier.{tier}"), share, pattern=tier) for tier, share in shares)
    return Tile(
        "K06",
        (Figure(measured, "%"),),
        facts.coverage,
        shares,
        counts,
        (("tiers.title", parts),),
        next_steps=tuple(steps),
    )
