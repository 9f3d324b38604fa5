"""The Code Quality report of GitLab: a JSON array that merge requests show beside the changed lines."""

from __future__ import annotations

import hashlib

from greenlint.model.finding import EffectClass, Severity
from greenlint.reporters.encoding import json_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.model.check import CheckResult
    from greenlint.model.finding import Finding
    from greenlint.reporters.base import RenderOptions

NAME = "gitlab"

_GROWING = (EffectClass.ASYMPTOTIC, EffectClass.AVOIDED_RUN)


def render(result: CheckResult, options: RenderOptions) -> str:  # noqa: ARG001 - one shape for all formats
    """One issue per finding and per file that could not be checked; every fingerprint occurs once."""
    issues = [_issue(finding) for finding in result.findings]
    issues += [
        {
            "description": f"not checked: {error.message}",
            "check_name": "greenlint-error",
            "fingerprint": _digest(error.path, error.message),
            "severity": "critical" if error.fatal else "minor",
            "location": {"path": error.path, "lines": {"begin": 1}},
        }
        for error in result.errors
    ]
    _make_unique(issues)
    return json_text(issues)


def _issue(finding: Finding) -> dict[str, Any]:
    cell = "" if finding.cell is None else f"cell {finding.cell}, line {finding.line}: "
    lines = {"begin": finding.line, "end": finding.end_line} if finding.cell is None else {"begin": 1}
    return {
        "description": f"{finding.code} {cell}{finding.message}",
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": finding.fingerprint or _digest(finding.code, finding.path, finding.message),
        "severity": _severity(finding),
        "location": {"path": finding.path, "lines": lines},
    }


def _severity(finding: Finding) -> str:
    if finding.severity is Severity.ERROR:
        return "critical"
    if finding.severity is Severity.NOTE:
        return "info"
    return "major" if finding.effect.effect_class in _GROWING else "minor"


def _make_unique(issues: list[dict[str, Any]]) -> None:
    """GitLab shows one issue per fingerprint and drops the others, so a repeated one gets its ordinal mixed in."""
    seen: dict[str, int] = {}
    taken = {issue["fingerprint"] for issue in issues}
    for issue in issues:
        fingerprint = issue["fingerprint"]
        ordinal = seen[fingerprint] = seen.get(fingerprint, -1) + 1
        while ordinal and (issue["fingerprint"] in taken):
            issue["fingerprint"] = _digest(fingerprint, str(ordinal))
            ordinal += 1
        taken.add(issue["fingerprint"])


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
