"""Where a function mentions a cursor, in source order."""

from __future__ import annotations

import ast
from bisect import bisect_right

from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module


def mentions_after(path: str, call: ast.Call, module: Module) -> Iterator[ast.expr]:
    """The mentions of a cursor after `call` in its function, in source order; each function is looked through once."""
    scope = module.scope(call)
    notes = module.notes.setdefault("dotted-mentions", {})
    if id(scope) not in notes:
        notes[id(scope)] = _mentions(scope)
    by_path: dict[str, list[ast.expr]] = notes[id(scope)]
    mentions = by_path.get(path, [])
    for index in range(bisect_right(mentions, call.end_lineno or 0, key=_line), len(mentions)):
        yield mentions[index]


def _mentions(scope: ast.AST) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(scope):
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            name = dotted(node)
            if name is not None and name.count(".") < 3:
                found.setdefault(name, []).append(node)
    for mentions in found.values():
        mentions.sort(key=lambda node: (node.lineno, node.col_offset))
    return found


def _line(node: ast.expr) -> int:
    return node.lineno
