"""What runs with a block of a loop, and where control leaves the loop."""

from __future__ import annotations

import ast

from greenlint.source.calls import last_name
from greenlint.source.names import FUNCTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LEAVING = (ast.Raise, ast.Return, ast.Break)


def nodes_of(block: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """All nodes of a block that run with it: not those of functions and classes defined in it."""
    stack: list[ast.AST] = list(block)
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            stack.extend(ast.iter_child_nodes(node))


def tries(block: list[ast.stmt]) -> Iterator[ast.Try]:
    """The `try` statements with handlers that each turn comes to."""
    for statement in block:
        if isinstance(statement, ast.Try):
            if statement.handlers:
                yield statement
            else:
                yield from tries(statement.body)
        elif isinstance(statement, (ast.With, ast.AsyncWith)):
            yield from tries(statement.body)


def after_the_try(tried: ast.Try, block: list[ast.stmt]) -> list[ast.stmt]:
    for index, statement in enumerate(block):
        if statement is tried:
            return block[index + 1 :]
    return []


def may_leave(tried: ast.Try) -> bool:
    """Whether the last thing in the `try` is a condition that leaves."""
    last = tried.body[-1]
    return isinstance(last, ast.If) and (always_leaves(last.body) or always_leaves(last.orelse))


def always_leaves(block: list[ast.stmt]) -> bool:
    """Whether control leaves the loop at the end of this block in any case."""
    if not block:
        return False
    last = block[-1]
    if isinstance(last, LEAVING):
        return True
    if isinstance(last, ast.If):
        return always_leaves(last.body) and always_leaves(last.orelse)
    if isinstance(last, (ast.With, ast.AsyncWith)):
        return always_leaves(last.body)
    return isinstance(last, ast.Expr) and isinstance(last.value, ast.Call) and last_name(last.value.func) in ("exit", "_exit")
