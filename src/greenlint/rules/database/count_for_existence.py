"""GL410 count-for-existence."""

from __future__ import annotations

import ast
import re

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.database._cursors import is_catalogue_query, query_of
from greenlint.rules.database._held import only_value
from greenlint.rules.database._models import is_model_name
from greenlint.rules.database._querysets import MANAGERS, queryset
from greenlint.rules.database._questions import question
from greenlint.rules.database._sql import sql_text
from greenlint.source.flow import final_use
from greenlint.source.infer import dotted, kind_of
from greenlint.source.names import names_of
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_NARROWING = frozenset(
    {"filter", "exclude", "all", "filter_by", "where", "using", "select_related", "prefetch_related", "distinct"}
)
_DJANGO = frozenset({"django", "wagtail", "rest_framework"})
_SINGLE = frozenset({"fetchone", "fetchrow", "fetchval", "scalar", "scalar_one"})
"""Methods that give the one row, or the one value, of a count."""
_COUNTS = re.compile(
    r"\s*select\s+count\s*\([^)]*\)[^,]*?\bfrom\b(?!.*\b(group\s+by|having|union)\b)", re.IGNORECASE | re.DOTALL
)
_COUNTED = 70
_BY_KEY = 45
"""Where the condition compares with a value, which may be that of a key, there is perhaps one row to count."""
_CONDITION = re.compile(r"\bwhere\b.*[^<>!]=", re.IGNORECASE | re.DOTALL)
_ASK_FIRST = "counts all rows to learn whether there are any: use `exists()`, or ask for the first one"
_UNSURE = 35
"""The receiver is not known to stand for rows of a table, or the number may be needed."""


class CountForExistence(FileRule):
    """All rows are counted, or even fetched, to learn whether there are any.

    ## Why it wastes

    A count visits every row that fits; `exists()` (in SQL `SELECT EXISTS (...)` or `LIMIT 1`) stops at the first one. Worse,
    `len(rows.fetchall())` brings all of them into memory.

    ## When to leave it alone

    Where the number is needed anyway, or the rows are fetched for use. The rule speaks of comparisons with 0 or 1 and of bare
    tests only, of chains that start at a manager (`Model.objects`) or narrow one in a file that imports Django, of
    `session.query(Model)`, of cursors, of `SELECT COUNT(*)` and of `if cursor.fetchall():`, both with confidence 70, and 45 where the condition may be about a key. A number
    with a name counts when nothing else reads it. Counts of SQLAlchemy statements have 45, of MongoDB 35. Tests, whose tables are nearly empty, are left alone.

    ## Evidence

    Whole processes, CPython 3.11.7, SQLite: ten questions to a table of 100,000 rows, 0.367 -> 0.083 s of CPU time and 22 -> 13 MB
    when one row is asked for instead of all, making the table included (`python benchmarks/rules/run.py GL410`). It is measured
    with `len(cursor.fetchall())`; `count()` of an ORM does not build the rows, but visits them.
    """

    code = "GL410"
    name = "count-for-existence"
    effect = Effect(
        EffectClass.ASYMPTOTIC, "visits or fetches all rows (100,000 rows, ten times: 0.367 -> 0.083 s of CPU)", "bench GL410"
    )
    confidence = 90
    callees = frozenset({"acount", "count", "count_documents", "fetchall", "len"}) | _SINGLE
    attributes = MANAGERS | _SINGLE | {"acount", "all", "count", "count_documents", "exclude", "fetchall", "filter"}
    examples = (
        Bad(
            "from app.models import User\n\ndef f(name):\n    if User.objects.filter(name=name).count() > 0:\n        go()\n",
            fixed="from app.models import User\n\ndef f(name):\n    if User.objects.filter(name=name).exists():\n        go()\n",
            lines=(4,),
        ),
        Bad(
            "from app.models import User\n\ndef f(name):\n    return User.objects.filter(name=name).count() == 0\n",
            fixed="from app.models import User\n\ndef f(name):\n    return not User.objects.filter(name=name).exists()\n",
            lines=(4,),
        ),
        Bad("def f(cur):\n    cur.execute(q)\n    return len(cur.fetchall()) > 0\n", lines=(3,)),
        Good(
            "from app.models import User\n\ndef f(name):\n    return User.objects.filter(name=name).exists()\n",
            "what it should be",
        ),
        Good(
            "from app.models import User\n\ndef f(name):\n    return User.objects.filter(name=name).count() > 5\n", "a number"
        ),
        Good("def f(xs):\n    return len(xs) > 0\n", "a list"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the number that `node` gives is only asked for being zero."""
        if isinstance(node.func, ast.Attribute) and node.func.attr in _SINGLE:
            yield from self._counted(node, node.func, module)
            return
        if isinstance(node.func, ast.Attribute) and node.func.attr == "fetchall":
            yield from self._fetched(node, module)
            return
        use = final_use(node, module)
        asked, whole = question(use, module)
        if is_test(module.path) or asked is None:
            yield from self._perhaps(node, whole, asked, module)
            return
        if isinstance(node.func, ast.Name):
            yield from self._length(node, whole, module)
            return
        if not isinstance(node.func, ast.Attribute) or (node.func.attr != "count_documents" and (node.args or node.keywords)):
            return
        rows = node.func.value
        is_django = _is_queryset(rows, module)
        if is_django:
            yield self.finding(
                whole,
                module,
                "counts all rows to learn whether there are any: use `exists()`",
                fix=_fix(whole, rows, asked, module) if use is node else None,
            )
        elif _is_query(rows):
            message = "counts all rows to learn whether there are any: ask for the first one (`.first()`, `exists()`)"
            yield self.finding(whole, module, message, confidence=80)
        else:
            yield from self._perhaps(node, whole, asked, module)

    def _counted(self, node: ast.Call, func: ast.Attribute, module: Module) -> Iterator[Finding]:
        """`cursor.execute("SELECT COUNT(*) FROM t")` whose number is only compared with zero."""
        value: ast.AST = final_use(node, module)
        by_name = False
        if func.attr in ("fetchone", "fetchrow"):
            row = module.parent(value)
            if isinstance(row, ast.Subscript) and row.value is value and isinstance(row.slice, ast.Constant):
                value = final_use(row, module)
            else:
                by_name, value = True, _only_column(row, module) or node
        asked, whole = question(value, module) if isinstance(value, ast.expr) else (None, node)
        if asked is not None and _is_count_of_alchemy(node, module):
            yield self.finding(whole, module, _ASK_FIRST, confidence=_UNSURE if is_test(module.path) else _BY_KEY)
            return
        query = _query_of(node, func, module) if asked is not None else ""
        if not _COUNTS.match(query):
            return
        message = "counts all rows to learn whether there are any: `SELECT EXISTS (...)` stops at the first"
        yield self.finding(
            whole,
            module,
            message,
            confidence=_UNSURE if is_test(module.path) else _BY_KEY if by_name or _CONDITION.search(query) else _COUNTED,
        )

    def _fetched(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`if cursor.fetchall():`."""
        asked, whole = question(final_use(node, module), module)
        if asked is None or isinstance(whole, ast.Compare) or not _fetches_rows(node, module):
            return
        query = query_of(node.func.value, module)  # type: ignore[attr-defined]
        text = sql_text(query.args[0], module) if query is not None and query.args else None
        sure = _COUNTED if text is not None and "where" not in text.lower() else _BY_KEY
        message = "fetches all rows to learn whether there are any: use `fetchone()` and `LIMIT 1`"
        yield self.finding(whole, module, message, confidence=_UNSURE if is_test(module.path) else sure)

    def _perhaps(self, node: ast.Call, whole: ast.expr, asked: bool | None, module: Module) -> Iterator[Finding]:
        """`len(rows.all())`, whatever becomes of it, and `rows.count() > 0` of what may be a list."""
        if isinstance(node.func, ast.Name):
            rows = node.args[0] if len(node.args) == 1 and module.is_builtin(node.func, "len") else None
            fetches = (
                isinstance(rows, ast.Call) and isinstance(rows.func, ast.Attribute) and rows.func.attr in ("all", "fetchall")
            )
            if fetches or (rows is not None and _is_queryset(rows, module)):
                yield self.finding(whole, module, "fetches all rows to count them: let the database count", confidence=_UNSURE)
        elif asked is not None and (node.func.attr == "count_documents" or not (node.args or node.keywords)):  # type: ignore[attr-defined]
            yield self.finding(whole, module, _ASK_FIRST, confidence=_UNSURE)

    def _length(self, node: ast.Call, whole: ast.expr, module: Module) -> Iterator[Finding]:
        """`len(cursor.fetchall()) > 0`, `len(Model.objects.filter(...)) > 0`."""
        if not module.is_builtin(node.func, "len") or len(node.args) != 1:
            return
        rows = node.args[0]
        if isinstance(rows, ast.Call) and module.is_builtin(rows.func, "list") and len(rows.args) == 1:
            rows = rows.args[0]
        if isinstance(rows, ast.Name):
            value = only_value(rows, module)
            rows = value if value is not None and _fetches_rows(value, module) else rows
        if (
            _is_queryset(rows, module)
            or _narrows(rows, module)
            or (isinstance(rows, ast.Name) and _is_only_counted(rows, module))
        ):
            yield self.finding(whole, module, "fetches all rows to learn whether there are any: use `exists()`")
        elif _fetches_rows(rows, module):
            message = "fetches all rows to learn whether there are any: use `fetchone()` and `LIMIT 1`"
            yield self.finding(whole, module, message)
        else:
            yield from self._perhaps(node, whole, None, module)


def _query_of(node: ast.Call, func: ast.Attribute, module: Module) -> str:
    """The statement whose one row `node` fetches; "" for an unknown one, and for questions about the database itself."""
    call: ast.Call | None = node if node.args else query_of(func.value, module)
    if call is None or not call.args or is_catalogue_query(call, module):
        return ""
    return sql_text(call.args[0], module) or ""


def _fetches_rows(rows: ast.expr, module: Module) -> bool:
    """`cursor.fetchall()`, but not of the catalogue of the database."""
    if not (isinstance(rows, ast.Call) and isinstance(rows.func, ast.Attribute) and rows.func.attr == "fetchall"):
        return False
    cursor = rows.func.value
    return kind_of(cursor, module) in ("cursor", None) and not is_catalogue_query(cursor, module)


def _chain(rows: ast.expr) -> tuple[ast.expr, list[str]]:
    """Where a chain of method calls starts, and the methods: `User.objects.filter(...).all()` -> User.objects, [all, filter]."""
    methods: list[str] = []
    while isinstance(rows, ast.Call) and isinstance(rows.func, ast.Attribute):
        methods.append(rows.func.attr)
        rows = rows.func.value
    return rows, methods


def _is_queryset(rows: ast.expr, module: Module) -> bool:
    """A chain of a manager of Django."""
    start, methods = _chain(rows)
    if not all(method in _NARROWING for method in methods):
        return False
    if isinstance(start, ast.Attribute) and start.attr == "objects" and is_model_name(start.value):
        return True
    known = not module.packages.isdisjoint(_DJANGO)
    return known and bool(methods) and isinstance(start, ast.Attribute) and not _is_sqlalchemy(methods)


def _is_only_counted(rows: ast.Name, module: Module) -> bool:
    """Whether the name stands for a queryset of a model and is read nowhere else, so that its rows serve nothing else."""
    known = queryset(rows, module)
    return known is not None and known.model is not None and bool(known.calls) and final_use(known.calls[-1], module) is rows


def _narrows(rows: ast.expr, module: Module) -> bool:
    """A new question to a queryset that has a name: `known.filter(public=True)`."""
    known = queryset(rows, module) if isinstance(rows, ast.Call) else None
    return known is not None and known.model is not None and bool(known.methods)


def _only_column(holder: ast.AST | None, module: Module) -> ast.expr | None:
    """The one mention of `n` after `(n,) = cursor.fetchone()`."""
    target = holder.targets[0] if isinstance(holder, ast.Assign) and len(holder.targets) == 1 else None
    name = target.elts[0] if isinstance(target, (ast.Tuple, ast.List)) and len(target.elts) == 1 else None
    scope = names_of(module).scope(name) if isinstance(name, ast.Name) else None
    if scope is None or not isinstance(name, ast.Name) or len(names_of(module).bindings(name.id, scope)) != 1:
        return None
    loads = names_of(module).loads(name.id, scope)
    return loads[0] if len(loads) == 1 else None


def _is_count_of_alchemy(node: ast.Call, module: Module) -> bool:
    """`session.scalar(select(func.count()).select_from(T))`, `session.query(func.count(T.id)).scalar()`."""
    parts = list(ast.walk(node))
    for part in [*parts]:
        value = only_value(part, module) if isinstance(part, ast.Name) else None
        parts += ast.walk(value) if value is not None else []
    names = {part.attr for part in parts if isinstance(part, ast.Attribute)}
    counts = any(isinstance(p, ast.Call) and (dotted(p.func) or "").endswith("func.count") for p in parts)
    return counts and names.isdisjoint({"group_by", "having"})


def _is_sqlalchemy(methods: list[str]) -> bool:
    return not {"filter_by", "where", "query"}.isdisjoint(methods)


def _is_query(rows: ast.expr) -> bool:
    """`session.query(Model).filter(...)`."""
    start, methods = _chain(rows)
    return (
        methods[-1:] == ["query"]
        and all(method in _NARROWING for method in methods[:-1])
        and isinstance(start, (ast.Name, ast.Attribute))
    )


def _fix(whole: ast.expr, rows: ast.expr, asked: bool, module: Module) -> Fix | None:
    text = module.text(whole)
    if "#" in text or "\n" in text:
        return None
    question = f"{module.text(rows)}.exists()"
    if not asked:
        question = f"not {question}"
        if not isinstance(module.parent(whole), (ast.If, ast.While, ast.Return, ast.Assign, ast.BoolOp, ast.Assert)):
            question = f"({question})"
    return FileRule.replace(whole, question, module, "Ask whether there are any", Applicability.UNSAFE)
