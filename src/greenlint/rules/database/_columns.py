"""Which conditions on a row a database could decide as well."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.database._loops import mentions_any

_NOT_FIELDS = frozenset({"is_valid", "objects", "__class__", "_meta"})
_SHAPES = frozenset({"lower", "upper", "casefold", "strip", "date", "time", "year"})
"""Methods without arguments that have a function of the database beside them."""
_ASKING = frozenset({"startswith", "endswith"})


class RowNames(NamedTuple):
    """What a loop calls the parts of a row.

    row      the names that stand for a row
    columns  the names that stand for one column of it
    denied   attributes that are no columns, or that the query decides on already
    changing names that the loop sets, so that no query could hold their value
    """

    row: frozenset[str]
    columns: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    changing: frozenset[str] = frozenset()


def row_names(target: ast.expr, denied: frozenset[str] = frozenset(), changing: frozenset[str] = frozenset()) -> RowNames:
    """The names of the target of a loop: one name is a row, several are its columns."""
    if isinstance(target, ast.Name):
        return RowNames(frozenset({target.id}), frozenset(), denied, changing - {target.id})
    names = frozenset([part.id for part in ast.walk(target) if isinstance(part, ast.Name)])
    return RowNames(frozenset(), names, denied, changing - names)


def is_decidable(test: ast.expr, names: RowNames) -> bool:
    """Whether a condition compares columns of the row with each other or with what the loop does not change."""
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test = test.operand
    if isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And):
            return any(is_decidable(value, names) for value in test.values)
        return all(is_decidable(value, names) for value in test.values)
    if isinstance(test, ast.Compare):
        sides = [test.left, *test.comparators]
        return any(is_column(side, names) for side in sides) and all(
            is_column(side, names) or _is_given(side, names) for side in sides
        )
    if isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr in _ASKING:
        return is_column(test.func.value, names) and all(_is_given(argument, names) for argument in test.args)
    return is_column(test, names)


def is_column(node: ast.expr, names: RowNames) -> bool:
    """`row.name`, `row.owner.name`, `row["name"]`, `row.get("name")`, `row[1]`, a name of an unpacking; `row.name.lower()`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.keywords:
        if node.func.attr in _SHAPES and not node.args:
            return is_column(node.func.value, names)
        return node.func.attr == "get" and _is_row(node.func.value, names) and bool(node.args) and _is_constant(node.args[0])
    if isinstance(node, ast.Name):
        return node.id in names.columns
    if isinstance(node, ast.Subscript):
        return _is_row(node.value, names) and _is_constant(node.slice)
    while isinstance(node, ast.Attribute):
        if node.attr.startswith("_") or node.attr in _NOT_FIELDS or node.attr in names.denied:
            return False
        node = node.value
        if _is_row(node, names):
            return True
    return False


def _is_row(node: ast.expr, names: RowNames) -> bool:
    return isinstance(node, ast.Name) and node.id in names.row


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, str))


def _is_given(node: ast.expr, names: RowNames) -> bool:
    """Whether a value is there before the loop starts."""
    if mentions_any(node, names.row | names.columns | names.changing):
        return False
    return not any(isinstance(part, (ast.Await, ast.Lambda, ast.NamedExpr)) for part in ast.walk(node))
