"""Judges every configured budget; missing data is shown and never passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlint.analysis.judge import judge, judge_cpu
from greenlint.gate.subjects import Evidence, subjects, usable
from greenlint.model.budget import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.model.budget import Budget
    from greenlint.model.run import Commit


@dataclass(frozen=True, slots=True)
class GateResult:
    """All verdicts, and notices about the evidence (another commit, an unfinished run)."""

    verdicts: tuple[Verdict, ...]
    notices: tuple[str, ...]

    def exit_code(self, *, strict: bool) -> int:
        """1 for a certain violation, 4 when something was not measured, 3 for doubt under --strict, else 0."""
        outcomes = {verdict.outcome for verdict in self.verdicts}
        if Outcome.FAIL in outcomes:
            return 1
        if Outcome.UNMEASURED in outcomes or not outcomes:
            return 4
        doubt = outcomes & {Outcome.INCONCLUSIVE, Outcome.INCOMPARABLE} or self.notices
        return 3 if strict and doubt else 0


def judge_all(budgets: Sequence[Budget], evidence: Evidence, head: Commit | None) -> GateResult:
    """A verdict for each subject of each budget; a budget that matches nothing is unmeasured."""
    verdicts: list[Verdict] = []
    for budget in budgets:
        found = subjects(budget, evidence)
        for subject in found:
            if budget.quantity == "energy":
                verdicts.append(judge(budget, subject.energy, subject.name, machine_class=subject.machine_class))
            else:
                verdicts.append(judge_cpu(budget, subject.cpu_s, subject.name, machine_class=subject.machine_class))
        if not found:
            reason = "nothing in the run matches this budget" if usable(evidence.run) else evidence.run.status
            verdicts.append(
                Verdict(
                    budget, budget.selector, Outcome.UNMEASURED, None, None, None, "unmeasured", reason, "run `pytest --energy`"
                )
            )
    return GateResult(tuple(verdicts), tuple(_notices(evidence, head)))


def _notices(evidence: Evidence, head: Commit | None) -> list[str]:
    run = evidence.run
    notices = []
    if head is not None and run.commit is not None and run.commit.sha != head.sha:
        notices.append(
            f"the newest run is of commit {run.commit.sha[:12]}, HEAD is {head.sha[:12]}: run `pytest --energy` again"
        )
    if run.status == "open":
        notices.append(f"run {run.run_id} never finished (killed?): its totals are missing")
    elif run.status not in ("complete",) and usable(run):
        notices.append(f"run {run.run_id} was {run.status}: its totals may be incomplete")
    return notices
