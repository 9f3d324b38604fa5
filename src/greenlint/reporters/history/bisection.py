"""What a bisection found, in words and as JSON: the culprit, or the range that is left, and how it was asked."""

from __future__ import annotations

from greenlint import __version__
from greenlint.reporters.encoding import printable
from greenlint.reporters.history.wording import SHORT, commits_text
from greenlint.reporters.tables.text import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.history.bisect import Found
    from greenlint.history.commits import Listed
    from greenlint.reporters.base import Style


def render(found: Found, width: int, style: Style) -> str:
    """A few lines for a terminal."""
    change, question = found.change, found.question
    lines = wrap(
        f"{printable(question.name)}: {change.ratio - 1:+.1%} [{change.low - 1:+.1%}, {change.high - 1:+.1%}] from "
        f"{question.good.sha[:SHORT]} to {question.bad.sha[:SHORT]} ({change.pairs} pairs)",
        width,
        "  ",
    )
    reach = f"{len(found.candidates)} of {commits_text(found.commits)} can reach it"
    lines += wrap(f"{reach}; {found.measured} pairs measured now", width, "  ")
    lines += [line for commit, step in found.steps for line in wrap(f"  {_name(commit)}: {_said(step.answer)}", width, "    ")]
    lines += [line for notice in found.notices for line in wrap(f"note: {notice}", width, "  ")]
    return "\n".join(lines + _verdict(found, width, style)) + "\n"


def as_object(found: Found) -> dict[str, Any]:
    """Version 1."""
    return {
        "version": 1,
        "kind": "bisection",
        "tool": {"name": "greenlint", "version": __version__},
        "benchmark": found.question.name,
        "good": found.question.good.sha,
        "bad": found.question.bad.sha,
        "confirmed": found.confirmed,
        "change": found.change._asdict(),
        "commits": found.commits,
        "candidates": [commit.sha for commit in found.candidates],
        "left": [{"commit": commit.sha, "subject": commit.subject} for commit in found.left],
        "steps": [{"commit": commit.sha, "answer": step.answer} for commit, step in found.steps],
        "pairs_measured": found.measured,
        "notices": list(found.notices),
    }


def _verdict(found: Found, width: int, style: Style) -> list[str]:
    if not found.confirmed:
        visible = f"; {found.change.visible - 1:.1%} or more would be seen" if found.change.visible < 10 else ""
        return wrap(f"No change between the ends is confirmed{visible}.", width)
    if len(found.left) == 1:
        commit = found.left[0]
        lines = [
            style(line, fg="red" if found.change.ratio > 1 else "green") for line in wrap(f"Culprit: {_name(commit)}", width)
        ]
        if len(commit.parents) > 1:
            ends = " ".join(parent[:SHORT] for parent in commit.parents[:2])
            lines += wrap(
                f"It is a merge: greenlint history bisect {ends} '{found.question.name}' may search its branch.", width
            )
        return lines
    first, last = found.left[0], found.left[-1]
    lines = wrap(f"Left: one of {commits_text(len(found.left))}, {first.sha[:SHORT]} to {last.sha[:SHORT]}:", width)
    return lines + [line for commit in found.left for line in wrap(f"  {_name(commit)}", width, "    ")]


def _name(commit: Listed) -> str:
    return f"{commit.sha[:SHORT]} {printable(commit.subject)}"


def _said(answer: str) -> str:
    return {"old": "like the old end", "new": "like the new end", "unclear": "in doubt after all pairs"}.get(answer, answer)
