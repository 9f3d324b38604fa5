"""GL414 unused-selected-columns."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.data._frame_uses import SQL_LOADERS, given
from greenlint.rules.data._frames import Columns
from greenlint.rules.database._loops import is_aside
from greenlint.rules.database._orm_columns import asked_columns
from greenlint.rules.database._rows import RowUse, row_use
from greenlint.rules.database._select import is_combined
from greenlint.rules.database._sql import HOLE
from greenlint.rules.database._statements import WORDS, statements
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.database._select import Select
    from greenlint.rules.database._statements import Statement
    from greenlint.source.module import Module


_OF_FRAME = 45
"""Of a frame that is read in part, of columns that the query sorts by, or of all."""


class UnusedSelectedColumns(FileRule):
    """A query names columns that nothing reads.

    ## Why it wastes

    Each column is read from disk, sent and made into an object for every row, only to be dropped; a long text costs most.

    ## When to leave it alone

    Where the rows go to other code. The rule follows them within one function only, and speaks when each column that is read there has a
    constant number, a name, or a variable of an unpacking; it is silent for `DISTINCT`, `GROUP BY` and `UNION`, where a column decides which
    rows there are, for columns that the query sorts by under another name, and for computed lists of columns. `values("a", "b")` of Django and
    `select(T.a, T.b)` of SQLAlchemy are read in the same way. For objects (`only("a", "b")`), for fields of MongoDB and for a frame of pandas
    (`read_sql`) of which only some columns are read, the confidence is 45.

    ## Evidence

    Whole processes, CPython 3.11.7, a file of SQLite: five times 50,000 rows, two of five columns read: 0.337 -> 0.220 s of CPU
    time (`python benchmarks/rules/run.py GL414`).
    """

    code = "GL414"
    name = "unused-selected-columns"
    effect = Effect(
        EffectClass.TRANSFER,
        "fetches columns for nothing (five times 50,000 rows, two of five columns read: 0.337 -> 0.220 s of CPU)",
        "bench GL414",
    )
    words = WORDS | {b"projection", b"pymongo", b"motor", b".values('", b'.values("'}
    attributes = frozenset({"find_one", "objects", "only", "query", "values_list", "with_entities"})
    confidence = 85
    examples = (
        Bad(
            "def names(db):\n    for key, name, text in db.execute('SELECT id, name, text FROM notes'):\n        use(key, name)\n",
            lines=(2,),
        ),
        Bad(
            "def names(cur):\n    cur.execute('SELECT id, name, text FROM notes')\n    return {row[0]: row[1] for row in cur.fetchall()}\n",
            lines=(2,),
        ),
        Good(
            "def names(db):\n    for key, name in db.execute('SELECT id, name FROM notes'):\n        use(key, name)\n",
            "all are read",
        ),
        Good(
            "def names(db):\n    return db.execute('SELECT id, name, text FROM notes').fetchall()\n",
            "the caller may read them",
        ),
        Good(
            "def names(db):\n    for name, n in db.execute('SELECT DISTINCT name, kind FROM notes'):\n        use(name)\n",
            "the column decides which rows there are",
        ),
    )

    def check(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        """Yield findings for the statements of the file whose rows are read in part."""
        for statement in statements(module) if module.holds(WORDS) else ():
            select = statement.select
            if statement.call is None or len(select.columns) < 2 or _is_open(select):
                continue
            use = row_use(statement.call, module)
            of_frame = use is None and self.least <= _OF_FRAME
            if of_frame:
                use = _frame_use(statement.call, module)
            unused = _unused(select, use, module) if use is not None else []
            if unused:
                yield self._unread(statement, unused, module, _OF_FRAME if of_frame else self.confidence)
        for asked in asked_columns(module):
            unread = _unread_of(asked.names, asked.names, asked.use, module, asked.free)
            if 0 < len(unread) < len(asked.names):  # rows of which nothing is read are counted, which is another matter
                sure = min(asked.confidence, _OF_FRAME) if is_aside(module.path) else asked.confidence
                yield self.finding(asked.node, module, _said(unread), confidence=sure)

    def _unread(self, statement: Statement, unused: list[str], module: Module, confidence: int) -> Finding:
        everything = len(unused) == len(statement.select.columns)
        doubtful = everything or _is_sorted_by(statement.select, unused) or is_aside(module.path)
        return self.finding(statement.node, module, _said(unused), confidence=_OF_FRAME if doubtful else confidence)


def _frame_use(call: ast.Call, module: Module) -> RowUse | None:
    """Which columns are read of the frame that `pandas.read_sql` makes of the rows; None where it leaves the function."""
    if module.qualified_name(call.func) not in SQL_LOADERS or not given(call) <= {"con", "params", "sql"}:
        return None
    columns = Columns(module, attributes=True)
    known = len(call.args) <= 2 and columns.follow(call)
    return RowUse(frozenset(columns.needed()), (), whole=True, many=True) if known else None


def _is_sorted_by(select: Select, names: list[str]) -> bool:
    """Whether the query sorts by one of the columns."""
    words = select.words
    after = words[words.index("ORDER") :] if "ORDER" in words else ()
    return any(name.upper() in after for name in names)


def _is_open(select: Select) -> bool:
    """Whether the list of columns is not known, or decides which rows there are."""
    return (
        is_combined(select)
        or not select.source
        or any(column[-1] == "*" or HOLE in column or "%" in column for column in select.columns)
    )


def _said(unused: list[str]) -> str:
    names = ", ".join(f"`{name}`" for name in unused[:3]) + (" ..." if len(unused) > 3 else "")
    return f"the query fetches {names}, which nothing reads: leave {'it' if len(unused) == 1 else 'them'} out"


def _unused(select: Select, use: RowUse, module: Module) -> list[str]:
    names = [_name(column) for column in select.columns]
    shown = [name or column[:30] for name, column in zip(names, select.columns, strict=True)]
    return _unread_of(names, shown, use, module)


def _unread_of(
    names: list[str], shown: list[str], use: RowUse, module: Module, free: frozenset[str] = frozenset()
) -> list[str]:
    """Those of the columns that nothing reads; none where something is read that is not one of them."""
    known = [name.lower() for name in names]
    count = len(names)
    read: set[int] = set()
    for key in use.keys:
        if isinstance(key, str):
            if key in free:
                continue
            if key.lower() not in known or "" in known:
                return []
            read |= {index for index, name in enumerate(known) if name == key.lower()}
        elif -count <= key < count:
            read.add(key % count)
        else:
            return []
    for target in use.unpacked:
        if len(target.elts) != count or any(isinstance(item, ast.Starred) for item in target.elts):
            return []
        read |= {index for index, item in enumerate(target.elts) if _is_read(item, module)}
    return [name for index, name in enumerate(shown) if index not in read]


def _name(column: str) -> str:
    """The name that a column goes by: the word after AS, or the last one; "" for a bare expression."""
    last = column.split(" ")[-1].rpartition(".")[2].strip("\"`[]'").lower()
    return last if last.isidentifier() else ""


def _is_read(item: ast.expr, module: Module) -> bool:
    if not isinstance(item, ast.Name):
        return True
    names = names_of(module)
    scope = names.scope(item)
    return scope is None or bool(names.loads(item.id, scope))
