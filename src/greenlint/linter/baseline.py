"""The baseline: findings that were there when a project began; only what is new is reported."""

from __future__ import annotations

import os

from greenlint.errors import ConfigError
from greenlint.linter.atomic import write_atomically

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.model.check import CheckResult

DEFAULT_NAME = "greenlint-baseline.json"
_VERSION = 1


def known_findings(path: str) -> frozenset[str]:
    """Fingerprints of the findings that a baseline file lists. Raises ConfigError when it cannot be read."""
    return frozenset(_entries(path)) - {""}


def apply_baseline(result: CheckResult, known: frozenset[str]) -> CheckResult:
    """The result without the findings that a baseline lists."""
    kept = tuple(finding for finding in result.findings if finding.fingerprint not in known)
    return result._replace(findings=kept, baselined=len(result.findings) - len(kept))


def write_baseline(result: CheckResult, path: str, scope: Sequence[str] = (".",)) -> tuple[int, int]:
    """Write the findings of `result` as the baseline; returns how many, and how many older entries stay beside them.

    `scope` holds the paths about which the result is complete: what the file lists elsewhere is kept. Raises ConfigError when
    it cannot be written, and when there is something else in its place.
    """
    import json

    older = _entries(path) if os.path.exists(path) else {}
    findings = {
        finding.fingerprint: f"{finding.path}:{finding.line} {finding.code}"
        for finding in result.findings
        if finding.fingerprint
    }
    written = len(findings)
    for fingerprint, place in older.items():
        if not _covered(place.rpartition(":")[0], scope):
            findings.setdefault(fingerprint, place)
    text = json.dumps({"version": _VERSION, "findings": findings}, indent=1, ensure_ascii=False, sort_keys=True)
    try:
        write_atomically(path, text.encode("utf-8", "backslashreplace") + b"\n")
    except OSError as error:
        raise ConfigError(f"{path}: the baseline cannot be written: {error.strerror}") from error
    return written, len(findings) - written


def _covered(path: str, scope: Sequence[str]) -> bool:
    return any(part == "." or path == part or path.startswith(part + "/") for part in scope)


def _entries(path: str) -> dict[str, str]:
    """What the baseline lists: fingerprint to place. Raises ConfigError for a file that is no baseline."""
    import json

    if not os.path.exists(path):
        raise ConfigError(f"{path}: no such baseline file", "make one with `greenlint check --write-baseline`")
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        if data["version"] != _VERSION:
            raise ConfigError(f"{path}: baseline version {data['version']} is not known to this greenlint", "upgrade greenlint")
        return {str(fingerprint): str(place) for fingerprint, place in data["findings"].items()}
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ConfigError(f"{path}: is not a greenlint baseline", "write it again with --write-baseline") from error
