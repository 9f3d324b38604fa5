"""What one lint run produced: the value that every findings reporter is a function of."""

from __future__ import annotations

from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.model.finding import Finding


class CheckError(NamedTuple):
    """A file that could not be linted; `fatal` means that the answer of the run is incomplete (exit code 2)."""

    path: str
    message: str
    fatal: bool = True


class CheckResult(NamedTuple):
    """Findings in report order, and the counts that a summary needs.

    files       number of files looked at, Python and assets
    suppressed  findings silenced by comments; baselined: by the baseline file; fixed: repaired in this run
    lines       physical lines by language, for ratios
    buffers     contents of files that are not those on disk (standard input), by path
    """

    findings: tuple[Finding, ...]
    errors: tuple[CheckError, ...] = ()
    files: int = 0
    suppressed: int = 0
    baselined: int = 0
    fixed: int = 0
    root: str = "."
    lines: dict[str, int] = {}
    buffers: dict[str, bytes] = {}

    @property
    def summary(self) -> dict[str, Any]:
        """Counts for the JSON report."""
        by_code: dict[str, int] = {}
        for finding in self.findings:
            by_code[finding.code] = by_code.get(finding.code, 0) + 1
        return {
            "files": self.files,
            "findings": len(self.findings),
            "by_code": dict(sorted(by_code.items())),
            "suppressed": self.suppressed,
            "baselined": self.baselined,
            "fixed": self.fixed,
            "bytes_savable": sum(f.effect.bytes_saved or 0 for f in self.findings),
            "lines": self.lines,
        }
