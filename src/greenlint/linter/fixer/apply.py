"""Repairs a project in rounds until nothing more can be repaired; no file is written that does not parse."""

from __future__ import annotations

import os

from greenlint.linter.atomic import write_atomically
from greenlint.linter.fixer.edits import apply_fixes
from greenlint.linter.fixer.settled import Changed, Settled
from greenlint.linter.runner import check_paths
from greenlint.model.check import CheckError
from greenlint.model.fix import Applicability
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.config.schema import Config
    from greenlint.linter.runner import CheckOptions
    from greenlint.model.check import CheckResult
    from greenlint.model.finding import Finding

MAX_ROUNDS = 10


class FileFix(NamedTuple):
    """One repaired file: its path, and its bytes before and after."""

    path: str
    before: bytes
    after: bytes


def fix_project(
    paths: Sequence[str],
    config: Config,
    options: CheckOptions,
    *,
    unsafe: bool,
    write: bool,
    known: frozenset[str] = frozenset(),
) -> tuple[CheckResult, list[FileFix]]:
    """Repair what can be repaired and lint again, until a round changes nothing.

    Returns the findings that are left and the changed files. With `write=False` one round is computed and nothing is
    written. A file that cannot be written becomes an error of the result; the others are still repaired. A file that somebody
    else changes meanwhile is linted again, for its findings no longer say where the fix belongs. What a baseline lists, by the
    fingerprints in `known`, is left alone.
    """
    work = _Work(config.root, unsafe, write, known)
    for _ in range(MAX_ROUNDS):
        work.settled.begin()
        result = check_paths(paths, config, options)
        if not work.repair(result) or not write:
            break
    errors = [*work.problems.values()]
    errors += [CheckError(path, "not fixed: it changes all the time; try again") for path in work.moving]
    errors.sort(key=lambda error: error.path)  # a file younger than its lint waits for the second round
    result = result._replace(fixed=work.fixed, errors=(*result.errors, *errors))
    return result, list(work.changed.values())


class _Work:
    """What the rounds have done so far."""

    def __init__(self, root: str, unsafe: bool, write: bool, known: frozenset[str]) -> None:
        self.root = root
        self.unsafe = unsafe
        self.write = write
        self.known = known
        self.settled = Settled()
        self.changed: dict[str, FileFix] = {}
        self.problems: dict[str, CheckError] = {}
        self.moving: list[str] = []
        self.fixed = 0

    def repair(self, result: CheckResult) -> bool:
        """One round over the findings of `result`; True when another round is worth while."""
        by_path: dict[str, list[Finding]] = {}
        for finding in _allowed(result.findings, unsafe=self.unsafe, known=self.known):
            by_path.setdefault(finding.path, []).append(finding)
        self.moving = []
        progress = False
        for path, findings in by_path.items():
            if path in self.problems:
                continue
            try:
                progress |= self._file(path, findings)
            except Changed:
                self.moving.append(path)
            except OSError as error:
                self.problems[path] = CheckError(path, f"cannot be fixed: {error.strerror}")
        return progress or bool(self.moving)

    def _file(self, path: str, findings: list[Finding]) -> bool:
        """Repair one file; False when nothing could be done. Raises OSError, and Changed when somebody else wrote it."""
        absolute = os.path.join(self.root, path)
        before = self.settled.read(absolute) if self.write else _read(absolute)
        after, applied = _repair(before, findings)
        if after == before:
            return False
        if self.write:
            self.settled.check(absolute)
            write_atomically(absolute, after)
            self.settled.remember(absolute)
            self.fixed += applied
        first = self.changed.get(path)
        self.changed[path] = FileFix(path, first.before if first else before, after)
        return True


def repair_source(data: bytes, findings: Sequence[Finding], *, unsafe: bool, known: frozenset[str] = frozenset()) -> bytes:
    """The bytes of one Python file with the allowed fixes of its findings applied, as far as one round goes."""
    return _repair(data, _allowed(findings, unsafe=unsafe, known=known))[0]


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _allowed(findings: Sequence[Finding], *, unsafe: bool, known: frozenset[str]) -> list[Finding]:
    """The findings that may be repaired: not those of the baseline, and risky ones only when they are asked for."""
    wanted = (Applicability.SAFE, Applicability.UNSAFE) if unsafe else (Applicability.SAFE,)
    return [f for f in findings if f.fix is not None and f.fix.applicability in wanted and f.fingerprint not in known]


def _repair(data: bytes, findings: Sequence[Finding]) -> tuple[bytes, int]:
    fixes = [finding.fix for finding in findings if finding.fix is not None]
    names = {fix.replacement for fix in fixes if fix.replacement}
    if not names:
        return apply_fixes(data, fixes)
    from greenlint.rules.assets import REPLACEMENTS

    for name in sorted(names & set(REPLACEMENTS)):
        after = REPLACEMENTS[name](data)
        return (after, 1) if after is not None else (data, 0)
    from greenlint.linter.fixer.structural import as_edits

    return apply_fixes(data, [as_edits(fix, data) for fix in fixes])
