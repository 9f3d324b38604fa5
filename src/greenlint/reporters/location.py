"""Where a finding is, in the form that terminals and editors turn into a link, and what can be said about the place."""

from __future__ import annotations

from greenlint.reporters.encoding import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.finding import Finding


_POINTS = ("GL900", "GL902")  # where the parser gave up, and where a comment starts


def location(finding: Finding) -> str:
    """ "src/app.py:12:5"; in a notebook "report.ipynb:cell 3:12:5"."""
    cell = "" if finding.cell is None else f":cell {finding.cell}"
    return f"{visible(finding.path)}{cell}:{finding.line}:{finding.column}"


def has_place(finding: Finding) -> bool:
    """Whether the finding points at code: not one about a whole file such as a picture, whose span is empty."""
    empty = (finding.line, finding.column) == (finding.end_line, finding.end_column)
    return finding.cell is None and (not empty or finding.code in _POINTS)


def costs_energy(finding: Finding) -> bool:
    """Whether the effect says something about the program: findings of the engine itself (GL9xx) only speak of the linter."""
    return not finding.code.startswith("GL9")
