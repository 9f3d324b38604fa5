"""Conditions whose outcome stands in their own text."""

from __future__ import annotations

import ast
import operator

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

COMPARISONS = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_TESTS = (ast.If, ast.While, ast.IfExp, ast.Assert)


def literal_truth(node: ast.expr) -> bool | None:
    """The truth value of a literal, of `not` one, and of two numbers compared; None for all others."""
    inverted = False
    while isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node, inverted = node.operand, not inverted
    truth = _truth(node)
    return truth if truth is None else truth is not inverted


def _truth(node: ast.expr) -> bool | None:
    if isinstance(node, ast.Constant):
        return bool(node.value)
    if isinstance(node, (ast.List, ast.Set, ast.Tuple)):
        return None if any(isinstance(item, ast.Starred) for item in node.elts) else bool(node.elts)
    if isinstance(node, ast.Dict):
        return None if None in node.keys else bool(node.keys)
    if isinstance(node, (ast.GeneratorExp, ast.Lambda)):
        return True
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        compare = COMPARISONS.get(type(node.ops[0]))
        sides = [side.value for side in (node.left, node.comparators[0]) if isinstance(side, ast.Constant)]
        numbers = [side for side in sides if isinstance(side, (int, float))]
        return bool(compare(*numbers)) if compare is not None and len(numbers) == 2 else None
    return None


def deciding_operand(node: ast.BoolOp, module: Module) -> ast.expr | None:
    """The literal that decides `a or True`, `a and False` and `1 or a`; `a or "default"` chooses a value and is left alone."""
    decisive = isinstance(node.op, ast.Or)
    for number, part in enumerate(node.values):
        if literal_truth(part) is decisive:
            last = number == len(node.values) - 1
            said = isinstance(part, ast.Constant) and part.value is decisive
            return part if not last or said or _is_test(node, module) else None
    return None


def _is_test(node: ast.expr, module: Module) -> bool:
    """Whether only the truth of an expression counts where it stands."""
    holder = module.parent(node)
    while isinstance(holder, ast.BoolOp):
        node, holder = holder, module.parent(holder)
    if isinstance(holder, _TESTS):
        return holder.test is node
    if isinstance(holder, ast.comprehension):
        return node in holder.ifs
    if isinstance(holder, ast.Call):
        return module.is_builtin(holder.func, "bool")
    return isinstance(holder, ast.UnaryOp) and isinstance(holder.op, ast.Not)
