"""K02, energy per test run: the mean over complete runs of the suite, with their trend."""

from __future__ import annotations

from greenlint.analysis.combine import total
from greenlint.reporters.catalog import Message
from greenlint.reporters.kpi.facts import is_vague, part_measured, tier_shares
from greenlint.reporters.kpi.tile import LEAST_COVERAGE, Figure, Tile
from greenlint.reporters.survey.mean import mean
from greenlint.reporters.survey.rows import Point

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.energy import Energy
    from greenlint.reporters.kpi.facts import Facts
    from greenlint.reporters.survey.rows import RunTotal

_TREND = 24


def tile(facts: Facts) -> Tile:
    """Joules per run: sum of energy over runs, divided by their number; a second figure per minute of run time."""
    runs = facts.test_runs
    measured = [run for run in runs if run.energy is not None]
    energies = [run.energy for run in measured if run.energy is not None]
    average, whole = mean(energies), total(energies)
    minutes = sum(run.wall_s for run in measured) / 60
    coverage = part_measured(runs)
    figures = [Figure.of(average, label=Message("K02.unit"))]
    if minutes > 0:
        figures.append(Figure.of(whole.energy, factor=1 / minutes, label=Message("K02.minute")))
    steps = []
    if not measured:
        steps.append(Message("next.measure"))
    elif coverage < LEAST_COVERAGE:
        steps.append(Message("next.coverage", {"share": f"{coverage * 100:.0f} %"}))
    if figures[0].vague:
        steps.append(Message("next.meter" if is_vague(average) else "next.repeat"))
    return Tile(
        "K02",
        tuple(figures),
        coverage,
        tier_shares(whole),
        trend=tuple(_point(run, run.energy) for run in measured[-_TREND:] if run.energy is not None),
        next_steps=tuple(steps),
    )


def _point(run: RunTotal, energy: Energy) -> Point:
    return Point(energy.energy_j, *energy.interval, f"{run.run.machine.machine_class} {energy.method.tier}")
