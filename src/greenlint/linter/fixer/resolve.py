"""Gives machine-readable reports the exact edits of structural fixes; nothing is loaded when there are none."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.check import CheckResult
    from greenlint.model.finding import Finding


def resolve_fixes(result: CheckResult) -> CheckResult:
    """The same result; structural fixes carry their edits, and those that cannot be rebuilt are dropped."""
    if not any(f.fix is not None and f.fix.replacement and f.fix.edits for f in result.findings):
        return result
    return result._replace(findings=tuple(_resolve(finding, result) for finding in result.findings))


def _resolve(finding: Finding, result: CheckResult) -> Finding:
    fix = finding.fix
    if fix is None or not fix.replacement or not fix.edits:
        return finding
    from greenlint.linter.fixer.structural import as_edits

    data = result.buffers.get(finding.path)
    if data is None:
        try:
            with open(os.path.join(result.root, finding.path), "rb") as file:
                data = file.read()
        except OSError:
            return finding._replace(fix=None)
    resolved = as_edits(fix, data)
    return finding._replace(fix=resolved if resolved.edits else None)
