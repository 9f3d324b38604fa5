"""SARIF 2.1.0 (OASIS), which code scanning services and editors read; columns count UTF-16 code units."""

from __future__ import annotations

from greenlint import __version__
from greenlint.model.text import encodable
from greenlint.reporters.encoding import json_text
from greenlint.reporters.sarif_parts import artifact, columns, replacement, rule_descriptor
from greenlint.reporters.sources import Sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.model.check import CheckError, CheckResult
    from greenlint.model.finding import Finding
    from greenlint.model.fix import Fix
    from greenlint.reporters.base import RenderOptions

NAME = "sarif"

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(result: CheckResult, options: RenderOptions) -> str:  # noqa: ARG001 - one shape for all formats
    """One SARIF log with one run; files that could not be checked are notifications of its invocation."""
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(result)]})


def _run(result: CheckResult) -> dict[str, Any]:
    codes = sorted({finding.code for finding in result.findings})
    sources = Sources(result.root, result.buffers)
    return {
        "tool": {
            "driver": {
                "name": "greenlint",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [rule_descriptor(code) for code in codes],
            }
        },
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The root of the project."}}},
        "invocations": [
            {
                "executionSuccessful": not any(error.fatal for error in result.errors),
                "toolExecutionNotifications": [_notification(error) for error in result.errors],
            }
        ],
        "results": [_result(finding, codes.index(finding.code), sources) for finding in result.findings],
    }


def _notification(error: CheckError) -> dict[str, Any]:
    return {
        "level": "error" if error.fatal else "warning",
        "message": {"text": encodable(f"{error.path}: {error.message}")},
        "locations": [{"physicalLocation": {"artifactLocation": artifact(error.path)}}],
    }


def _result(finding: Finding, rule_index: int, sources: Sources) -> dict[str, Any]:
    effect = finding.effect
    fixes = {"fixes": [_fix(finding.path, finding.fix, sources)]} if finding.fix and finding.fix.edits else {}
    prints = {"partialFingerprints": {"greenlint/v1": finding.fingerprint}} if finding.fingerprint else {}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": finding.severity.value,
        "message": {"text": encodable(finding.message)},
        "locations": [_location(finding, sources)],
        **prints,
        **fixes,
        "properties": {
            "effectClass": effect.effect_class.value,
            "effect": encodable(effect.statement),
            "evidence": encodable(effect.evidence),
            "confidence": finding.confidence,
        },
    }


def _location(finding: Finding, sources: Sources) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": artifact(finding.path)}
    if finding.cell is not None:  # lines of a cell are not lines of the file
        cell = {"name": f"cell {finding.cell}, line {finding.line}", "kind": "member"}
        return {"physicalLocation": physical, "logicalLocations": [cell]}
    start, end = columns(finding, sources)
    physical["region"] = {
        "startLine": finding.line,
        "startColumn": start,
        "endLine": finding.end_line,
        "endColumn": end,
    }
    return {"physicalLocation": physical}


def _fix(path: str, fix: Fix, sources: Sources) -> dict[str, Any]:
    return {
        "description": {"text": encodable(f"{fix.title} ({fix.applicability.value})")},
        "artifactChanges": [
            {
                "artifactLocation": artifact(path),
                "replacements": [replacement(edit, sources.data(path)) for edit in fix.edits],
            }
        ],
    }
