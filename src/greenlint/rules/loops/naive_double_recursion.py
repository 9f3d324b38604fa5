"""GL227 naive-double-recursion."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._recursion import (
    is_given,
    is_used,
    may_overlap,
    overlap,
    own_nodes,
    parameters_of,
    remembers,
    repeats_smaller,
    run_together,
    self_call,
    step,
)
from greenlint.source.infer import dotted
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.loops._recursion import Function, SelfCall
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

    When the calls are made for what they do rather than for their results. The rule is sure of calls whose results one
    expression puts together and whose arguments are the function's own parameters less a constant; it is silent where a
    decorator or a look-up in a container may remember results. Calls whose results several statements or an `or` put together, whose
    arguments shrink in another way (`n // 2`, `text[1:]`), that are the very same call twice, or that a loop makes for ever
    smaller numbers (`best(amount - coin) for coin in coins`) get a confidence of 45, which the default
    threshold hides. The finding stands at the `def` or the `lambda`, where the cache goes.

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

    def check(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, module: Module) -> Iterator[Finding]:
        """Yield a finding when the result of `node` is put together of overlapping results of its own."""
        name = _name_of(node, module)
        if name is None or _mentions(name, node, module) < (1 if self.least <= _UNSURE else 2):
            return
        holder, parameters = module.parent(node), parameters_of(node)
        owner = holder.name if isinstance(holder, ast.ClassDef) else None
        parts = list(own_nodes(node))
        calls = [self_call(part, name, owner, parameters) for part in parts if isinstance(part, ast.Call)]
        known = [call for call in calls if call is not None]
        if not known or remembers(node) or _is_wrapped(name, module):
            return
        sure = _is_sure(node, parts, known, parameters)
        if not sure and (self.least > _UNSURE or not _is_doubled(node, parts, known, parameters, module)):
            return
        message = f"`{name}` computes the same results again and again; remember them, for example with `functools.cache`"
        confidence = _UNSURE if not sure else _TEST if is_test(module.path) else None
        yield self.finding(node, module, message, confidence=confidence)


def _name_of(function: Function, module: Module) -> str | None:
    """What a function that remembers nothing of its own is called by: the name that a `def` or an assignment gives it."""
    if not isinstance(function, ast.Lambda):
        plain = all(dotted(decorator) in ("staticmethod", "classmethod") for decorator in function.decorator_list)
        return function.name if plain else None
    holder = module.parent(function)
    if isinstance(holder, ast.Assign):
        return dotted(holder.targets[0]) if len(holder.targets) == 1 else None
    return dotted(holder.target) if isinstance(holder, (ast.AnnAssign, ast.NamedExpr)) else None


def _mentions(name: str, function: Function, module: Module) -> int:
    """How often the text of a function may name it: seldom at all, so that few functions need a closer look."""
    if not module.utf8:
        return 2
    body = function.body if isinstance(function, ast.Lambda) else function.body[0]
    start = module.span(body)[0]
    return module.data.count(name.rpartition(".")[2].encode(), start, module.span(function)[1])


def _is_wrapped(name: str, module: Module) -> bool:
    """`fib = memoize(fib)`."""
    wrapped = (each.value for each in module.nodes(ast.Assign) if any(dotted(target) == name for target in each.targets))
    return any(
        isinstance(value, ast.Call) and any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(value))
        for value in wrapped
    )


def _is_sure(function: Function, parts: list[ast.AST], calls: list[SelfCall], parameters: list[str]) -> bool:
    """Whether one expression puts together results for the parameters less different constants."""
    values = [function.body] if isinstance(function, ast.Lambda) else [p.value for p in parts if isinstance(p, ast.Return)]
    for value in values:
        if not isinstance(value, (ast.BinOp, ast.Call, ast.IfExp, ast.Tuple)):
            continue
        together = set(_combined(value))
        mine = [call for call in calls if call.node in together]
        steps = [step(call, parameters) for call in mine]
        known = [each for each in steps if each is not None]
        parted = any(isinstance(argument, ast.Subscript) for call in mine for argument in call.given)
        if len(known) == len(steps) and overlap(known) and not parted:
            return True
    return False


def _is_doubled(function: Function, parts: list[ast.AST], calls: list[SelfCall], parameters: list[str], module: Module) -> bool:
    """Whether several statements, or the turns of a loop, need results that overlap."""
    if any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in parts):
        return False
    moved = {p.id for p in parts if isinstance(p, ast.Name) and isinstance(p.ctx, ast.Store)}.intersection(parameters)
    used = [call for call in calls if is_used(call.node, module) and not is_given(call, moved)]
    if any(repeats_smaller(call, parameters, function, module) for call in used):
        return True
    for place, one in enumerate(used):
        for other in used[:place]:
            if may_overlap(one, other, parameters) and run_together(one.node, other.node, function, module):
                return True
    return False


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
