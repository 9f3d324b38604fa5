"""Recognises sorting written by hand: exchanges of two items that were compared, inside two loops."""

from __future__ import annotations

import ast

from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


_ORDER = (ast.Lt, ast.Gt, ast.LtE, ast.GtE)


def swapped(node: ast.Assign) -> tuple[ast.Subscript, ast.Subscript] | None:
    """The two items of one list that `a[i], a[j] = a[j], a[i]` exchanges."""
    target, value = node.targets[0], node.value
    if len(node.targets) != 1 or not (isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)):
        return None
    if len(target.elts) != 2 or len(value.elts) != 2:
        return None
    one, two = target.elts
    if not (isinstance(one, ast.Subscript) and isinstance(two, ast.Subscript)) or dotted(one.value) is None:
        return None
    if dotted(one.value) != dotted(two.value):
        return None
    if ast.unparse(one) != ast.unparse(value.elts[1]) or ast.unparse(two) != ast.unparse(value.elts[0]):
        return None
    return one, two


def swapped_by_hand(node: ast.Assign, following: list[ast.stmt]) -> tuple[ast.Subscript, ast.Subscript] | None:
    """The same in three statements: `t = a[i]; a[i] = a[j]; a[j] = t`."""
    if len(following) < 2 or not isinstance(node.targets[0], ast.Name) or not isinstance(node.value, ast.Subscript):
        return None
    second, third = following[0], following[1]
    if not (isinstance(second, ast.Assign) and isinstance(third, ast.Assign) and isinstance(second.value, ast.Subscript)):
        return None
    one, two = node.value, second.value
    if ast.unparse(second.targets[0]) != ast.unparse(one) or ast.unparse(third.targets[0]) != ast.unparse(two):
        return None
    same = isinstance(third.value, ast.Name) and third.value.id == node.targets[0].id
    return (one, two) if same and dotted(one.value) is not None and dotted(one.value) == dotted(two.value) else None


def order_test(test: ast.expr, path: str) -> bool:
    """Whether a condition asks for the order of two items of the list `path`, or of a part of each."""
    comparisons = [test] if isinstance(test, ast.Compare) else test.values if isinstance(test, ast.BoolOp) else []
    for comparison in comparisons:
        if not (isinstance(comparison, ast.Compare) and len(comparison.ops) == 1 and isinstance(comparison.ops[0], _ORDER)):
            continue
        if all(any(_items(side, path)) for side in (comparison.left, comparison.comparators[0])):
            return True
    return False


def _items(side: ast.expr, path: str) -> Iterator[bool]:
    for part in ast.walk(side):
        if isinstance(part, ast.Subscript) and dotted(part.value) == path and not isinstance(part.slice, ast.Slice):
            yield True


def is_selection(before: list[ast.stmt], path: str) -> bool:
    """Whether a loop before the exchange looks for the place of the smallest or largest item."""
    for statement in before:
        if isinstance(statement, (ast.For, ast.While)):
            for part in ast.walk(statement):
                if isinstance(part, ast.If) and order_test(part.test, path):
                    stored = part.body[0]
                    if isinstance(stored, ast.Assign) and isinstance(stored.targets[0], ast.Name):
                        return isinstance(stored.value, ast.Name)
    return False


def shifts(loop: ast.While) -> str | None:
    """The list in which an inner loop moves items up to make room: `while j >= 0 and a[j] > x: a[j + 1] = a[j]`, or a swap."""
    for statement in loop.body:
        if not isinstance(statement, ast.Assign):
            continue
        pair = swapped(statement)
        if pair is not None and _are_neighbours(*pair) and order_test(loop.test, dotted(pair[0].value) or ""):
            return dotted(pair[0].value)
        if not isinstance(statement.targets[0], ast.Subscript):
            continue
        to, value = statement.targets[0], statement.value
        path = dotted(to.value)
        if path is None or not isinstance(value, ast.Subscript) or dotted(value.value) != path:
            continue
        tests = loop.test.values if isinstance(loop.test, ast.BoolOp) else [loop.test]
        if any(_is_order_of(test, ast.unparse(value)) for test in tests):
            return path
    return None


def _are_neighbours(one: ast.Subscript, two: ast.Subscript) -> bool:
    """`a[j - 1]` and `a[j]`; a heap compares with places further away, and needs log n steps."""
    low, high = sorted((ast.unparse(one.slice), ast.unparse(two.slice)), key=len)
    return high in (f"{low} - 1", f"{low} + 1")


def _is_order_of(test: ast.expr, item: str) -> bool:
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], _ORDER)):
        return False
    return item in (ast.unparse(test.left), ast.unparse(test.comparators[0]))


def side_work(swap: ast.stmt, holder: ast.AST, own: int) -> bool:
    """Whether the exchange does something else besides, such as counting itself, that a sort would not do."""
    body = getattr(holder, "body", [])
    if not isinstance(holder, ast.If) or swap not in body:
        return False
    others = [statement for statement in body if statement not in body[body.index(swap) : body.index(swap) + own]]
    return any(not _is_flag(statement) for statement in others)


def _is_flag(statement: ast.stmt) -> bool:
    """`swapped = True`."""
    return isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
