"""What the code around a number or some rows asks: are there any, or none?"""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_OPERATORS: dict[type[ast.cmpop], dict[int, bool]] = {
    ast.Gt: {0: True},
    ast.GtE: {1: True},
    ast.NotEq: {0: True},
    ast.Eq: {0: False},
    ast.Lt: {1: False},
    ast.LtE: {0: False},
}
"""Comparison of a count with a number -> whether it asks that there are rows (True) or that there are none."""
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Lt: ast.Gt, ast.LtE: ast.GtE}


def question(node: ast.expr, module: Module) -> tuple[bool | None, ast.expr]:
    """What the code around a number asks: True for "are there any", False for "are there none"; and the expression that asks."""
    holder = module.parent(node)
    if isinstance(holder, ast.Compare) and holder.left is node and len(holder.ops) == 1:
        limit = holder.comparators[0]
        if isinstance(limit, ast.Constant) and type(limit.value) is int:
            return _OPERATORS.get(type(holder.ops[0]), {}).get(limit.value), holder
        return None, node
    if isinstance(holder, ast.Compare) and holder.comparators == [node] and isinstance(holder.left, ast.Constant):
        limit, mirrored = holder.left, _MIRRORED.get(type(holder.ops[0]), type(holder.ops[0]))  # 0 < number
        return (_OPERATORS.get(mirrored, {}).get(limit.value) if type(limit.value) is int else None), holder
    if is_tested(node, module):
        return True, node
    if isinstance(holder, ast.UnaryOp) and isinstance(holder.op, ast.Not):
        return False, holder
    if isinstance(holder, ast.Call) and module.is_builtin(holder.func, "bool") and holder.args == [node]:
        return True, holder
    return None, node


def is_tested(node: ast.expr, module: Module) -> bool:
    """Whether an `if`, a `while` or the condition of a comprehension asks for the truth of a value, alone or with others."""
    holder = module.parent(node)
    while isinstance(holder, ast.BoolOp):
        node, holder = holder, module.parent(holder)
    if isinstance(holder, ast.comprehension):
        return node in holder.ifs
    return isinstance(holder, (ast.If, ast.While, ast.IfExp, ast.Assert)) and holder.test is node
