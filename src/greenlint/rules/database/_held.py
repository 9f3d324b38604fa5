"""Rows of a database that Python holds or walks, whichever way an ORM hands them out."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.database._cursors import is_catalogue_query, query_of
from greenlint.rules.database._models import is_model_name
from greenlint.rules.database._querysets import queryset
from greenlint.rules.database._sql import sql_text, statement_of
from greenlint.source.flow import final_use
from greenlint.source.infer import dotted
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_DEPTH = 6
_KEEPING = ("list", "tuple", "set", "sorted", "iter", "reversed")
_SENDING = frozenset({"execute", "scalars", "exec", "stream", "stream_scalars"})
_PASSING = frozenset(
    {
        *("all", "scalars", "mappings", "tuples", "unique", "fetchall", "filter", "filter_by", "where", "order_by", "options"),
        *("join", "outerjoin", "with_entities", "yield_per", "execution_options", "columns"),
    }
)
_BUILDING = frozenset({"filter", "filter_by", "where", "order_by", "options", "join", "outerjoin", "select_from"})
_DJANGO = frozenset({"none", "raw", "union", "intersection", "difference", "dates", "datetimes"})
"""Methods of a queryset after which a condition cannot simply be added."""


class Held(NamedTuple):
    """Rows that nothing else reads.

    model    the name of their model, when it is known
    listed   whether all of them are in a list before the code looks at one
    django   whether they are a queryset, which the database can still be asked to cut
    asked    the fields that the query has a condition on already
    """

    model: str | None
    listed: bool
    django: bool
    asked: frozenset[str] = frozenset()


def held_rows(node: ast.expr, module: Module) -> Held | None:
    """The rows that an expression stands for, when it is their only use; None for anything else."""
    listed = False
    for _ in range(_DEPTH):
        inner = _inner(node, module)
        if inner is None:
            break
        listed = listed or isinstance(node, (ast.Await, ast.Call, ast.ListComp))
        node = inner
    if not isinstance(node, (ast.Call, ast.Attribute)):
        return None
    rows = queryset(node, module)
    if rows is not None:
        asked = frozenset([(keyword.arg or "").split("__")[0] for call in rows.calls for keyword in call.keywords])
        return Held(rows.model, listed, True, asked) if _DJANGO.isdisjoint(rows.methods) else None
    ends = of_session(node, module)
    if ends is not None:
        return Held(None, listed or ends, False)
    return Held(None, listed, False) if _of_other(node, module) else None


def _inner(node: ast.expr, module: Module) -> ast.expr | None:
    """What a wrapper holds: `list(rows)`, `await rows`, `[row for row in rows]`, a name that is read once."""
    if isinstance(node, ast.Await):
        return node.value
    if isinstance(node, ast.Call):
        func = node.func
        wraps = isinstance(func, ast.Name) and func.id in _KEEPING and len(node.args) == 1
        return node.args[0] if wraps and module.is_builtin(func, func.id) else None  # type: ignore[attr-defined]
    if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        one = node.generators[0]
        same = isinstance(node.elt, ast.Name) and isinstance(one.target, ast.Name) and node.elt.id == one.target.id
        return one.iter if same and len(node.generators) == 1 and not one.ifs else None
    return only_value(node, module) if isinstance(node, ast.Name) else None


def only_value(name: ast.Name, module: Module) -> ast.expr | None:
    """The value of a name that is given one, and read here only."""
    bindings = names_of(module).valid_bindings(name)
    value = bindings[0].value if len(bindings) == 1 else None
    return value if value is not None and final_use(value, module) is name else None


def of_session(node: ast.expr, module: Module, depth: int = _DEPTH) -> bool | None:
    """Whether a query of SQLAlchemy gives its rows as a list; None for what is none, or has a limit."""
    listed = False
    while depth:
        if isinstance(node, ast.Await):
            node = node.value
        elif isinstance(node, ast.Name):
            value = only_value(node, module)
            if value is None:
                return None
            node, depth = value, depth - 1
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in _SENDING and node.args:
                return listed if _is_built(node.args[0], module) else None
            if name == "query":
                return listed if node.args and all(isinstance(a, (ast.Name, ast.Attribute)) for a in node.args) else None
            if name not in _PASSING:
                return None
            listed = listed or name in ("all", "fetchall")
            node = node.func.value
        else:
            return listed if isinstance(node, ast.Attribute) and node.attr == "query" and is_model_name(node.value) else None
    return None


def _is_built(statement: ast.expr, module: Module) -> bool:
    """`select(Model).where(...)`, also through a name, without a limit."""
    if isinstance(statement, ast.Name):
        bindings = names_of(module).valid_bindings(statement)
        value = bindings[0].value if len(bindings) == 1 else None
        return isinstance(value, ast.Call) and _is_built(value, module)
    while isinstance(statement, ast.Call) and isinstance(statement.func, ast.Attribute) and statement.func.attr in _BUILDING:
        statement = statement.func.value
    func = statement.func if isinstance(statement, ast.Call) else None
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    return name == "select" and isinstance(statement, ast.Call) and bool(statement.args)


def _of_other(node: ast.expr, module: Module) -> bool:
    """`await User.all()` of Tortoise, `User.select()` of peewee, `users.find({})` of MongoDB, `self.queryset` of a view."""
    if isinstance(node, ast.Attribute):
        return node.attr == "queryset" and isinstance(node.value, ast.Name) and node.value.id == "self"
    func = node.func if isinstance(node, ast.Call) else None
    if not isinstance(func, ast.Attribute) or not isinstance(node, ast.Call):
        return False
    if func.attr == "find":
        return not node.keywords and all(isinstance(argument, ast.Dict) for argument in node.args)
    if func.attr == "get_queryset":
        return isinstance(func.value, ast.Name) and func.value.id == "self" and not node.args
    if func.attr == "all":
        return is_model_name(func.value) and isinstance(module.parent(node), ast.Await)
    start: ast.expr = node
    while isinstance(start, ast.Call) and isinstance(start.func, ast.Attribute):
        if start.func.attr == "select":
            return is_model_name(start.func.value)
        if start.func.attr not in ("where", "join", "order_by", "filter", "dicts", "tuples", "namedtuples"):
            return False
        start = start.func.value
    return False


def is_selected(rows: ast.expr, module: Module) -> bool:
    """Whether the rows are those of a SELECT without LIMIT that nothing else reads."""
    if isinstance(rows, ast.Name):
        value = only_value(rows, module)
        if value is None and not _is_cursor(rows, module):
            return False
        rows = value or rows
    while isinstance(rows, ast.Await):
        rows = rows.value
    if (
        isinstance(rows, ast.Call)
        and isinstance(rows.func, ast.Attribute)
        and rows.func.attr in ("fetchall", "all", "mappings")
    ):
        rows = rows.func.value
    query = query_of(rows, module)
    name = query.func.attr if query is not None and isinstance(query.func, ast.Attribute) else ""
    if query is None or name not in ("execute", "fetch", "fetch_all") or not query.args or is_catalogue_query(query, module):
        return False
    text = sql_text(query.args[0], module) or ""
    return statement_of(text) == "SELECT" and "limit" not in text.lower()


def _is_cursor(name: ast.Name, module: Module) -> bool:
    """Whether a name has executed a statement before, so that walking it fetches the rows."""
    query = query_of(name, module)
    return query is not None and isinstance(query.func, ast.Attribute) and dotted(query.func.value) == name.id


def are_rows(node: ast.expr, module: Module) -> bool:
    """Whether an expression gives rows that nothing else reads: of an ORM, or of a SELECT whose text is known."""
    return held_rows(node, module) is not None or is_selected(node, module)
