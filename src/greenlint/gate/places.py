"""Where a benchmark is written: the file and line that a comment in a code review can point at."""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple
from greenlint.source.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable


class Place(NamedTuple):
    """A path relative to the repository's root, with forward slashes, and a line from 1."""

    path: str
    line: int


def places_of(names: Iterable[str], folder: str, inside: str, config_path: str | None) -> dict[str, Place]:
    """The places of benchmarks by name: a test's function, or the line of the configuration that names a command.

    folder  of the project in a worktree; inside  the same relative to the repository's root
    """
    found = {}
    for name in names:
        path, _, function = name.partition("::")
        if function:
            line = _definition(os.path.join(folder, path), function)
        else:
            path = os.path.basename(config_path) if config_path else "pyproject.toml"
            line = _mention(os.path.join(folder, path), name)
        found[name] = Place(os.path.normpath(os.path.join(inside, path)).replace(os.sep, "/"), line)
    return found


def _definition(path: str, function: str) -> int:
    """The line of `Class::function[parameters]`; 1 where it is not written as such (generated tests)."""
    try:
        with open(path, "rb") as file:
            body = parse(file.read()).body
    except (OSError, SyntaxError, ValueError, RecursionError):
        return 1
    line = 1
    for part in function.partition("[")[0].split("::"):
        kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        node = next((node for node in body if isinstance(node, kinds) and node.name == part), None)
        if node is None:
            return line
        line, body = node.lineno, node.body
    return line


def _mention(path: str, name: str) -> int:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return next((number for number, line in enumerate(file, 1) if line.lstrip().lstrip("\"'").startswith(name)), 1)
    except OSError:
        return 1
