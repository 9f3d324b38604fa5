"""Loops that do by hand, one item at a time, what a builtin does in C."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.source.infer import dotted, kind_of
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module


class Shape(NamedTuple):
    """What a loop does.

    builtin  "sum", "extend", "update"
    target   the text of the name or attribute that the loop fills
    """

    builtin: str
    target: str


def shape_of(loop: ast.For, module: Module) -> Shape | None:
    """What builtin a loop of one plain statement repeats; None when it does anything else."""
    if loop.orelse or not loop.body or not isinstance(loop.target, ast.Name):
        return None
    item, body = loop.target.id, loop.body
    if len(body) != 1:
        return None
    only = body[0]
    if isinstance(only, ast.AugAssign):
        return _sum(only, item, loop, module)
    if isinstance(only, ast.Expr):
        return _collected(only.value, item, loop, module)
    return None


def _is_item(node: ast.AST, item: str) -> bool:
    return isinstance(node, ast.Name) and node.id == item


def _mentions(node: ast.AST, path: str) -> bool:
    return any(isinstance(part, (ast.Name, ast.Attribute)) and dotted(part) == path for part in ast.walk(node))


def starts_at(name: ast.Name, values: tuple[type, ...], module: Module) -> ast.stmt | None:
    """The one statement besides the loop that binds a local name, when it is a plain number of these types."""
    names = names_of(module)
    scope = names.scope(name)
    bindings = names.bindings(name.id, scope) if scope is not None else []
    plain = [b for b in bindings if isinstance(b.node, (ast.Assign, ast.AnnAssign))]
    if len(plain) != 1 or len(bindings) != 2 or not isinstance(plain[0].value, ast.Constant):
        return None
    return module.statement(plain[0].node) if type(plain[0].value.value) in values else None


def _sum(statement: ast.AugAssign, item: str, loop: ast.For, module: Module) -> Shape | None:
    target = statement.target
    if not (isinstance(statement.op, ast.Add) and isinstance(target, ast.Name) and _is_item(statement.value, item)):
        return None
    if target.id == item or _mentions(loop.iter, target.id) or starts_at(target, (int, float), module) is None:
        return None
    return Shape("sum", target.id)


def _collected(call: ast.expr, item: str, loop: ast.For, module: Module) -> Shape | None:
    """`items.append(x)` and `seen.add(x)`."""
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and not call.keywords and len(call.args) == 1):
        return None
    builtin = {"append": ("extend", "list"), "add": ("update", "set")}.get(call.func.attr)
    path = dotted(call.func.value)
    if builtin is None or path is None or not _is_item(call.args[0], item) or _mentions(loop.iter, path):
        return None
    return Shape(builtin[0], path) if kind_of(call.func.value, module) == builtin[1] else None
