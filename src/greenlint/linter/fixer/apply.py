"""Repairs a project in rounds until nothing more can be repaired; no file is written that does not parse."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from greenlint.linter.atomic import write_atomically
from greenlint.linter.fixer.edits import apply_fixes
from greenlint.linter.runner import check_paths
from greenlint.model.check import CheckError
from greenlint.model.fix import Applicability

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
    paths: Sequence[str], config: Config, options: CheckOptions, *, unsafe: bool, write: bool
) -> tuple[CheckResult, list[FileFix]]:
    """Repair what can be repaired and lint again, until a round changes nothing.

    Returns the findings that are left and the changed files. With `write=False` one round is computed and nothing is
    written. A file that cannot be written becomes an error of the result; the others are still repaired.
    """
    changed: dict[str, FileFix] = {}
    fixed = 0
    problems: dict[str, CheckError] = {}
    for _ in range(MAX_ROUNDS):
        result = check_paths(paths, config, options)
        repaired, count = _round(result, config, unsafe=unsafe, write=write, problems=problems)
        for one in repaired:
            first = changed.get(one.path)
            changed[one.path] = FileFix(one.path, first.before if first else one.before, one.after)
        fixed += count
        if not repaired or not write:
            break
    result = result._replace(fixed=fixed if write else 0, errors=(*result.errors, *problems.values()))
    return result, list(changed.values())


def _round(
    result: CheckResult, config: Config, *, unsafe: bool, write: bool, problems: dict[str, CheckError]
) -> tuple[list[FileFix], int]:
    repaired: list[FileFix] = []
    count = 0
    by_path: dict[str, list[Finding]] = {}
    for finding in result.findings:
        if finding.fix is not None and _allowed(finding.fix.applicability, unsafe=unsafe):
            by_path.setdefault(finding.path, []).append(finding)
    for path, findings in by_path.items():
        if path in problems:
            continue
        absolute = os.path.join(config.root, path)
        try:
            with open(absolute, "rb") as file:
                before = file.read()
            after, applied = _repair(before, findings)
            if after == before:
                continue
            if write:
                write_atomically(absolute, after)
        except OSError as error:
            problems[path] = CheckError(path, f"cannot be fixed: {error.strerror}")
            continue
        repaired.append(FileFix(path, before, after))
        count += applied
    return repaired, count


def _allowed(applicability: Applicability, *, unsafe: bool) -> bool:
    return applicability is Applicability.SAFE or (unsafe and applicability is Applicability.UNSAFE)


def _repair(data: bytes, findings: list[Finding]) -> tuple[bytes, int]:
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
