"""GL404 fetchall-then-iterate."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.database._cursors import cursor_of, is_catalogue_query, is_needed_later, is_touched, yields
from greenlint.rules.database._sql import is_database
from greenlint.source.flow import final_use, inline, is_lazy, iteration
from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.flow import IterationSite
    from greenlint.source.module import Module

_UNKNOWN_RECEIVER = 75
"""`fetchall` is the word of PEP 249, and PEP 249 cursors are iterable in every common driver; not in every wrapper."""
_OPEN_MEANWHILE = 40
"""Below the default threshold: whoever walks the generator may want the cursor or its connection in between."""

_LISTED = 30
"""The driver may have all rows already, and an ORM keeps its objects anyway."""
_WALKING = ("all", "any", "dict", "filter", "frozenset", "map", "max", "min", "set", "sum", "zip")
_TAKING = frozenset({"executemany", "extend", "update", "writerows"})


class FetchallThenIterate(FileRule):
    """All rows of a query are put into a list that a loop then walks once.

    ## Why it wastes

    `fetchall()` builds every row of the result before the loop sees the first one. A cursor is an iterator and hands out one
    row at a time; the loop starts sooner and memory stays flat. (Drivers that receive the whole result at once, as psycopg2 and
    PyMySQL do by default, still save the list of row objects; a server-side cursor saves the rest.)

    ## When to leave it alone

    When the rows must be complete first, because the loop runs other statements on the same cursor or connection, commits,
    or closes it. The rule is silent where the cursor, its connection or the object that holds them is used in the loop or
    between the query and the loop, where the rows have another use, and for queries about the database itself (`PRAGMA`,
    `information_schema`). Where the loop yields, confidence is 40: the cursor would stay open meanwhile;
    so it is where a function walks the rows (`set(cursor.fetchall())`, `writerows`), and 30 for `all()` of SQLAlchemy.

    ## Evidence

    Whole processes, CPython 3.11.7, SQLite: a million rows, peak memory 212 -> 11 MB, CPU 0.94 -> 0.83 s
    (`python benchmarks/rules/run.py GL404`).
    """

    code = "GL404"
    name = "fetchall-then-iterate"
    effect = Effect(EffectClass.MEMORY, "holds all rows (212 -> 11 MB at a million rows)", "bench GL404")
    confidence = 95
    callees = frozenset({"all", "fetchall"})
    examples = (
        Bad(
            "import sqlite3\n\ncur = sqlite3.connect(path).cursor()\ncur.execute(query)\nfor row in cur.fetchall():  # all\n    use(row)\n",
            fixed="import sqlite3\n\ncur = sqlite3.connect(path).cursor()\ncur.execute(query)\nfor row in cur:  # all\n    use(row)\n",
            lines=(5,),
        ),
        Bad(
            "def f(conn):\n    with conn.cursor() as cur:\n        cur.execute(q)\n        rows = cur.fetchall()\n        for row in rows:\n"
            "            use(row)\n",
            fixed="def f(conn):\n    with conn.cursor() as cur:\n        cur.execute(q)\n        for row in cur:\n            use(row)\n",
            lines=(4,),
        ),
        Bad(
            "import sqlite3\n\ndef f(db: sqlite3.Connection):\n    return {k: v for k, v in db.execute('select k, v from t').fetchall()}\n",
            fixed="import sqlite3\n\ndef f(db: sqlite3.Connection):\n    return {k: v for k, v in db.execute('select k, v from t')}\n",
        ),
        Bad(
            "async def f(db):\n    cur = await db.cursor()\n    await cur.execute(q)\n    for row in await cur.fetchall():\n        use(row)\n",
            fixed="async def f(db):\n    cur = await db.cursor()\n    await cur.execute(q)\n    async for row in cur:\n        use(row)\n",
            lines=(4,),
        ),
        Bad("def f(cur):\n    for i, row in enumerate(cur.fetchall()):\n        use(i, row)\n", lines=(2,)),
        Bad("def names(db):\n    return [row[0] for row in db.execute('select name from t').fetchall()]\n"),
        Bad(
            "class R:\n    def f(self):\n        self.cur.execute(q)\n        for row in self.cur.fetchall():\n            use(row)\n",
            lines=(4,),
        ),
        Bad(
            "from psycopg2 import connect as c\nk = c(dsn)\nx = k.cursor()\nx.execute(q)\nn = sum(r[0] for r in x.fetchall())\n",
            fixed="from psycopg2 import connect as c\nk = c(dsn)\nx = k.cursor()\nx.execute(q)\nn = sum(r[0] for r in x)\n",
        ),
        Good("def f(cur):\n    for row in cur:\n        use(row)\n", "what it should be"),
        Good(
            "def f(cur):\n    rows = cur.fetchall()\n    print(len(rows))\n    for row in rows:\n        use(row)\n",
            "counted as well",
        ),
        Good("def f(cur):\n    return cur.fetchall()\n", "handed on"),
        Good(
            "def f(conn):\n    cur = conn.cursor()\n    for row in cur.fetchall():\n        cur.execute(q, row)\n",
            "the cursor is busy",
        ),
        Good(
            "def f(conn):\n    cur = conn.cursor()\n    for row in cur.fetchall():\n        use(row)\n        conn.commit()\n",
            "commits",
        ),
        Good(
            "def f(conn):\n    cur = conn.cursor()\n    rows = cur.fetchall()\n    conn.close()\n    for row in rows:\n        use(row)\n",
            "closed",
        ),
        Good(
            "def f(conn):\n    with conn.cursor() as cur:\n        rows = cur.fetchall()\n    for row in rows:\n        use(row)\n",
            "closed by `with`",
        ),
        Good("def f(cur):\n    for row in cur.fetchall():\n        yield row\n", "the cursor would stay open"),
        Good(
            "class R:\n    def f(self):\n        for row in self.cur.fetchall():\n            self.save(row)\n",
            "the method may use the cursor",
        ),
        Good("def f(cur):\n    return [r[1] for r in cur.execute('PRAGMA table_info(t)').fetchall()]\n", "a few rows"),
        Good("def f(cur):\n    cur.execute('SHOW TABLES')\n    for row in cur.fetchall():\n        use(row)\n", "a few rows"),
        Good("def f(cur):\n    for row in sorted(cur.fetchall()):\n        use(row)\n", "needs them all"),
        Good("def f(cur):\n    for row in cur.fetchall()[:5]:\n        use(row)\n", "a slice"),
        Good("def f(cur):\n    for row in reversed(cur.fetchall()):\n        use(row)\n", "from the end"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the rows that `node` fetches are only walked once, with nothing else on the cursor."""
        func = node.func
        if not isinstance(func, ast.Attribute) or node.args or node.keywords:
            return
        value = final_use(node, module)
        site = iteration(value, module)
        if site is None and self.least <= _OPEN_MEANWHILE and func.attr == "fetchall":
            yield from self._given(node, func, value, module)
        if site is None or is_lazy(site, module):
            return
        if func.attr == "all":
            if self.least <= _LISTED and _is_listed(func, module):
                message = "`all()` makes a list of all rows; walk the result itself, with `yield_per` where they are many"
                yield self.finding(node, module, message, confidence=_LISTED)
            return
        cursor = cursor_of(func.value, module)
        if (
            cursor is None
            or is_catalogue_query(func.value, module)
            or is_touched(cursor, site, module)
            or is_needed_later(node, cursor, site, module)
        ):
            return
        if yields(site, module):
            message = "`fetchall()` holds all rows; where the cursor may stay open while the generator waits, walk the cursor"
            yield self.finding(node, module, message, confidence=_OPEN_MEANWHILE)
            return
        message = "`fetchall()` holds all rows in memory; iterate over the cursor itself"
        confidence = self.confidence if cursor.known else _UNKNOWN_RECEIVER
        fix = _fix(node, value, site, module) if cursor.known else None
        yield self.finding(node, module, message, confidence=confidence, fix=fix)

    def _given(self, node: ast.Call, func: ast.Attribute, value: ast.expr, module: Module) -> Iterator[Finding]:
        """`for row in list(cursor.fetchall())`, `set(cursor.fetchall())`, `writer.writerows(cursor.fetchall())`."""
        holder = module.parent(value)
        if not (isinstance(holder, ast.YieldFrom) or (isinstance(holder, ast.Call) and _walks(holder, value, module))):
            return
        cursor = cursor_of(func.value, module)
        alone = cursor is not None and not (
            isinstance(holder, ast.Call)
            and isinstance(holder.func, ast.Attribute)
            and dotted(holder.func.value) in cursor.roots
        )
        if alone and not is_catalogue_query(func.value, module):
            message = "`fetchall()` holds all rows; what walks them once can walk the cursor itself"
            yield self.finding(node, module, message, confidence=_OPEN_MEANWHILE)


def _walks(call: ast.Call, value: ast.expr, module: Module) -> bool:
    """Whether a call walks what it is given once, from the first to the last."""
    if value not in call.args:
        return False
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in _TAKING
    if any(module.is_builtin(call.func, name) for name in ("list", "tuple", "iter")):
        holder = module.parent(call)
        return isinstance(holder, (ast.For, ast.comprehension)) and holder.iter is call
    return any(module.is_builtin(call.func, name) for name in _WALKING)


def _is_listed(func: ast.Attribute, module: Module) -> bool:
    """`session.execute(query).all()`, `session.scalars(query).all()`, `session.query(Model).all()`."""
    sent = func.value
    if isinstance(sent, ast.Call) and isinstance(sent.func, ast.Attribute) and sent.func.attr in ("execute", "scalars"):
        inner = sent.func.value
        if not sent.args and isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
            inner = inner.func.value
        return is_database(inner, module)
    while isinstance(sent, ast.Call) and isinstance(sent.func, ast.Attribute):
        if sent.func.attr == "query":
            return bool(sent.args) and is_database(sent.func.value, module)
        if sent.func.attr in ("limit", "slice"):
            return False
        sent = sent.func.value
    return False


def _fix(node: ast.Call, value: ast.expr, site: IterationSite, module: Module) -> Fix | None:
    text = module.text(node.func.value)  # type: ignore[attr-defined]
    title = "Iterate over the cursor"
    awaited = module.parent(node)
    if isinstance(awaited, ast.Await):
        if value is not awaited or not isinstance(site, ast.For) or site.iter is not awaited:
            return None
        start, end = module.span(awaited)
        head = module.offset(site.lineno, site.col_offset)
        return Fix(title, (Edit(head, head, "async "), Edit(start, end, text)), Applicability.UNSAFE)
    edits = inline(node, value, text, module)
    return Fix(title, edits, Applicability.UNSAFE) if edits else None
