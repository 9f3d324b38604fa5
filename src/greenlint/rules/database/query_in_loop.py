"""GL401 query-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._asks import BATCHED, OF_THE_DATABASE, compares, may_ask
from greenlint.rules.database._asks_each import ATTRIBUTES, FUNCTIONS, asks_each
from greenlint.rules.database._loops import changing_names, facts_of, item_names, mentions_any, row_loop
from greenlint.rules.database._models import is_model_name
from greenlint.rules.database._sql import sql_text, statement_of
from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ENDINGS = frozenset({"get", "first", "exists", "one", "one_or_none"})
_COMPARING = (
    "__gt",
    "__gte",
    "__lt",
    "__lte",
    "__in",
    "__range",
    "__overlap",
    "__contains",
    "__icontains",
    "__iexact",
    "__startswith",
    "__regex",
)
_WRITTEN = 50
"""A loop that makes rows of the model that it asks for may be asking for one of them."""
_UNSURE = 40
"""A query in a loop that may have few turns, whose values may depend on the answers before, or that need not be one."""
_FETCHING = frozenset({"all", "count", "fetch", "fetchrow", "fetchval", "filter", "query", "scalar", "scalars"})
_ASKING = _ENDINGS | _FETCHING | {"execute"}


class QueryInLoop(FileRule):
    """A loop asks the database once for each item.

    ## Why it wastes

    A hundred items make a hundred queries: each is sent, parsed, planned and answered on its own, and over a network each waits for
    a round trip. One query for all keys (`WHERE id IN (...)`, `Model.objects.filter(pk__in=keys)`, `in_bulk`, a join) reads the
    same rows, and a dictionary hands them out.

    ## When to leave it alone

    For a handful of items, and where each question depends on the answer before; a loop that also makes rows of
    the same model gets confidence 50. The rule speaks only of `for` loops and
    comprehensions whose items appear in the query; it is silent for short literals, batches (`IN`, slices, `LIMIT ... OFFSET`),
    loops over tables or models, loops that end at the first hit, questions about the database itself, tests and migrations. All other
    queries in loops have a confidence of 40: any `execute` of a `select(...)`, in files that import a driver any that may be SQL, and
    the calls of other libraries that are given the item (`get_or_create`, `book_set`, `find_one`, `get_item`, `read_sql`, models of peewee and Tortoise),
    also in a function that `map` calls.

    ## Evidence

    Whole processes, CPython 3.11.7, SQLite: 10,000 keys, 0.074 -> 0.046 s of CPU time, 1,000 keys 0.042 -> 0.039 s, most of both
    for making the table (`python benchmarks/rules/run.py GL401`). SQLite answers within the process: a server adds a round trip to
    every query, which was not measured here. In preview: of the labelled findings 95 in 100 were right, but on the code that the rule
    was written on.
    """

    code = "GL401"
    name = "query-in-loop"
    effect = Effect(
        EffectClass.ASYMPTOTIC,
        "one query per item (10,000 keys in SQLite: 0.074 -> 0.046 s of CPU; a server adds a round trip to each)",
        "bench GL401",
    )
    confidence = 85
    preview = True
    callees = _ASKING | ATTRIBUTES | FUNCTIONS
    examples = (
        Bad(
            "def names(db, ids):\n    out = []\n    for i in ids:\n        row = db.execute('select name from t where id = ?', (i,)).fetchone()\n"
            "        out.append(row[0])\n    return out\n",
            lines=(4,),
        ),
        Bad(
            "from app.models import Tag\n\ndef tags(names):\n    return [Tag.objects.get(name=name) for name in names]\n",
            lines=(4,),
        ),
        Bad(
            "def users(session, ids):\n    for i in ids:\n        user = session.query(User).filter(User.id == i).one_or_none()\n"
            "        use(user)\n",
            lines=(3,),
        ),
        Good("def names(db, ids):\n    return db.execute(query, ids).fetchall()\n", "once"),
        Good(
            "from app.models import Tag\n\ndef tags(batches):\n    for keys in batches:\n        use(Tag.objects.filter(pk__in=keys).first())\n",
            "many keys at once",
        ),
        Good(
            "from app.models import Tag\n\ndef tag(names):\n    for name in ('a', 'b'):\n        use(Tag.objects.get(name=name))\n",
            "two",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when a loop sends this query once per item."""
        func, found = node.func, False
        looped = module.loop(node) is not None
        if looped and isinstance(func, ast.Attribute) and func.attr in _ASKING:
            for finding in self._per_item(node, func, module):
                found = True
                yield finding
            if not found and self.least <= _UNSURE:
                found = may_ask(node, func, module)
                if found:
                    yield self._unsure(node, module)
        if (
            not found
            and self.least <= _UNSURE
            and (looped or not isinstance(module.parent(node), ast.stmt))
            and asks_each(node, module)
        ):
            yield self._unsure(node, module)

    def _unsure(self, node: ast.Call, module: Module) -> Finding:
        message = "a query in a loop: ask for all rows at once before it, and keep them in a dictionary"
        return self.finding(node, module, message, confidence=_UNSURE)

    def _per_item(self, node: ast.Call, func: ast.Attribute, module: Module) -> Iterator[Finding]:
        if func.attr in _FETCHING:
            return
        if func.attr == "execute":
            query, remedy, confidence = _select(node, module), "one `WHERE ... IN (...)`, or a join", self.confidence
        else:
            query, remedy, confidence = _orm_query(node), "one query with `in`, kept in a dictionary", 75
        if query is None:
            return
        loop = row_loop(node, module)
        if loop is None:
            return
        changing = changing_names(loop, module)
        if _is_exception(node, loop, module):
            return
        items = item_names(loop, module)
        keys = [value for value in query.values if mentions_any(value, changing)]
        if keys and all(mentions_any(value, items) for value in keys) and not mentions_any(query.subject, changing):
            if func.attr != "execute" and dotted(query.subject) in facts_of(loop, module).makes:
                confidence = _WRITTEN
            yield self.finding(node, module, f"one query for each item of the loop: use {remedy}", confidence=confidence)


def _is_exception(node: ast.AST, loop: ast.AST, module: Module) -> bool:
    """Whether the query runs in a handler of the loop, which is rare."""
    for ancestor in module.ancestors(node):
        if ancestor is loop:
            return False
        if isinstance(ancestor, ast.ExceptHandler):
            return True
    return False


class _Query:
    """A query: what it reads from, and the values in it."""

    __slots__ = ("subject", "values")

    def __init__(self, subject: ast.expr, values: list[ast.expr]) -> None:
        self.subject = subject
        self.values = values


def _select(node: ast.Call, module: Module) -> _Query | None:
    """`execute("SELECT ... ?", values)`."""
    if len(node.args) + len(node.keywords) < 2 or not node.args:
        return None
    text = sql_text(node.args[0], module)
    if text is None or statement_of(text) != "SELECT" or BATCHED.search(text) or OF_THE_DATABASE.search(text):
        return None
    return _Query(node.func, [*node.args[1:], *(keyword.value for keyword in node.keywords)])


def _orm_query(node: ast.Call) -> _Query | None:
    """`Model.objects.filter(...).first()`, `session.query(Model).filter(...).one()`; None for what is not one row's question."""
    values: list[ast.expr] = []
    current: ast.expr = node
    while isinstance(current, ast.Call) and isinstance(current.func, ast.Attribute):
        if any(keyword.arg is None or keyword.arg.endswith(_COMPARING) for keyword in current.keywords):
            return None
        if current.func.attr in (
            "limit",
            "offset",
            "slice",
            "select_for_update",
            "delete",
            "update",
            "create",
            "exclude",
            "order_by",
            "annotate",
        ):
            return None
        values += [*current.args, *(keyword.value for keyword in current.keywords)]
        if current.func.attr == "query" and current.args:
            subject = current.args[0]
            return None if compares(values) or not is_model_name(subject) else _Query(subject, values[: -len(current.args)])
        current = current.func.value
    if isinstance(current, ast.Attribute) and current.attr == "objects" and is_model_name(current.value):
        return None if compares(values) else _Query(current.value, values)
    return None
