"""A finding: one reported place, what it wastes, and how sure we are."""

from __future__ import annotations

from enum import Enum

from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.fix import Fix


class EffectClass(str, Enum):
    """What kind of cost a finding names, from the most to the least consequential."""

    ASYMPTOTIC = "asymptotic"
    AVOIDED_RUN = "avoided-run"
    TRANSFER = "transfer"
    WAKE_UP = "wake-up"
    MEMORY = "memory"
    START_UP = "start-up"
    CONSTANT = "constant"

    @property
    def rank(self) -> int:
        """0 for the most consequential class; used by --min-effect and by sorting."""
        return list(EffectClass).index(self)


class Severity(str, Enum):
    """How loudly a finding is reported; the words of SARIF."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Effect(NamedTuple):
    """What the flagged code costs: its class, one sentence, and where the evidence is.

    `statement` says the size of the effect in words and figures ("grows with n^2", "1.9 MB per download");
    `evidence` names what backs it ("bench GL205", "re-encoded", "none").
    `bytes_saved` is set when the saving is exact and in bytes.
    """

    effect_class: EffectClass
    statement: str
    evidence: str
    bytes_saved: int | None = None


class Finding(NamedTuple):
    """One reported place.

    Lines are 1-based. `column` and `end_column` are 1-based and count Unicode code points; reporters that need another
    unit (SARIF: UTF-16) convert. `path` is relative to the project root with forward slashes.
    `fingerprint` stays the same when lines move: it hashes rule, path, the normalised line text and an ordinal.
    """

    code: str
    name: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    effect: Effect
    confidence: int
    severity: Severity
    fix: Fix | None = None
    fingerprint: str = ""
    cell: int | None = None

    def with_fingerprint(self, fingerprint: str) -> Finding:
        """The same finding carrying its fingerprint."""
        return self._replace(fingerprint=fingerprint)

    @property
    def sort_key(self) -> tuple[str, int, int, int, str]:
        """Order of every report: path, cell, line, column, code."""
        return (self.path, self.cell or 0, self.line, self.column, self.code)
