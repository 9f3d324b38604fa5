"""The closing line of a lint report: what was found, what can be repaired, what was left out."""

from __future__ import annotations

from greenlint.model.fix import Applicability
from greenlint.model.text import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.check import CheckResult


def summary_line(result: CheckResult) -> str:
    """ "Found 3 findings (2 fixable with --fix, 1 more with --unsafe-fixes) in 12 files." and the counts beside it."""
    found = f"Found {counted(len(result.findings), 'finding')}" if result.findings else "No findings"
    if result.fixed:
        found = f"Fixed {counted(result.fixed, 'finding')}; {len(result.findings) or 'none'} left"
    parts = [f"{found}{_fixable(result)} in {counted(result.files, 'file')}."]
    left_out = [
        f"{number} by {what}"
        for number, what in ((result.suppressed, "comments"), (result.baselined, "the baseline"))
        if number
    ]
    if left_out:
        parts.append(f"Silenced: {', '.join(left_out)}.")
    failed = sum(error.fatal for error in result.errors)
    if failed:
        parts.append(f"{counted(failed, 'file')} could not be checked.")
    return " ".join(parts)


def _fixable(result: CheckResult) -> str:
    safe = unsafe = 0
    for finding in result.findings:
        if finding.fix is not None:
            safe += finding.fix.applicability is Applicability.SAFE
            unsafe += finding.fix.applicability is Applicability.UNSAFE
    if safe and unsafe:
        return f" ({safe} fixable with --fix, {unsafe} more with --unsafe-fixes)"
    if safe or unsafe:
        return f" ({safe or unsafe} fixable with {'--fix' if safe else '--unsafe-fixes'})"
    return ""
