"""Calls that a function makes of itself: which can run together, and which come to the same numbers again."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.source.infer import dotted
from greenlint.source.repeat import LOOPS, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_STEPS = (ast.Add, ast.Sub, ast.FloorDiv)
_KEEPING = frozenset({"add", "get", "put", "set", "setdefault"})
"""Methods of what remembers results, or where one has been."""
_ASKED = (ast.Attribute, ast.Name, ast.Tuple)
_DISPLAYS = (ast.Constant, ast.Dict, ast.List, ast.Set, ast.Tuple)


class SelfCall(NamedTuple):
    """A call of the function that it stands in, with what it gives each parameter; None where the default stands."""

    node: ast.Call
    given: list[ast.expr | None]


def own_nodes(function: Function) -> Iterator[ast.AST]:
    """What runs when the function is called, without the functions in it."""
    waiting: list[ast.AST] = [function.body] if isinstance(function, ast.Lambda) else [*function.body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _NESTED):
            waiting.extend(ast.iter_child_nodes(node))


def parameters_of(function: Function) -> list[str]:
    """Their names, without `self`."""
    every = function.args
    found = [argument.arg for argument in (*every.posonlyargs, *every.args, *every.kwonlyargs)]
    return found[1:] if found[:1] in (["self"], ["cls"]) else found


def self_call(call: ast.Call, name: str, owner: str | None, parameters: list[str]) -> SelfCall | None:
    """The call, when it is one of the function `name` of the class `owner`."""
    called = dotted(call.func)
    if called is None or len(call.args) > len(parameters) or any(isinstance(each, ast.Starred) for each in call.args):
        return None
    if called != name and called not in (f"self.{name}", f"cls.{name}", f"{owner}.{name}"):
        return None
    given: list[ast.expr | None] = [*call.args, *([None] * (len(parameters) - len(call.args)))]
    for keyword in call.keywords:
        if keyword.arg not in parameters:
            return None
        given[parameters.index(keyword.arg)] = keyword.value
    return SelfCall(call, given)


def step(call: SelfCall, parameters: list[str]) -> tuple[int, ...] | None:
    """How much smaller each argument is than the parameter of the same place; None when it is anything else."""
    found: list[int] = []
    for argument, parameter in zip(call.given, parameters):
        if argument is None or (isinstance(argument, ast.Name) and argument.id == parameter):
            found.append(0)
            continue
        tail = _tail(argument, parameter)
        if tail is not None:
            found.append(tail)
            continue
        if not (isinstance(argument, ast.BinOp) and isinstance(argument.op, (ast.Sub, ast.Add))):
            return None
        left, right = argument.left, argument.right
        if not (
            isinstance(left, ast.Name) and left.id == parameter and isinstance(right, ast.Constant) and type(right.value) is int
        ):
            return None
        found.append(-right.value if isinstance(argument.op, ast.Sub) else right.value)
    return tuple(found)


def overlap(steps: list[tuple[int, ...]]) -> bool:
    """Two different steps that meet again: (-1,) and (-2,), or (-1, 0) and (0, -1)."""
    different = set(steps)
    return len(different) >= 2 and all(any(part for part in each) for each in different)


def may_overlap(one: SelfCall, other: SelfCall, parameters: list[str]) -> bool:
    """The very same call twice, calls with computed numbers, or two that choose: with an item and without it."""
    steps = [known for known in (step(one, parameters), step(other, parameters)) if known is not None]
    if (len(steps) == 2 and overlap(steps)) or (_is_arithmetic(one.node) and _is_arithmetic(other.node)):
        return True
    if ast.dump(one.node) == ast.dump(other.node):
        return any(isinstance(a, ast.BinOp) and isinstance(a.right, ast.Constant) for a in one.given)
    shrunk = [_shrinks(call, parameters) for call in (one, other)]
    return None not in shrunk and any(shrunk)


def _is_arithmetic(call: ast.Call) -> bool:
    """Whether every argument is computed from a parameter and a number: `n // 2`, `n - 1`."""
    return bool(call.args) and all(isinstance(a, ast.BinOp) and isinstance(a.right, ast.Constant) for a in call.args)


def _tail(argument: ast.expr, parameter: str) -> int | None:
    """The k of `parameter[k:]`."""
    if not (isinstance(argument, ast.Subscript) and isinstance(argument.slice, ast.Slice)):
        return None
    part = argument.slice
    starts = isinstance(part.lower, ast.Constant) and type(part.lower.value) is int and part.lower.value > 0
    whole = isinstance(argument.value, ast.Name) and argument.value.id == parameter and part.upper is None and part.step is None
    return part.lower.value if starts and whole else None  # type: ignore[union-attr]


def _shrinks(call: SelfCall, parameters: list[str]) -> bool | None:
    """Whether an argument is less by a number: `f(n - 1, room - size[n])`; None unless each is the parameter of its place or less."""
    less = by_number = False
    for argument, parameter in zip(call.given, parameters):
        if argument is None:
            continue
        if _tail(argument, parameter) is not None:
            less = by_number = True
            continue
        start = argument
        if isinstance(argument, ast.BinOp) and isinstance(argument.op, (ast.Sub, ast.Add)):
            start, less = argument.left, True
            by_number = by_number or isinstance(argument.right, ast.Constant)
        if not (isinstance(start, ast.Name) and start.id == parameter):
            return None
    return by_number if less else None


def is_used(call: ast.Call, module: Module) -> bool:
    """Whether the call is made for its result."""
    holder = module.parent(call)
    while isinstance(holder, ast.Await):
        holder = module.parent(holder)
    return not isinstance(holder, (ast.Expr, ast.YieldFrom))


def is_given(call: SelfCall, names: set[str]) -> bool:
    """Whether the arguments hold one of the names: of parameters that get other values, as in a parser that moves on."""
    given = (part for argument in call.given if argument is not None for part in ast.walk(argument))
    return bool(names) and any(isinstance(part, ast.Name) and part.id in names for part in given)


def run_together(one: ast.Call, other: ast.Call, function: Function, module: Module) -> bool:
    """Whether both can run in one turn of the function: not in two branches, nor one after a return."""
    first, second = sorted((one, other), key=lambda call: (call.lineno, call.col_offset))
    path, others = _path(first, function, module), _path(second, function, module)
    meeting = next(node for node in path if node in others)
    if meeting in (first, second):
        return True
    mine, its = path[path.index(meeting) - 1], others[others.index(meeting) - 1]
    if isinstance(meeting, ast.If) and (mine in meeting.body) != (its in meeting.body):
        return mine is meeting.test or its is meeting.test
    if isinstance(meeting, ast.IfExp):
        return meeting.test in (mine, its)
    if isinstance(meeting, ast.Match):
        return meeting.subject in (mine, its)
    inner = path[: path.index(mine)]  # both are in the block that holds `mine`
    ended = isinstance(mine, (ast.Return, ast.Raise)) and mine is not its
    return not ended and not any(isinstance(node, ast.stmt) and _ends(node, module) for node in inner)


def _path(node: ast.AST, function: Function, module: Module) -> list[ast.AST]:
    found = [node]
    while found[-1] is not function:
        holder = module.parent(found[-1])
        if holder is None:
            break
        found.append(holder)
    return found


def _ends(statement: ast.stmt, module: Module) -> bool:
    """Whether control leaves the function at the end of the block that the statement is in, when that is a branch."""
    if isinstance(statement, (ast.Return, ast.Raise)):
        return True
    holder = module.parent(statement)
    if not isinstance(holder, (ast.If, ast.match_case)):
        return False
    block = holder.orelse if isinstance(holder, ast.If) and statement in holder.orelse else holder.body
    return isinstance(block[-1], (ast.Return, ast.Raise))


def repeats_smaller(call: SelfCall, parameters: list[str], function: Function, module: Module) -> bool:
    """Whether a loop makes the call with ever other numbers below a parameter: `f(amount - coin)`, `f(i)` up to n, `f(text[i:])`."""
    turns: set[str] = set()
    counted: set[str] = set()
    loop = module.loop(call.node)
    while loop is not None and module.parent(loop) is not None and _is_in(loop, function, module):
        if isinstance(loop, LOOPS) and leaves(call.node, loop, module):
            return False
        for target, iterable in _targets(loop):
            named = {part.id for part in ast.walk(target) if isinstance(part, ast.Name)}
            turns |= named
            if iterable is None or _counts_to(iterable, parameters, module):
                counted |= named
        loop = module.loop(loop)
    pairs = zip(call.given, parameters)
    return bool(turns) and any(a is not None and _is_turn(a, p, parameters, turns, counted) for a, p in pairs)


def _is_in(node: ast.AST, function: Function, module: Module) -> bool:
    return any(holder is function for holder in module.ancestors(node))


def _targets(loop: ast.AST) -> list[tuple[ast.expr, ast.expr | None]]:
    if isinstance(loop, (ast.For, ast.AsyncFor)):
        return [(loop.target, loop.iter)]
    if isinstance(loop, ast.While):
        return [(part.target, None) for part in ast.walk(loop) if isinstance(part, ast.AugAssign)]
    return [(part.target, part.iter) for part in getattr(loop, "generators", ())]


def _counts_to(iterable: ast.expr, parameters: list[str], module: Module) -> bool:
    """`range(n)`, `range(low, high + 1)` of parameters."""
    if not (isinstance(iterable, ast.Call) and module.is_builtin(iterable.func, "range")):
        return False
    sides = [side for argument in iterable.args for side in _operands(argument)]
    return any(isinstance(side, ast.Name) and side.id in parameters for side in sides)


def _operands(node: ast.expr) -> list[ast.expr]:
    return [*_operands(node.left), *_operands(node.right)] if isinstance(node, ast.BinOp) else [node]


def _is_turn(argument: ast.expr, parameter: str, parameters: list[str], turns: set[str], counted: set[str]) -> bool:
    named = {part.id for part in ast.walk(argument) if isinstance(part, ast.Name)}
    if not named & turns:
        return False
    if isinstance(argument, ast.Subscript) and isinstance(argument.slice, ast.Slice):
        part = argument.slice
        return (
            isinstance(argument.value, ast.Name)
            and argument.value.id == parameter
            and (part.lower is None or part.upper is None)
        )
    if isinstance(argument, ast.Name):
        return argument.id in counted
    if not isinstance(argument, ast.BinOp) or not all(isinstance(o.op, _STEPS) for o in _operations(argument)):
        return False
    start = _operands(argument)[0]
    if not isinstance(start, ast.Name):
        return False
    less = any(isinstance(operation.op, ast.Sub) for operation in _operations(argument))
    return start.id in counted or (start.id in parameters and (less or bool(named & counted)))


def _operations(node: ast.expr) -> list[ast.BinOp]:
    return [node, *_operations(node.left), *_operations(node.right)] if isinstance(node, ast.BinOp) else []


def remembers(function: Function) -> bool:
    """Whether the function looks its parameters up in a container, or stores results in one."""
    for part in ast.walk(function):
        if isinstance(part, ast.Compare) and any(isinstance(op, (ast.In, ast.NotIn)) for op in part.ops):
            asked = isinstance(part.left, _ASKED) and not isinstance(part.comparators[-1], _DISPLAYS)
        elif isinstance(part, ast.Subscript):
            asked = isinstance(part.ctx, ast.Store)
        else:
            asked = isinstance(part, ast.Attribute) and part.attr in _KEEPING
        if asked:
            return True
    return False
