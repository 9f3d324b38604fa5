"""All rows are fetched, and the code keeps the first, the largest, or the answer whether one is among them."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.database._columns import RowNames, is_column, row_names
from greenlint.rules.database._cursors import cursor_of, query_of
from greenlint.rules.database._held import are_rows, held_rows
from greenlint.rules.database._loops import mentions_any
from greenlint.rules.database._querysets import queryset
from greenlint.rules.database._sql import sql_text
from greenlint.source.flow import final_use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_NARROWING = frozenset({"all", "filter", "exclude", "select_related", "prefetch_related", "only", "defer", "distinct"})
_CUTTING = frozenset({"islice", "choice", "choices", "sample", "nlargest", "nsmallest"})
CALLEES = frozenset({"all", "fetchall", "list", "next", "order_by", "values_list", "max", "min", "sum", "sorted"}) | _CUTTING
_SOME = 45
"""Whether there are more rows than are kept is not written in the code."""


class Waste(NamedTuple):
    """What is fetched for less than all of it, what to do instead, and how sure that is."""

    node: ast.expr
    message: str
    confidence: int


def kept_few(node: ast.Call, module: Module) -> Waste | None:
    """What a call that fetches rows, or is given them, leaves of them."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name == "order_by":
        return _first_of_order(node, module)
    if name in ("max", "min", "sum", "sorted"):
        return _value_of_all(node, name, module)
    if name == "next":
        rows = node.args[0] if len(node.args) == 1 else None
        if not (isinstance(rows, ast.Call) and isinstance(rows.func, ast.Name) and rows.func.id == "iter"):
            return None
        return _first(node, rows, module)
    if name in _CUTTING:
        return _cut(node, name, module)
    if name != "values_list":
        found = _head(node, name, module)
        if found is not None:
            return found
    return membership(node, module) if isinstance(node.func, ast.Attribute) else None


def _first(node: ast.expr, rows: ast.expr, module: Module) -> Waste | None:
    held = held_rows(rows, module)
    return Waste(node, "fetches all rows for the first: ask for it (`.first()`)", _SOME) if held is not None else None


def _cut(node: ast.Call, name: str, module: Module) -> Waste | None:
    """`islice(rows, n)`, `random.choice(rows)`, `nlargest(n, rows, key=...)`."""
    ranked = name in ("nlargest", "nsmallest")
    rows = node.args[1] if ranked and len(node.args) > 1 else node.args[0] if node.args and not ranked else None
    if rows is None or (isinstance(rows, ast.Call) and getattr(rows.func, "attr", "") == "iterator"):
        return None
    if held_rows(rows, module) is None:
        return None
    return Waste(rows, "fetches all rows to keep a few: have the query sort and limit them", _SOME)


def _head(node: ast.Call, name: str, module: Module) -> Waste | None:
    """`session.query(Model).all()[0]`, `list(session.query(Model))[:n]`, `cursor.fetchall()[0]` of an unknown statement."""
    use = final_use(node, module)
    holder = module.parent(use)
    if not (isinstance(holder, ast.Subscript) and holder.value is use and is_few(holder.slice)):
        return None
    held = held_rows(use, module)
    if held is not None and held.listed and not held.django:
        return Waste(holder, "fetches all rows to keep the first: have the query limit them (`.limit(n)`, `.first()`)", _SOME)
    if name == "fetchall" and isinstance(node.func, ast.Attribute) and not node.args:
        query = query_of(node.func.value, module)
        known = query is not None and query.args and sql_text(query.args[0], module) is not None
        if not known and cursor_of(node.func.value, module) is not None:  # what a known text says is the matter of GL403
            return Waste(holder, "fetches all rows to keep the first: `fetchone()`, or `LIMIT` in the statement", 40)
    return None


def is_few(index: ast.expr) -> bool:
    """`[0]`, `[-1]`, `[:n]`."""
    if isinstance(index, ast.Slice):
        return index.lower is None and index.step is None and index.upper is not None
    if isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.USub):
        index = index.operand
    return isinstance(index, ast.Constant) and type(index.value) is int


def _first_of_order(node: ast.Call, module: Module) -> Waste | None:
    """`Model.objects.order_by("at")[0]`: fine for the object, more than is needed for the value."""
    top: ast.expr = node
    holder = module.parent(top)
    while isinstance(holder, ast.Attribute) and holder.attr in _NARROWING:
        call = module.parent(holder)
        if not isinstance(call, ast.Call):
            return None
        top, holder = call, module.parent(call)
    top = final_use(top, module)
    holder = module.parent(top)
    if not (isinstance(holder, ast.Subscript) and holder.value is top and isinstance(holder.slice, ast.Constant)):
        return None
    named = bool(node.args) and all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in node.args)
    if holder.slice.value != 0 or not (named or queryset(top, module) is not None):
        return None
    message = "sorts rows for the first object: `earliest()` or `latest()`, or `aggregate(Min(...))` where its value is enough"
    return Waste(holder, message, 25)


def _value_of_all(node: ast.Call, name: str, module: Module) -> Waste | None:
    """`max(row.price for row in rows)`, `sorted(rows, key=lambda row: row.price)[:3]`."""
    if len(node.args) != 1 or not isinstance(node.func, ast.Name) or not module.is_builtin(node.func, name):
        return None
    given = node.args[0]
    if isinstance(given, (ast.GeneratorExp, ast.ListComp)) and name != "sorted" and not node.keywords:
        one = given.generators[0]
        if len(given.generators) != 1 or one.ifs or not is_column(given.elt, row_names(one.target)):
            return None
        if not are_rows(one.iter, module):
            return None
        message = f"fetches all rows for one number: have the database find it (`aggregate({name.title()}(...))`)"
        return Waste(one.iter, message, 40 if name != "sum" else 35)
    key = next((keyword.value for keyword in node.keywords if keyword.arg == "key"), None)
    if key is None or name == "sum" or not _is_of_columns(key):
        return None
    if name == "sorted":
        use = final_use(node, module)
        holder = module.parent(use)
        if not (isinstance(holder, ast.Subscript) and holder.value is use and is_few(holder.slice)):
            return None
    if not are_rows(given, module):
        return None
    return Waste(
        given, "fetches all rows for the first or last of them: have the query sort (`order_by`) and limit them", _SOME
    )


def _is_of_columns(key: ast.expr) -> bool:
    """`lambda row: -row.price`, `attrgetter("price")`."""
    if isinstance(key, ast.Call):
        name = key.func.attr if isinstance(key.func, ast.Attribute) else getattr(key.func, "id", "")
        return name in ("attrgetter", "itemgetter")
    if not isinstance(key, ast.Lambda) or len(key.args.args) != 1:
        return False
    names = RowNames(frozenset({key.args.args[0].arg}))
    parts = key.body.elts if isinstance(key.body, ast.Tuple) else [key.body]
    return bool(parts) and all(is_column(p.operand if isinstance(p, ast.UnaryOp) else p, names) for p in parts)


def membership(node: ast.expr, module: Module) -> Waste | None:
    """`name in Model.objects.values_list("name", flat=True)`, `row in Model.objects.all()`, `key in [row.id for row in rows]`."""
    if isinstance(module.parent(node), ast.Attribute):
        return None
    use = final_use(node, module)
    holder = module.parent(use)
    while isinstance(holder, ast.Call) and holder.args == [use] and getattr(holder.func, "id", "") in ("list", "set", "tuple"):
        use = final_use(holder, module)
        holder = module.parent(use)
    if not (isinstance(holder, ast.Compare) and len(holder.ops) == 1 and isinstance(holder.ops[0], (ast.In, ast.NotIn))):
        return None
    if holder.comparators[0] is not use:
        return None
    rows: ast.expr = use
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
        one = node.generators[0]
        if len(node.generators) != 1 or one.ifs or not is_column(node.elt, row_names(one.target)):
            return None
        rows = one.iter
    if not are_rows(rows, module):
        return None
    return Waste(holder, "fetches all rows to look for one: ask for it (`filter(...).exists()`)", _SOME)


def stopped(loop: ast.For | ast.AsyncFor, module: Module) -> Waste | None:
    """A loop that ends at a number of rows, or that keeps the largest one."""
    first = loop.body[0]
    if not isinstance(first, ast.If) or first.orelse or loop.orelse:
        return None
    if isinstance(first.body[-1], ast.Break):
        rows = _counted(loop, first.test, module)
        if rows is None or held_rows(rows, module) is None:
            return None
        return Waste(rows, "fetches all rows and stops at a number of them: have the query limit them (`[:n]`)", _SOME)
    if len(loop.body) == 1 and _keeps_best(first, loop.target) and held_rows(loop.iter, module) is not None:
        return Waste(loop.iter, "fetches all rows for the first or last of them: have the query sort (`order_by`)", 40)
    return None


def _counted(loop: ast.For | ast.AsyncFor, test: ast.expr, module: Module) -> ast.expr | None:
    """What `for n, row in enumerate(rows): if n >= limit: break` walks."""
    walk, target = loop.iter, loop.target
    if not (isinstance(walk, ast.Call) and module.is_builtin(walk.func, "enumerate") and isinstance(target, ast.Tuple)):
        return None
    number = target.elts[0].id if isinstance(target.elts[0], ast.Name) else None
    sides = [test.left, *test.comparators] if isinstance(test, ast.Compare) else []
    return walk.args[0] if walk.args and any(isinstance(s, ast.Name) and s.id == number for s in sides) else None


def _keeps_best(choice: ast.If, target: ast.expr) -> bool:
    """`if best is None or row.at > best.at: best = row`."""
    kept = choice.body[0]
    if len(choice.body) != 1 or not isinstance(kept, ast.Assign) or not isinstance(kept.targets[0], ast.Name):
        return False
    names = row_names(target)
    if not (isinstance(kept.value, ast.Name) and kept.value.id in names.row) and not is_column(kept.value, names):
        return False
    tests = choice.test.values if isinstance(choice.test, ast.BoolOp) else [choice.test]
    return any(
        isinstance(test, ast.Compare)
        and isinstance(test.ops[0], (ast.Gt, ast.Lt, ast.GtE, ast.LtE))
        and (is_column(test.left, names) or is_column(test.comparators[0], names))
        and mentions_any(test, frozenset({kept.targets[0].id}))
        for test in tests
    )
