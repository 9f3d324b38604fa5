"""GL402 select-star."""

from __future__ import annotations

import ast
import re

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._loops import is_aside
from greenlint.rules.database._rows import row_use
from greenlint.rules.database._select import is_combined
from greenlint.rules.database._statements import WORDS, statements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.database._rows import RowUse
    from greenlint.rules.database._statements import Statement
    from greenlint.source.module import Module

_FEW_COLUMNS = 4
"""A function that reads more columns may read all that there are."""
_CATALOGUES = ("SQLITE_", "INFORMATION_SCHEMA", "PG_", "SYS", "V$", "ALL_", "USER_", "DBA_", "GENERATE_SERIES", "UNNEST")
_UNWRITTEN = 35
"""The statement is put together elsewhere, or by a library."""
_BEGINNING = re.compile(r"\s*select\s+(?:distinct\s+)?(?:\w+\.)?\*\s*", re.IGNORECASE)


class SelectStar(FileRule):
    """`SELECT *` fetches all columns of a table where the code reads a few of them.

    ## Why it wastes

    The database reads, sends and converts every column, long texts and blobs included, and an index that holds the wanted columns
    cannot answer alone. A list of columns fetches what is used, and a column that is added later costs nothing.

    ## When to leave it alone

    Where all columns are used, or a few rows are read. So the default view speaks only where the same function walks or counts many rows
    and reads one or two columns by name, or at most four by number with two others between them. A star whose statement is put together elsewhere, or whose rows go elsewhere or are taken
    apart into variables, a single row, rows of one key, tests and migrations have a confidence of 50 or less. The rule is silent for `COUNT(*)`, stars within `EXISTS` and other subqueries,
    stars over a subquery or a CTE that names its columns, table functions, and texts that are printed or compared.

    ## Evidence

    Whole processes, CPython 3.11.7, a file of SQLite with 12 columns: 0.512 -> 0.196 s of CPU time for five times 50,000 rows, of which one column is read
    (`python benchmarks/rules/run.py GL402`).
    In preview: real code hardly reads such rows in the function that asks for them: 2 findings in the labelled corpus
    (`python benchmarks/rules/precision.py CORPUS GL402`), both right, are too few to know the precision.
    """

    code = "GL402"
    name = "select-star"
    effect = Effect(
        EffectClass.TRANSFER,
        "fetches every column (five times 50,000 rows of 12 columns, one read: 0.512 -> 0.196 s of CPU)",
        "bench GL402",
    )
    words = WORDS | {b"read_sql_table"}
    confidence = 80
    preview = True
    examples = (
        Bad("def names(db):\n    for row in db.execute('SELECT * FROM users'):\n        use(row['name'])\n", lines=(2,)),
        Bad(
            "def mails(cur):\n    cur.execute('select * from users where points > 9')\n    rows = cur.fetchall()\n"
            "    return [row[3] for row in rows]\n",
            lines=(2,),
        ),
        Good(
            "def names(db):\n    for row in db.execute('SELECT name FROM users'):\n        use(row['name'])\n",
            "the column has a name",
        ),
        Good("def number(db):\n    return db.execute('SELECT COUNT(*) FROM users').fetchone()[0]\n", "no columns"),
        Good("def rows(db):\n    return db.execute('SELECT * FROM users').fetchall()\n", "who knows what the caller reads"),
    )

    def check(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        """Yield findings for the statements of the file that send a star."""
        for statement in statements(module) if module.holds(WORDS) else ():
            if statement.select.star and not statement.spoken:
                yield self._judged(statement, module)
        for found in _unwritten(module) if self.least <= _UNWRITTEN and not is_aside(module.path) else ():
            message = "fetches all columns of the table; name the columns that are read"
            yield self.finding(found, module, message, confidence=_UNWRITTEN)

    def _judged(self, statement: Statement, module: Module) -> Finding:
        use = row_use(statement.call, module) if statement.call is not None else None
        confidence = _confidence(statement, use)
        if is_aside(module.path):
            confidence = min(confidence, 50)
        read = "name the columns that are read"
        if use is not None and not use.unpacked:
            count = len(use.keys)
            read = f"the code reads {count} of them: name {'it' if count == 1 else 'them'}" if count else "no column is read"
        message = f"`SELECT *` fetches all columns of the table; {read}"
        return self.finding(statement.node, module, message, confidence=confidence)


def _confidence(statement: Statement, use: RowUse | None) -> int:
    select = statement.select
    words = " ".join(select.words)
    if statement.call is None:
        return 35
    if "LIMIT 0" in words or "WHERE 1" in words or select.source.startswith(_CATALOGUES):
        return 30
    if use is None or is_combined(select):
        return 45
    if use.unpacked:
        return 30
    if not use.many:
        return 50
    if "WHERE" in select.words and "=" in select.words and not {"<", ">", "ORDER", "BETWEEN"}.intersection(select.words):
        return 50  # hardly more than a few rows
    numbers = [key for key in use.keys if isinstance(key, int)]
    if len(use.keys) > (2 if not numbers else _FEW_COLUMNS):
        return 50
    return 50 if len(use.keys) > 1 and numbers and max(numbers) < len(numbers) + 1 else 80


def _unwritten(module: Module) -> Iterator[ast.expr]:
    """`sql = "SELECT * "`, to which the rest is added; `client.table("t").select("*")`; `read_sql_table("t", con)`."""
    for call in module.calls("select"):
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        start = owner.func.attr if isinstance(owner, ast.Call) and isinstance(owner.func, ast.Attribute) else ""
        first = call.args[0] if call.args else None
        if start in ("table", "from_") and isinstance(first, ast.Constant) and first.value == "*":
            yield call
    for call in module.calls("read_sql_table"):
        if all(keyword.arg != "columns" for keyword in call.keywords):
            yield call
    for node in module.index.by_class.get(ast.Constant, ()):
        if isinstance(node, ast.Constant) and node.value.__class__ is str and _BEGINNING.fullmatch(node.value):
            holder = module.parent(node)
            adds = isinstance(holder, ast.Call) and isinstance(holder.func, ast.Attribute) and holder.func.attr == "append"
            if adds or isinstance(holder, (ast.Assign, ast.AnnAssign, ast.List)):
                yield node
