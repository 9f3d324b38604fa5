"""Recognises expressions that look for the items with an equal key: `filter`, `any`, masks of data frames."""

from __future__ import annotations

import ast

from greenlint.source.infer import dotted
from greenlint.source.names import COMPREHENSIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_TABLES = frozenset({"pandas", "polars"})


def names(target: ast.expr) -> frozenset[str]:
    """The names that an expression mentions."""
    return frozenset(part.id for part in ast.walk(target) if isinstance(part, ast.Name))


def equates(test: ast.expr, inner: frozenset[str], outer: frozenset[str]) -> bool:
    """Whether the test, or a part of an `and`, compares a key of the inner item with one of the outer item."""
    parts = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]
    for part in parts:
        if isinstance(part, ast.Compare) and len(part.ops) == 1 and isinstance(part.ops[0], ast.Eq):
            sides = [names(part.left), names(part.comparators[0])]
            for mine, other in (sides, sides[::-1]):
                if mine & inner and not mine & outer and other & outer and not other & inner:
                    return True
    return False


def turns(loop: ast.AST | None) -> frozenset[str]:
    """The names that a loop or comprehension binds anew in each turn; none for `while`."""
    if isinstance(loop, (ast.For, ast.AsyncFor)):
        return names(loop.target)
    if isinstance(loop, COMPREHENSIONS):
        return frozenset[str]().union(*(names(part.target) for part in loop.generators))
    return frozenset()


def asked_for_all(holder: ast.AST | None, module: Module) -> list[ast.expr]:
    """The test of `any(y.id == x.id for y in ys)`."""
    call = module.parent(holder) if isinstance(holder, (ast.GeneratorExp, ast.ListComp)) else None
    if (
        isinstance(call, ast.Call)
        and module.is_builtin(call.func, "any")
        and isinstance(holder, (ast.GeneratorExp, ast.ListComp))
    ):
        return [holder.elt]
    return []


def picked(node: ast.Lambda | ast.Subscript, module: Module) -> str | None:
    """What `filter(lambda y: y.id == x.id, ys)` or `frame[frame.id == x.id]` walks in each turn of a loop over x."""
    if isinstance(node, ast.Subscript):
        return _masked(node, module)
    call = module.parent(node)
    if not (isinstance(call, ast.Call) and module.is_builtin(call.func, "filter") and len(call.args) == 2):
        return None
    items, outer = call.args[1], turns(module.loop(call))
    own = frozenset(argument.arg for argument in node.args.args)
    if dotted(items) is None or names(items) & outer or call.args[0] is not node:
        return None
    return dotted(items) if outer and equates(node.body, own, outer) else None


def _masked(node: ast.Subscript, module: Module) -> str | None:
    """`frame[frame.id == key]` and `frame.loc[frame["id"] == key, "x"]`."""
    rows = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice
    if not (isinstance(rows, ast.Compare) and len(rows.ops) == 1 and isinstance(rows.ops[0], ast.Eq)):
        return None
    frame = node.value.value if isinstance(node.value, ast.Attribute) and node.value.attr == "loc" else node.value
    column = rows.left.value if isinstance(rows.left, (ast.Attribute, ast.Subscript)) else None
    path = dotted(frame)
    if path is None or column is None or dotted(column) != path or not module.packages & _TABLES:
        return None
    outer = turns(module.loop(node))
    return path if names(rows.comparators[0]) & outer and not names(frame) & outer and isinstance(node.ctx, ast.Load) else None
