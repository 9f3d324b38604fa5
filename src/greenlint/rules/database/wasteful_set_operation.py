"""GL413 wasteful-set-operation."""

from __future__ import annotations

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._loops import is_aside
from greenlint.rules.database._statements import WORDS, statements

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from greenlint.rules.database._select import Select
    from greenlint.source.module import Module

_ENDS = frozenset({"HAVING", "ORDER", "LIMIT", "UNION", "INTERSECT", "EXCEPT", "WINDOW", "FOR", "OFFSET", "FETCH"})
_LINKS = frozenset({"ON", "USING", "NATURAL", "CROSS", "WHERE", "LATERAL", "APPLY", "\x00"})


class WastefulSetOperation(FileRule):
    """A query removes duplicates that cannot be there, or joins every row with every row.

    ## Why it wastes

    `UNION` sorts or hashes all rows of both sides to find duplicates, where `UNION ALL` hands them on; `DISTINCT` beside a `GROUP BY` of selected
    columns does so once more, for rows that differ already. A join without a condition makes as many rows as the product of its tables.

    ## When to leave it alone

    Where `UNION` must remove duplicates (`UNION DISTINCT` says so and is left alone), and where all pairs are wanted (`CROSS JOIN` says so). Both cannot be read
    from the query, so they have a confidence of 45; `DISTINCT` is certain where each column of the `GROUP BY` is selected, else 45.

    ## Evidence

    Whole processes, CPython 3.11.7, a file of SQLite: 30,000 rows, five times, 0.365 -> 0.334 s of CPU time, most of both for making the table
    (`python benchmarks/rules/run.py GL413`).
    In preview: no finding at the default confidence in the labelled corpus (`python benchmarks/rules/precision.py CORPUS
    GL413`), so that its precision is not known.
    """

    code = "GL413"
    name = "wasteful-set-operation"
    effect = Effect(
        EffectClass.CONSTANT,
        "looks for duplicates that cannot be there (30,000 rows, five times: 0.365 -> 0.334 s of CPU)",
        "bench GL413",
    )
    words = WORDS
    confidence = 85
    preview = True
    pedantic = True
    examples = (
        Bad(
            "def f(db):\n    return db.execute('SELECT DISTINCT kind, count(*) FROM t GROUP BY kind').fetchall()\n", lines=(2,)
        ),
        Good(
            "def f(db):\n    return db.execute('SELECT kind, count(*) FROM t GROUP BY kind').fetchall()\n", "the groups differ"
        ),
        Good(
            "def f(db):\n    return db.execute('SELECT a FROM t UNION ALL SELECT a FROM u').fetchall()\n",
            "nothing is sorted out",
        ),
        Good("def f(db):\n    return db.execute('SELECT a FROM t JOIN u ON t.i = u.i').fetchall()\n", "a condition"),
    )

    def check(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        """Yield findings for the statements of the file, one for each kind of waste."""
        for statement in statements(module):
            for message, confidence in () if statement.spoken else _wastes(statement.select):
                sure = min(confidence, 45) if is_aside(module.path) else confidence
                yield self.finding(statement.node, module, message, confidence=sure)


def _wastes(select: Select) -> Iterator[tuple[str, int]]:
    words = select.words
    pairs = list(zip(words, [*words[1:], ""]))
    if any(word == "UNION" and after not in ("ALL", "DISTINCT") for word, after in pairs):
        yield "`UNION` looks for duplicates among all rows: write `UNION ALL` where there are none", 45
    elif words[1:2] == ("DISTINCT",) and "GROUP" in words:
        yield "`DISTINCT` beside `GROUP BY` removes duplicates a second time: leave it out", 85 if _are_selected(select) else 45
    if _is_product(select):
        yield "joins every row of one table with every row of the other: give the join a condition", 45


def _are_selected(select: Select) -> bool:
    """Whether each column of the GROUP BY is in the select list, so that no two rows are the same."""
    start = select.words.index("GROUP") + 2
    items: list[list[str]] = [[]]
    for word in select.words[start:]:
        if word in _ENDS:
            break
        if word == ",":
            items.append([])
        else:
            items[-1].append(word)
    names = {column.split(" ")[-1].rpartition(".")[2].strip('"`[]').upper() for column in select.columns}
    return all(len(item) in (1, 2) and (item[-1] in names or item[-1].isdigit()) for item in items)


def _is_product(select: Select) -> bool:
    """`FROM a, b` or `FROM a JOIN b`, and nothing that links them."""
    words = select.words
    if "FROM" not in words or not _LINKS.isdisjoint(words):
        return False
    after = words[words.index("FROM") + 1 :]
    ends = [index for index, word in enumerate(after) if word in _ENDS | {"GROUP"}]
    tables = after[: ends[0]] if ends else after
    return "JOIN" in tables or ("," in tables and select.source != "(")
