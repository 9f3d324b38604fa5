"""Programs that take many items in one call, and whether a call takes one item of a loop."""

from __future__ import annotations

import ast

from greenlint.source.names import names_of
from greenlint.source.repeat import is_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from greenlint.rules.data._commands import Command
    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

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


_TAKING = frozenset({"get_nowait", "pop", "popleft"})


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


def changes(node: ast.Call, loop: Loop, module: Module) -> bool:
    """Whether the words of the command change from turn to turn: one is an item of the loop, or is taken from a queue."""
    words: list[ast.expr] = [*node.args]
    first = words[0] if words else None
    if isinstance(first, ast.Name):
        bound = [each.value for each in names_of(module).valid_bindings(first)]
        words = [value for value in bound if value is not None and is_inside(value, loop, module)]
    if not words or not isinstance(words[0], (ast.List, ast.Tuple, ast.JoinedStr, ast.BinOp, ast.Call, ast.Constant)):
        return False
    items = _items(loop)
    parts = [part for word in words for part in ast.walk(word)]
    return any((isinstance(part, ast.Name) and part.id in items) or _takes(part) for part in parts)


def _items(loop: Loop) -> set[str]:
    """What the items of a loop are called; of a `while` loop, what it takes from a queue."""
    if isinstance(loop, ast.While):
        taken = [part for part in ast.walk(loop) if isinstance(part, ast.Assign) and _takes(part.value)]
        targets: list[ast.expr] = [target for part in taken for target in part.targets]
    else:
        heads = [loop] if isinstance(loop, (ast.For, ast.AsyncFor)) else loop.generators
        targets = [head.target for head in heads]
    return {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}


def _takes(node: ast.AST) -> bool:
    """`queue.pop()`."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _TAKING


def _may_end(loop: ast.For, module: Module) -> bool:
    """Whether the loop may end early, waits, or handles errors; asked once for each loop."""
    notes: dict[Any, bool] = module.notes.setdefault("data.loop ends", {})
    ends = (ast.Break, ast.Return, ast.Raise, ast.Try, ast.Await, ast.Yield)
    if loop not in notes:
        notes[loop] = any(isinstance(part, ends) for statement in loop.body for part in ast.walk(statement))
    return notes[loop]
