"""What is known about one file after looking at it: the unit of the cache and of the worker processes."""

from __future__ import annotations

from greenlint.model.finding import Effect, EffectClass, Finding, Severity
from greenlint.model.fix import Applicability, Edit, Fix
from greenlint.named_tuple import NamedTuple
from greenlint.source.suppress import Suppression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


CACHE_FILE = "cache.sqlite"
"""Where entries are kept, in the folder of the cache; here, for a start asks whether it exists before it loads SQLite."""
TRANSIENT = ("cannot be read", "deleted while", "the parser crashed", "too large")
"""Beginnings of errors that the contents of a file do not decide; they are never remembered."""


class FileEntry(NamedTuple):
    """Findings before suppression, suppression comments, lines, an error, and facts for project rules (plain data).

    cells  of a notebook: first line and number of each; lines of findings and comments count through all of them
    sense  of the facts, where it was asked for; facts  None for a file without any, and for an entry of the cache, which keeps
           them apart
    """

    findings: tuple[Finding, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    lines: int = 0
    error: str = ""
    cells: tuple[tuple[int, int], ...] = ()
    sense: str = ""
    facts: Any = None

    def without_definitions(self) -> FileEntry:
        """The entry of a file whose definitions nobody maintains: what it uses counts, what it defines is not judged."""
        if self.facts is None:
            return self
        from greenlint.source.facts import FileFacts

        facts = FileFacts.from_json(self.facts)._replace(definitions=(), classes=())
        return self._replace(facts=facts.to_json(), sense=facts.sense() if self.sense else "")

    def pack(self) -> list[Any]:
        """Plain lists, strings and numbers, the facts last: what JSON and marshal can hold."""
        return [
            [pack_finding(finding) for finding in self.findings],
            [[s.line, list(s.codes), s.whole_file, s.column] for s in self.suppressions],
            self.lines,
            self.error,
            [list(cell) for cell in self.cells],
            self.sense,
            self.facts,
        ]

    @classmethod
    def unpack(cls, packed: list[Any], path: str) -> FileEntry:
        """The inverse of `pack`. Raises TypeError, ValueError, IndexError or KeyError for anything else."""
        findings, suppressions, lines, error, cells, sense, facts = packed
        return cls(
            tuple(unpack_finding(item, path) for item in findings),
            tuple(Suppression(line, tuple(codes), whole, column) for line, codes, whole, column in suppressions),
            int(lines),
            str(error),
            tuple((int(start), int(number)) for start, number in cells),
            str(sense),
            facts,
        )


def pack_finding(finding: Finding) -> list[Any]:
    """A finding as plain data, without its path."""
    fix, effect = finding.fix, finding.effect
    return [
        finding.code,
        finding.name,
        finding.line,
        finding.column,
        finding.end_line,
        finding.end_column,
        finding.message,
        [effect.effect_class.value, effect.statement, effect.evidence, effect.bytes_saved],
        finding.confidence,
        finding.severity.value,
        fix and [fix.title, [[e.start, e.end, e.text] for e in fix.edits], fix.applicability.value, fix.replacement],
        finding.fingerprint,
        finding.cell,
    ]


def unpack_finding(packed: list[Any], path: str) -> Finding:
    """The inverse of `pack_finding`."""
    code, name, line, column, end_line, end_column, message, effect, confidence, severity, fix, fingerprint, cell = packed
    return Finding(
        code,
        name,
        path,
        line,
        column,
        end_line,
        end_column,
        message,
        Effect(EffectClass(effect[0]), effect[1], effect[2], effect[3]),
        confidence,
        Severity(severity),
        fix and Fix(fix[0], tuple(Edit(*edit) for edit in fix[1]), Applicability(fix[2]), fix[3]),
        fingerprint,
        cell,
    )


def with_fingerprints(findings: list[Finding], lines: list[bytes]) -> list[Finding]:
    """Give each finding a fingerprint that survives moved lines: rule, path, text of the line, and an ordinal."""
    from greenlint.lean import blake2b

    seen: dict[tuple[str, bytes], int] = {}
    result = []
    for finding in findings:
        text = lines[finding.line - 1].strip() if 0 < finding.line <= len(lines) else b""
        ordinal = seen[finding.code, text] = seen.get((finding.code, text), -1) + 1
        key = b"\0".join((finding.code.encode(), finding.path.encode("utf-8", "surrogateescape"), text, b"%d" % ordinal))
        result.append(finding.with_fingerprint(blake2b(key, digest_size=16).hexdigest()))
    return result
