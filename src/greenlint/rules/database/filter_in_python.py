"""GL411 filter-in-python."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._cursors import is_catalogue_query, query_of
from greenlint.rules.database._loops import is_aside, mentions_any
from greenlint.rules.database._models import is_session_query, models_of
from greenlint.rules.database._querysets import fields_of, queryset, queryset_of_loop
from greenlint.rules.database._sql import sql_text, statement_of
from greenlint.source.flow import final_use
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_STATEMENT = 45
"""Below the default threshold: the statement may make the column out of others, or the rows may serve twice."""
_NOT_FIELDS = frozenset({"is_valid", "objects", "__class__", "_meta", "pk"})


class _Source(NamedTuple):
    """Rows that a loop walks.

    model       the name of their model, when it is known
    confidence  how sure it is that a comparison can go to the database
    remedy      what to do instead
    asked       the fields that the query has a condition on already
    """

    model: str | None
    confidence: int
    remedy: str
    asked: frozenset[str] = frozenset()


class FilterInPython(FileRule):
    """All rows of a table are fetched, and an `if` throws most of them away.

    ## Why it wastes

    Every row is read, sent and made into an object; a condition in the query (`filter(active=True)`, `WHERE`) leaves the others in the
    database, which may have an index for it.

    ## When to leave it alone

    Where the condition is a matter of Python: a method, a property, a set that the database does not know. The default view speaks of
    conditions that compare a plain field of the object with a constant or a variable that the loop does not change, in a comprehension
    or in a loop that does nothing with the other rows. For a model that this file does not define, an attribute may
    be a property: then the confidence is lower, and below 60 for a bare attribute. So it is for the first object of a sorted queryset,
    and for the rows of a statement.

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
    callees = frozenset({"order_by", "filter", "max", "min", "sorted"})
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

    def check(self, node: ast.For | ast.comprehension | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when a loop over rows skips some of them by a condition that the query could hold."""
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield from self._filter(node, module) if node.func.id == "filter" else self._extreme(node, node.func, module)
            elif isinstance(node.func, ast.Attribute) and node.func.attr == "order_by":
                yield from self._first_of_order(node, module)
        else:
            yield from self._loop(node, module)

    def _filter(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`filter(lambda row: row.price < 10, Model.objects.all())`."""
        if len(node.args) != 2 or not isinstance(node.args[0], ast.Lambda) or not module.is_builtin(node.func, "filter"):
            return
        given = node.args[1]
        known = isinstance(given, ast.Call) or (isinstance(given, ast.Name) and not _is_used_again(given, module))
        arguments, rows = node.args[0].args, queryset(given, module) if known else None
        if rows is None or not rows.has_rows or len(arguments.args) != 1:
            return
        source = _Source(rows.model, 50, "put it into the query's own `filter(...)`")
        confidence = _level(node.args[0].body, arguments.args[0].arg, source, module)
        if confidence:
            message = f"fetches rows to throw them away by a lambda: {source.remedy}"
            yield self.finding(given, module, message, confidence=min(confidence, 50))

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
        field = _field(key.body, key.args.args[0].arg)
        rows = queryset(node.args[0], module) if isinstance(node.args[0], ast.Call) else None
        if field is None or not module.is_builtin(func, func.id):
            return
        if rows is not None and rows.has_rows and rows.model is not None:
            source = _Source(rows.model, 70, "")
        elif is_session_query(node.args[0]):
            source = _Source(None, 75, "")
        else:
            return
        message = "fetches all rows for the first or last of them: have the query sort (`order_by`) and fetch that one"
        level = _known(field, source, 20, module)
        if level:
            yield self.finding(node.args[0], module, message, confidence=min(level, 50) if is_aside(module.path) else level)

    def _first_of_order(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`Model.objects.order_by("at")[0]`: fine for the object, more than is needed for the value."""
        holder = module.parent(node)
        if isinstance(holder, ast.Subscript) and holder.value is node and isinstance(holder.slice, ast.Constant):
            rows = queryset(node, module)
            if rows is not None and holder.slice.value == 0:
                message = (
                    "sorts rows for the first object: where only its value is needed, `aggregate(Min(...))` fetches that alone"
                )
                yield self.finding(holder, module, message, confidence=25)

    def _loop(self, node: ast.For | ast.comprehension, module: Module) -> Iterator[Finding]:
        conditions = list(node.ifs) if isinstance(node, ast.comprehension) else _conditions(node)
        if not conditions:
            return
        source = _source(node, module) if isinstance(node.target, ast.Name) else None
        if source is None or not isinstance(node.target, ast.Name):
            yield from self._statement(node, conditions, module)
            return
        item = node.target.id
        levels = [_level(condition, item, source, module) for condition in conditions]
        confidence = max(levels)
        if confidence:
            if is_aside(module.path):
                confidence = min(confidence, 50)
            message = f"fetches rows to throw them away by an `if`: {source.remedy}"
            yield self.finding(node.iter, module, message, confidence=confidence)

    def _statement(self, node: ast.For | ast.comprehension, tests: list[ast.expr], module: Module) -> Iterator[Finding]:
        """`[row for row in cursor.fetchall() if row[1] == 1]` of a SELECT whose text is known."""
        columns = {part.id for part in ast.walk(node.target) if isinstance(part, ast.Name)}
        if isinstance(node.target, ast.Name):
            columns = {f"{node.target.id}[]"}
        if any(_is_of_a_column(test, columns) for test in tests) and _is_selected(node.iter, module):
            message = "fetches rows to throw them away by an `if`: put it into the statement (`WHERE`)"
            yield self.finding(node.iter, module, message, confidence=_STATEMENT)


def _is_of_a_column(test: ast.expr, columns: set[str]) -> bool:
    """Whether a column is compared with a constant: `row[1] == 1`, `paid is None`; or tested itself."""
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test = test.operand
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(_is_of_a_column(value, columns) for value in test.values)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        if not isinstance(test.comparators[0], ast.Constant) or isinstance(test.ops[0], (ast.In, ast.NotIn)):
            return False
        test = test.left
    if isinstance(test, ast.Subscript) and isinstance(test.slice, ast.Constant) and isinstance(test.value, ast.Name):
        return f"{test.value.id}[]" in columns
    return isinstance(test, ast.Name) and test.id in columns


def _is_selected(rows: ast.expr, module: Module) -> bool:
    """Whether the rows are those of a SELECT without LIMIT that nothing else reads."""
    if isinstance(rows, ast.Name):
        bindings = names_of(module).valid_bindings(rows)
        value = bindings[0].value if len(bindings) == 1 else None
        if value is None or final_use(value, module) is not rows:
            return False
        rows = value
    while isinstance(rows, ast.Await):
        rows = rows.value
    if (
        isinstance(rows, ast.Call)
        and isinstance(rows.func, ast.Attribute)
        and rows.func.attr in ("fetchall", "all", "mappings")
    ):
        rows = rows.func.value
    query = query_of(rows, module)
    name = query.func.attr if query is not None and isinstance(query.func, ast.Attribute) else ""
    if query is None or name not in ("execute", "fetch", "fetch_all") or not query.args or is_catalogue_query(query, module):
        return False
    text = sql_text(query.args[0], module) or ""
    return statement_of(text) == "SELECT" and "limit" not in text.lower()


def _conditions(loop: ast.For) -> list[ast.expr]:
    """What must hold of a row that a loop uses: its body is one `if` without `else`, or starts with `if ...: continue`."""
    first = loop.body[0]
    if loop.orelse or not isinstance(first, ast.If) or first.orelse:
        return []
    if len(first.body) == 1 and isinstance(first.body[0], ast.Continue):
        test = first.test
        skips = test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or) else [test]
        return [skip for skip in skips if not isinstance(skip, ast.BoolOp)]
    return [first.test] if len(loop.body) == 1 else []


def _source(loop: ast.For | ast.comprehension, module: Module) -> _Source | None:
    rows = queryset_of_loop(loop, module)
    if rows is not None and rows.has_rows and rows.model is None:
        return _Source(None, 45, "put it into `filter(...)`, where the rows are not prefetched")
    if rows is not None and rows.has_rows and _is_used_again(loop.iter, module):
        return _Source(None, 45, "put it into `filter(...)`, where the other rows are not used")
    if rows is not None and rows.has_rows:
        sure = 0 if rows.methods[-1:] and not {"all", "filter", "exclude", "order_by"}.issuperset(rows.methods) else 20
        asked = frozenset([(keyword.arg or "").split("__")[0] for call in rows.calls for keyword in call.keywords])
        return _Source(rows.model, 50 + sure, "put it into `filter(...)`", asked)
    if is_session_query(loop.iter):
        return _Source(None, 75, "put it into `.filter(...)`")
    return None


def _is_used_again(rows: ast.expr, module: Module) -> bool:
    """Whether the queryset has a name that is read elsewhere: it keeps its rows for that."""
    if not isinstance(rows, ast.Name):
        return False
    scope = names_of(module).scope(rows)
    return scope is None or len(names_of(module).loads(rows.id, scope)) > 1


def _level(test: ast.expr, item: str, source: _Source, module: Module) -> int:
    """How sure it is that the database could decide this; 0 for a matter of Python."""
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test = test.operand
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return max(_level(value, item, source, module) for value in test.values)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        left, right = test.left, test.comparators[0]
        if _field(left, item) is None:
            left, right = right, left
        field = _field(left, item)
        if field is None or mentions_any(right, frozenset({item})) or _is_costly(right):
            return 0
        if isinstance(test.ops[0], (ast.In, ast.NotIn)):
            return 45 if left is test.left else 0
        return _known(field, source, 0, module)
    field = _field(test, item)
    return _known(field, source, 20, module) if field is not None else 0


def _known(field: str, source: _Source, less: int, module: Module) -> int:
    """How sure it is that the name is a column: of a model of this file, a field is, a method or property is not."""
    if field in source.asked:
        return 0
    model = models_of(module).get(source.model or "")
    if model is None:
        return source.confidence - less
    if any(isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)) and item.name == field for item in model.body):
        return 0
    return 90 if field in (fields_of(model.name, module) or ()) else source.confidence - less


def _field(node: ast.expr, item: str) -> str | None:
    """`user.city` -> "city"."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == item:
        return None if node.attr in _NOT_FIELDS or node.attr.startswith("_") else node.attr
    return None


def _is_costly(node: ast.expr) -> bool:
    return any(isinstance(part, (ast.Await, ast.Lambda)) for part in ast.walk(node))
