"""Rewrites a string that a loop builds up into a list of pieces and one join, where that is provably the same string."""

from __future__ import annotations

import ast

from greenlint.model.fix import Edit
from greenlint.rules.loops._accumulator import same_place, split_sum
from greenlint.source.infer import dotted, kind_of
from greenlint.source.names import names_of
from greenlint.source.parse import parse_expression
from greenlint.source.repeat import is_inside, previous_statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.loops._accumulator import Accumulation
    from greenlint.source.module import Module

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def join_edits(grown: Accumulation, module: Module) -> tuple[Edit, ...] | None:
    """The edits, or None unless the string starts right before the loop and the loop does nothing but add to it."""
    target = grown.target
    found = _start(grown, module)
    if found is None or isinstance(target, ast.Subscript):
        return None
    start, loop = found
    name = f"{(dotted(target) or '').rsplit('.', 1)[-1]}_parts"
    if names_of(module).is_mentioned(name) or not _is_private(target, loop, module) or _guarded(loop, module):
        return None
    indent = _indent(loop, module)
    steps = [_step(node, name, module) for node in _mentions(target, loop, module)]
    if indent is None or not steps or None in steps:
        return None
    value = start.value
    empty = isinstance(value, ast.Constant) and value.value == ""
    quotes = module.text(value) if empty and len(module.text(value)) == 2 else '""'
    begin, end = module.span(start)
    last = module.offset(loop.end_lineno or 0, len(module.lines[(loop.end_lineno or 0) - 1]))
    return (
        Edit(begin, end, f"{name} = []" if empty else f"{name} = [{module.text(value)}]"),
        *dict.fromkeys(step for step in steps if step is not None),
        Edit(last, last, f"\n{indent}{module.text(start.targets[0])} = {quotes}.join({name})"),
    )


def _start(grown: Accumulation, module: Module) -> tuple[ast.Assign, ast.For | ast.AsyncFor | ast.While] | None:
    """`s = ""` and the loop right after it that holds the sum."""
    for loop in module.ancestors(grown.node):
        if isinstance(loop, (ast.For, ast.AsyncFor, ast.While)):
            before = previous_statement(loop, module)
            if isinstance(before, ast.Assign) and len(before.targets) == 1 and same_place(before.targets[0], grown.target):
                return (before, loop) if kind_of(before.value, module) == "str" else None
        elif isinstance(loop, (*_FUNCTIONS, ast.ClassDef)):
            return None
    return None


def _mentions(target: ast.expr, loop: ast.AST, module: Module) -> Iterator[ast.AST]:
    """The statements of the loop that mention the target."""
    path = dotted(target)
    for node in ast.walk(loop):
        if isinstance(node, type(target)) and dotted(node) == path:
            yield module.statement(node)


def _is_private(target: ast.expr, loop: ast.AST, module: Module) -> bool:
    """Whether no code outside the loop's own text can see the target change while the loop runs."""
    names = names_of(module)
    base = target
    while isinstance(base, ast.Attribute):
        base = base.value
    if not isinstance(base, ast.Name):
        return False
    scope = names.scope(base)
    if scope is None or isinstance(scope, ast.ClassDef):
        return False
    inside = [use for use in names.uses(base.id, scope) if is_inside(use, loop, module)]
    if base is target:
        here = module.scope(target)
        return here is scope and all(module.scope(use) is here for use in names.uses(base.id, scope))
    if any(isinstance(node, (ast.Yield, ast.YieldFrom, ast.Await)) for node in ast.walk(loop)):
        return False
    return all(_is_plain_attribute(use, module) for use in inside)


def _is_plain_attribute(use: ast.Name, module: Module) -> bool:
    holder = module.parent(use)
    return isinstance(holder, ast.Attribute) and not isinstance(module.parent(holder), (ast.Call, ast.Attribute))


def _guarded(loop: ast.AST, module: Module) -> bool:
    """Inside `try`, a handler could look at the half-built string."""
    for ancestor in module.ancestors(loop):
        if isinstance(ancestor, ast.Try):
            return True
        if isinstance(ancestor, _FUNCTIONS):
            return False
    return False


def _indent(loop: ast.stmt, module: Module) -> str | None:
    prefix = module.lines[loop.lineno - 1][: loop.col_offset].decode("utf-8")
    return None if prefix.strip() else prefix


def _step(statement: ast.AST, name: str, module: Module) -> Edit | None:
    """`s += piece` becomes `name.append(piece)`, with the piece as it is written."""
    split = split_sum(statement)
    if split is None or not isinstance(statement, (ast.AugAssign, ast.Assign)):
        return None
    if isinstance(statement, ast.AugAssign):
        first, last, operator = module.span(statement.target)[1], module.span(statement)[1], "+="
    else:
        left: ast.expr = statement.value
        while isinstance(left, ast.BinOp) and not same_place(left, split[0]):
            left = left.left
        first, last, operator = module.span(left)[1], module.span(statement.value)[1], "+"
    piece = _strip(module.data[first:last].decode("utf-8"))
    if not piece.startswith(operator):
        return None
    piece = _strip(piece.removeprefix(operator))
    if not _is_one_argument(piece):
        return None
    begin, end = module.span(statement)
    return Edit(begin, end, f"{name}.append({piece})")


def _strip(text: str) -> str:
    return text.strip().removeprefix("\\").strip()


def _is_one_argument(text: str) -> bool:
    try:
        call = parse_expression(f"_({text})")
    except (SyntaxError, ValueError):
        return False
    if not isinstance(call, ast.Call) or len(call.args) != 1 or call.keywords:
        return False
    return not isinstance(call.args[0], (ast.Starred, ast.GeneratorExp, ast.Yield, ast.YieldFrom))
