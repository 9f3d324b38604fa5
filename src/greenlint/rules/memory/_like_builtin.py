"""Loops that look like a builtin written out, whatever it is that they work on."""

from __future__ import annotations

import ast

from greenlint.rules.memory._by_hand import assignment, greater_of
from greenlint.source.calls import last_name
from greenlint.source.infer import kind_of
from greenlint.source.names import names_in, names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_COUNTING = frozenset({"Counter", "defaultdict", "dict"})
_NO_VALUES = (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr, ast.Lambda, ast.JoinedStr)
"""What a generator expression in `sum(...)` cannot hold, or what is no number."""
_OF_OPERATORS = {"operator.add": "sum", "operator.mul": "math.prod"}


def like_builtin(loop: ast.For, after: ast.stmt | None, module: Module) -> str:
    """The builtin that a loop of one or two statements is like; `after` is the statement behind it."""
    if not isinstance(loop.target, (ast.Name, ast.Tuple)):
        return ""
    if len(loop.body) == 2:
        return "Counter" if _counts_in_two(loop) else ""
    only = loop.body[0]
    if len(loop.body) != 1:
        return ""
    if isinstance(only, ast.If):
        found = _searched(only, loop.orelse[0] if loop.orelse else after) or _flagged(only, module)
        return found or _picked(only, loop) or _counted(only, loop) or _summed_if(only, loop, module)
    if isinstance(only, ast.AugAssign):
        return _added(only, loop, module) or ("Counter" if _counts_up(only, loop, module) else "")
    if isinstance(only, ast.Try):
        return "Counter" if _counts_by_error(only) else ""
    if isinstance(only, ast.Assign):
        return _assigned(only, loop, module)
    call = only.value if isinstance(only, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and len(call.args) == 1 and not loop.orelse:
        plain = isinstance(call.args[0], ast.Name) and isinstance(loop.target, ast.Name) and call.args[0].id == loop.target.id
        return {"append": "extend", "add": "update"}.get(call.func.attr, "") if plain and not call.keywords else ""
    return ""


def like_reduced(call: ast.Call, module: Module) -> str:
    """The builtin that `reduce` is given the step of: `reduce(lambda a, b: a + b, items)`."""
    if module.qualified_name(call.func) != "functools.reduce" or len(call.args) < 2:
        return ""
    if len(call.args) > 2 and not (isinstance(call.args[2], ast.Constant) and isinstance(call.args[2].value, (int, float))):
        return ""  # lists or texts are put together
    step = call.args[0]
    if not isinstance(step, ast.Lambda):
        return _OF_OPERATORS.get(module.qualified_name(step) or "", "") or _extreme(step, module)
    names, body = [arg.arg for arg in step.args.args], step.body
    if len(names) != 2:
        return ""
    if isinstance(body, ast.BinOp) and [last_name(body.left), last_name(body.right)] in (names, names[::-1]):
        return "sum" if isinstance(body.op, ast.Add) else "math.prod" if isinstance(body.op, ast.Mult) else ""
    if isinstance(body, ast.BoolOp) and sorted(map(last_name, body.values)) == sorted(names):
        return "all" if isinstance(body.op, ast.And) else "any"
    if isinstance(body, ast.Call) and sorted(map(last_name, body.args)) == sorted(names) and not body.keywords:
        return _extreme(body.func, module)
    return greater_of(body) if isinstance(body, ast.IfExp) else ""


def _extreme(function: ast.expr, module: Module) -> str:
    return next((name for name in ("max", "min") if module.is_builtin(function, name)), "")


def _searched(test: ast.If, after: ast.stmt | None) -> str:
    """ "any" and "all": the first hit returns a truth value, the end of the loop the other one."""
    first, last = _truth(test.body[0]), _truth(after)
    if len(test.body) != 1 or test.orelse or first is None or last is None or first is last:
        return ""
    return "any" if first else "all"


def _truth(statement: ast.stmt | None) -> bool | None:
    value = statement.value if isinstance(statement, ast.Return) else None
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, bool) else None


def _flagged(test: ast.If, module: Module) -> str:
    """The same by a name: `found = True; break`."""
    if len(test.body) != 2 or test.orelse or not isinstance(test.body[1], ast.Break):
        return ""
    given = assignment(test.body[:1])
    flag = given.targets[0] if given is not None else None
    value = given.value.value if given is not None and isinstance(given.value, ast.Constant) else None
    if not isinstance(flag, ast.Name) or not isinstance(value, bool):
        return ""
    return ("any" if value else "all") if (not value) in _starts(flag, module) else ""


def _starts(name: ast.Name, module: Module) -> list[object]:
    """The literals that the name is bound to."""
    names = names_of(module)
    scope = names.scope(name)
    bound = [binding.value for binding in names.bindings(name.id, scope)] if scope is not None else []
    return [value.value for value in bound if isinstance(value, ast.Constant)]


def _is_number(name: ast.Name, module: Module) -> bool:
    """Whether the name starts as a number, and nothing else is known of it."""
    starts = _starts(name, module)
    return bool(starts) and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in starts)


def _picked(test: ast.If, loop: ast.For) -> str:
    """ "max" and "min": `if x > best: best = x`, also `if best is None or x > best`."""
    assigned = assignment(test.body)
    if assigned is None or test.orelse or not isinstance(loop.target, ast.Name):
        return ""
    takes_item = loop.target.id in names_in(assigned.value) and isinstance(assigned.value, (ast.Name, ast.Subscript))
    asked = test.test
    if isinstance(asked, ast.BoolOp) and isinstance(asked.op, ast.Or) and len(asked.values) == 2 and _is_unset(asked.values[0]):
        test = ast.If(asked.values[1], test.body, [])
    return greater_of(test) if takes_item else ""


def _is_unset(asked: ast.expr) -> bool:
    """`best is None`."""
    plain = isinstance(asked, ast.Compare) and isinstance(asked.ops[0], ast.Is)
    return plain and isinstance(asked.comparators[0], ast.Constant)  # type: ignore[attr-defined]


def _summed_if(test: ast.If, loop: ast.For, module: Module) -> str:
    """`if x > 0: total += x`, `if x > 0: number += 1`."""
    only = test.body[0]
    if len(test.body) != 1 or test.orelse or not isinstance(only, ast.AugAssign) or _has_no_value(test.test):
        return ""
    varies = not _targets(loop).isdisjoint(names_in(test.test))
    number = isinstance(only.target, ast.Name) and only.target.id not in names_in(test.test) and _is_number(only.target, module)
    if not (varies and number and isinstance(only.op, ast.Add)):
        return ""
    return "sum" if _is_one(only.value) or _is_of_item(only, loop) else ""


def _added(only: ast.AugAssign, loop: ast.For, module: Module) -> str:
    """`total += x.price`, `total += x.price * x.number`, `product *= x`, `number += 1`."""
    if not isinstance(only.target, ast.Name):
        return ""
    if isinstance(only.op, ast.Add) and _is_part(only.value, loop):
        return "sum" if _is_number(only.target, module) or not _starts(only.target, module) else ""
    if not _is_number(only.target, module):
        return ""
    if isinstance(only.op, ast.Add) and _is_one(only.value):
        counted = isinstance(loop.iter, ast.Call) and isinstance(loop.iter.func, ast.Name) and loop.iter.func.id == "range"
        return "" if counted else "len"
    if not _is_of_item(only, loop):
        return ""
    return "sum" if isinstance(only.op, ast.Add) else "math.prod" if isinstance(only.op, ast.Mult) else ""


def _is_part(value: ast.expr, loop: ast.For) -> bool:
    """The item itself, or an attribute or entry of it."""
    while isinstance(value, (ast.Attribute, ast.Subscript)):
        value = value.value
    return isinstance(value, ast.Name) and isinstance(loop.target, ast.Name) and value.id == loop.target.id


def _is_of_item(only: ast.AugAssign, loop: ast.For) -> bool:
    """Whether what is added is computed from the item, and not from what has been added so far."""
    names = names_in(only.value)
    alone = isinstance(only.target, ast.Name) and only.target.id not in names
    return alone and not _targets(loop).isdisjoint(names) and not _has_no_value(only.value)


def _has_no_value(value: ast.expr) -> bool:
    return any(isinstance(part, _NO_VALUES) for part in ast.walk(value))


def _targets(loop: ast.For) -> set[str]:
    return names_in(loop.target)


def _assigned(only: ast.Assign, loop: ast.For, module: Module) -> str:
    """`counts[x] = counts.get(x, 0) + 1`, `total = total + x`, `best = max(best, x)`."""
    if _counts_with_get(only, loop):
        return "Counter"
    value, target = only.value, only.targets[0]
    if len(only.targets) != 1 or not isinstance(target, ast.Name):
        return ""
    if isinstance(value, ast.BinOp) and isinstance(value.left, ast.Name) and value.left.id == target.id:
        return _added(ast.AugAssign(target, value.op, value.right), loop, module)
    if not isinstance(value, ast.Call) or len(value.args) != 2 or value.keywords:
        return ""
    others = [item for item in value.args if last_name(item) != target.id]
    varies = len(others) == 1 and not _targets(loop).isdisjoint(names_in(others[0])) and not _has_no_value(others[0])
    return _extreme(value.func, module) if varies else ""


def _counted(test: ast.If, loop: ast.For) -> str:
    """`if x in counts: counts[x] += 1`, with an `else` that starts at 1."""
    blocks = [test.body, test.orelse]
    if not _asks_for_key(test) or not isinstance(loop.target, ast.Name) or any(len(block) != 1 for block in blocks):
        return ""
    one_up = [block[0] for block in blocks if _is_one_up(block[0])]
    starts = [block[0] for block in blocks if isinstance(block[0], ast.Assign)]
    return "Counter" if len(one_up) == 1 and len(starts) == 1 and _is_one(starts[0].value) else ""


def _asks_for_key(test: ast.If) -> bool:
    asked = test.test
    return isinstance(asked, ast.Compare) and len(asked.ops) == 1 and isinstance(asked.ops[0], (ast.In, ast.NotIn))


def _counts_in_two(loop: ast.For) -> bool:
    """`if x not in counts: counts[x] = 0`, or `counts.setdefault(x, 0)`, and then `counts[x] += 1`."""
    first, second = loop.body
    if not _is_one_up(second):
        return False
    if isinstance(first, ast.If):
        start = assignment(first.body)
        return _asks_for_key(first) and not first.orelse and start is not None and isinstance(start.targets[0], ast.Subscript)
    call = first.value if isinstance(first, ast.Expr) else None
    return isinstance(call, ast.Call) and last_name(call.func) == "setdefault"


def _counts_by_error(only: ast.Try) -> bool:
    """`try: counts[x] += 1`, and `except KeyError: counts[x] = 1`."""
    if len(only.body) != 1 or len(only.handlers) != 1 or only.orelse or only.finalbody or not _is_one_up(only.body[0]):
        return False
    start = assignment(only.handlers[0].body)
    kind = only.handlers[0].type
    return start is not None and _is_one(start.value) and kind is not None and last_name(kind) == "KeyError"


def _counts_up(only: ast.AugAssign, loop: ast.For, module: Module) -> bool:
    """`counts[x] += 1` in what is visibly a dictionary: in a list it would be no key but a place."""
    if not _is_one_up(only) or not isinstance(only.target, ast.Subscript):
        return False
    counts = only.target.value
    names = names_of(module)
    scope = names.scope(counts) if isinstance(counts, ast.Name) else None
    bound = [binding.value for binding in names.bindings(counts.id, scope)] if scope is not None else []  # type: ignore[attr-defined]
    made = any(isinstance(value, ast.Call) and last_name(value.func) in _COUNTING for value in bound)
    varies = not _targets(loop).isdisjoint(names_in(only.target.slice)) and not _has_no_value(only.target.slice)
    return varies and (made or kind_of(counts, module) == "dict")


def _is_one_up(statement: ast.stmt) -> bool:
    plain = isinstance(statement, ast.AugAssign) and isinstance(statement.op, ast.Add) and _is_one(statement.value)
    return plain and isinstance(statement.target, ast.Subscript)  # type: ignore[attr-defined]


def _counts_with_get(only: ast.Assign, loop: ast.For) -> bool:
    """`counts[x] = counts.get(x, 0) + 1`."""
    total = only.value
    if not (isinstance(total, ast.BinOp) and isinstance(total.op, ast.Add) and _is_one(total.right)):
        return False
    got = total.left
    is_get = isinstance(got, ast.Call) and isinstance(got.func, ast.Attribute) and got.func.attr == "get"
    return is_get and isinstance(only.targets[0], ast.Subscript) and isinstance(loop.target, (ast.Name, ast.Tuple))


def _is_one(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value == 1 and not isinstance(value.value, bool)
