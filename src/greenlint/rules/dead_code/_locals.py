"""Local names that get a value which nothing reads."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

    _Found = tuple[Any, str, ast.expr | None]

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def unread_locals(module: Module, looks: list[int]) -> Iterator[_Found]:
    """Each such place: the node, the name, and the value where it is that of an assignment.

    Lines tell what is read: a name counts as read when it is anywhere between the first and the last line of its function,
    and so does every name of a function that has one of the lines `looks`, which look through all names.
    """
    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
    functions = sorted((f for kind in _FUNCTIONS for f in by_class.get(kind, ())), key=_line)
    handlers = [handler for handler in by_class.get(ast.ExceptHandler, ()) if handler.name]
    if not functions and not handlers:
        return
    stores, reads = _split(module.index.of(ast.Name), module)
    shared = {name for kind in (ast.Global, ast.Nonlocal) for node in by_class.get(kind, ()) for name in node.names}
    starts = [function.lineno for function in functions]
    for node in stores:
        if node.id not in shared and not node.id.startswith("_"):
            function = _around(node.lineno, functions, starts)
            if function is not None and not _is_read(node.id, function, reads) and _belongs(node, function, module):
                seen = any(function.lineno <= line <= function.end_lineno for line in looks)
                found = None if seen else _place(node, module)
                if found is not None:
                    yield found
    for handler in handlers:
        if not handler.name.startswith("_") and not _is_read(handler.name, handler, reads):
            yield handler, handler.name, None


def _split(names: Any, module: Module) -> tuple[list[ast.Name], dict[str, list[int]]]:
    """The names that are stored, and the lines on which each name is read; `x += 1` reads it."""
    stores: list[ast.Name] = []
    reads: dict[str, list[int]] = {}
    for node in names:
        if node.ctx.__class__ is ast.Store and module.parents[node].__class__ is not ast.AugAssign:
            stores.append(node)
        else:
            reads.setdefault(node.id, []).append(node.lineno)
    for lines in reads.values():
        lines.sort()
    return stores, reads


def _line(node: Any) -> int:
    line: int = node.lineno
    return line


def _around(line: int, functions: list[Any], starts: list[int]) -> Any:
    """The innermost function whose lines hold `line`."""
    number = bisect_right(starts, line) - 1
    while number >= 0 and functions[number].end_lineno < line:
        number -= 1
    return functions[number] if number >= 0 else None


def _is_read(name: str, holder: Any, reads: dict[str, list[int]]) -> bool:
    lines = reads.get(name)
    return lines is not None and bisect_left(lines, holder.lineno) < bisect_right(lines, holder.end_lineno)


def _belongs(node: ast.Name, function: ast.AST, module: Module) -> bool:
    """Whether it is a variable of the function, not of a class inside."""
    return module.scope(node) is function


def _place(node: ast.Name, module: Module) -> _Found | None:
    """None for the targets of loops and comprehensions, which need a name, and for declarations without a value."""
    child: ast.AST = node
    holder = module.parent(node)
    while isinstance(holder, (ast.Tuple, ast.List, ast.Starred)):
        child, holder = holder, module.parent(holder)
    if isinstance(holder, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
        return (node, node.id, holder.value) if holder.value is not None else None
    return (node, node.id, None) if isinstance(holder, ast.withitem) and child is holder.optional_vars else None
