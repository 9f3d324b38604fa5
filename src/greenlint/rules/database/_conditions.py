"""How sure it is that a database could decide a condition which a loop puts to its rows."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.database._loops import mentions_any
from greenlint.rules.database._models import models_of
from greenlint.rules.database._querysets import fields_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_NOT_FIELDS = frozenset({"is_valid", "objects", "__class__", "_meta", "pk"})


class Source(NamedTuple):
    """Rows that a loop walks.

    model       the name of their model, when it is known
    confidence  how sure it is that a comparison can go to the database
    remedy      what to do instead
    asked       the fields that the query has a condition on already
    changing    the names that the loop sets: no query could hold their values
    """

    model: str | None
    confidence: int
    remedy: str
    asked: frozenset[str] = frozenset()
    changing: frozenset[str] = frozenset()


def level(test: ast.expr, item: str, source: Source, module: Module) -> int:
    """How sure it is that the database could decide this; 0 for a matter of Python."""
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test = test.operand
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return max(level(value, item, source, module) for value in test.values)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        left, right = test.left, test.comparators[0]
        if field_of(left, item) is None:
            left, right = right, left
        field = field_of(left, item)
        if field is None or mentions_any(right, source.changing | {item}) or _is_costly(right):
            return 0
        if isinstance(test.ops[0], (ast.In, ast.NotIn)):
            return 45 if left is test.left else 0
        return known_level(field, source, 0, module)
    field = field_of(test, item)
    return known_level(field, source, 20, module) if field is not None else 0


def known_level(field: str, source: Source, less: int, module: Module) -> int:
    """How sure it is that the name is a column: of a model of this file, a field is, a method or property is not."""
    if field in source.asked:
        return 0
    model = models_of(module).get(source.model or "")
    if model is None:
        return source.confidence - less
    if field in methods_of(source.model, module):
        return 0
    return 90 if field in (fields_of(model.name, module) or ()) else source.confidence - less


def methods_of(name: str | None, module: Module) -> frozenset[str]:
    """The methods and properties of a model of this file; none for a model that it does not define."""
    model = models_of(module).get(name or "")
    items = model.body if model is not None else []
    return frozenset([item.name for item in items if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef))])


def field_of(node: ast.expr, item: str) -> str | None:
    """`user.city` -> "city"."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == item:
        return None if node.attr in _NOT_FIELDS or node.attr.startswith("_") else node.attr
    return None


def _is_costly(node: ast.expr) -> bool:
    return any(isinstance(part, (ast.Await, ast.Lambda)) for part in ast.walk(node))
