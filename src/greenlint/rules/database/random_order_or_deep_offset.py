"""GL412 random-order-or-deep-offset."""

from __future__ import annotations

import ast
import re

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._loops import changing_names, is_aside, mentions_any
from greenlint.rules.database._querysets import queryset
from greenlint.rules.database._statements import WORDS, statements
from greenlint.source.repeat import enclosing_loops, is_short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.database._statements import Statement
    from greenlint.source.module import Module

_RANDOM = re.compile(r"\border\s+by\s+(?:random|rand|newid|dbms_random\.value|randomuuid)\b", re.IGNORECASE)
_OFFSET = re.compile(r"\boffset\s+(?:(\d+)|[%?:@$\x00])|\blimit\s+[%?:@$\x00][\w()]*\s*,", re.IGNORECASE)
_DEEP = 1000
_FEW = frozenset({"first", "get", "last", "limit", "one", "scalar"})
_PICK = "sorts every row that fits by chance to pick a few: draw keys in Python, or use a random offset of the key"
_PAGE = "each page reads and skips all pages before it: remember the last key and ask for what follows (`WHERE id > ?`)"


class RandomOrderOrDeepOffset(FileRule):
    """A query sorts a whole table by chance, or skips thousands of rows to reach a page.

    ## Why it wastes

    `ORDER BY RANDOM()` (in Django `order_by("?")`) gives every row a number and sorts them all, for one. `OFFSET n` reads n rows and throws
    them away: a loop over all pages reads the table once per page, so that its work grows with the square of the number of rows.

    ## When to leave it alone

    For small tables, and where the sort is narrowed to few rows by a condition: then the confidence is 50. An
    OFFSET counts where a loop moves it, or where it is written as 1,000 or more; single pages that a reader asks for are usual and
    have a confidence of 30.

    ## Evidence

    Whole processes, CPython 3.11.7, a file of SQLite, random picks and all pages of a table:
    1.070 -> 0.135 s of CPU time for ten picks and 500 pages of 50,000 rows (`python benchmarks/rules/run.py GL412`).
    """

    code = "GL412"
    name = "random-order-or-deep-offset"
    effect = Effect(
        EffectClass.ASYMPTOTIC,
        "work for every row, or every page before (ten picks and 500 pages of 50,000 rows: 1.070 -> 0.135 s of CPU)",
        "bench GL412",
    )
    confidence = 85
    callees = frozenset({"order_by", "offset"})
    words = WORDS
    attributes = callees
    examples = (
        Bad(
            "def pick(db):\n    return db.execute('SELECT name FROM players ORDER BY RANDOM() LIMIT 1').fetchone()\n",
            lines=(2,),
        ),
        Bad("from app.models import Player\n\ndef pick():\n    return Player.objects.order_by('?').first()\n", lines=(4,)),
        Bad(
            "def pages(db):\n    start = 0\n    while True:\n"
            "        rows = db.execute('SELECT id FROM t ORDER BY id LIMIT 100 OFFSET ?', (start,)).fetchall()\n"
            "        if not rows:\n            break\n        use(rows)\n        start += 100\n",
            lines=(4,),
        ),
        Good(
            "def pages(db, last):\n    return db.execute('SELECT id FROM t WHERE id > ? ORDER BY id LIMIT 100', (last,))\n",
            "by key",
        ),
        Good("def page(db, start):\n    return db.execute('SELECT id FROM t LIMIT 100 OFFSET ?', (start,))\n", "one page"),
    )

    def check(self, node: ast.Module | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield findings for the statements of a file, or for a call of an ORM."""
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and len(node.args) == 1:
                yield from self._orm(node, node.func, module)
            return
        for statement in statements(module):
            if not statement.spoken:
                yield from self._statement(statement, module)

    def _statement(self, statement: Statement, module: Module) -> Iterator[Finding]:
        words = statement.select.words
        if _RANDOM.search(statement.text):
            few = not {"LIMIT", "TOP", "FETCH"}.isdisjoint(words)
            sure = self.confidence if few and "WHERE" not in words else 50
            yield self.finding(statement.node, module, _PICK, confidence=self._here(sure, module))
        match = _OFFSET.search(statement.text)
        if match is None or not {"OFFSET", "LIMIT"}.intersection(words):
            return
        if match[1] is not None:
            sure = 75 if int(match[1]) >= _DEEP else 0
        else:
            call = statement.call
            sure = (
                80
                if call is not None and _moves(call, [*_offsets(call, statement.text, match.end()), statement.node], module)
                else 30
            )
        if sure:
            yield self.finding(statement.node, module, _PAGE, confidence=self._here(sure, module))

    def _orm(self, node: ast.Call, func: ast.Attribute, module: Module) -> Iterator[Finding]:
        argument = node.args[0]
        if func.attr == "order_by" and _is_random(argument):
            sure = self.confidence if _picks_few(node, module) and not _is_narrowed(func.value) else 50
            yield self.finding(node, module, _PICK, confidence=self._here(sure, module))
        elif func.attr == "offset" and _is_sqlalchemy(node, module):
            sure = 75 if _moves(node, [argument], module) else 25
            yield self.finding(node, module, _PAGE, confidence=self._here(sure, module))

    def _here(self, sure: int, module: Module) -> int:
        return min(sure, 50) if is_aside(module.path) else sure


def _is_random(argument: ast.expr) -> bool:
    """`"?"`, `func.random()`, `Random()`."""
    if isinstance(argument, ast.Constant):
        return argument.value == "?"
    if isinstance(argument, ast.Call):
        name = argument.func.attr if isinstance(argument.func, ast.Attribute) else getattr(argument.func, "id", "")
        holder = argument.func.value if isinstance(argument.func, ast.Attribute) else None
        known = isinstance(holder, (ast.Name, ast.Attribute)) and (
            getattr(holder, "id", "") or getattr(holder, "attr", "")
        ) in ("func", "fn")
        return (known and name in ("random", "rand", "newid", "Random")) or (name == "Random" and holder is None)
    return False


def _picks_few(node: ast.Call, module: Module) -> bool:
    """Whether only some of the rows are taken: `.first()`, `[:5]`, `.limit(1)`."""
    value: ast.AST = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.Attribute):
            if ancestor.attr in _FEW:
                return True
        elif isinstance(ancestor, ast.Subscript):
            return ancestor.value is value
        elif not isinstance(ancestor, ast.Call) or ancestor.func is not value:
            return False
        value = ancestor
    return False


def _is_narrowed(rows: ast.expr) -> bool:
    """Whether a condition comes before the sort, or may: where the chain starts at a name, that name's rows are not known."""
    first = ""
    while isinstance(rows, ast.Call) and isinstance(rows.func, ast.Attribute):
        first = rows.func.attr
        if first in ("filter", "where", "filter_by", "exclude"):
            return True
        rows = rows.func.value
    return first not in ("query", "select") and not isinstance(rows, (ast.Attribute, ast.Call))


def _is_sqlalchemy(node: ast.Call, module: Module) -> bool:
    if module.packages.isdisjoint({"sqlalchemy", "flask_sqlalchemy", "sqlmodel", "peewee", "sqlite_utils"}):
        return False
    return queryset(node, module) is None


def _offsets(call: ast.Call, text: str, end: int) -> list[ast.expr]:
    """The values that may stand for the placeholder of OFFSET, which ends at `end` or goes on there."""
    values = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    if len(values) != 1:
        return values
    if isinstance(values[0], ast.Dict):
        name = re.match(r"\(?(\w+)", text[end:])
        wanted = name[1] if name else ""
        return [v for k, v in zip(values[0].keys, values[0].values) if isinstance(k, ast.Constant) and k.value == wanted]
    if isinstance(values[0], (ast.Tuple, ast.List)):
        before = len(re.findall(r"\?|%s", text[: end + 1]))
        return values[0].elts[before - 1 : before] if before else values
    return values


def _moves(call: ast.Call, values: list[ast.expr], module: Module) -> bool:
    """Whether a loop runs the call and changes one of the values."""
    for loop in enclosing_loops(call, module):
        if not is_short(loop, module):
            changing = changing_names(loop, module)
            return any(mentions_any(value, changing) for value in values)
    return False
