"""Exceptions that code raises for itself: as a branch of one turn, as the end of a loop, or swallowed by `suppress`."""

from __future__ import annotations

import ast

from greenlint.rules.loops._misses import ADVICE, looks_up
from greenlint.source.names import FUNCTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_TAKING = frozenset({"__anext__", "__next__", "pop", "popitem", "popleft"})
"""Methods that raise when nothing is left."""
_LASTING = frozenset({"IndexError", "KeyError", "StopIteration", "StopAsyncIteration"})


def raised_here(node: ast.Try) -> str | None:
    """The exception that the body of `node` raises by itself and that a handler of `node` catches."""
    caught = {name for handler in node.handlers for name in _names(handler.type)}
    return next((name for name in _raised(node.body) if name in caught), None)


def ends_loop(node: ast.Try, module: Module) -> str | None:
    """The exception that ends a `while True` around `node` when nothing is left: of `next(it)`, `stack.pop()`, `rows[i]`."""
    loop = module.parent(node)
    if not (isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant) and len(node.handlers) == 1):
        return None
    handler = node.handlers[0]
    names = [name for name in _names(handler.type) if name in _LASTING]
    if len(handler.body) > 1 or not names or not isinstance(handler.body[0], (ast.Break, ast.Return)):
        return None
    first = node.body[0]
    for part in ast.walk(first):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in _TAKING:
            return names[0]
        if (
            isinstance(part, ast.Call)
            and isinstance(part.func, ast.Name)
            and part.func.id in ("anext", "next")
            and len(part.args) == 1
        ):
            return names[0]
        if isinstance(part, ast.Subscript) and names[0] == "IndexError" and isinstance(part.ctx, ast.Load):
            return names[0]
    return None


def suppressed(node: ast.With | ast.AsyncWith, module: Module) -> str | None:
    """The exception of a look-up in plain sight that `with suppress(KeyError):` swallows."""
    call = node.items[0].context_expr
    if not isinstance(call, ast.Call) or module.qualified_name(call.func) != "contextlib.suppress":
        return None
    names = [name for argument in call.args for name in _names(argument) if name in ADVICE]
    return looks_up(node.body, names, module) if len(node.body) == 1 and len(names) == len(call.args) else None


def _names(kind: ast.expr | None) -> list[str]:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return [
        each.attr if isinstance(each, ast.Attribute) else each.id
        for each in kinds
        if isinstance(each, (ast.Attribute, ast.Name))
    ]


def _raised(block: list[ast.stmt]) -> Iterator[str]:
    """The classes that `raise` names in a block, without what other functions and inner `try` statements raise."""
    waiting: list[ast.AST] = [*block]
    for part in waiting:  # grows meanwhile
        if isinstance(part, ast.Raise) and part.exc is not None:
            yield from _names(part.exc.func if isinstance(part.exc, ast.Call) else part.exc)
        elif not isinstance(part, (ast.Try, ast.expr, ast.ClassDef, *FUNCTIONS)):
            waiting += ast.iter_child_nodes(part)
