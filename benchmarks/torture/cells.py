"""One answer of one tool: whether it is right, refused or wrong, and the words for its cell in the table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from greenlint.testing.torture.judge import effect_problems, problems

if TYPE_CHECKING:
    from greenlint.testing.torture.case import Case

RIGHT, REFUSED, WRONG = "right", "refused", "wrong"
NEAR = 0.05
"""The other tools state no interval; this near to the truth their value counts as right."""


_LONGEST = 150


class Cell(NamedTuple):
    """status: right | refused (no value where there is one) | wrong; text: what the table shows; problems: of greenlint."""

    status: str
    text: str
    problems: tuple[str, ...] = ()


def cell_of_greenlint(case: Case, report: dict[str, Any], said: dict[str, Any]) -> Cell:
    """Judged strictly: the truth inside the interval, or a reason that fits."""
    wrong = tuple(problems(case, report, said))
    if case.side_effects:
        text = ", ".join(effect_problems(report, said["effects"])) or "none"
    elif said["error"]:
        text = said["error"]
    elif said["measured"]:
        text = said["text"].partition(" (")[0] + _also(case, said)
    else:
        text = f"refuses: {reason_of(case, said)[:_LONGEST]}"
    return Cell(WRONG if wrong else RIGHT, text, wrong)


def _also(case: Case, said: dict[str, Any]) -> str:
    """What a value must be accompanied by, where the row asks for it."""
    match = re.search(case.says, "\n".join(said["said"])) if case.says and not case.or_refuse else None
    return f', says "{match[0]}"' if match else ""


def reason_of(case: Case, said: dict[str, Any]) -> str:
    """The sentence that refuses, without the remedy."""
    if said["invalid"]:
        return said["invalid"].partition(": ")[2]
    fitting = [text for text in said["said"] if re.search(case.says, text)]
    return fitting[0].partition(": ")[2].partition(";")[0] if fitting else said["text"]


def cell_of_other(case: Case, report: dict[str, Any], said: dict[str, Any] | None, usual: str) -> Cell:
    """usual: what the tool writes to stderr on a sound machine; anything else there is a warning."""
    if said is None:
        return Cell(REFUSED, f"crashes: {_last_line(report['stderr'])}")
    if case.side_effects:
        effects = ", ".join(effect_problems(report, said["effects"]))
        return Cell(WRONG if effects else RIGHT, effects or "none")
    warned = bool(_lines(report["stderr"]) - _lines(usual))
    return _judged(case, said, warned)


def _judged(case: Case, said: dict[str, Any], warned: bool) -> Cell:
    note = f"; {said['note']}" if said.get("note") else ""
    may_refuse = case.watts is None or case.or_refuse
    if said["error"]:
        return Cell(RIGHT if may_refuse else REFUSED, _short(said["error"]))
    package_j = said["package_j"]
    text = _number(package_j) + (f" + {_number(said['dram_j'])}" if said["dram_j"] is not None else "") + note
    text += ", warns" if warned else ""
    if "mode [" in note or package_j is None:  # a model, or nothing
        return Cell(RIGHT if may_refuse and warned else REFUSED, text)
    if case.package_w is None:
        return Cell(WRONG, text)
    near = _near(package_j, case.package_w * said["window_s"])
    if case.key == "dram-asked":
        near = near and _near(said["dram_j"] or 0.0, case.dram_w * said["window_s"])
    partial = "partial" in case.right and not warned
    return Cell(WRONG if not near or partial else RIGHT, text)


def _near(value: float, truth: float) -> bool:
    return abs(value - truth) <= NEAR * truth


def _number(joules: float | None) -> str:
    return "nothing" if joules is None else f"{joules:,.1f}"


def _short(text: str) -> str:
    kind, _, words = text.partition(": ")
    return f"{kind}: {words[:70]}" if words else f"{kind.rstrip(':')}, no text"


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no text"])[-1][:100]


def _lines(text: str) -> set[str]:
    """The lines without their numbers."""
    return {re.sub(r"\d+", "0", line) for line in text.splitlines()}
