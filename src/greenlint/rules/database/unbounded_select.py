"""GL403 unbounded-select."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._loops import is_aside
from greenlint.rules.database._mentions import mentions_after
from greenlint.rules.database._select import is_bounded
from greenlint.rules.database._statements import WORDS, statements
from greenlint.rules.database._whole_tables import whole_tables
from greenlint.source.flow import final_use
from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.database._select import Select
    from greenlint.rules.database._statements import Statement
    from greenlint.source.module import Module

_FETCHES = ("fetchall", "all", "fetch_all")
_ALL_ROWS = "fetches all rows that fit, however many: bound them with `LIMIT` where not all are needed"
_TABLE = 30
"""An ORM fetches a whole table, which may be small."""
_WHOLE = frozenset({"fetch", "fetch_all", "read_sql", "read_sql_query"})
"""Calls that send the statement and give all of its rows."""
_SINGLE = frozenset(
    {"fetch_one", "fetchone", "fetchval", "first", "one", "one_or_none", "scalar", "scalar_one", "scalar_one_or_none"}
)
"""Methods that take one row of the result."""


class UnboundedSelect(FileRule):
    """A query fetches all rows of a table without a LIMIT, and the code keeps the first few.

    ## Why it wastes

    The database reads and sends every row, the driver makes an object of each, and memory grows with the table; `LIMIT` stops
    after the rows that are wanted.

    ## When to leave it alone

    Where all rows are needed. The default view speaks only where the same function takes the first rows of `fetchall()`
    by a constant index or slice, and the query has no condition (or is sorted, so that many rows are expected). Other queries
    without LIMIT and aggregate have a confidence below 50: whether a table is large is not written in the code; so have `session.query(Model).all()` and
    `list(Model.objects.all())`. It is silent for a query
    with a condition of which one row is taken (`fetchone()`).

    ## Evidence

    Whole processes, CPython 3.11.7, SQLite: five times the first ten of 50,000 rows: 0.258 -> 0.131 s of CPU time
    and 25 -> 16 MB (`python benchmarks/rules/run.py GL403`).
    In preview: no finding at the default confidence in the labelled corpus (`python benchmarks/rules/precision.py CORPUS
    GL403`), so that its precision is not known.
    """

    code = "GL403"
    name = "unbounded-select"
    effect = Effect(
        EffectClass.ASYMPTOTIC, "fetches every row (five times ten of 50,000 rows: 0.258 -> 0.131 s of CPU)", "bench GL403"
    )
    words = WORDS
    attributes = frozenset({"all", "objects", "read_sql_table"})
    confidence = 85
    preview = True
    examples = (
        Bad(
            "def latest(cur):\n    cur.execute('SELECT name FROM log ORDER BY at DESC')\n    return cur.fetchall()[0]\n",
            lines=(2,),
        ),
        Bad("def top(db):\n    return db.execute('select name from players order by points').fetchall()[:10]\n", lines=(2,)),
        Good(
            "def top(db):\n    return db.execute('select name from players order by points limit 10').fetchall()\n", "bounded"
        ),
        Good("def number(db):\n    return db.execute('select count(*) from players').fetchall()[0][0]\n", "one row"),
        Good(
            "def one(db, key):\n    return db.execute('select name from players where id = ?', (key,)).fetchall()[0]\n",
            "one row",
        ),
    )

    def check(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        """Yield findings for the statements of the file that nothing bounds."""
        for statement in statements(module) if module.holds(WORDS) else ():
            if not statement.spoken and not is_bounded(statement.select) and not _takes_one(statement, module):
                yield self._judged(statement, module)
        for call in whole_tables(module) if self.least <= _TABLE and not is_aside(module.path) else ():
            yield self.finding(call, module, _ALL_ROWS, confidence=_TABLE)

    def _judged(self, statement: Statement, module: Module) -> Finding:
        fetch = _fetch(statement, module)
        few = fetch is not None and _keeps_few(fetch, module)
        many = "WHERE" not in statement.select.words or "ORDER" in statement.select.words
        if few and many:
            message = "fetches all rows and keeps the first: say so in the query (`LIMIT`), or `fetchone()`"
            return self.finding(statement.node, module, message, confidence=50 if is_aside(module.path) else self.confidence)
        return self.finding(statement.node, module, _ALL_ROWS, confidence=_doubtful(statement.select, fetch))


def _takes_one(statement: Statement, module: Module) -> bool:
    """`execute("SELECT ... WHERE id = ?").fetchone()`: a row is looked up, and no other is fetched."""
    call = statement.call
    method = module.parent(call) if call is not None else None
    if call is not None and isinstance(method, ast.Expr) and isinstance(call.func, ast.Attribute):  # the cursor gives the row
        first = next(mentions_after(dotted(call.func.value) or "", call, module), None)
        method = module.parent(first) if first is not None else None
    return isinstance(method, ast.Attribute) and method.attr in _SINGLE and "WHERE" in statement.select.words


def _doubtful(select: Select, fetch: ast.expr | None) -> int:
    return (40 if "WHERE" not in select.words else 30) - (0 if fetch is not None else 10)


def _fetch(statement: Statement, module: Module) -> ast.expr | None:
    """The expression that holds all rows of a statement."""
    call = statement.call
    if call is None or not isinstance(call.func, ast.Attribute):
        return None
    if call.func.attr in _WHOLE:
        return call
    holder = module.parent(call)
    if isinstance(holder, ast.Attribute):
        return _fetching(holder, module)
    path = dotted(call.func.value)
    if path is None or not isinstance(module.statement(call), ast.Expr):
        return None
    first = next(mentions_after(path, call, module), None)
    method = module.parent(first) if first is not None else None
    return _fetching(method, module) if isinstance(method, ast.Attribute) else None


def _fetching(method: ast.Attribute, module: Module) -> ast.expr | None:
    call = module.parent(method)
    return call if isinstance(call, ast.Call) and call.func is method and method.attr in _FETCHES else None


def _keeps_few(rows: ast.expr, module: Module) -> bool:
    """`rows[0]`, `rows[:10]`, and no other use."""
    use = final_use(rows, module)
    holder = module.parent(use)
    if not (isinstance(holder, ast.Subscript) and holder.value is use):
        return False
    index = holder.slice
    if isinstance(index, ast.Slice):
        return index.lower is None and index.step is None and _is_number(index.upper)
    return _is_number(index)


def _is_number(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int
