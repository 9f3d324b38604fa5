"""A comparison of two commits for the terminal."""

from __future__ import annotations

import textwrap

from greenlint.gate.paired import Verdict
from greenlint.reporters.base import plain
from greenlint.reporters.encoding import printable
from greenlint.reporters.pairs.wording import change_text, headline, ordered, provenance, repeat, value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.gate.against import Against
    from greenlint.reporters.base import Style

NAME = "text"
_COLOURS = {
    Verdict.WORSE: "red",
    Verdict.UNMEASURED: "red",
    Verdict.BETTER: "green",
    Verdict.UNCONFIRMED: "yellow",
    Verdict.INCOMPARABLE: "yellow",
}


def render(result: Against, width: int = 80, style: Style = plain) -> str:
    """Two commits, then one block for each benchmark, wrapped to `width` columns."""
    wide = max(40, width)
    head = f"{result.head[:12]}{' and changes' if result.uncommitted else ''}"
    lines = textwrap.wrap(f"greenlint gate: {head} against {result.base[:12]}", wide)
    for one in ordered(result):
        verdict = style(one.verdict.value.upper(), fg=_COLOURS.get(one.verdict, "dim"), bold=one.verdict is Verdict.WORSE)
        lines.append(f"{verdict}  {printable(one.name)}")
        if one.change is not None:
            unit = "runs a side" if result.metric == "instructions" else "pairs"
            values = f"{value(one.base, result.metric)} -> {value(one.head, result.metric)}"
            lines += _wrapped(f"{values}  {change_text(one.change)} over {one.change.pairs} {unit}", wide)
        if one.reason:
            lines += _wrapped(one.reason, wide)
    lines += ["", *textwrap.wrap(headline(result), wide)]
    if result.results:
        lines += [*textwrap.wrap(provenance(result), wide), *textwrap.wrap(f"again: {repeat(result)}", wide)]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="      ", subsequent_indent="      ")
