"""What the linter contributes to the organisation page: dead lines, bytes that assets would save, lines of code."""

from __future__ import annotations

from dataclasses import dataclass, field

from greenlint.reporters.sources import Sources

TYPE_CHECKING = False
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
    return facts_of(result, config.lint.least_confidence)


def facts_of(result: CheckResult, threshold: int) -> LintFacts:
    """The counts of a lint result; lines that several findings share count once."""
    sources = Sources(result.root)
    dead = [(finding, _lines(finding, sources)) for finding in result.findings if finding.code in DEAD_CODE]
    sure = _confidence_by_line([one for one in dead if one[0].confidence >= threshold])
    savable = [finding for finding in result.findings if finding.effect.bytes_saved]
    unread = sum(error.fatal for error in result.errors)
    return LintFacts(
        dead_lines=len(sure),
        dead_low=sum(sure.values()) / 100,
        dead_high=len(_confidence_by_line(dead)),
        lines=result.lines,
        bytes_savable=sum(finding.effect.bytes_saved or 0 for finding in savable),
        savable_findings=len(savable),
        files=max(result.files, unread),
        unread=unread,
    )


def _lines(finding: Finding, sources: Sources) -> set[int]:
    """The lines of a finding, and those that its fix takes away: a finding may stand on the head of a function only."""
    lines = set(range(finding.line, finding.end_line + 1))
    data = sources.data(finding.path) if finding.fix and finding.cell is None else None
    if finding.fix is not None and data is not None:
        for edit in finding.fix.edits:
            first = data.count(b"\n", 0, edit.start) + 1
            lines.update(range(first, first + data.count(b"\n", edit.start, max(edit.start, edit.end - 1)) + 1))
    return lines


def _confidence_by_line(dead: Iterable[tuple[Finding, set[int]]]) -> dict[tuple[str, int | None, int], int]:
    """The highest confidence of each dead line, so that a line of several findings counts once."""
    found: dict[tuple[str, int | None, int], int] = {}
    for finding, lines in dead:
        for line in lines:
            key = (finding.path, finding.cell, line)
            found[key] = max(found.get(key, 0), finding.confidence)
    return found
