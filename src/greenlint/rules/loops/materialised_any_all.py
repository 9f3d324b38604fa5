"""GL214 materialised-any-all."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._asserted import is_asserted
from greenlint.rules.loops._pure import may_act, only_looks
from greenlint.source.repeat import is_short
from greenlint.source.shadowed import doubted, is_builtin_here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNSURE = 50
"""Below the default threshold: an element that calls something unknown may be meant to be called for every item; an assertion holds as a
rule, so that all items are looked at."""
_CONTAINERS = ("list", "tuple", "set", "frozenset")
_LAZY = ("filter", "map")


class MaterialisedAnyAll(FileRule):
    """`any` or `all` gets a finished list, so every item is computed although the first may decide.

    ## Why it wastes

    `any([f(x) for x in xs])` builds the whole list before it looks at the first item. Without the brackets the items come one
    by one, and `any` stops at the first true one, `all` at the first false one.

    ## When to leave it alone

    When each item must be computed for what it does besides. The rule reports comparisons, tests and calls that are known to
    only look; an element with any other call gets confidence 50, which the default threshold hides, and so does an assertion:
    it holds as a rule, and where the answer is not known early a generator is a little slower (by 15 % in the worst case).
    Short literals are left alone.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.19 -> 0.043 s of CPU at 200,000 items, with the answer after a tenth, 0.029 -> 0.014 s
    at 20,000, 0.012 -> 0.011 s at 1,000 (`python benchmarks/rules/run.py GL214`).
    """

    code = "GL214"
    name = "materialised-any-all"
    effect = Effect(
        EffectClass.CONSTANT,
        "computes all items although the first may decide (0.19 -> 0.043 s of CPU at 200,000 items, with the answer after a tenth)",
        "bench GL214",
    )
    confidence = 90
    callees = frozenset({"all", "any"})
    examples = (
        Bad(
            "def f(rows):\n    return any([row.done for row in rows])\n",
            fixed="def f(rows):\n    return any(row.done for row in rows)\n",
            lines=(2,),
        ),
        Bad(
            "def f(rows):\n    return all([  # each\n        isinstance(row, str) for row in rows\n    ])\n",
            fixed="def f(rows):\n    return all(  # each\n        isinstance(row, str) for row in rows\n    )\n",
            lines=(2,),
        ),
        Good("def f(rows):\n    return any(row.done for row in rows)\n", "stops at the first"),
        Good("def f(a, b):\n    return any([a.done, b.done])\n", "no loop"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` is given a list or set comprehension."""
        return doubted(self._found(node, module), node, module)

    def _found(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        func = node.func
        if len(node.args) != 1 or node.keywords or not isinstance(func, ast.Name):
            return
        items = node.args[0]
        if not is_builtin_here(func, func.id, module):
            return
        if isinstance(items, ast.Call):
            yield from self._collected(node, items, module)
        if not isinstance(items, (ast.ListComp, ast.SetComp)):
            return
        if _is_asynchronous(items):
            return
        acts = is_short(items, module) or any(may_act(part, module) for part in _computed(items))
        message = f"`{func.id}([…])` computes every item before it looks at the first; drop the brackets"
        start, end = module.span(items)
        edits = (Edit(start, start + 1, ""), Edit(end - 1, end, ""))
        trailing = module.data[end : module.span(node)[1]].strip().startswith(b",")
        fix = None if trailing else Fix("Drop the brackets", edits, Applicability.UNSAFE)
        yield self.finding(node, module, message, confidence=_UNSURE if acts or is_asserted(node, module) else None, fix=fix)

    def _collected(self, node: ast.Call, maker: ast.Call, module: Module) -> Iterator[Finding]:
        """`any(list(...))`: a container that is made for nothing but to be looked through."""
        kind = next((kind for kind in _CONTAINERS if is_builtin_here(maker.func, kind, module)), None)
        if kind is None or len(maker.args) != 1 or maker.keywords or isinstance(maker.args[0], ast.Starred):
            return
        items = maker.args[0]
        if isinstance(items, ast.GeneratorExp) and _is_asynchronous(items):
            return
        message = f"`{node.func.id}({kind}(…))` makes all items before it looks at the first; leave `{kind}(…)` out"  # type: ignore[attr-defined]
        sure = _only_computes(items, module) and not is_asserted(node, module)
        text = module.text(items)
        if isinstance(items, ast.GeneratorExp):
            text = text[1:-1]  # its own parentheses, or those of the call
        start, end = module.span(maker)
        fix = None
        if b"#" not in module.data[start:end] and module.data[end : module.span(node)[1]].strip() == b")":
            fix = self.replace(maker, text, module, f"Leave `{kind}` out", Applicability.UNSAFE)
        yield self.finding(node, module, message, confidence=None if sure else _UNSURE, fix=fix)


def _only_computes(items: ast.expr, module: Module) -> bool:
    """Whether it gives its items one by one, and computing one of them does nothing else."""
    if isinstance(items, ast.GeneratorExp):
        return not is_short(items, module) and not any(may_act(part, module) for part in _computed(items))
    if not isinstance(items, ast.Call) or len(items.args) < 2 or not any(is_builtin_here(items.func, f, module) for f in _LAZY):
        return False
    function = items.args[0]
    acts = may_act(function.body, module) if isinstance(function, ast.Lambda) else not only_looks(function, module)
    return not acts and not any(may_act(part, module) for part in items.args[1:])


def _computed(items: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> list[ast.expr]:
    """What is evaluated once per item."""
    return [items.elt, *(test for part in items.generators for test in part.ifs), *(part.iter for part in items.generators[1:])]


def _is_asynchronous(items: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> bool:
    return any(part.is_async for part in items.generators) or any(isinstance(part, ast.Await) for part in ast.walk(items))
