"""Calls by which other libraries and longer chains ask a database for one item: they speak where a loop gives them each item."""

from __future__ import annotations

import ast

from greenlint.rules.database._loops import changing_names, is_aside, mentions_any
from greenlint.rules.database._models import is_model_name
from greenlint.rules.database._querysets import MANAGERS
from greenlint.rules.database._sql import HOLE, is_database, sql_text, statement_of
from greenlint.source.names import COMPREHENSIONS
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

FUNCTIONS = frozenset({"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"})
_FRAMES = frozenset({"read_sql", "read_sql_query"})
_ENDS = frozenset(
    {
        *(
            "get",
            "first",
            "last",
            "latest",
            "earliest",
            "exists",
            "count",
            "aggregate",
            "values",
            "values_list",
            "all",
            "filter",
        ),
        *(
            "exclude",
            "order_by",
            "get_or_create",
            "update_or_create",
            "raw",
            "iterator",
            "one",
            "one_or_none",
            "scalar",
            "only",
        ),
        *("get_or_404", "first_or_404", "one_or_404", "get_or_none", "get_by_id", "where", "limit"),
        *("select_related", "prefetch_related", "paginate", "filter_by", "get_one", "scalar_one", "scalar_one_or_none"),
    }
)
_LATER = frozenset(
    {f"a{name}" for name in ("get", "first", "last", "latest", "earliest", "exists", "count", "aggregate")}
    | {"aget_or_create", "aupdate_or_create"}
)
_TEXTS = frozenset({"fetch_one", "fetch_all", "fetch_val", "execute_fetchall", "fetchall", "fetchone", "sql", "iterate"})
_DOCUMENTS = frozenset({"find", "find_one", "count_documents", "aggregate"})
_OTHER = frozenset({"exec", "refresh", "refresh_from_db", "arefresh_from_db", "get_item", "search", "get_one"})
ATTRIBUTES = _ENDS | _LATER | _TEXTS | _DOCUMENTS | _OTHER | _FRAMES
RECORDS = frozenset({"peewee", "tortoise", "pony", "ormar", "beanie", "mongoengine", "piccolo"})
ALCHEMY = frozenset({"sqlalchemy", "sqlmodel", "flask_sqlalchemy"})


def asks_each(node: ast.Call, module: Module) -> bool:
    """Whether a call asks a database, and is given what changes from turn to turn of a loop."""
    func = node.func
    if isinstance(func, ast.Attribute) and _is_plain(node, func):
        return False
    changing = changing_around(node, module)
    if not changing or not mentions_any(node, changing) or is_aside(module.path):
        return False
    if isinstance(func, ast.Name):
        return func.id in FUNCTIONS or func.id in _FRAMES
    return isinstance(func, ast.Attribute) and (
        _is_single(node, func, changing, module) or _is_chain(node, func, changing, module)
    )


def _is_plain(node: ast.Call, func: ast.Attribute) -> bool:
    """`known.get(key)`, `names.values()`: what most such calls are."""
    if (
        func.attr not in _ENDS
        or (func.attr == "aggregate" and node.args)
        or not isinstance(func.value, ast.Name)
        or is_model_name(func.value)
    ):
        return False
    return not (func.attr in ("get", "get_one") and (len(node.args) > 1 or node.keywords))


def changing_around(node: ast.Call, module: Module) -> frozenset[str]:
    """What the loops around set, or the argument of the function that `map` calls for each item."""
    if module.loop(node) is not None:
        found: frozenset[str] = frozenset()
        for loop in repeating_loops(node, module):
            found |= changing_names(loop, module)
        return found
    for holder in module.ancestors(node):
        if isinstance(holder, ast.Lambda):
            call = module.parent(holder)
            maps = isinstance(call, ast.Call) and module.is_builtin(call.func, "map") and call.args[:1] == [holder]
            return frozenset([argument.arg for argument in holder.args.args]) if maps else frozenset()
        if isinstance(holder, (ast.stmt, *COMPREHENSIONS)):
            break
    return frozenset()


def _is_single(node: ast.Call, func: ast.Attribute, changing: frozenset[str], module: Module) -> bool:
    """Calls that ask by themselves, whatever they start from."""
    name, first = func.attr, node.args[0] if node.args else None
    if name in FUNCTIONS or name in _FRAMES or name in ("refresh_from_db", "arefresh_from_db"):
        return True
    if name in _DOCUMENTS:
        given = isinstance(first, (ast.Dict, ast.List)) and mentions_any(first, changing)
        return given and (name != "find" or not _is_batch(first)) and not (name == "aggregate" and isinstance(first, ast.Dict))
    if name in _TEXTS:
        text = sql_text(first, module) if first is not None else None
        return text is not None and statement_of(text) in ("SELECT", "WITH") and (HOLE in text or len(node.args) > 1)
    if name in ("get", "get_one") and first is not None and len(node.args) > 1:
        return is_model_name(first) and not module.packages.isdisjoint(ALCHEMY)
    if name in ("exec", "refresh"):
        return is_database(func.value, module)
    keywords = {keyword.arg for keyword in node.keywords}
    return (name == "get_item" and "Key" in keywords) or (name in ("get", "search") and "index" in keywords)


def _is_batch(first: ast.expr | None) -> bool:
    """`{"_id": {"$in": keys}}`."""
    return any(isinstance(part, ast.Constant) and part.value == "$in" for part in ast.walk(first)) if first else False


def _is_chain(node: ast.Call, func: ast.Attribute, changing: frozenset[str], module: Module) -> bool:
    """The last call of a chain that starts at a manager, a relation, `Model.query` or a model itself."""
    holder = module.parent(node)
    if isinstance(holder, ast.Attribute) and (holder.attr in _ENDS or holder.attr in _LATER):
        return False
    if func.attr not in _ENDS and func.attr not in _LATER:
        return False
    first, start = node, func.value
    while isinstance(start, ast.Call) and isinstance(start.func, ast.Attribute):
        first, start = start, start.func.value
    method = first.func.attr if isinstance(first.func, ast.Attribute) else ""
    if isinstance(start, ast.Attribute):
        if start.attr in MANAGERS:
            return is_model_name(start.value) and method not in ("create", "bulk_create", "in_bulk")
        if start.attr == "query":
            return is_model_name(start.value)
        if not mentions_any(start, changing) or method not in _ENDS:
            return False
        if start.attr.endswith("_set"):
            return True
        related = method in ("filter", "exclude") and bool(first.keywords) and not first.args
        return related and ("django" in module.packages or not MANAGERS.isdisjoint(module.attributes))
    return is_model_name(start) and _is_record(first, start, method, module)


def _is_record(first: ast.Call, model: ast.expr, method: str, module: Module) -> bool:
    """`User.get(User.id == key)`, `User.select().where(...)`, `await User.get(id=key)`: models that are their own managers."""
    if method in ("select", "get_by_id", "get_or_none"):
        return True
    if method not in ("get", "filter", "find_one", "first"):
        return False
    compares = any(isinstance(argument, ast.Compare) and ast.dump(model) in ast.dump(argument) for argument in first.args)
    return compares or (bool(first.keywords) and not module.packages.isdisjoint(RECORDS))
