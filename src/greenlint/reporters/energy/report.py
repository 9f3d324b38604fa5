"""What the energy report is about, before any format: the survey, the verdicts, and the sections that were asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from greenlint.reporters.verdicts import Judged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.reporters.survey.rows import Basis, Row, Survey

SECTIONS = ("test", "language", "commit")


@dataclass(frozen=True, slots=True)
class EnergyReport:
    """A survey of one project with the verdicts about its budgets, and which sections to show."""

    project: str
    survey: Survey
    judged: Judged = field(default_factory=Judged)
    sections: tuple[str, ...] = SECTIONS

    def rows(self, section: str) -> tuple[Row, ...]:
        """The rows of a section: test, language or commit."""
        survey = self.survey
        return {"test": survey.by_test, "language": survey.by_language, "commit": survey.by_commit}[section]

    def by_basis(self, section: str) -> list[tuple[Basis, list[Row]]]:
        """The rows of a section, apart by kind and by what may be compared; best and most measured comes first."""
        groups: dict[tuple[str, Basis], list[Row]] = {}
        for row in self.rows(section):
            groups.setdefault((row.kind, row.basis), []).append(row)
        return [(basis, rows) for (_, basis), rows in sorted(groups.items(), key=_best_first)]

    def verdict_of(self, row: Row) -> str:
        """The worst outcome among the budgets of a test on the machine of the row; empty when it has none."""
        judged = self.judged
        outcomes: list[str] = []
        if judged.machine_class == row.basis.machine_class:
            outcomes = [v.outcome.value for v in judged.verdicts if v.budget.scope == "test" and v.subject == row.key]
        outcomes = outcomes or list((row.verdicts or {}).values())
        return min(outcomes, key=_WORST_FIRST.index, default="")


_WORST_FIRST = ("fail", "unmeasured", "incomparable", "inconclusive", "pass")


def _best_first(group: tuple[tuple[str, Basis], list[Row]]) -> tuple[str, bool, str, int, Basis]:
    (kind, basis), rows = group
    return (kind, not basis.tier, basis.tier, -len(rows), basis)
