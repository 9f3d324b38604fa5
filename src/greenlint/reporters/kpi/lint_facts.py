"""What the linter contributes to the organisation page: dead lines, bytes that assets would save, lines of code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from greenlint.config.schema import Config
    from greenlint.model.check import CheckResult
    from greenlint.model.finding import Finding

DEAD_CODE = ("GL102", "GL107")


@dataclass(frozen=True, slots=True)
class LintFacts:
    """Counts of one lint run over the project.

    dead_lines  lines of dead-code findings at or above the confidence threshold
    dead_low, dead_high  the same weighed by confidence; with the suspicions below the threshold
    lines       lines of code by language; bytes_savable and savable_findings: assets
    files, unread  files looked at, and those that could not be checked
    """

    dead_lines: int = 0
    dead_low: float = 0.0
    dead_high: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)
    bytes_savable: int = 0
    savable_findings: int = 0
    files: int = 0
    unread: int = 0

    @property
    def coverage(self) -> float:
        """Part of the files that could be checked."""
        return (self.files - self.unread) / self.files if self.files else 0.0


def lint_facts(config: Config) -> LintFacts:
    """Lint the project root with the configured rules and all confidences. Raises ConfigError for a wrong configuration."""
    from greenlint.linter.runner import check_paths

    lint = config.lint._replace(min_confidence=0, min_effect="constant")
    result = check_paths([config.root], config._replace(lint=lint))
    return facts_of(result, config.lint.min_confidence)


def facts_of(result: CheckResult, threshold: int) -> LintFacts:
    """The counts of a lint result; lines that several findings share count once."""
    dead = [finding for finding in result.findings if finding.code in DEAD_CODE]
    sure = [finding for finding in dead if finding.confidence >= threshold]
    savable = [finding for finding in result.findings if finding.effect.bytes_saved]
    unread = sum(error.fatal for error in result.errors)
    return LintFacts(
        dead_lines=len(_confidence_by_line(sure)),
        dead_low=sum(_confidence_by_line(sure).values()) / 100,
        dead_high=len(_confidence_by_line(dead)),
        lines=result.lines,
        bytes_savable=sum(finding.effect.bytes_saved or 0 for finding in savable),
        savable_findings=len(savable),
        files=max(result.files, unread),
        unread=unread,
    )


def _confidence_by_line(findings: Iterable[Finding]) -> dict[tuple[str, int | None, int], int]:
    lines: dict[tuple[str, int | None, int], int] = {}
    for finding in findings:
        for line in range(finding.line, finding.end_line + 1):
            key = (finding.path, finding.cell, line)
            lines[key] = max(lines.get(key, 0), finding.confidence)
    return lines
