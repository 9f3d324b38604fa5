"""Budgets and the verdicts about them; there are five outcomes, and missing data is never a pass."""

from __future__ import annotations

from enum import Enum

from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.energy import Energy


class Outcome(str, Enum):
    """The verdict about one budget."""

    PASS = "pass"
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    INCOMPARABLE = "incomparable"
    UNMEASURED = "unmeasured"


class Budget(NamedTuple):
    """A limit.

    scope     test | suite | language | commit
    selector  node-id glob, suite name, language name; "*" for all
    quantity  energy (J) | cpu (s)
    limit     in the base unit; `text` as the user wrote it; `where` names file and line
    """

    scope: str
    selector: str
    quantity: str
    limit: float
    text: str
    where: str
    machine_class: str = ""


class Verdict(NamedTuple):
    """What was found about one budget for one subject, and the next thing to do.

    value, low, high  the judged quantity and its one-sided 99 % bounds, base unit; None when unmeasured
    mark      how the value came about (measured, attributed, estimated, CPU time)
    energy    the judged energy with its provenance; None for CPU time and when nothing was measured
    """

    budget: Budget
    subject: str
    outcome: Outcome
    value: float | None
    low: float | None
    high: float | None
    mark: str
    reason: str
    advice: str = ""
    energy: Energy | None = None
