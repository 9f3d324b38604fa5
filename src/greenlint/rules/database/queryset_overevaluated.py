"""GL405 queryset-overevaluated."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.database._loops import is_aside
from greenlint.rules.database._models import is_session_query
from greenlint.rules.database._querysets import MANAGERS, QuerySet, queryset
from greenlint.rules.database._questions import question
from greenlint.source.flow import final_use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module


class QuerysetOverevaluated(FileRule):
    """A queryset is fetched whole where the database could count, test or cut it.

    ## Why it wastes

    `len(queryset)` and a bare `if queryset:` fetch every row and make an object of each, to learn a number or a yes; `count()` and
    `exists()` leave the rows in the database. `list(queryset)[0]` fetches all of them for one.

    ## When to leave it alone

    Where the rows are used as well: a queryset keeps what it fetched, so `len` after a loop is free and a test before a loop costs nothing. The
    default view speaks only of querysets that have no other use in the function: chains that stand in the `len`, `if` or subscript itself,
    or a name that is read once. `.all()` of unknown objects and of relations, which may be prefetched, and loops over all rows of a
    table without `iterator()` have a confidence below 60. Comparisons with zero are the matter of GL410.

    ## Evidence

    Whole processes, CPython 3.11.7, SQLite with the statements that Django sends: 20,000 rows counted ten times, 0.366 -> 0.051 s of
    CPU time and 22 -> 15 MB
    (`python benchmarks/rules/run.py GL405`). The objects that Django makes of each row come on top.
    """

    code = "GL405"
    name = "queryset-overevaluated"
    effect = Effect(
        EffectClass.ASYMPTOTIC, "fetches all rows for a number (20,000 rows, ten times: 0.366 -> 0.051 s of CPU)", "bench GL405"
    )
    confidence = 90
    callees = frozenset({"len", "list", "sum", "all", "filter", "exclude", "order_by"})
    attributes = MANAGERS | {"all", "filter", "exclude"}
    examples = (
        Bad(
            "from app.models import User\n\ndef number():\n    return len(User.objects.filter(active=True))\n",
            fixed="from app.models import User\n\ndef number():\n    return User.objects.filter(active=True).count()\n",
            lines=(4,),
        ),
        Bad(
            "from app.models import User\n\ndef known(name):\n    if User.objects.filter(name=name):\n        return 1\n    return 0\n",
            fixed="from app.models import User\n\ndef known(name):\n    if User.objects.filter(name=name).exists():\n        return 1\n    return 0\n",
            lines=(4,),
        ),
        Bad("from app.models import User\n\ndef first():\n    return list(User.objects.all())[0]\n", lines=(4,)),
        Good("from app.models import User\n\ndef number():\n    return User.objects.count()\n", "what it should be"),
        Good(
            "from app.models import User\n\ndef show():\n    users = User.objects.all()\n    print(len(users))\n    for user in users:\n"
            "        use(user)\n",
            "the rows are used as well, and kept",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when a queryset is fetched for less than its rows."""
        if isinstance(node.func, ast.Name):
            if len(node.args) == 1 and not node.keywords:
                check = {"len": self._length, "list": self._listed, "sum": self._summed}.get(node.func.id)
                yield from check(node, module) if check is not None else ()
        elif isinstance(node.func, ast.Attribute):
            yield from self._chain(node, node.func, module)

    def _length(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`len(queryset)`, not compared with zero."""
        if not module.is_builtin(node.func, "len") or question(node, module)[0] is not None:
            return
        rows, message = node.args[0], "fetches all rows to count them: use `count()`"
        rows = _listed_rows(rows, module)
        known = _single(rows, module)
        if known is not None:
            fix = _called(node, rows, "count", module) if isinstance(rows, ast.Call) else None
            yield self.finding(node, module, message, fix=fix, confidence=self._sure(known, module))
        elif _is_all(rows):
            sure = 80 if is_session_query(rows) and not is_aside(module.path) else 50
            yield self.finding(node, module, message, confidence=sure)

    def _summed(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`sum(1 for row in queryset)`."""
        rows = node.args[0]
        if not isinstance(rows, ast.GeneratorExp) or not isinstance(rows.elt, ast.Constant) or rows.elt.value != 1:
            return
        one = rows.generators[0]
        if len(rows.generators) == 1 and not one.ifs and _single(one.iter, module) is not None:
            yield self.finding(node, module, "fetches all rows to count them: use `count()`", confidence=50)

    def _listed(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`list(queryset)[0]`, `list(queryset)[:10]`."""
        holder = module.parent(node)
        if not module.is_builtin(node.func, "list"):
            return
        known = queryset(node.args[0], module)
        if known is None or not known.methods:
            return
        if isinstance(holder, ast.Subscript) and holder.value is node and _is_head(holder.slice):
            message = "fetches all rows for the first: cut the queryset itself (`[:n]`, `first()`)"
            yield self.finding(holder, module, message, confidence=self._sure(known, module))
        elif isinstance(holder, (ast.For, ast.comprehension)) and holder.iter is node:
            message = "`list()` copies the rows that the queryset keeps anyway: walk the queryset, or its `iterator()`"
            yield self.finding(node, module, message, confidence=45)

    def _chain(self, node: ast.Call, func: ast.Attribute, module: Module) -> Iterator[Finding]:
        """`if queryset:`, `queryset.len()`, and a loop over a whole table."""
        if func.attr in ("len", "list"):
            known = queryset(func.value, module) if func.attr == "len" else None
            if known is not None and known.methods:
                yield self.finding(node, module, "fetches all rows to count them: use `count()`", confidence=45)
            return
        if isinstance(module.parent(node), ast.Attribute):
            return
        known = queryset(node, module)
        if known is None:
            yield from self._session(node, module)
            return
        use = final_use(node, module)
        holder = module.parent(use)
        if question(use, module)[0] is not None and not isinstance(holder, ast.Compare):
            fix = _called(use, use, "exists", module) if use is node else None
            message = "fetches all rows to learn whether there are any: use `exists()`"
            yield self.finding(use, module, message, fix=fix, confidence=self._sure(known, module))
        elif isinstance(holder, ast.For) and known.methods == ("all",) and known.model:
            message = "keeps all objects of the table at once: walk `iterator()` where they are needed once"
            yield self.finding(use, module, message, confidence=30)

    def _session(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`if session.query(Model).all():`."""
        use = final_use(node, module)
        if question(use, module)[0] is not None and not isinstance(module.parent(use), ast.Compare) and is_session_query(node):
            message = "fetches all rows to learn whether there are any: ask for the first one (`.first()`)"
            yield self.finding(use, module, message, confidence=50 if is_aside(module.path) else 80)

    def _sure(self, known: QuerySet, module: Module) -> int:
        if is_aside(module.path) or "distinct" in known.methods:
            return 50
        if known.model is None:  # all rows of a relation may be prefetched, a part of them never is
            return 55 if {"filter", "exclude"}.isdisjoint(known.methods) else 75
        return self.confidence


def _single(rows: ast.expr, module: Module) -> QuerySet | None:
    """The queryset in `len(...)` when nothing else uses it."""
    known = queryset(rows, module)
    if known is None or not known.methods:
        return None
    if isinstance(rows, ast.Call):
        return known
    if isinstance(rows, ast.Name) and known.calls and final_use(known.calls[-1], module) is rows:
        return known
    return None


def _listed_rows(rows: ast.expr, module: Module) -> ast.expr:
    """`list(queryset)`, `[row for row in queryset]` -> the queryset: a list that is only counted changes nothing."""
    if isinstance(rows, ast.ListComp) and isinstance(rows.elt, ast.Name) and len(rows.generators) == 1:
        one = rows.generators[0]
        return rows if one.ifs or one.is_async else one.iter
    if isinstance(rows, ast.Call) and len(rows.args) == 1 and not rows.keywords and module.is_builtin(rows.func, "list"):
        return rows.args[0]
    return rows


def _is_all(rows: ast.expr) -> bool:
    """`query.all()` of something that is not known."""
    return isinstance(rows, ast.Call) and isinstance(rows.func, ast.Attribute) and rows.func.attr == "all" and not rows.args


def _is_head(index: ast.expr) -> bool:
    if isinstance(index, ast.Slice):
        return (
            index.lower is None and index.upper is not None and index.step is None and not isinstance(index.upper, ast.UnaryOp)
        )
    return isinstance(index, ast.Constant) and type(index.value) is int


def _called(whole: ast.expr, rows: ast.expr, method: str, module: Module) -> Fix | None:
    text = module.text(whole)
    if "#" in text or "\n" in text:
        return None
    return FileRule.replace(whole, f"{module.text(rows)}.{method}()", module, "Ask the database", Applicability.UNSAFE)
