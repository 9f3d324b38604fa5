"""Statements that look like a builtin written out, whatever it is that they work on."""

from __future__ import annotations

import ast

_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def greater_of(node: ast.If | ast.IfExp) -> str:
    """ "max" or "min" where the code picks the greater or smaller of two values; "" for all else."""
    test = node.test
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], _ORDER)):
        return ""
    sides = [test.left, test.comparators[0]]
    picked = (node.body, node.orelse) if isinstance(node, ast.IfExp) else _assigned(node)
    if picked is None:
        return ""
    left, right, first, second = (ast.dump(part) for part in (*_loaded(sides), *_loaded(picked)))
    if {left, right} != {first, second} or left == right:
        return ""
    return "max" if isinstance(test.ops[0], (ast.Gt, ast.GtE)) == (first == left) else "min"


def _assigned(node: ast.If) -> tuple[ast.expr, ast.expr] | None:
    """What `if a < b: x = b` and its `else: x = a` give x; without `else`, x keeps its own value."""
    then = _assignment(node.body)
    if then is None:
        return None
    if not node.orelse:
        return then.value, then.targets[0]
    otherwise = _assignment(node.orelse)
    if otherwise is None or ast.dump(otherwise.targets[0]) != ast.dump(then.targets[0]):
        return None
    return then.value, otherwise.value


def _assignment(block: list[ast.stmt]) -> ast.Assign | None:
    only = block[0]
    return only if len(block) == 1 and isinstance(only, ast.Assign) and len(only.targets) == 1 else None


def _loaded(parts: list[ast.expr] | tuple[ast.expr, ast.expr]) -> list[ast.expr]:
    """The expressions as they read: a target differs from its value in nothing but that it is stored."""
    return [_load(part) for part in parts]


def _load(part: ast.expr) -> ast.expr:
    if isinstance(part, ast.Name):
        return ast.Name(part.id, ast.Load())
    if isinstance(part, ast.Attribute):
        return ast.Attribute(part.value, part.attr, ast.Load())
    return ast.Subscript(part.value, part.slice, ast.Load()) if isinstance(part, ast.Subscript) else part


def like_builtin(loop: ast.For, after: ast.stmt | None) -> str:
    """The builtin that a loop of one statement is like; `after` is the statement behind it."""
    if len(loop.body) != 1 or not isinstance(loop.target, (ast.Name, ast.Tuple)):
        return ""
    only = loop.body[0]
    if isinstance(only, ast.If):
        return _searched(only, loop.orelse[0] if loop.orelse else after) or _picked(only, loop) or _counted(only, loop)
    if isinstance(only, ast.AugAssign):
        return "sum" if _adds(only, loop) else ""
    if isinstance(only, ast.Assign):
        if _counts_with_get(only, loop):
            return "Counter"
        return "sum" if _adds_written_out(only, loop) else ""
    call = only.value if isinstance(only, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and len(call.args) == 1 and not loop.orelse:
        plain = isinstance(call.args[0], ast.Name) and isinstance(loop.target, ast.Name) and call.args[0].id == loop.target.id
        return {"append": "extend", "add": "update"}.get(call.func.attr, "") if plain and not call.keywords else ""
    return ""


def _searched(test: ast.If, after: ast.stmt | None) -> str:
    """ "any" and "all": the first hit returns a truth value, the end of the loop the other one."""
    first, last = _truth(test.body[0]), _truth(after)
    if len(test.body) != 1 or test.orelse or first is None or last is None or first is last:
        return ""
    return "any" if first else "all"


def _truth(statement: ast.stmt | None) -> bool | None:
    value = statement.value if isinstance(statement, ast.Return) else None
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, bool) else None


def _picked(test: ast.If, loop: ast.For) -> str:
    """ "max" and "min": `if x > best: best = x`."""
    assigned = _assignment(test.body)
    if assigned is None or test.orelse or not isinstance(loop.target, ast.Name):
        return ""
    takes_item = isinstance(assigned.value, ast.Name) and assigned.value.id == loop.target.id
    return greater_of(test) if takes_item else ""


def _counted(test: ast.If, loop: ast.For) -> str:
    """`if x in counts: counts[x] += 1`, with an `else` that starts at 1."""
    asked = test.test
    looks = isinstance(asked, ast.Compare) and len(asked.ops) == 1 and isinstance(asked.ops[0], (ast.In, ast.NotIn))
    blocks = [test.body, test.orelse]
    if not looks or not isinstance(loop.target, ast.Name) or any(len(block) != 1 for block in blocks):
        return ""
    one_up = [block[0] for block in blocks if isinstance(block[0], ast.AugAssign)]
    starts = [block[0] for block in blocks if isinstance(block[0], ast.Assign)]
    if len(one_up) != 1 or len(starts) != 1 or not _is_one(one_up[0].value) or not _is_one(starts[0].value):
        return ""
    return "Counter" if isinstance(one_up[0].target, ast.Subscript) else ""


def _counts_with_get(only: ast.Assign, loop: ast.For) -> bool:
    """`counts[x] = counts.get(x, 0) + 1`."""
    total = only.value
    if not (isinstance(total, ast.BinOp) and isinstance(total.op, ast.Add) and _is_one(total.right)):
        return False
    got = total.left
    is_get = isinstance(got, ast.Call) and isinstance(got.func, ast.Attribute) and got.func.attr == "get"
    return is_get and isinstance(only.targets[0], ast.Subscript) and isinstance(loop.target, ast.Name)


def _adds(only: ast.AugAssign, loop: ast.For) -> bool:
    """`total += x` or `total += x.price`: a value of the item itself."""
    if not isinstance(only.op, ast.Add) or not isinstance(only.target, ast.Name) or not isinstance(loop.target, ast.Name):
        return False
    value: ast.expr = only.value
    while isinstance(value, (ast.Attribute, ast.Subscript)):
        value = value.value
    return isinstance(value, ast.Name) and value.id == loop.target.id


def _adds_written_out(only: ast.Assign, loop: ast.For) -> bool:
    """`total = total + x.price`."""
    total, target = only.value, only.targets[0]
    if not (isinstance(total, ast.BinOp) and isinstance(total.left, ast.Name) and isinstance(target, ast.Name)):
        return False
    same = len(only.targets) == 1 and total.left.id == target.id
    return same and _adds(ast.AugAssign(target, total.op, total.right), loop)


def _is_one(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value == 1
