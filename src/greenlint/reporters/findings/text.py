"""The report for people: each finding with its line of code, what it costs, how sure that is, and the way out."""

from __future__ import annotations

from greenlint.model.fix import Applicability
from greenlint.reporters.encoding import printable
from greenlint.reporters.excerpt import excerpt
from greenlint.reporters.location import costs_energy, has_place, location
from greenlint.reporters.sources import Sources
from greenlint.reporters.summary import summary_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.model.check import CheckResult
    from greenlint.model.finding import Finding
    from greenlint.reporters.base import RenderOptions

NAME = "text"

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
_FIX = {
    Applicability.SAFE: ("[*]", "fix with --fix"),
    Applicability.UNSAFE: ("[~]", "fix with --unsafe-fixes"),
    Applicability.DISPLAY: ("", "suggestion"),
}
_INDENT = "    "


def render(result: CheckResult, options: RenderOptions) -> str:
    """A block per finding in report order, and the summary line."""
    sources = Sources(result.root, result.buffers)
    blocks = ["\n".join(_block(finding, sources, options)) for finding in result.findings]
    colour = "red" if result.findings or result.errors else "green"
    closing = "\n".join(_wrapped(summary_line(result), options.width, ""))
    return "\n\n".join([*blocks, options.style(closing, fg=colour, bold=True)]) + "\n"


def _block(finding: Finding, sources: Sources, options: RenderOptions) -> Iterator[str]:
    style = options.style
    mark, how = _FIX[finding.fix.applicability] if finding.fix else ("", "")
    code = style(finding.code, fg=_COLOURS[finding.severity.value], bold=True)
    head = f"{location(finding)} {finding.code} {mark + ' ' if mark else ''}{printable(finding.message)}"
    first, *rest = _wrapped(head, options.width, _INDENT)
    yield first.replace(f" {finding.code} ", f" {code} ", 1)
    yield from rest
    if options.source and has_place(finding):
        yield from _source(finding, sources, options)
    if costs_energy(finding):
        yield from _costs(finding, options.width)
    if finding.fix:
        title = printable(finding.fix.title)
        yield from (style(line, fg="green") for line in _wrapped(f"{_INDENT}= {how}: {title}", options.width, _INDENT + "  "))


def _costs(finding: Finding, width: int) -> Iterator[str]:
    effect = finding.effect
    costs = f"{effect.effect_class.value}: {printable(effect.statement)}"
    evidence = f" ({printable(effect.evidence)})" if effect.evidence not in ("", "none") else ""
    sure = f" · confidence {finding.confidence} %"
    yield from _wrapped(f"{_INDENT}= {costs}{evidence}{sure}", width, _INDENT + "  ")


def _source(finding: Finding, sources: Sources, options: RenderOptions) -> Iterator[str]:
    line = sources.line(finding.path, finding.line)
    if line is None or not line.strip():
        return
    number = str(finding.line)
    margin = " " * max(len(_INDENT) - len(number) - 1, 0)
    gutter = len(margin) + len(number) + 3
    end = finding.end_column if finding.end_line == finding.line else len(line.rstrip()) + 1
    shown, caret = excerpt(line, finding.column, end, max(options.width - gutter, 20))
    style = options.style
    yield f"{style(f'{margin}{number} |', fg='blue')} {shown}"
    yield f"{style(' ' * (gutter - 2) + '|', fg='blue')} {style(caret, fg='red')}"


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    """The text cut at spaces into lines of at most `width`; a single longer word stays whole."""
    if len(text) <= width:
        return [text]
    lines: list[str] = []
    current = text[: len(text) - len(text.lstrip())]
    empty = True
    for word in text.split():
        if not empty and len(current) + 1 + len(word) > width:
            lines.append(current)
            current, empty = indent, True
        current = current + word if empty else f"{current} {word}"
        empty = False
    return [*lines, current]
