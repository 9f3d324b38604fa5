"""Recognises sorting and searching by one scan after another: the smallest taken out again and again, places looked for by hand."""

from __future__ import annotations

import ast

from greenlint.rules.loops._scan import walked, was_sorted
from greenlint.rules.loops._steady import mentions_in
from greenlint.source.infer import dotted
from greenlint.source.repeat import block_of, enclosing_loops, next_statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_COLLECTING = frozenset({"add", "append", "appendleft", "insert"})


def taken_in_order(loop: ast.While | ast.For, module: Module) -> tuple[str, bool] | None:
    """The list out of which each turn takes the smallest or largest item, and whether the loop does nothing else with it."""
    for statement in loop.body[:3]:
        extreme = _extreme(statement, module)
        if extreme is None:
            continue
        path = dotted(extreme.args[0]) or ""
        named = isinstance(statement, ast.Assign) and statement.value is extreme and isinstance(statement.targets[0], ast.Name)
        taken = ast.unparse(statement.targets[0] if named and isinstance(statement, ast.Assign) else extreme)
        if any(_removes(each, path, taken) for each in loop.body):
            uses = [use for use in mentions_in(extreme.args[0], loop, module) if not _is_in_head(use, loop)]
            return path, len(uses) <= 3 and _only_collects(loop, path, taken)
    return None


def _extreme(statement: ast.stmt, module: Module) -> ast.Call | None:
    """The `min(rows)` or `max(rows)` in a statement."""
    for part in ast.walk(statement) if isinstance(statement, (ast.Assign, ast.Expr)) else ():
        if not isinstance(part, ast.Call) or len(part.args) != 1 or dotted(part.args[0]) is None:
            continue
        if any(module.is_builtin(part.func, name) for name in ("max", "min")):
            return part
    return None


def _removes(statement: ast.stmt, path: str, taken: str) -> bool:
    """`rows.remove(x)`, `rows.pop(rows.index(x))` and `del rows[rows.index(x)]`."""
    place = f"{path}.index({taken})"
    if isinstance(statement, ast.Delete):
        return ast.unparse(statement.targets[0]) == f"{path}[{place}]"
    calls = (
        [part for part in ast.walk(statement) if isinstance(part, ast.Call)]
        if isinstance(statement, (ast.Expr, ast.Assign))
        else []
    )
    return any(ast.unparse(call) in (f"{path}.remove({taken})", f"{path}.pop({place})") for call in calls)


def _only_collects(loop: ast.While | ast.For, path: str, taken: str) -> bool:
    """Whether the other statements only put the item somewhere."""
    for statement in loop.body:
        value = getattr(statement, "value", None)
        if isinstance(statement, ast.Assign) or _removes(statement, path, taken):
            continue
        puts = isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in _COLLECTING
        if not (isinstance(value, ast.Yield) or (isinstance(statement, ast.Expr) and puts)):
            return False
    return True


def _is_in_head(use: ast.expr, loop: ast.While | ast.For) -> bool:
    """Whether it stands in the head of the loop."""
    head = loop.test if isinstance(loop, ast.While) else loop.iter
    return any(part is use for part in ast.walk(head))


def placed(loop: ast.While | ast.For, module: Module) -> str | None:
    """The list into which an item goes at a place that `loop` looks for: `while i < len(xs) and xs[i] < x: i += 1; xs.insert(i, x)`."""
    if isinstance(loop, ast.While):
        only = loop.body[0]
        if len(loop.body) != 1 or not isinstance(only, ast.AugAssign) or not isinstance(only.target, ast.Name):
            return None
        following = next_statement(loop, module)
        path = _inserted(following, only.target.id) if following is not None else None
        return path if path is not None and _compares(loop.test, f"{path}[{only.target.id}]") else None
    only = loop.body[0]
    if len(loop.body) != 1 or not isinstance(only, ast.If) or only.orelse or len(only.body) != 2:
        return None
    place, item, index = walked(loop, module)
    if place is None or item is None or index is None or not isinstance(only.body[1], (ast.Break, ast.Return)):
        return None
    path = _inserted(only.body[0], index)
    return path if path is not None and path == dotted(place) and _compares(only.test, item) else None


def _inserted(statement: ast.stmt, index: str) -> str | None:
    """The list of `xs.insert(i, x)`."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "insert"):
        return None
    if len(call.args) != 2 or not isinstance(call.args[0], ast.Name) or call.args[0].id != index:
        return None
    return dotted(call.func.value)


def _compares(test: ast.expr, item: str) -> bool:
    """Whether a condition asks for the order of the item and something else."""
    tests = test.values if isinstance(test, ast.BoolOp) else [test]
    orders = [
        each for each in tests if isinstance(each, ast.Compare) and len(each.ops) == 1 and isinstance(each.ops[0], _ORDER)
    ]
    return any(ast.unparse(side).startswith(item) for each in orders for side in (each.left, each.comparators[0]))


def first_beyond(loop: ast.For, module: Module) -> str | None:
    """The ordered list in which `loop` looks for the first item that is more, or less, than a value."""
    only = loop.body[0]
    if len(loop.body) != 1 or not isinstance(only, ast.If) or only.orelse:
        return None
    last = only.body[-1]
    if len(only.body) > 2 or not isinstance(last, (ast.Return, ast.Break)) or not isinstance(only.test, ast.Compare):
        return None
    place, item, _ = walked(loop, module)
    if place is None or item is None or len(only.test.ops) != 1 or not isinstance(only.test.ops[0], _ORDER):
        return None
    sides = [ast.unparse(side) for side in (only.test.left, only.test.comparators[0])]
    return dotted(place) if item in sides and was_sorted(place, loop, module) else None


def indexed(call: ast.Call, module: Module) -> str | None:
    """The ordered list that `xs.index(x)` scans."""
    func = call.func
    if not isinstance(func, ast.Attribute) or func.attr != "index" or len(call.args) != 1:
        return None
    return dotted(func.value) if was_sorted(func.value, call, module) else None


def walks_back(node: ast.Assign, path: str, module: Module) -> bool:
    """Whether an exchange of neighbours stands in one loop whose index goes up and down: a sort without an inner loop."""
    loops = [loop for loop in enclosing_loops(node, module) if isinstance(loop, (ast.For, ast.While))]
    if len(loops) != 1 or not isinstance(loops[0], ast.While):
        return False
    steps = [part for part in ast.walk(loops[0]) if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name)]
    up = {step.target.id for step in steps if isinstance(step.op, ast.Add)}  # type: ignore[union-attr]
    down = {step.target.id for step in steps if isinstance(step.op, ast.Sub)}  # type: ignore[union-attr]
    tests = [part.test for part in ast.walk(loops[0]) if isinstance(part, ast.If)]
    compared = any(ast.unparse(test).count(f"{path}[") > 1 and _holds_order(test) for test in tests)
    return compared and bool(up & down) and bool(block_of(node, module))


def _holds_order(test: ast.expr) -> bool:
    return any(isinstance(op, _ORDER) for part in ast.walk(test) if isinstance(part, ast.Compare) for op in part.ops)
