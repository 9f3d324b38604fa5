"""What every indicator is computed from: the ledger's survey, the verdicts, the carbon factor and the lint result."""

from __future__ import annotations

from dataclasses import dataclass

from greenlint.analysis.combine import Total, total

TYPE_CHECKING = False
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
        return tuple(one for one in self.survey.runs if one.run.kind == "account" and one.complete)

    @property
    def energy(self) -> Total:
        """The energy of all runs together, and how many of them have none."""
        return total(run.energy for run in self.survey.runs)

    @property
    def coverage(self) -> float:
        """Part of all runs that have energy."""
        return part_measured(self.survey.runs)


def part_measured(runs: tuple[RunTotal, ...]) -> float:
    """Part of the runs that have energy; 0 when there is no run."""
    return sum(one.energy is not None for one in runs) / len(runs) if runs else 0.0


def tier_shares(energy: Total) -> tuple[tuple[str, float], ...]:
    """Part of the energy by tier, best tier first."""
    if energy.energy is None or energy.energy.energy_j <= 0:
        return ()
    return tuple((tier, part.energy_j / energy.energy.energy_j) for tier, part in energy.by_tier.items())


def is_vague(energy: Energy | None) -> bool:
    """True when the systematic part alone makes an interval wider than ±50 %: repeats would not help."""
    return energy is not None and energy.energy_j > 0 and energy.u_sys > 0.25 * energy.energy_j
