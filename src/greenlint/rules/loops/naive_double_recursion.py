"""GL227 naive-double-recursion."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

_TEST = 50
"""Below the default threshold: tests recurse on small numbers, often on purpose."""
_UNSURE = 45
"""The calls stand in several statements, or their arguments shrink in another way."""
_DEEPEST = 40
"""Levels of an expression that are looked into."""


class NaiveDoubleRecursion(FileRule):
    """A function calls itself twice on smaller numbers that overlap, and remembers no result.

    ## Why it wastes

    `f(n - 1) + f(n - 2)` computes f(n - 2) twice, f(n - 3) three times and so on: the number of calls doubles about every
    second step. With a cache, or a loop that keeps the last results, each is computed once.

    ## When to leave it alone

    When the calls are made for what they do rather than for their results. The rule reports only calls whose results one
    expression puts together and whose arguments are the function's own parameters less a constant; it is silent where a
    decorator or a look-up in a container may remember results. Calls whose results several statements put together, whose arguments
    shrink in another way (`n // 2`, `text[1:]`), or that are the very same call twice get a confidence of 45, which the default
    threshold hides. The finding stands at the `def`, where the cache goes.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.041 -> 0.012 s of CPU for the 28th number, 0.014 -> 0.012 s for the 24th number, no
    measurable effect for the 15th number (`python benchmarks/rules/run.py GL227`).

    In preview: 8.3 million lines of real code have one finding, too few to be sure.
    """

    code = "GL227"
    name = "naive-double-recursion"
    effect = Effect(
        EffectClass.ASYMPTOTIC, "calls grow exponentially (0.041 -> 0.012 s of CPU for the 28th number)", "bench GL227"
    )
    confidence = 90
    preview = True
    examples = (
        Bad("def fib(n):\n    if n < 2:\n        return n\n    return fib(n - 1) + fib(n - 2)\n", lines=(1,)),
        Good(
            "import functools\n\n@functools.cache\ndef fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n",
            "results are remembered",
        ),
        Good(
            "def depth(tree):\n    return tree and 1 + max(depth(tree.left), depth(tree.right))\n", "parts that do not overlap"
        ),
    )

    def check(self, node: ast.Return, module: Module) -> Iterator[Finding]:
        """Yield a finding, at the function, when the result of `node` is put together of overlapping results of that function."""
        if not isinstance(node.value, (ast.BinOp, ast.Call, ast.IfExp, ast.Tuple)):
            return
        function = module.function(node)
        if function is None or (function.decorator_list and not _is_method(function)):
            return
        calls = [call for call in _combined(node.value) if _is_self(call, function, module)]
        direct = len(calls) >= 2
        if not direct and isinstance(node.value, ast.BinOp):
            calls = [call for call in _named(node.value, module) if _is_self(call, function, module)]
        if len(calls) < 2:
            return
        parameters = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
        if parameters[:1] in (["self"], ["cls"]):
            del parameters[0]
        steps = [_step(call, parameters) for call in calls]
        known = [step for step in steps if step is not None]
        if len(known) == len(steps) and _overlap(known):
            sure = direct and not any(isinstance(argument, ast.Subscript) for call in calls for argument in call.args)
        elif direct and _may_overlap(calls, parameters):
            sure = False
        else:
            return
        told: dict[Any, Any] = module.notes.setdefault("loops.recursion", {})
        if (function, sure) in told or _remembers(function):
            return
        told[function, sure] = True
        message = (
            f"`{function.name}` computes the same results again and again; remember them, for example with `functools.cache`"
        )
        confidence = _UNSURE if not sure else _TEST if is_test(module.path) else None
        yield self.finding(function, module, message, confidence=confidence)


def _is_method(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return all(dotted(decorator) in ("staticmethod", "classmethod") for decorator in function.decorator_list)


def _combined(value: ast.expr, depth: int = 0) -> Iterator[ast.Call]:
    """The calls whose results the expression needs all together: not those of two branches."""
    if depth > _DEEPEST:
        return
    if isinstance(value, ast.IfExp):
        sides = [list(_combined(value.body, depth + 1)), list(_combined(value.orelse, depth + 1))]
        yield from max(sides, key=len)
        return
    if isinstance(value, ast.BoolOp):
        yield from _combined(value.values[0], depth + 1)
        return
    if isinstance(value, ast.Call):
        yield value
    for child in ast.iter_child_nodes(value):
        if isinstance(child, ast.expr) and not isinstance(child, (ast.Lambda, ast.ListComp, ast.GeneratorExp)):
            yield from _combined(child, depth + 1)


def _named(value: ast.BinOp, module: Module) -> Iterator[ast.Call]:
    """The calls that gave the names in a sum their only values."""
    names = names_of(module)
    for part in ast.walk(value):
        scope = names.scope(part) if isinstance(part, ast.Name) else None
        bindings = names.bindings(part.id, scope) if isinstance(part, ast.Name) and scope is not None else []
        if len(bindings) == 1 and isinstance(bindings[0].value, ast.Call):
            yield bindings[0].value


def _is_arithmetic(call: ast.Call) -> bool:
    """Whether every argument is computed from a parameter and a number: `n // 2`, `n - 1`."""
    return bool(call.args) and all(isinstance(a, ast.BinOp) and isinstance(a.right, ast.Constant) for a in call.args)


def _is_self(call: ast.Call, function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> bool:
    name = dotted(call.func)
    if name is None or call.keywords:
        return False
    owner, _, called = name.rpartition(".")
    if called != function.name:
        return False
    holder = module.parent(function)
    return owner in ("", "self", "cls") or (isinstance(holder, ast.ClassDef) and owner == holder.name)


def _may_overlap(calls: list[ast.Call], parameters: list[str]) -> bool:
    """The very same call twice, calls with computed numbers, or two that choose: with an item and without it."""
    if all(_is_arithmetic(call) for call in calls):
        return True
    if len(calls) != 2:
        return False
    if ast.dump(calls[0]) == ast.dump(calls[1]):
        return any(isinstance(a, ast.BinOp) and isinstance(a.right, ast.Constant) for a in calls[0].args)
    shrunk = [_shrinks(call, parameters) for call in calls]
    return None not in shrunk and any(shrunk)


def _step(call: ast.Call, parameters: list[str]) -> tuple[int, ...] | None:
    """How much smaller each argument is than the parameter of the same place; None when it is anything else."""
    if len(call.args) != len(parameters):
        return None
    found: list[int] = []
    for argument, parameter in zip(call.args, parameters):
        if isinstance(argument, ast.Name) and argument.id == parameter:
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


def _tail(argument: ast.expr, parameter: str) -> int | None:
    """The k of `parameter[k:]`."""
    if not (isinstance(argument, ast.Subscript) and isinstance(argument.slice, ast.Slice)):
        return None
    part = argument.slice
    starts = isinstance(part.lower, ast.Constant) and type(part.lower.value) is int and part.lower.value > 0
    whole = isinstance(argument.value, ast.Name) and argument.value.id == parameter and part.upper is None and part.step is None
    return part.lower.value if starts and whole else None  # type: ignore[union-attr]


def _shrinks(call: ast.Call, parameters: list[str]) -> bool | None:
    """Whether an argument is less by a number: `f(n - 1, room - size[n])`; None unless each is the parameter of its place or less."""
    if len(call.args) != len(parameters):
        return None
    less = by_number = False
    for argument, parameter in zip(call.args, parameters):
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


def _overlap(steps: list[tuple[int, ...]]) -> bool:
    """Two different steps that meet again: (-1,) and (-2,), or (-1, 0) and (0, -1)."""
    different = set(steps)
    return len(different) >= 2 and all(any(part for part in step) for step in different)


def _remembers(function: ast.AST) -> bool:
    """Whether the function looks its parameters up in a container, or stores results in one."""
    for part in ast.walk(function):
        if isinstance(part, ast.Compare) and any(isinstance(op, (ast.In, ast.NotIn)) for op in part.ops):
            return True
        if isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store):
            return True
        if isinstance(part, ast.Attribute) and part.attr in ("get", "setdefault"):
            return True
    return False
