"""GL411 filter-in-python."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._columns import is_decidable, row_names
from greenlint.rules.database._conditions import Source, field_of, known_level, level, methods_of
from greenlint.rules.database._firsts import CALLEES, Waste, is_few, kept_few, membership, stopped
from greenlint.rules.database._held import held_rows, is_selected
from greenlint.rules.database._loops import facts_of, is_aside
from greenlint.rules.database._models import is_session_query
from greenlint.rules.database._querysets import queryset, queryset_of_loop
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_PERHAPS = 45
"""Below the default threshold: the statement may make the column out of others, or the rows may serve twice."""


class FilterInPython(FileRule):
    """All rows of a table are fetched, and an `if` throws most of them away.

    ## Why it wastes

    Every row is read, sent and made into an object; a condition in the query (`filter(active=True)`, `WHERE`) leaves the others in the
    database, which may have an index for it.

    ## When to leave it alone

    Where the condition is a matter of Python: a method, a property, a set that the database does not know. The default view speaks of
    conditions that compare a plain field of the object with a constant or a variable that the loop does not change, in a comprehension
    or in a loop that does nothing with the other rows. For a model that this file does not define, an attribute may
    be a property: then the confidence is lower, and below 60 for a bare attribute. At 25 to 50, for `--pedantic`, it also speaks of rows of a
    statement, of `values()`, of SQLAlchemy, peewee, Tortoise and MongoDB, of other conditions that a database knows (two fields, the
    start of a text, a field of a relation), and of rows fetched for one of them: `session.query(Model).all()[0]`, `any(...)`, `max(...)`,
    `row in rows`, a loop that stops at a number. Rows that have another use are left alone.

    ## Evidence

    Whole processes, CPython 3.11.7, a file of SQLite: one row in a hundred of 20,000 kept, ten times: 0.301 -> 0.048 s of CPU time and
    22 -> 15 MB (`python benchmarks/rules/run.py GL411`).
    In preview: 1 finding in the labelled corpus (`python benchmarks/rules/precision.py CORPUS GL411`) outside of
    migrations, which is right, is too few to know the precision.
    """

    code = "GL411"
    name = "filter-in-python"
    effect = Effect(
        EffectClass.TRANSFER,
        "fetches rows to drop them (one in a hundred of 20,000 kept, ten times: 0.301 -> 0.048 s of CPU)",
        "bench GL411",
    )
    confidence = 90
    preview = True
    callees = CALLEES | {"filter"}
    examples = (
        Bad(
            "from app.models import User\n\ndef of(city):\n    return [user for user in User.objects.all() if user.city == city]\n",
            lines=(4,),
        ),
        Bad(
            "def of(session, city):\n    return [user for user in session.query(User).all() if user.city == city]\n",
            lines=(2,),
        ),
        Bad(
            "from app.models import User\n\ndef mail():\n    for user in User.objects.all():\n        if user.kind == 'reader':\n"
            "            send(user)\n",
            lines=(4,),
        ),
        Good(
            "from app.models import User\n\ndef of(city):\n    return list(User.objects.filter(city=city))\n",
            "what it should be",
        ),
        Good(
            "from app.models import User\n\ndef grown():\n    return [user for user in User.objects.all() if user.may_vote()]\n",
            "a method of Python",
        ),
        Good(
            "from app.models import User\n\ndef mail():\n    for user in User.objects.all():\n        if user.kind == 'reader':\n"
            "            send(user)\n        else:\n            forget(user)\n",
            "the others are used as well",
        ),
    )

    def check(self, node: ast.For | ast.AsyncFor | ast.comprehension | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when rows are fetched that a condition, an order or a limit of the query would have left out."""
        if not isinstance(node, ast.Call):
            yield from self._loop(node, module)
            return
        found = False
        if isinstance(node.func, ast.Name) and node.func.id in ("filter", "max", "min", "sorted"):
            for finding in self._filter(node, module) if node.func.id == "filter" else self._extreme(node, node.func, module):
                found = True
                yield finding
        if not found and self.least <= _PERHAPS and getattr(node.func, "id", "") != "filter":
            yield from self._wasted(kept_few(node, module), module)

    def _wasted(self, waste: Waste | None, module: Module) -> Iterator[Finding]:
        if waste is not None:
            yield self.finding(waste.node, module, waste.message, confidence=waste.confidence)

    def _filter(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`filter(lambda row: row.price < 10, Model.objects.all())`."""
        if len(node.args) != 2 or not module.is_builtin(node.func, "filter"):
            return
        test, given = node.args
        if isinstance(test, ast.Lambda):
            names = test.args.args
            decidable = len(names) == 1 and is_decidable(test.body, row_names(ast.Name(names[0].arg)))
        else:
            called = test.func if isinstance(test, ast.Call) else None
            decidable = "attrgetter" in (getattr(called, "id", ""), getattr(called, "attr", ""))
        if not decidable:
            return
        rows = queryset(given, module)
        if isinstance(test, ast.Lambda) and rows is not None and rows.has_rows and not _is_used_again(given, module):
            source = Source(rows.model, 50, "")
            confidence = min(level(test.body, test.args.args[0].arg, source, module), 50) or _PERHAPS
        elif held_rows(given, module) is not None or is_selected(given, module):
            confidence = _PERHAPS
        else:
            return
        message = "fetches rows to throw them away by a function: put its condition into the query's own `filter(...)`"
        yield self.finding(given, module, message, confidence=confidence)

    def _extreme(self, node: ast.Call, func: ast.Name, module: Module) -> Iterator[Finding]:
        """`max(session.query(Order).all(), key=lambda order: order.date)`, `sorted(Order.objects.all(), key=...)[0]`."""
        holder = module.parent(node)
        if func.id == "sorted" and not (
            isinstance(holder, ast.Subscript) and holder.value is node and not isinstance(holder.slice, ast.Slice)
        ):
            return
        key = next((keyword.value for keyword in node.keywords if keyword.arg == "key"), None)
        if len(node.args) != 1 or not isinstance(key, ast.Lambda) or len(key.args.args) != 1:
            return
        field = field_of(key.body, key.args.args[0].arg)
        rows = queryset(node.args[0], module) if isinstance(node.args[0], ast.Call) else None
        if field is None or not module.is_builtin(func, func.id):
            return
        if rows is not None and rows.has_rows and rows.model is not None:
            source = Source(rows.model, 70, "")
        elif is_session_query(node.args[0]):
            source = Source(None, 75, "")
        else:
            return
        message = "fetches all rows for the first or last of them: have the query sort (`order_by`) and fetch that one"
        sure = known_level(field, source, 20, module)
        if sure:
            yield self.finding(node.args[0], module, message, confidence=min(sure, 50) if is_aside(module.path) else sure)

    def _loop(self, node: ast.For | ast.AsyncFor | ast.comprehension, module: Module) -> Iterator[Finding]:
        conditions = list(node.ifs) if isinstance(node, ast.comprehension) else _conditions(node)
        if conditions and isinstance(node.target, ast.Name):
            source = _source(node, module)
            if source is not None:
                source = source._replace(changing=_changing(node, module))
                confidence = max(level(condition, node.target.id, source, module) for condition in conditions)
                if confidence:
                    if is_aside(module.path):
                        confidence = min(confidence, 50)
                    message = f"fetches rows to throw them away by an `if`: {source.remedy}"
                    yield self.finding(node.iter, module, message, confidence=confidence)
                    return
        if self.least <= _PERHAPS:
            yield from self._perhaps(node, conditions, module)

    def _perhaps(
        self, node: ast.For | ast.AsyncFor | ast.comprehension, tests: list[ast.expr], module: Module
    ) -> Iterator[Finding]:
        """Rows of any source, under any condition that a database knows; and loops that want one of the rows."""
        if not tests:
            yield from self._wasted(
                _answer(node, module) if isinstance(node, ast.comprehension) else stopped(node, module), module
            )
            return
        names = row_names(node.target, changing=_changing(node, module))
        if not any(is_decidable(test, names) for test in tests):
            yield from self._wasted(stopped(node, module) if isinstance(node, ast.For) else None, module)
            return
        held = held_rows(node.iter, module)
        if held is not None:
            names = names._replace(denied=held.asked | methods_of(held.model, module))
            if any(is_decidable(test, names) for test in tests):
                message = "fetches rows to throw them away by an `if`: put it into the query, where it is a matter of columns"
                yield self.finding(node.iter, module, message, confidence=40)
        elif is_selected(node.iter, module):
            message = "fetches rows to throw them away by an `if`: put it into the statement (`WHERE`)"
            yield self.finding(node.iter, module, message, confidence=_PERHAPS)


def _answer(node: ast.comprehension, module: Module) -> Waste | None:
    """`any(row.draft for row in rows)`, `[row for row in rows][0]`, `name in [row.name for row in rows]`."""
    whole = module.parent(node)
    if not isinstance(whole, (ast.ListComp, ast.SetComp, ast.GeneratorExp)) or len(whole.generators) != 1:
        return None
    holder = module.parent(whole)
    if isinstance(holder, ast.Call):
        asks = any(module.is_builtin(holder.func, name) for name in ("any", "all"))
        if not asks or holder.args != [whole] or not is_decidable(whole.elt, row_names(node.target)):
            return None
        held = held_rows(node.iter, module)
        if held is None and not is_selected(node.iter, module):
            return None
        denied = held.asked | methods_of(held.model, module) if held is not None else frozenset()
        if not is_decidable(whole.elt, row_names(node.target, denied)):
            return None
        return Waste(node.iter, "fetches all rows for a yes or no: ask for one (`filter(...).exists()`)", _PERHAPS)
    if isinstance(holder, ast.Subscript) and holder.value is whole and is_few(holder.slice):
        if held_rows(whole, module) is None:
            return None
        return Waste(holder, "fetches all rows to keep the first: have the query limit them", _PERHAPS)
    return membership(whole, module)


def _changing(loop: ast.For | ast.AsyncFor | ast.comprehension, module: Module) -> frozenset[str]:
    return frozenset() if isinstance(loop, ast.comprehension) else facts_of(loop, module).stored


def _conditions(loop: ast.For | ast.AsyncFor) -> list[ast.expr]:
    """What must hold of a row that a loop uses: its body is one `if` without `else`, or starts with `if ...: continue`."""
    first = loop.body[0]
    if loop.orelse or not isinstance(first, ast.If) or first.orelse:
        return []
    if len(first.body) == 1 and isinstance(first.body[0], ast.Continue):
        test = first.test
        skips = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or) else [test]
        return [skip for skip in skips if not isinstance(skip, ast.BoolOp)]
    return [first.test] if len(loop.body) == 1 else []


def _source(loop: ast.For | ast.AsyncFor | ast.comprehension, module: Module) -> Source | None:
    rows = queryset_of_loop(loop, module)
    if rows is not None and rows.has_rows and rows.model is None:
        return Source(None, 45, "put it into `filter(...)`, where the rows are not prefetched")
    if rows is not None and rows.has_rows and _is_used_again(loop.iter, module):
        return Source(None, 45, "put it into `filter(...)`, where the other rows are not used")
    if rows is not None and rows.has_rows:
        sure = 0 if rows.methods[-1:] and not {"all", "filter", "exclude", "order_by"}.issuperset(rows.methods) else 20
        asked = frozenset([(keyword.arg or "").split("__")[0] for call in rows.calls for keyword in call.keywords])
        return Source(rows.model, 50 + sure, "put it into `filter(...)`", asked)
    if is_session_query(loop.iter):
        return Source(None, 75, "put it into `.filter(...)`")
    return None


def _is_used_again(rows: ast.expr, module: Module) -> bool:
    """Whether the queryset has a name that is read elsewhere: it keeps its rows for that."""
    if not isinstance(rows, ast.Name):
        return False
    scope = names_of(module).scope(rows)
    return scope is None or len(names_of(module).loads(rows.id, scope)) > 1
