"""The report for programs: version 1 of the findings document, every field of a finding."""

from __future__ import annotations

from greenlint import __version__
from greenlint.reporters.encoding import json_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.model.check import CheckResult
    from greenlint.model.finding import Finding
    from greenlint.model.fix import Fix
    from greenlint.reporters.base import RenderOptions

NAME = "json"


def render(result: CheckResult, options: RenderOptions) -> str:  # noqa: ARG001 - one shape for all formats
    """One JSON object; columns count Unicode code points, edits are byte offsets."""
    return json_text(document(result))


def document(result: CheckResult) -> dict[str, Any]:
    """The document as plain data."""
    return {
        "version": 1,
        "tool": {"name": "greenlint", "version": __version__},
        "findings": [_finding(finding) for finding in result.findings],
        "errors": [{"path": e.path, "message": e.message, "fatal": e.fatal} for e in result.errors],
        "summary": result.summary,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    effect = finding.effect
    cell = {} if finding.cell is None else {"cell": finding.cell}
    return {
        "code": finding.code,
        "name": finding.name,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "message": finding.message,
        "effect": {
            "class": effect.effect_class.value,
            "statement": effect.statement,
            "evidence": effect.evidence,
        },
        "confidence": finding.confidence,
        "severity": finding.severity.value,
        "fix": _fix(finding.fix),
        "fingerprint": finding.fingerprint,
        **cell,
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {
        "applicability": fix.applicability.value,
        "title": fix.title,
        "edits": [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits],
    }
