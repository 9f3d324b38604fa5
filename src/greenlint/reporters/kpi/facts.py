"""What every indicator is computed from: the ledger's survey, the verdicts, the carbon factor and the lint result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlint.reporters.survey.total import EnergySum

if TYPE_CHECKING:
    from greenlint.carbon.factors import CarbonFactor
    from greenlint.config.schema import CarbonConfig
    from greenlint.model.budget import Verdict
    from greenlint.model.energy import Energy
    from greenlint.reporters.kpi.lint_facts import LintFacts
    from greenlint.reporters.survey.rows import RunTotal, Survey


@dataclass(frozen=True, slots=True)
class Facts:
    """The inputs of all indicators, for one project and period."""

    project: str
    survey: Survey
    verdicts: tuple[Verdict, ...]
    carbon: CarbonConfig
    factor: CarbonFactor
    lint: LintFacts

    @property
    def test_runs(self) -> tuple[RunTotal, ...]:
        """Complete runs of the test suite."""
        return tuple(total for total in self.survey.runs if total.run.kind == "account" and total.complete)

    @property
    def energy(self) -> EnergySum:
        """The energy of all runs that have any."""
        return EnergySum(total.energy for total in self.survey.runs if total.energy is not None)

    @property
    def coverage(self) -> float:
        """Part of all runs that have energy."""
        return part_measured(self.survey.runs)


def part_measured(runs: tuple[RunTotal, ...]) -> float:
    """Part of the runs that have energy; 0 when there is no run."""
    return sum(total.energy is not None for total in runs) / len(runs) if runs else 0.0


def tier_shares(energy: EnergySum) -> tuple[tuple[str, float], ...]:
    """Part of the energy by tier, best tier first."""
    total = sum(energy.tiers.values())
    if total <= 0:
        return ()
    return tuple((tier, joules / total) for tier, joules in sorted(energy.tiers.items()))


def is_vague(energy: Energy | None) -> bool:
    """True when the systematic part alone makes an interval wider than ±50 %: repeats would not help."""
    return energy is not None and energy.energy_j > 0 and energy.u_sys > 0.25 * energy.energy_j
