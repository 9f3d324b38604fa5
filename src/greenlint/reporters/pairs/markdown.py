"""A comparison of two commits as one comment of a pull request: the marker lets a later run edit it in place."""

from __future__ import annotations

from greenlint.gate.paired import Verdict
from greenlint.reporters.encoding import printable
from greenlint.reporters.pairs.wording import change_text, headline, ordered, provenance, repeat, value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.gate.against import Against
    from greenlint.gate.paired import Compared

NAME = "md"
MARKER = "<!-- greenlint gate -->"
"""The first line of every comment, by which it is found again."""

_QUIET = (Verdict.UNCHANGED, Verdict.NEW, Verdict.GONE)
_HEAD = ("| benchmark | base → head | change (95 %) | pairs | verdict |", "| --- | --- | --- | --- | --- |")


def render(result: Against) -> str:
    """The comment; benchmarks that need no attention are folded away."""
    rows = ordered(result)
    loud = [one for one in rows if one.verdict not in _QUIET]
    quiet = [one for one in rows if one.verdict in _QUIET]
    lines = [MARKER, f"### greenlint: {headline(result)}", ""]
    if loud:
        lines += [*_HEAD, *(_row(one, result.metric) for one in loud), ""]
    if quiet:
        body = [*_HEAD, *(_row(one, result.metric) for one in quiet)]
        lines += [f"<details><summary>{len(quiet)} others</summary>", "", *body, "", "</details>", ""]
    if result.results:
        lines += [f"{provenance(result)} · `{repeat(result)}`", ""]
    lines += [f"> {notice}" for notice in result.notices]
    return "\n".join(lines).rstrip() + "\n"


def _row(one: Compared, metric: str) -> str:
    values = f"{value(one.base, metric)} → {value(one.head, metric)}" if one.change is not None else "-"
    pairs = one.change.pairs if one.change is not None else 0
    verdict = f"**{one.verdict.value}**" if one.verdict is Verdict.WORSE else one.verdict.value
    name = printable(one.name).replace("|", "\\|").replace("`", "'")
    if one.verdict in (Verdict.UNMEASURED, Verdict.NEW) and one.reason:
        verdict = f"{verdict}: {_text(one.reason)}"
    return f"| `{name}` | {values} | {change_text(one.change)} | {pairs} | {verdict} |"


def _text(text: str) -> str:
    """A text of somebody else, with what Markdown or HTML would act on made harmless."""
    for char in "\\`*_[]<>|#~@":
        text = text.replace(char, "\\" + char)
    return printable(text)
