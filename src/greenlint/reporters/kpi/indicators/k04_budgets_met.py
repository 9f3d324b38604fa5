"""K04, energy budgets met: only what certainly holds counts as met."""

from __future__ import annotations

import math

from greenlint.model.budget import Outcome
from greenlint.model.energy import Z95
from greenlint.reporters.catalog import Message
from greenlint.reporters.kpi.tile import LEAST_COVERAGE, Figure, Part, Tile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.reporters.kpi.facts import Facts

_DECIDED = (Outcome.PASS, Outcome.FAIL)


def tile(facts: Facts) -> Tile:
    """Budgets met, divided by all budgets; coverage is the part that is decided either way."""
    outcomes = [verdict.outcome for verdict in facts.verdicts]
    total = len(outcomes)
    if not total:
        return Tile("K04", (Figure(None, "%", mark="unmeasured"),), next_steps=(Message("next.budget"),))
    met, exceeded = outcomes.count(Outcome.PASS), outcomes.count(Outcome.FAIL)
    coverage = sum(outcome in _DECIDED for outcome in outcomes) / total
    measured = any(outcome is not Outcome.UNMEASURED for outcome in outcomes)
    figure = Figure(met / total, "%", *wilson(met, total)) if measured else Figure(None, "%", mark="unmeasured")
    steps = [Message("next.exceeded", {"count": str(exceeded)})] if exceeded else []
    if not measured:
        steps.append(Message("next.measure"))
    elif coverage < LEAST_COVERAGE or figure.vague:
        steps.append(Message("next.budgets"))
    parts = tuple(
        Part(Message(f"verdict.{outcome.value}"), outcomes.count(outcome) / total, str(outcomes.count(outcome)), outcome.value)
        for outcome in Outcome
        if outcome in outcomes
    )
    facts_shown = (Message("K04.of", {"met": str(met), "all": str(total)}),)
    return Tile("K04", (figure,), coverage, facts=facts_shown, bars=(("", parts),), next_steps=tuple(steps))


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson, 1927)."""
    z2 = Z95**2
    share = successes / trials
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = Z95 / (1 + z2 / trials) * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    return max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half))
