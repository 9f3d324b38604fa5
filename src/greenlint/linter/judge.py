"""From raw findings to reported ones: suppression comments, per-file ignores, confidence, effect."""

from __future__ import annotations

from fnmatch import fnmatch

from greenlint.linter.dispatch import engine_finding
from greenlint.linter.select import engine_code_selected
from greenlint.model.finding import EffectClass
from greenlint.rules.heads import all_heads
from greenlint.rules.registry import ENGINE_RULES, may_be_missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from greenlint.config.schema import LintConfig
    from greenlint.model.finding import Finding
    from greenlint.source.suppress import Suppression


def apply_suppressions(
    findings: Iterable[Finding], suppressions: Iterable[Suppression], path: str, judged: Collection[str], lint: LintConfig
) -> tuple[list[Finding], int]:
    """Findings of one file that no comment silences, plus GL902 for comments that silence nothing, and the count silenced.

    `judged` holds the codes of the rules that ran: a comment for a rule that did not run may be needed another time.
    """
    comments = list(suppressions)
    used: set[tuple[int, str]] = set()
    kept: list[Finding] = []
    silenced = 0
    for finding in findings:
        by = [
            (number, finding.code)
            for number, comment in enumerate(comments)
            if finding.code in comment.codes and (comment.whole_file or comment.line in (finding.line, finding.end_line))
        ]
        if by:
            used.update(by)
            silenced += 1
        else:
            kept.append(finding)
    if engine_code_selected("GL902", lint):
        for number, comment in enumerate(comments):
            for message in _complaints(comment, {code for n, code in used if n == number}, judged):
                kept.append(engine_finding("GL902", "unused-suppression", path, comment.line, message, comment.column))
    return kept, silenced


def _complaints(comment: Suppression, used: set[str], judged: Collection[str]) -> Iterable[str]:
    if not comment.codes:
        yield "a suppression must name the codes that it silences, for example `greenlint: ignore[GL205]`; it silences nothing"
    for code in comment.codes:
        if code not in all_heads() and code not in ENGINE_RULES and not may_be_missing(code):
            yield f"unknown rule code {code!r} in a suppression"
        elif code in judged and code not in used:
            yield f"unused suppression: {code} reports nothing here"


def wanted(finding: Finding, lint: LintConfig) -> bool:
    """Whether a finding passes per-file ignores and, unless the engine made it, --min-confidence and --min-effect."""
    if any(
        fnmatch(finding.path, glob) and any(finding.code.startswith(code) for code in codes)
        for glob, codes in lint.per_file_ignores.items()
    ):
        return False
    if finding.code in ENGINE_RULES:
        return engine_code_selected(finding.code, lint)
    return finding.confidence >= lint.least_confidence and finding.effect.effect_class.rank <= EffectClass(lint.min_effect).rank
