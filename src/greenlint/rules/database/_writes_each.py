"""Calls by which other libraries write one row, or one document, of those that a loop walks."""

from __future__ import annotations

import ast

from greenlint.rules.database._asks_each import RECORDS, changing_around
from greenlint.rules.database._loops import mentions_any
from greenlint.rules.database._models import is_model_name
from greenlint.rules.database._querysets import MANAGERS
from greenlint.rules.database._sql import is_database
from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_DOCUMENTS = frozenset(
    {
        *("insert_one", "update_one", "replace_one", "delete_one", "find_one_and_update", "find_one_and_replace"),
        "find_one_and_delete",
    }
)
_ITEMS = frozenset({"put_item", "delete_item", "update_item"})
_MANAGED = frozenset(
    {"update", "delete", "aupdate", "adelete", "update_or_create", "aupdate_or_create", "bulk_create", "bulk_update"}
)
_OWN = frozenset({"delete", "asave", "adelete"})
_STATEMENTS = frozenset({"insert", "update", "delete", "replace"})
ATTRIBUTES = _DOCUMENTS | _ITEMS | _MANAGED | _OWN | {"index", "merge", "create", "execute", "save"}


def writes_each(node: ast.Call, func: ast.Attribute, module: Module) -> bool:
    """Whether a call writes what a loop around it gives it."""
    name = func.attr
    changing = changing_around(node, module)
    if not changing or not mentions_any(node, changing):
        return False
    if name in _DOCUMENTS:
        return dotted(func.value) != "self"
    keywords = {keyword.arg for keyword in node.keywords}
    if name in _ITEMS:
        return not keywords.isdisjoint({"Item", "Key"}) and not _is_of_batch(func.value, node, module)
    if name == "index":
        return "index" in keywords and not keywords.isdisjoint({"document", "body"})
    if name == "merge":
        return is_database(func.value, module)
    if name == "execute":
        return _is_statement(node, func)
    return _is_record(node, func, changing, module)


def _is_of_batch(receiver: ast.expr, node: ast.Call, module: Module) -> bool:
    """`with table.batch_writer() as batch: batch.put_item(...)`: which collects the items."""
    name = (dotted(receiver) or "").lower()
    if "batch" in name or "writer" in name:
        return True
    withs = [holder for holder in module.ancestors(node) if isinstance(holder, (ast.With, ast.AsyncWith))]
    items = [item for holder in withs for item in holder.items if isinstance(item.context_expr, ast.Call)]
    return any(dotted(item.context_expr.func) and "batch" in ast.unparse(item.context_expr) for item in items)  # type: ignore[attr-defined]


def _is_statement(node: ast.Call, func: ast.Attribute) -> bool:
    """`session.execute(insert(T).values(row))`, `T.insert(name=row).execute()`."""
    statement: ast.expr = node.args[0] if node.args else func.value
    while isinstance(statement, ast.Call):
        called = statement.func
        last = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if last in _STATEMENTS and (node.args or is_model_name(getattr(called, "value", statement))):
            return len(node.args) == 1 or not node.args  # a second argument is the list of rows
        if not isinstance(called, ast.Attribute):
            return False
        statement = called.value
    return False


def _is_record(node: ast.Call, func: ast.Attribute, changing: frozenset[str], module: Module) -> bool:
    """Methods of objects, of managers, and of models that are their own managers."""
    orm = not MANAGERS.isdisjoint(module.attributes) or not module.packages.isdisjoint(RECORDS | {"django"})
    if func.attr in ("asave", "adelete"):
        return not node.args
    if func.attr == "save":
        return not node.args and {keyword.arg for keyword in node.keywords} <= {"update_fields", "force_insert", "using"}
    if func.attr == "delete" and isinstance(func.value, ast.Name):
        return orm and func.value.id in changing and not node.args and not node.keywords
    start: ast.expr = func.value
    while isinstance(start, ast.Call) and isinstance(start.func, ast.Attribute):
        start = start.func.value
    if isinstance(start, ast.Attribute) and start.attr in MANAGERS and func.attr in _MANAGED:
        one = isinstance(node.args[0], ast.List) and len(node.args[0].elts) == 1 if node.args else False
        if func.attr.startswith("bulk"):
            return one
        return func.attr.endswith("create") or isinstance(func.value, ast.Call)  # `objects.update(...)` is for all rows
    if func.attr != "create" or node.args or not node.keywords:
        return False
    if is_model_name(start) and start is func.value:
        given = module.imports.get((dotted(start) or "").partition(".")[0], "")
        return ".models." in f".{given}." or not module.packages.isdisjoint(RECORDS)
    return isinstance(start, ast.Attribute) and start is func.value and orm and start.attr not in MANAGERS
