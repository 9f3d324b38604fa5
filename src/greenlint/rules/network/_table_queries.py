"""Queries that ask for all rows of a table: of Django, SQLAlchemy, peewee, MongoDB and others, and SELECTs without a condition."""

from __future__ import annotations

import ast
import re

from greenlint.named_tuple import NamedTuple
from greenlint.rules.database._cursors import query_of
from greenlint.rules.database._select import is_bounded, parse_select
from greenlint.rules.database._sql import HOLE, is_database, sql_text
from greenlint.source.calls import argument, constant, last_name
from greenlint.source.infer import dotted
from greenlint.source.module import PLACE
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

KEEPS = frozenset(
    {"add_columns", "aiterator", "alias", "all", "annotate", "as_dict", "as_pymongo", "batch_size", "defer", "dict", "dicts"}
    | {
        "execution_options",
        "fetchall",
        "fetch_links",
        "find",
        "find_all",
        "get_queryset",
        "iterator",
        "join",
        "json",
        "mappings",
    }
    | {"namedtuples", "objects", "only", "options", "order_by", "outerjoin", "populate_existing", "prefetch_related", "project"}
    | {
        "projection",
        "query",
        "reverse",
        "scalars",
        "select",
        "select_from",
        "select_related",
        "sort",
        "stream",
        "to_dict",
        "to_list",
    }
    | {
        "to_json",
        "to_pandas",
        "tolist",
        "tuples",
        "unique",
        "using",
        "values",
        "values_list",
        "with_entities",
        "with_only_columns",
    }
    | {"yield_per", "to_html", "to_csv", "to_records", "list", "read", "partitions"}
)
"""Methods of queries and of their results that leave all rows in."""
_FETCHING = frozenset({"all", "fetchall", "fetch_all", "to_list"})
_SENDING = frozenset({"exec", "execute", "fetch", "fetch_all", "scalars", "stream", "stream_scalars", "select_all"})
"""Methods that are given the statement."""
_READING = frozenset({"read_sql", "read_sql_query"})
_WHOLE_FRAME = frozenset({"read_sql_table"})
_ONLY_TABLE = re.compile(r"(?is)\s*select\s+[^;]*?\sfrom\s+\x00\s*;?\s*(?:order\s+by\s[^;\x00]*)?$")
_DEPTH = 6


class Table(NamedTuple):
    """A query of a whole table.

    node     the longest chain of calls that it starts
    lazy     whether nothing shows yet that its rows are read
    """

    node: ast.expr
    lazy: bool


def whole_tables(module: Module) -> Iterator[Table]:
    """The queries of the file that ask for all rows, in source order."""
    seen: set[ast.expr] = set()
    found = [table for seed in _seeds(module) for table in _grown(seed, module)]
    found += [Table(top, lazy=False) for top in _sent(module)]
    found += [Table(top, lazy=False) for top in _fetched(module)]
    for table in sorted(found, key=_place):
        if table.node not in seen:
            seen.add(table.node)
            yield table


def _place(table: Table) -> tuple[int, int]:
    return PLACE(table.node)


def chain(node: ast.expr, module: Module) -> tuple[ast.expr, list[str]]:
    """The longest chain of calls and attributes that starts with `node`, and the names of what is asked for on the way."""
    names: list[str] = []
    while True:
        holder = module.parent(node)
        if isinstance(holder, ast.Await):
            node = holder
        elif isinstance(holder, ast.Attribute):
            call = module.parent(holder)
            if not (isinstance(call, ast.Call) and call.func is holder):
                return node, names
            names.append(holder.attr if _takes_all(call) else f"{holder.attr}(…)")
            node = call
        else:
            return node, names


def _takes_all(call: ast.Call) -> bool:
    """Whether its arguments leave all rows in: no number of rows, no filter, no aggregate."""
    name = last_name(call.func)
    if name == "find":
        return not call.args or _is_empty(call.args[0])
    if name == "to_list":
        return constant(argument(call, 0, "length")) is None and not any(isinstance(a, ast.Name) for a in call.args)
    if name == "fetch":
        return not call.args
    parts = (part for value in [*call.args, *(k.value for k in call.keywords)] for part in ast.walk(value))
    return not any(isinstance(part, ast.Name) and part.id in ("func", "fn") for part in parts)


def _is_empty(node: ast.expr) -> bool:
    return (isinstance(node, ast.Dict) and not node.keys) or (isinstance(node, ast.Constant) and node.value is None)


def _grown(seed: ast.expr, module: Module) -> Iterator[Table]:
    top, names = chain(seed, module)
    if not KEEPS.issuperset(names) or _groups(names) or not (names or _is_awaited(seed, top, module)):
        return
    if top is seed and isinstance(seed, ast.Attribute):
        holder = module.parent(top)
        if isinstance(holder, ast.Attribute):
            return  # `Model.objects.model`
    yield Table(top, lazy=_FETCHING.isdisjoint(names) or "objects" in (dotted(seed) or ""))


def _groups(names: list[str]) -> bool:
    """`values("author").annotate(…)` gives a row for each group."""
    return "annotate" in names and not {"values", "values_list"}.isdisjoint(names[: names.index("annotate")])


def _is_awaited(seed: ast.expr, top: ast.expr, module: Module) -> bool:
    """Whether a bare `Model.all()` is a query and not a method of some other class."""
    if not (isinstance(seed, ast.Call) and last_name(seed.func) == "all"):
        return True
    holder = module.parent(top)
    return isinstance(top, ast.Await) or (isinstance(holder, ast.Call) and last_name(holder.func) == "from_queryset")


def _seeds(module: Module) -> Iterator[ast.expr]:
    """Where the chain of a query starts: `Model.objects`, `Model.query`, `session.query(Model)`, `Model.all()`, `collection.find()`."""
    index = module.index
    for name in ("objects", "_default_manager", "query"):
        for attribute in index.attributes.get(name, ()):
            call = module.parent(attribute)
            called = isinstance(call, ast.Call) and call.func is attribute
            if not called and _is_model(attribute.value):
                yield attribute
            elif called and isinstance(call, ast.Call) and _starts_by_call(call, module):
                yield call
    for name in ("all", "find_all", "select"):
        for call in index.calls.get(name, ()):
            if isinstance(call.func, ast.Attribute) and _is_model(call.func.value, bare=True) and _takes_all(call):
                yield call
    for call in index.calls.get("find", ()):
        if isinstance(call.func, ast.Attribute) and _takes_all(call) and len(call.args) < 3:
            yield call
    for call in index.calls.get("collection", ()):
        top, names = chain(call, module)
        if names and {"stream", "get", "order_by"}.issuperset(names):
            yield top


def _starts_by_call(call: ast.Call, module: Module) -> bool:
    name = last_name(call.func)
    if name == "query":
        receiver = call.func.value  # type: ignore[attr-defined]
        return bool(call.args) and _takes_all(call) and (_is_model(call.args[0]) or is_database(receiver, module))
    return name == "objects" and not call.args and not call.keywords and _is_model(call.func.value)  # type: ignore[attr-defined]


def _is_model(node: ast.expr, *, bare: bool = False) -> bool:
    """Whether the name is written as that of a class: `User`, `models.User`."""
    if bare and not isinstance(node, (ast.Name, ast.Attribute)):
        return False
    if isinstance(node, ast.Call):
        return last_name(node.func) in ("get_user_model", "get_model")
    name = last_name(node)
    return name[:1].isupper() and (not name.isupper() or len(name) == 1)


def _sent(module: Module) -> Iterator[ast.expr]:
    """Results of statements that ask for all rows, where they are read at the call: `execute(select(X)).all()`."""
    for name in sorted(_SENDING | _READING | _WHOLE_FRAME):
        for call in module.index.calls.get(name, ()):
            if not isinstance(call.func, ast.Attribute):
                continue
            statement = argument(call, 0, "query" if name == "fetch_all" else "sql" if name in _READING else "statement")
            if statement is None or not (name in _WHOLE_FRAME or is_whole(statement, module)):
                continue
            top, names = chain(call, module)
            if KEEPS.issuperset(names) and not isinstance(module.parent(top), ast.Expr):
                yield top


def _fetched(module: Module) -> Iterator[ast.expr]:
    """`cursor.execute("SELECT …")`, and then `cursor.fetchall()` or a walk over the cursor."""
    for call in module.index.calls.get("fetchall", ()):
        if not (isinstance(call.func, ast.Attribute) and isinstance(call.func.value, (ast.Name, ast.Attribute))):
            continue
        query = query_of(call.func.value, module) or _awaited(call.func.value, module)
        if query is not None and query.args and is_whole(query.args[0], module):
            top, names = chain(call, module)
            if KEEPS.issuperset(names):
                yield top
    for call in module.index.calls.get("execute", ()):
        cursor = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(cursor, ast.Name) and isinstance(module.parent(chain(call, module)[0]), ast.Expr):
            walked = [use for use in _later(cursor, call, module) if _is_walked(use, module) and query_of(use, module) is call]
            if walked and call.args and is_whole(call.args[0], module):
                yield walked[0]


def _awaited(cursor: ast.expr, module: Module) -> ast.Call | None:
    """The call in `cursor = await connection.execute(…)`."""
    names = names_of(module)
    scope = names.scope(cursor) if isinstance(cursor, ast.Name) else None
    values = [binding.value for binding in names.bindings(cursor.id, scope)] if scope is not None else []  # type: ignore[attr-defined]
    value = values[0].value if len(values) == 1 and isinstance(values[0], ast.Await) else None
    return value if isinstance(value, ast.Call) else None


def _later(name: ast.Name, call: ast.Call, module: Module) -> list[ast.Name]:
    names = names_of(module)
    scope = names.scope(name)
    return [use for use in names.loads(name.id, scope) if use.lineno > call.lineno] if scope is not None else []


def _is_walked(use: ast.Name, module: Module) -> bool:
    holder = module.parent(use)
    if isinstance(holder, ast.Call):
        return module.is_builtin(holder.func, "list") and holder.args == [use]
    return isinstance(holder, (ast.For, ast.AsyncFor, ast.comprehension)) and holder.iter is use


def is_whole(statement: ast.expr, module: Module, depth: int = _DEPTH) -> bool:
    """Whether the statement certainly asks for all rows of a table: its text, `select(X)`, `users.select()`, or a name for one."""
    if depth == 0:
        return False
    if isinstance(statement, ast.Name):
        names = names_of(module)
        scope = names.scope(statement)
        values = [binding.value for binding in names.bindings(statement.id, scope)] if scope is not None else []
        return bool(values) and all(value is not None and _is_whole_for(statement.id, value, module, depth) for value in values)
    text = sql_text(statement, module)
    return _asks_for_all(text) if text is not None else _is_whole_select(statement, None)


def _is_whole_for(name: str, value: ast.expr, module: Module, depth: int) -> bool:
    """`statement = statement.order_by(…)` leaves it as it was."""
    return _is_whole_select(value, name) or (
        not (isinstance(value, ast.Name) and value.id == name) and is_whole(value, module, depth - 1)
    )


def _is_whole_select(node: ast.expr, itself: str | None) -> bool:
    first = True
    while isinstance(node, ast.Call):
        if not _takes_all(node):
            return False
        func = node.func
        if last_name(func) == "select" and (node.args or isinstance(func, ast.Attribute)):
            return True
        if not isinstance(func, ast.Attribute) or func.attr not in KEEPS:
            return False
        node, first = func.value, False
    return not first and isinstance(node, ast.Name) and node.id == itself


def _asks_for_all(text: str) -> bool:
    if HOLE in text:
        return _ONLY_TABLE.match(text) is not None
    select = parse_select(text)
    if select is None or is_bounded(select) or not {"WHERE", "GROUP", "DISTINCT", "HAVING"}.isdisjoint(select.words):
        return False
    return not select.source.startswith(("SQLITE_", "INFORMATION_SCHEMA", "PG_")) and select.source != "("
