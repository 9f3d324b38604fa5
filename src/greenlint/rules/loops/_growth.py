"""Finds containers that a loop copies whole in order to add to them: `xs = xs + [x]`, `xs = [*xs, x]`, `d = {**d, k: v}`."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.loops._steady import is_rebound, mentions_in, remembered
from greenlint.source.infer import dotted
from greenlint.source.repeat import is_inside, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

Place = ast.Name | ast.Attribute


class Growth(NamedTuple):
    """A statement that gives `place` a copy of itself with more in it.

    form    "sum" (a + b), "union" (a | b), "display" ([*a, b], {**a, k: v}), "call" (dict(a, k=v)), "method" (a.union(b)),
            "augmented" (a += b)
    added   the expressions that are new
    """

    node: ast.Assign | ast.AugAssign
    place: Place
    form: str
    added: tuple[ast.expr, ...]


def growth(node: ast.Assign | ast.AugAssign) -> Growth | None:
    """What `node` copies and adds, or None when it does nothing of the kind."""
    if isinstance(node, ast.AugAssign):
        grows = isinstance(node.op, (ast.Add, ast.BitOr)) and isinstance(node.target, (ast.Name, ast.Attribute))
        return Growth(node, node.target, "augmented", (node.value,)) if grows else None  # type: ignore[arg-type]
    target = node.targets[0]
    if len(node.targets) != 1 or not isinstance(target, (ast.Name, ast.Attribute)) or dotted(target) is None:
        return None
    path, value = dotted(target), node.value
    if isinstance(value, ast.BinOp):
        return _operation(node, target, value)
    if isinstance(value, (ast.List, ast.Tuple, ast.Set)) and value.elts:
        first = value.elts[0]
        if isinstance(first, ast.Starred) and dotted(first.value) == path:
            return Growth(node, target, "display", tuple(value.elts[1:]))
    if isinstance(value, ast.Dict) and value.keys and value.keys[0] is None and dotted(value.values[0]) == path:
        return Growth(node, target, "display", tuple(value.values[1:]))
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        joins = value.func.attr == "union" and dotted(value.func.value) == path and value.args and not value.keywords
        return Growth(node, target, "method", tuple(value.args)) if joins else None
    if isinstance(value, ast.Call) and dotted(value.func) == "dict" and len(value.args) == 1 and dotted(value.args[0]) == path:
        return Growth(node, target, "call", tuple(keyword.value for keyword in value.keywords)) if value.keywords else None
    return None


def _operation(node: ast.Assign, target: Place, value: ast.BinOp) -> Growth | None:
    pieces: list[ast.expr] = []
    left: ast.expr = value
    while isinstance(left, ast.BinOp) and type(left.op) is type(value.op):
        pieces.append(left.right)
        left = left.left
    if dotted(left) != dotted(target):
        return None
    form = {ast.Add: "sum", ast.BitOr: "union"}.get(type(value.op))
    return Growth(node, target, form, tuple(reversed(pieces))) if form else None


def growing_loop(grown: Growth, module: Module) -> Loop | None:
    """The loop whose turns add to one value, which they otherwise only look at."""
    loop = next(repeating_loops(grown.node, module), None)
    if loop is None:
        return None
    kept = remembered(
        "loops.kept", grown.place, loop, module, lambda: _bound_otherwise(grown, loop, module) or _is_kept(grown, loop, module)
    )
    return None if kept else loop


def _bound_otherwise(grown: Growth, loop: Loop, module: Module) -> bool:
    if isinstance(grown.place, ast.Attribute) and is_rebound(grown.place.value, loop, module):
        return True
    for use in mentions_in(grown.place, loop, module):
        if not isinstance(use.ctx, ast.Load):  # type: ignore[attr-defined]
            holder = module.parent(use)
            again = growth(holder) if isinstance(holder, (ast.Assign, ast.AugAssign)) else None
            if again is None or dotted(again.place) != dotted(grown.place):
                return True
    return False


def _is_kept(grown: Growth, loop: Loop, module: Module) -> bool:
    """Whether the loop reads the value for more than its length or items: it may rely on each turn's copy."""
    return any(
        isinstance(use.ctx, ast.Load) and not _is_glance(use, module)  # type: ignore[attr-defined]
        for use in mentions_in(grown.place, loop, module)
    )


def _is_glance(use: ast.expr, module: Module) -> bool:
    """The operand of the copy itself, `len(xs)`, `x in xs`, `xs[i]`, `if xs`."""
    holder = module.parent(use)
    statement: ast.AST = module.statement(use)
    if isinstance(statement, ast.Assign):
        own = growth(statement)
        if own is not None and dotted(own.place) == dotted(use) and not any(is_inside(use, part, module) for part in own.added):
            return True
    if isinstance(holder, ast.Call):
        return module.is_builtin(holder.func, "len")
    if isinstance(holder, ast.Compare):
        return use in holder.comparators and all(isinstance(op, (ast.In, ast.NotIn)) for op in holder.ops)
    if isinstance(holder, ast.Subscript):
        return holder.value is use and isinstance(holder.ctx, ast.Load) and not isinstance(holder.slice, ast.Slice)
    return isinstance(holder, (ast.If, ast.While, ast.IfExp)) and holder.test is use
