"""Loops of which nothing in their text says when they end: less sure than what `loop_without_exit` looks for first."""

from __future__ import annotations

import ast

from greenlint.rules.dead_code._literals import COMPARISONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_LEAVING = (ast.Return, ast.Raise, ast.Yield, ast.YieldFrom, ast.Await, ast.With, ast.AsyncWith, ast.Assert)
_ENDLESS = frozenset({"itertools.count", "itertools.cycle", "itertools.repeat"})
_QUIET = frozenset(
    {"abs", "bool", "id", "isinstance", "len", "max", "min", "round", "type"}
    | {"print", "str", "int", "float", "repr", "sorted", "range", "sum", "list", "dict", "set", "tuple", "enumerate", "zip"}
)
_GROWING = frozenset({"add", "append", "appendleft", "extend"})
_EMPTY = {"int": 0, "float": 0.0, "str": "", "bool": False, "list": (), "dict": (), "set": (), "tuple": ()}
"""What the types give that are called with nothing."""
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def is_always_true(test: ast.expr) -> bool:
    """Whether the condition is a constant that is true."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return isinstance(test.operand, ast.Constant) and not test.operand.value
    return isinstance(test, ast.Constant) and bool(test.value)


def goes_on(node: ast.While | ast.For, module: Module) -> bool:
    """Whether the loop is written without an end, and calls nothing but builtins that do not wait."""
    if isinstance(node, ast.For):
        if not _is_endless(node.iter, module) and not _feeds_itself(node):
            return False
    elif not (is_always_true(node.test) or _is_true_in_effect(node.test) or _stays(node, module) or _moves_away(node)):
        return False
    for part in _own(node.body):
        if isinstance(part, _LEAVING):
            return False
        if isinstance(part, ast.Call) and not _is_quiet(part, module):
            return False
    return True


def _is_quiet(call: ast.Call, module: Module) -> bool:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr in _GROWING and isinstance(call.func.value, ast.Name)
    return any(module.is_builtin(call.func, name) for name in _QUIET)


def _own(block: list[ast.stmt], inner: bool = False) -> Iterator[ast.AST]:
    """All parts of a loop that run in it; a `break` that leaves it counts as `return`, one of an inner loop as nothing."""
    stack: list[tuple[ast.AST, bool]] = [(statement, inner) for statement in block]
    while stack:
        node, within = stack.pop()
        if isinstance(node, ast.Break):
            if not within:
                yield ast.Return()
            continue
        yield node
        if isinstance(node, _SCOPES):
            continue
        within = within or isinstance(node, _LOOPS)
        stack.extend((child, within) for child in ast.iter_child_nodes(node))


def _is_endless(iterable: ast.expr, module: Module) -> bool:
    """`itertools.count()`, `itertools.repeat(x)` without a number, `iter(int, 1)`."""
    if not isinstance(iterable, ast.Call):
        return False
    if module.is_builtin(iterable.func, "iter") and len(iterable.args) == 2:
        made, until = iterable.args
        known = isinstance(made, ast.Name) and made.id in _EMPTY and module.is_builtin(made, made.id)
        return known and isinstance(until, ast.Constant) and until.value != _EMPTY[made.id]  # type: ignore[attr-defined]
    name = module.qualified_name(iterable.func)
    return name in _ENDLESS and not (len(iterable.args) > 1 and name == "itertools.repeat")


def _feeds_itself(loop: ast.For) -> bool:
    """`for x in xs: xs.append(x)`: each turn adds a turn."""
    if not isinstance(loop.iter, ast.Name):
        return False
    calls = (s.value for s in loop.body if isinstance(s, ast.Expr) and isinstance(s.value, ast.Call))
    adding = (call.func for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "append")
    fed = any(isinstance(func.value, ast.Name) and func.value.id == loop.iter.id for func in adding)
    return fed and not any(isinstance(part, ast.Continue) for part in _own(loop.body))


def _is_true_in_effect(test: ast.expr) -> bool:
    """`while [1]`, `while 1 == 1`, `while True or x`."""
    if isinstance(test, (ast.List, ast.Tuple)):
        return bool(test.elts) and not any(isinstance(item, ast.Starred) for item in test.elts)
    if isinstance(test, ast.BoolOp):
        every = [is_always_true(value) or _is_true_in_effect(value) for value in test.values]
        return any(every) if isinstance(test.op, ast.Or) else all(every)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        left, right, compared = test.left, test.comparators[0], COMPARISONS.get(type(test.ops[0]))
        if isinstance(left, ast.Constant) and isinstance(right, ast.Constant) and compared is not None:
            one, other = left.value, right.value
            return isinstance(one, int) and isinstance(other, int) and bool(compared(one, other))
    return False


def _stays(node: ast.While, module: Module) -> bool:
    """Whether the condition reads names and lengths alone that nothing in the loop changes, and nothing outside it could."""
    names = {part.id for part in ast.walk(node.test) if isinstance(part, ast.Name)} - {"len"}
    plain = (ast.Name, ast.Constant, ast.Compare, ast.UnaryOp, ast.BoolOp, ast.expr_context, ast.cmpop, ast.boolop, ast.unaryop)
    for part in ast.walk(node.test):
        if not isinstance(part, plain) and not (isinstance(part, ast.Call) and module.is_builtin(part.func, "len")):
            return False
    changed = {part.id for part in _own(node.body) if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)}
    grown = {part.value.id for part in _own(node.body) if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name)}
    if not names or names & (changed | grown):
        return False
    scope = module.function(node) or module.tree
    shared = {name for part in module.nodes(ast.Global, ast.Nonlocal) for name in part.names}  # type: ignore[attr-defined]
    bound = {name: module.bindings(name, scope) for name in names}
    return not names & shared and all(bound.values()) and any(all(map(_is_constant, places)) for places in bound.values())


def _is_constant(place: ast.AST) -> bool:
    return isinstance(place, (ast.Assign, ast.AnnAssign, ast.AugAssign)) and isinstance(place.value, ast.Constant)


def _moves_away(node: ast.While) -> bool:
    """`while n > 0: n += 1`: a counter that never comes to its limit."""
    test = node.test
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.left, ast.Name)):
        return False
    limit = test.comparators[0]
    away = (
        ast.Add
        if isinstance(test.ops[0], (ast.Gt, ast.GtE))
        else ast.Sub
        if isinstance(test.ops[0], (ast.Lt, ast.LtE))
        else None
    )
    if away is None or not isinstance(limit, ast.Constant):
        return False
    name = test.left.id
    stores = [
        part
        for part in _own(node.body)
        if isinstance(part, ast.Name) and part.id == name and not isinstance(part.ctx, ast.Load)
    ]
    steps = [
        part
        for part in _own(node.body)
        if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name) and part.target.id == name
    ]
    return bool(steps) and len(stores) == len(steps) and all(_adds(step, away) for step in steps)


def _adds(step: ast.AugAssign, away: type[ast.operator]) -> bool:
    given = step.value
    return (
        isinstance(step.op, away)
        and isinstance(given, ast.Constant)
        and isinstance(given.value, (int, float))
        and given.value > 0
    )
