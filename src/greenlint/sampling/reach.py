"""Which changed files can reach the benchmarks at all: a change of documentation cannot slow anything down.

Python files count when a benchmark imports them, directly or through others; whatever cannot be told counts as reached.
"""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING

from greenlint.source.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HARMLESS = (".md", ".rst", ".adoc", ".png", ".svg", ".gif", ".jpg", ".jpeg", ".webp", ".pyi")
_HARMLESS_NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS", "CODEOWNERS", ".gitignore", ".gitattributes")
_HARMLESS_FOLDERS = (".github/", ".gitlab/", ".circleci/", ".vscode/", ".idea/")
_DYNAMIC = ("import_module", "__import__", "entry_points", "iter_modules", "load_module", "spec_from_file_location")


def reached(changed: Iterable[str], root: str, starts: Iterable[str], search: Iterable[str]) -> list[str]:
    """The changed files (relative to `root`) that can matter.

    starts  files and folders of the benchmarks; search  folders in which modules are found, first the one that is used first
    """
    candidates = relevant(changed)
    if not any(name.endswith(".py") for name in candidates):
        return candidates
    closure = _closure(starts, list(search))
    if closure is None:
        return candidates
    return [name for name in candidates if not name.endswith(".py") or os.path.realpath(os.path.join(root, name)) in closure]


def relevant(changed: Iterable[str]) -> list[str]:
    """The changed files that are no documentation and the like: all that can be told of what a command runs."""
    return [name for name in changed if not _harmless(name)]


def _harmless(name: str) -> bool:
    base = os.path.basename(name)
    return (
        name.endswith(_HARMLESS)
        or name.startswith(_HARMLESS_FOLDERS)
        or base.partition(".")[0] in _HARMLESS_NAMES
        or (base in _HARMLESS_NAMES)
    )


def _closure(starts: Iterable[str], search: list[str]) -> set[str] | None:
    """The files that the benchmarks execute when imported; None when an import is made up while the program runs."""
    waiting = [os.path.realpath(path) for start in starts for path in _files(start)]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        try:
            with open(path, "rb") as file:
                tree = parse(file.read())
        except (OSError, SyntaxError, ValueError, RecursionError):
            return None
        for node in ast.walk(tree):
            if (
                isinstance(node, (ast.Name, ast.Attribute))
                and (node.id if isinstance(node, ast.Name) else node.attr) in _DYNAMIC
            ):
                return None
            waiting += _imported(node, path, search)
    return seen


def _files(start: str) -> Iterator[str]:
    """The Python files of a benchmark folder, and the conftest.py of it and of the folders above."""
    if os.path.isdir(start):
        for folder, folders, names in os.walk(start):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (os.path.join(folder, name) for name in names if name.endswith(".py"))
    elif os.path.isfile(start):
        yield start
    folder = os.path.realpath(start)
    while os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
        above = os.path.join(folder, "conftest.py")
        if os.path.isfile(above):
            yield above
        if os.path.exists(os.path.join(folder, ".git")):
            return


def _imported(node: ast.AST, path: str, search: list[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield from _module(alias.name, search)
    elif isinstance(node, ast.ImportFrom):
        roots = search
        name = node.module or ""
        if node.level:
            folder = os.path.dirname(path)
            for _ in range(node.level - 1):
                folder = os.path.dirname(folder)
            roots = [folder]
        yield from _module(name, roots)
        for alias in node.names:
            yield from _module(f"{name}.{alias.name}" if name else alias.name, roots)


def _module(name: str, roots: list[str]) -> Iterator[str]:
    """The files that importing a dotted name executes: every package on the way, and the module."""
    for root in roots:
        place, found = root, []
        for part in name.split(".") if name else [""]:
            place = os.path.join(place, part) if part else place
            package, module = os.path.join(place, "__init__.py"), f"{place}.py"
            if os.path.isfile(package):
                found.append(package)
            elif os.path.isfile(module):
                found.append(module)
            elif not os.path.isdir(place):
                break
        if found:
            yield from (os.path.realpath(path) for path in found)
            return
