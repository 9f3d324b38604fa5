"""Where a finding is, in the form that terminals and editors turn into a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.reporters.encoding import printable

if TYPE_CHECKING:
    from greenlint.model.finding import Finding


def location(finding: Finding) -> str:
    """ "src/app.py:12:5"; in a notebook "report.ipynb:cell 3:12:5"."""
    cell = "" if finding.cell is None else f":cell {finding.cell}"
    return f"{printable(finding.path)}{cell}:{finding.line}:{finding.column}"
