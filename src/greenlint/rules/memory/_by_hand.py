"""Comparisons that pick the greater or the smaller of two values."""

from __future__ import annotations

import ast

_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def greater_of(node: ast.If | ast.IfExp) -> str:
    """ "max" or "min" where the code picks the greater or smaller of two values; "" for all else."""
    test = node.test
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], _ORDER)):
        return ""
    sides = [test.left, test.comparators[0]]
    picked = (node.body, node.orelse) if isinstance(node, ast.IfExp) else _assigned(node)
    if picked is None:
        return ""
    left, right, first, second = (ast.dump(part) for part in (*_loaded(sides), *_loaded(picked)))
    if {left, right} != {first, second} or left == right:
        return ""
    return "max" if isinstance(test.ops[0], (ast.Gt, ast.GtE)) == (first == left) else "min"


def _assigned(node: ast.If) -> tuple[ast.expr, ast.expr] | None:
    """What `if a < b: x = b` and its `else: x = a` give x; without `else`, x keeps its own value."""
    then = assignment(node.body)
    if then is None:
        return None
    if not node.orelse:
        return then.value, then.targets[0]
    otherwise = assignment(node.orelse)
    if otherwise is None or ast.dump(otherwise.targets[0]) != ast.dump(then.targets[0]):
        return None
    return then.value, otherwise.value


def assignment(block: list[ast.stmt]) -> ast.Assign | None:
    only = block[0]
    return only if len(block) == 1 and isinstance(only, ast.Assign) and len(only.targets) == 1 else None


def _loaded(parts: list[ast.expr] | tuple[ast.expr, ast.expr]) -> list[ast.expr]:
    """The expressions as they read: a target differs from its value in nothing but that it is stored."""
    return [_load(part) for part in parts]


def _load(part: ast.expr) -> ast.expr:
    if isinstance(part, ast.Name):
        return ast.Name(part.id, ast.Load())
    if isinstance(part, ast.Attribute):
        return ast.Attribute(part.value, part.attr, ast.Load())
    return ast.Subscript(part.value, part.slice, ast.Load()) if isinstance(part, ast.Subscript) else part
