"""What the energy report is about, before any format: the survey, the verdicts, and the sections that were asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenlint.model.budget import Verdict
    from greenlint.reporters.survey.rows import Basis, Row, Survey

SECTIONS = ("test", "language", "commit")


@dataclass(frozen=True, slots=True)
class EnergyReport:
    """A survey of one project with the verdicts about its budgets, and which sections to show."""

    project: str
    survey: Survey
    verdicts: tuple[Verdict, ...] = ()
    sections: tuple[str, ...] = SECTIONS

    def rows(self, section: str) -> tuple[Row, ...]:
        """The rows of a section: test, language or commit."""
        survey = self.survey
        return {"test": survey.by_test, "language": survey.by_language, "commit": survey.by_commit}[section]

    def by_basis(self, section: str) -> list[tuple[Basis, list[Row]]]:
        """The rows of a section, apart by what may be compared; what was measured best and most comes first."""
        groups: dict[Basis, list[Row]] = {}
        for row in self.rows(section):
            groups.setdefault(row.basis, []).append(row)
        return sorted(groups.items(), key=lambda item: (not item[0].tier, item[0].tier, -len(item[1]), item[0]))

    def verdict_of(self, row: Row) -> str:
        """The worst outcome among the budgets of a test; empty when it has none."""
        outcomes = [v.outcome.value for v in self.verdicts if v.budget.scope == "test" and v.subject == row.key]
        outcomes += (row.verdicts or {}).values() if not outcomes else ()
        return min(outcomes, key=_WORST_FIRST.index, default="")


_WORST_FIRST = ("fail", "unmeasured", "incomparable", "inconclusive", "pass")
