"""Findings and results for the tests of the formats, built from real files where a format reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greenlint.model.check import CheckError, CheckResult
from greenlint.model.finding import Effect, EffectClass, Finding, Severity
from greenlint.model.fix import Applicability, Edit, Fix

if TYPE_CHECKING:
    from pathlib import Path

NASTY = 'first 100% of a, b: c\nsecond\r\nthird "quoted" <tag> & \x1b[31mred\x00\x07 \u2028 end \ufffe'
EMOJI_LINE = 's = "🎉🎉"; items.insert(0, x)'


def effect(kind: EffectClass = EffectClass.ASYMPTOTIC, **changes: Any) -> Effect:
    values = {"effect_class": kind, "statement": "grows with n^2", "evidence": "bench GL205", **changes}
    return Effect(**values)


def finding(**changes: Any) -> Finding:
    values: dict[str, Any] = {
        "code": "GL205",
        "name": "front-insert-or-pop-in-loop",
        "path": "src/app.py",
        "line": 3,
        "column": 5,
        "end_line": 3,
        "end_column": 23,
        "message": "`items.insert(0, x)` moves every element",
        "effect": effect(),
        "confidence": 95,
        "severity": Severity.WARNING,
        "fingerprint": "f00d",
    }
    return Finding(**{**values, **changes})


def fix(applicability: Applicability = Applicability.SAFE, *edits: Edit, title: str = "Use a deque") -> Fix:
    return Fix(title, edits or (Edit(0, 1, "x"),), applicability)


def result(*findings: Finding, **changes: Any) -> CheckResult:
    ordered = tuple(sorted(findings, key=lambda one: one.sort_key))
    return CheckResult(**{"findings": ordered, "files": 12, **changes})


def project(root: Path, path: str, text: str) -> str:
    """Write a file below `root`; returns `root` as the result wants it."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode("utf-8"))
    return str(root)


def nasty_result(root: Path) -> CheckResult:
    """Everything that breaks naive formats at once."""
    project(root, "a dir/nä,me: 100%.py", EMOJI_LINE + "\n")
    column = EMOJI_LINE.index("items") + 1
    return result(
        finding(path="a dir/nä,me: 100%.py", line=1, column=column, end_line=1, end_column=column + 18, message=NASTY),
        finding(path="b.ipynb", cell=4, fingerprint=""),
        finding(path="c\udcff.py", message="lone \ud800 surrogate", fingerprint="", severity=Severity.ERROR),
        finding(path="img.png", line=1, column=1, end_line=1, end_column=1, fix=fix(Applicability.UNSAFE)),
        errors=(CheckError("gone: 1.py", "was deleted, 50% of\nit"), CheckError("big.py", "too large", fatal=False)),
        root=str(root),
    )
