"""Programs that take many items in one call, and whether a call takes one item of a loop."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from greenlint.source.repeat import is_inside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.rules.data._commands import Command
    from greenlint.source.module import Module

_ANY: frozenset[str] = frozenset()
BATCHES: Mapping[str, frozenset[str]] = {
    "apk": frozenset({"add", "del"}),
    "apt": frozenset({"install", "remove"}),
    "apt-get": frozenset({"install", "remove"}),
    "autopep8": _ANY,
    "black": _ANY,
    "brew": frozenset({"install", "upgrade"}),
    "bunzip2": _ANY,
    "bzip2": _ANY,
    "chgrp": _ANY,
    "chown": _ANY,
    "clang-format": _ANY,
    "dnf": frozenset({"install", "remove"}),
    "docker": frozenset({"rm", "rmi", "stop", "kill", "start"}),
    "eslint": _ANY,
    "flake8": _ANY,
    "gem": frozenset({"install"}),
    "git": frozenset({"add", "rm"}),
    "gunzip": _ANY,
    "gzip": _ANY,
    "hg": frozenset({"add", "remove"}),
    "isort": _ANY,
    "jpegoptim": _ANY,
    "mypy": _ANY,
    "npm": frozenset({"install", "uninstall"}),
    "optipng": _ANY,
    "oxipng": _ANY,
    "pacman": _ANY,
    "pip": frozenset({"install", "uninstall"}),
    "pip3": frozenset({"install", "uninstall"}),
    "pngquant": _ANY,
    "prettier": _ANY,
    "pylint": _ANY,
    "ruff": frozenset({"check", "format"}),
    "shred": _ANY,
    "strip": _ANY,
    "svn": frozenset({"add", "delete"}),
    "systemctl": frozenset({"disable", "enable", "restart", "start", "stop"}),
    "xz": _ANY,
    "yum": frozenset({"install", "remove"}),
    "zstd": _ANY,
}
"""Program -> those of its commands that take many items; an empty set for the program itself."""


def takes_many(found: Command) -> bool:
    """Whether the program is known to take as many items as it is given, and gets one item besides its command."""
    if found.name not in BATCHES:
        return False
    known, operands = BATCHES[found.name], found.operands
    if not known:
        return len(operands) == 1
    return bool(operands) and operands[0] in known and len(operands) == 2


def item_of(node: ast.Call, loop: ast.For, module: Module) -> bool:
    """Whether what changes from turn to turn in the command is the item of the loop, and the loop does little else with it."""
    targets = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
    used = {part.id for part in ast.walk(node.args[0]) if isinstance(part, ast.Name)}
    if not targets & used or _may_end(loop, module):
        return False
    return not any(isinstance(around, ast.Try) and is_inside(around, loop, module) for around in module.ancestors(node))


def _may_end(loop: ast.For, module: Module) -> bool:
    """Whether the loop may end early, waits, or handles errors; asked once for each loop."""
    notes: dict[Any, bool] = module.notes.setdefault("data.loop ends", {})
    ends = (ast.Break, ast.Return, ast.Raise, ast.Try, ast.Await, ast.Yield)
    if loop not in notes:
        notes[loop] = any(isinstance(part, ends) for statement in loop.body for part in ast.walk(statement))
    return notes[loop]
