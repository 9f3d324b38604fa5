"""Which versions of Python a project says that it runs on: `requires-python` of its pyproject.toml."""

from __future__ import annotations

import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

Minor = tuple[int, int]
KNOWN: tuple[Minor, ...] = tuple((3, number) for number in range(7, 20))
"""Minor versions that a specifier is tried on; those that do not exist yet do no harm."""

_CLAUSE = re.compile(r"(~=|==|!=|<=|>=|<|>|\^|)\s*(\d+)(?:\.(\d+))?(?:\.(?:\d+|\*))*(\.\*)?\s*")


def supported(root: str) -> tuple[Minor, ...]:
    """The minor versions that the project at `root` supports; all known ones when it does not say, or says it unclearly."""
    specifier = _specifier(_pyproject(root))
    if not isinstance(specifier, str):
        return KNOWN
    tests = [_clause(part) for part in specifier.split(",") if part.strip()]
    if not all(tests):
        return KNOWN
    return tuple(minor for minor in KNOWN if all(test(minor) for test in tests if test)) or KNOWN


def _pyproject(root: str) -> dict[str, Any]:
    from greenlint.config.toml_parser import loads

    try:
        with open(os.path.join(root, "pyproject.toml"), "rb") as file:
            return loads(file.read().decode())
    except (OSError, ValueError, RecursionError):
        return {}  # a broken file is reported by who reads its settings


def _specifier(data: dict[str, Any]) -> object:
    """The standard key, else that of Poetry before version 2."""
    for path in (("project", "requires-python"), ("tool", "poetry", "dependencies", "python")):
        value: Any = data
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            return value
    return None


def _clause(text: str) -> Callable[[Minor], bool] | None:
    """The test that one clause makes of a minor version; None when it is not understood.

    Patch levels are ignored in favour of the version: `>=3.11.2` and `<3.12.1` both leave their minor version supported.
    """
    match = _CLAUSE.fullmatch(text.strip())
    if match is None:
        return None
    operator, major, minor, _ = match.groups()
    bound = (int(major), int(minor or 0))
    has_patch = text.count(".") > 1 and not text.rstrip().endswith(".*")
    tests = _tests(bound, has_patch)
    if operator in tests:
        return tests[operator]
    return tests["same minor" if minor is not None else "same major"]


def _tests(bound: Minor, has_patch: bool) -> dict[str, Callable[[Minor], bool]]:
    """What each operator lets through."""
    return {
        "same minor": lambda version: version == bound,
        "same major": lambda version: version[0] == bound[0],
        ">=": lambda version: version >= bound,
        "^": lambda version: version >= bound and version[0] == bound[0],
        ">": lambda version: version > bound or (has_patch and version == bound),
        "<=": lambda version: version <= bound,
        "<": lambda version: version < bound or (has_patch and version == bound),
        "~=": lambda version: version == bound if has_patch else version[0] == bound[0] and version >= bound,
        "!=": lambda version: has_patch or version != bound,
    }
