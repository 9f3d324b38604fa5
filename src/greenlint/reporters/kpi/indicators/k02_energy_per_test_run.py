"""K02, energy per test run: the mean over complete runs of the suite, with their trend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.reporters.catalog import Message
from greenlint.reporters.kpi.facts import is_vague, part_measured, tier_shares
from greenlint.reporters.kpi.tile import LEAST_COVERAGE, Figure, Point, Tile
from greenlint.reporters.survey.total import EnergySum

if TYPE_CHECKING:
    from greenlint.reporters.kpi.facts import Facts

_TREND = 24


def tile(facts: Facts) -> Tile:
    """Joules per run: sum of energy over runs, divided by their number; a second figure per minute of run time."""
    runs = facts.test_runs
    measured = [total for total in runs if total.energy is not None]
    energy = EnergySum(total.energy for total in measured if total.energy is not None)
    mean, whole = energy.mean(), energy.sum()
    minutes = sum(total.wall_s for total in measured) / 60
    coverage = part_measured(runs)
    figures = [Figure.of(mean)]
    if whole is not None and minutes > 0:
        figures.append(Figure.of(whole, factor=1 / minutes, label="K02.minute"))
    steps = []
    if not measured:
        steps.append(Message("next.measure"))
    elif coverage < LEAST_COVERAGE:
        steps.append(Message("next.coverage", {"share": f"{coverage * 100:.0f} %"}))
    if figures[0].vague:
        steps.append(Message("next.meter" if is_vague(mean) else "next.repeat"))
    return Tile(
        "K02",
        tuple(figures),
        coverage,
        tier_shares(energy),
        trend=tuple(
            Point(
                total.energy.energy_j, *total.energy.interval, f"{total.run.machine.machine_class} {total.energy.method.tier}"
            )
            for total in measured[-_TREND:]
            if total.energy is not None
        ),
        next_steps=tuple(steps),
    )
