"""Columns that code names to an ORM, and how it reads the rows: `values("a", "b")`, `select(T.a, T.b)`, `find({}, {"a": 1})`."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.database._models import is_model_name
from greenlint.rules.database._rows import RowUse, use_of
from greenlint.source.flow import final_use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from greenlint.source.module import Module

_PASSING = frozenset(
    {
        *(
            "all",
            "filter",
            "filter_by",
            "exclude",
            "order_by",
            "using",
            "reverse",
            "iterator",
            "limit",
            "offset",
            "where",
            "join",
        ),
        *("outerjoin", "options", "select_from", "yield_per", "execution_options", "unique", "tuples", "mappings", "dicts"),
        *(
            "namedtuples",
            "select_related",
            "prefetch_related",
            "select_for_update",
            "with_for_update",
            "sort",
            "skip",
            "to_list",
        ),
        *("fetchall", "batch_size"),
    }
)
_ONE = frozenset({"first", "last", "get", "one", "one_or_none", "earliest", "latest", "afirst", "alast", "aget"})
_DECIDING = frozenset({"distinct", "union", "intersection", "difference", "group_by", "extra"})
"""Methods after which a column decides which rows there are."""
_SENDING = frozenset({"execute", "exec", "stream"})
_SOME = 45


class Asked(NamedTuple):
    """Columns that a call names.

    node        the call
    names       what they are called in the rows
    free        names that a row has besides
    use         how the rows are read
    confidence  how sure it is that a column which nothing reads is not needed
    """

    node: ast.Call
    names: list[str]
    free: frozenset[str]
    use: RowUse
    confidence: int


def asked_columns(module: Module) -> Iterator[Asked]:
    """The calls of a file that name two columns or more, and whose rows stay within one function."""
    for name, read in _READERS.items():
        for call in module.calls(name):
            asked = read(call, module)
            if asked is not None and len(asked.names) > 1:
                yield asked


def _values(call: ast.Call, module: Module) -> Asked | None:
    """`Model.objects.values("a", "b")`, also `values_list` and `only`."""
    func = call.func
    if not isinstance(func, ast.Attribute) or any(keyword.arg == "flat" for keyword in call.keywords):
        return None
    names = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    texts = [name for name in names if isinstance(name, str)]
    if not texts or len(texts) != len(call.args) or _is_decided(func.value):
        return None
    given = [keyword.arg for keyword in call.keywords if keyword.arg != "named"]
    if None in given:
        return None
    use = _chain_use(call, module)
    objects = func.attr == "only"
    free = frozenset({"pk", "id"}) if objects else frozenset()
    names_of_rows = texts + [name for name in given if name is not None]
    return Asked(call, names_of_rows, free, use, _SOME if objects else 75) if use is not None else None


def _query(call: ast.Call, module: Module) -> Asked | None:
    """`session.query(T.a, T.b)`, `query.with_entities(T.a, T.b)`."""
    names = _column_names(call.args)
    if names is None or not isinstance(call.func, ast.Attribute) or _is_decided(call.func.value):
        return None
    use = _chain_use(call, module)
    return Asked(call, names, frozenset(), use, 75) if use is not None else None


def _select(call: ast.Call, module: Module) -> Asked | None:
    """`session.execute(select(T.a, T.b))`; `T.select(T.a, T.b)` of peewee is its own rows."""
    given = call.args[0].elts if len(call.args) == 1 and isinstance(call.args[0], ast.List) else call.args
    names = _column_names(given)
    if names is None or call.keywords:
        return None
    if isinstance(call.func, ast.Attribute) and is_model_name(call.func.value):
        use = _chain_use(call, module)
        return Asked(call, names, frozenset({"id"}), use, _SOME) if use is not None else None
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    if owner is not None and not (isinstance(owner, ast.Name) and owner.id in ("sa", "sqlalchemy", "db", "sql", "sqlmodel")):
        return None
    top, ended = _top(call, module)
    statement = final_use(top, module)
    sender = module.parent(statement)
    if ended or not (
        isinstance(sender, ast.Call) and sender.args[:1] == [statement] and isinstance(sender.func, ast.Attribute)
    ):
        return None
    if sender.func.attr in ("scalars", "scalar", "stream_scalars"):
        use = RowUse(frozenset({0}), (), whole=False, many=sender.func.attr != "scalar")
    elif sender.func.attr in _SENDING:
        use = use_of(sender, "result", module)
    else:
        return None
    return Asked(call, names, frozenset(), use, 75) if use is not None else None


def _find(call: ast.Call, module: Module) -> Asked | None:
    """`users.find({}, {"name": 1, "mail": 1})`, `users.find_one(key, projection=["name"])` of MongoDB."""
    given = [keyword.value for keyword in call.keywords if keyword.arg == "projection"] or call.args[1:2]
    if not isinstance(call.func, ast.Attribute) or not given:
        return None
    fields = given[0]
    if isinstance(fields, ast.Dict):
        if not all(isinstance(v, ast.Constant) and v.value in (1, True) for v in fields.values if not _is_id(fields, v)):
            return None
        items = [key for key in fields.keys if key is not None]
    elif isinstance(fields, (ast.List, ast.Tuple)):
        items = list(fields.elts)
    else:
        return None
    names = [i.value for i in items if isinstance(i, ast.Constant) and isinstance(i.value, str) and i.value != "_id"]
    if any("." in name for name in names):
        return None
    use = use_of(call, "row", module) if call.func.attr == "find_one" else _chain_use(call, module)
    return Asked(call, names, frozenset({"_id"}), use, _SOME) if use is not None else None


def _is_id(fields: ast.Dict, value: ast.expr) -> bool:
    key = fields.keys[fields.values.index(value)]
    return isinstance(key, ast.Constant) and key.value == "_id"


_READERS: dict[str, Callable[[ast.Call, Module], Asked | None]] = {
    "values": _values,
    "values_list": _values,
    "only": _values,
    "query": _query,
    "with_entities": _query,
    "select": _select,
    "find": _find,
    "find_one": _find,
}


def _column_names(given: list[ast.expr]) -> list[str] | None:
    """`T.a` -> "a", `table.c.b` -> "b", `T.a.label("n")` -> "n"; None where one is something else."""
    names = []
    for column in given:
        label = column.func if isinstance(column, ast.Call) else None
        if isinstance(label, ast.Attribute) and label.attr == "label" and isinstance(column, ast.Call) and column.args:
            named = column.args[0]
            if not (
                isinstance(named, ast.Constant) and isinstance(named.value, str) and isinstance(label.value, ast.Attribute)
            ):
                return None
            names.append(named.value)
        elif isinstance(column, ast.Attribute) and (is_model_name(column.value) or getattr(column.value, "attr", "") == "c"):
            if is_model_name(column):
                return None  # `models.User` is all of its columns
            names.append(column.attr)
        else:
            return None
    return names if len(names) > 1 else None


def _is_decided(node: ast.expr) -> bool:
    """Whether the chain before makes the columns decide which rows there are."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in _DECIDING:
            return True
        node = node.func.value
    return False


def _top(call: ast.expr, module: Module) -> tuple[ast.expr, str]:
    """The end of a chain of methods that keep the rows, and the name of a method that takes one of them, or ""."""
    top = call
    holder = module.parent(top)
    while isinstance(holder, ast.Attribute):
        method = module.parent(holder)
        if not (isinstance(method, ast.Call) and method.func is holder):
            return top, holder.attr
        if holder.attr in _ONE:
            return method, "one"
        if holder.attr not in _PASSING:
            return top, holder.attr
        top, holder = method, module.parent(method)
        if isinstance(holder, ast.Await):
            top, holder = holder, module.parent(holder)
    return top, ""


def _chain_use(call: ast.Call, module: Module) -> RowUse | None:
    top, ended = _top(call, module)
    if ended not in ("", "one"):
        return None
    return use_of(top, "row" if ended else "rows", module)
