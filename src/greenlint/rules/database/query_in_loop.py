"""GL401 query-in-loop."""

from __future__ import annotations

import ast
import re

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._loops import changing_names, facts_of, item_names, mentions_any, row_loop
from greenlint.rules.database._models import is_model_name
from greenlint.rules.database._sql import is_database, sql_text, statement_of
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
_DRIVERS = frozenset(
    {"sqlite3", "psycopg2", "psycopg", "mysql", "MySQLdb", "pymysql", "cx_Oracle", "oracledb", "pyodbc", "pymssql"}
)
_WORDS = frozenset(
    {
        *("ALTER", "ANALYZE", "ATTACH", "BEGIN", "CALL", "COMMIT", "COPY", "CREATE", "DECLARE", "DELETE", "DESCRIBE", "DROP"),
        *("EXEC", "EXECUTE", "EXPLAIN", "FETCH", "GRANT", "INSERT", "LOCK", "MERGE", "PRAGMA", "REPLACE", "ROLLBACK", "SELECT"),
        *("SET", "SHOW", "TRUNCATE", "UPDATE", "UPSERT", "USE", "VACUUM", "VALUES", "WITH"),
    }
)
"""What statements begin with."""
_FETCHING = frozenset({"all", "count", "fetch", "fetchrow", "fetchval", "filter", "query", "scalar", "scalars"})
_BATCHED = re.compile(r"\bIN\s*\(|= *ANY\b|\bIN\s+%s|\bIN\s+:|\bLIMIT\b.*\bOFFSET\b", re.IGNORECASE | re.DOTALL)
_OF_THE_DATABASE = re.compile(r"sqlite_master|information_schema|pragma|pg_|system\.|show ", re.IGNORECASE)


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
    queries in loops have a confidence of 40: any `execute` of a `select(...)`, and in files that import a driver any that may be SQL.

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
    callees = _ENDINGS | _FETCHING | {"execute"}
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
        func = node.func
        if not isinstance(func, ast.Attribute) or module.loop(node) is None:
            return
        found = False
        for finding in self._per_item(node, func, module):
            found = True
            yield finding
        if not found and self.least <= _UNSURE and _may_ask(node, func, module):
            message = "a query in a loop: ask for all rows at once before it, and keep them in a dictionary"
            yield self.finding(node, module, message, confidence=_UNSURE)

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


def _may_ask(node: ast.Call, func: ast.Attribute, module: Module) -> bool:
    """Whether the call asks a database, by its name and its receiver; the outermost call of a chain speaks for it."""
    if func.attr == "get" and len(node.args) == 2 and is_model_name(node.args[0]):
        return is_database(func.value, module)
    if isinstance(module.parent(node), ast.Attribute):  # what `execute(...)` gives goes on: `.all()`, `.fetchone()`
        if func.attr not in ("execute", "scalars") or isinstance(func.value, ast.Call) or not node.args:
            return False
        loop = row_loop(node, module) or module.loop(node)
        changing = changing_names(loop, module) if loop is not None else frozenset()
        known = is_database(func.value, module) or _is_built(node.args[0])
        return known and mentions_any(node, changing) and _is_one_select(node.args[0], module)
    if func.attr in ("execute", "fetch", "fetchrow", "fetchval", "query", "scalar", "scalars"):
        if is_database(func.value, module) or (node.args and _is_built(node.args[0])):
            return True
        return func.attr == "execute" and not _DRIVERS.isdisjoint(module.packages) and _may_be_sql(node, module)
    current: ast.expr = func.value
    while isinstance(current, ast.Call) and isinstance(current.func, ast.Attribute):
        if current.func.attr == "query":
            return True
        if current.func.attr in ("execute", "scalars") and is_database(current.func.value, module):
            return False  # which speaks for itself
        current = current.func.value
    if isinstance(current, ast.Attribute) and current.attr == "objects":
        return True
    return func.attr == "all" and isinstance(current, ast.Attribute) and not node.args and not node.keywords


def _may_be_sql(node: ast.Call, module: Module) -> bool:
    """Whether what is executed may be a statement: there is something, and it does not begin with another word."""
    text = sql_text(node.args[0], module) if node.args else None
    word = statement_of(text) if text is not None else ""
    return bool(node.args or node.keywords) and (not word.isalpha() or word in _WORDS)


def _is_built(statement: ast.expr) -> bool:
    """`select(Model).where(...)`: only a database takes that."""
    while isinstance(statement, ast.Call) and isinstance(statement.func, ast.Attribute):
        statement = statement.func.value
    return isinstance(statement, ast.Call) and dotted(statement.func) == "select"


def _is_one_select(statement: ast.expr, module: Module) -> bool:
    """Whether a statement is a SELECT for one key: a text, or `select(Model).where(Model.key == key)`."""
    text = sql_text(statement, module)
    if text is not None:
        return statement_of(text) == "SELECT" and not _BATCHED.search(text) and not _OF_THE_DATABASE.search(text)
    values: list[ast.expr] = []
    current = statement
    while isinstance(current, ast.Call) and isinstance(current.func, ast.Attribute):
        values += current.args
        current = current.func.value
    return _is_built(statement) and not _compares(values)


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
    if text is None or statement_of(text) != "SELECT" or _BATCHED.search(text) or _OF_THE_DATABASE.search(text):
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
            return None if _compares(values) or not is_model_name(subject) else _Query(subject, values[: -len(current.args)])
        current = current.func.value
    if isinstance(current, ast.Attribute) and current.attr == "objects" and is_model_name(current.value):
        return None if _compares(values) else _Query(current.value, values)
    return None


def _compares(values: list[ast.expr]) -> bool:
    """Whether a condition is more than equality, or its values come from a constant table, which keeps them few."""
    for value in values:
        for node in ast.walk(value):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("in_", "any_", "like", "ilike", "contains", "Q", "F", "or_"):
                    return True
            elif (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id.isupper()) or (
                isinstance(node, ast.Compare) and not all(isinstance(op, ast.Eq) for op in node.ops)
            ):
                return True
    return False
