"""Calls by which an ORM fetches a table without a condition and without a limit."""

from __future__ import annotations

import ast

from greenlint.rules.database._held import of_session
from greenlint.rules.database._models import is_model_name
from greenlint.rules.database._querysets import queryset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_BOUNDING = frozenset({"filter", "filter_by", "where", "join", "outerjoin", "having", "limit", "select_from"})
_ALL = frozenset({"all", "order_by", "select_related", "prefetch_related", "values", "values_list", "only", "defer"})
_CUTTING = frozenset({"len", "next", "max", "min", "sorted"})


def whole_tables(module: Module) -> Iterator[ast.Call]:
    """`session.query(Model).all()`, `list(Model.objects.all())`, `await Model.all()`, `read_sql_table(...)`."""
    for call in module.calls("all"):
        if isinstance(call.func, ast.Attribute) and not call.args and not _is_cut(call, module) and _is_table(call, module):
            yield call
    for call in module.calls("list"):
        if len(call.args) == 1 and module.is_builtin(call.func, "list") and not _is_cut(call, module):
            rows = queryset(call.args[0], module) if isinstance(call.args[0], ast.Call) else None
            if rows is not None and rows.model is not None and rows.methods and _ALL.issuperset(rows.methods):
                yield call
    for call in module.calls("read_sql_table"):
        if all(keyword.arg != "chunksize" for keyword in call.keywords):
            yield call


def _is_table(call: ast.Call, module: Module) -> bool:
    holder = module.parent(call)
    if isinstance(holder, ast.Await) and is_model_name(call.func.value):  # type: ignore[attr-defined]
        return True
    if of_session(call, module) is None:
        return False
    return _BOUNDING.isdisjoint({part.attr for part in ast.walk(call) if isinstance(part, ast.Attribute)})


def _is_cut(call: ast.Call, module: Module) -> bool:
    """Whether another rule speaks of what is kept of the rows: `[0]`, `len(...)`."""
    holder = module.parent(call)
    if isinstance(holder, ast.Call):
        return isinstance(holder.func, ast.Name) and holder.func.id in _CUTTING
    return isinstance(holder, ast.Subscript)
