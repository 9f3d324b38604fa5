"""GL611 reimplemented-builtin."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.memory._by_hand import greater_of
from greenlint.rules.memory._like_builtin import like_builtin, like_reduced
from greenlint.rules.memory._shapes import shape_of
from greenlint.source.infer import kind_of
from greenlint.source.names import names_of
from greenlint.source.repeat import is_inside, is_short, next_statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.memory._shapes import Shape
    from greenlint.source.module import Module

_SAY = {
    "sum": "adds up the items by hand; `sum({0})` does it in C",
    "extend": "appends the items one by one; `{1}.extend({0})` does it in C",
    "update": "adds the items one by one; `{1}.update({0})` does it in C",
}


_SMALL = 30
"""One comparison, a short loop, or a list that is not known to be one."""
_NOT_FASTER = 20
"""A generator makes `any` slower than a loop that returns, though shorter to read."""
_CONTAINERS = frozenset({"bytes", "deque", "dict", "list", "range", "set", "str", "tuple"})


class ReimplementedBuiltin(FileRule):
    """A loop does item by item what one call of a builtin does in C.

    ## Why it wastes

    Every turn of a Python loop is interpreted: the item is stored, names are looked up, an operator or a method is called. `sum`,
    `extend` and `update` do the same walk inside the interpreter.

    ## When to leave it alone

    When the loop does more than that. By default the rule only speaks of loops of one statement over the plain items, with no
    condition: what needs a generator is not faster than the loop, `any(x < 0 for x in y)` took more than twice as long as a loop that
    returns. Loops that are like `any`, `all` (20), `sum`, `len`, `math.prod`, `max`, `min` or `Counter` (30), comparisons that pick
    the greater of two values and `reduce` with such a step (30) have confidences that the default threshold hides. It is sure of nothing for short literals, or where the list or set that is filled is not known to be one. The fix of
    `extend` and `update` is safe where what is walked is known to be a container, and else unsafe: a generator may look at the
    list that it fills. `sum` of floats rounds otherwise since Python 3.12, so there is none.

    ## Evidence

    Whole processes, CPython 3.11.7: a million items appended and added up 0.062 -> 0.045 s of CPU, 100,000 0.016 -> 0.013 s,
    start-up included (`python benchmarks/rules/run.py GL611`).
    """

    code = "GL611"
    name = "reimplemented-builtin"
    effect = Effect(EffectClass.CONSTANT, "a turn of the interpreter per item (9 ns each, twice)", "bench GL611")
    confidence = 85
    callees = frozenset({"reduce"})
    examples = (
        Bad(
            "def f(rows):\n    out = []\n    for row in rows:\n        out.append(row)\n    return out\n",
            fixed="def f(rows):\n    out = []\n    out.extend(rows)\n    return out\n",
            lines=(3,),
        ),
        Bad("def f(sizes):\n    total = 0\n    for size in sizes:\n        total += size\n    return total\n", lines=(3,)),
        Good(
            "def f(rows):\n    total = 0\n    for row in rows:\n        total += row.size\n    return total\n",
            "not the plain items",
        ),
        Good(
            "def f(rows):\n    for row in rows:\n        if row.ok:\n            return True\n    return False\n",
            "as fast as `any`",
        ),
    )

    def check(self, node: ast.For | ast.If | ast.IfExp | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` does nothing but what a builtin does."""
        if not isinstance(node, ast.For):
            if self.least <= _SMALL:
                yield from self._expression(node, module)
            return
        shape = shape_of(node, module)
        if shape is None or is_short(node, module):
            if self.least <= _SMALL:
                yield from self._perhaps(node, module)
            return
        walked = " ".join(ast.unparse(node.iter).split())
        if len(walked) > 40:
            walked = walked[:39] + "…"
        yield self.finding(node, module, _SAY[shape.builtin].format(walked, shape.target), fix=_fix(node, shape, module))

    def _expression(self, node: ast.If | ast.IfExp | ast.Call, module: Module) -> Iterator[Finding]:
        """A comparison, or a `reduce`, that is like `max` or `sum`."""
        if isinstance(node, ast.Call):
            builtin = like_reduced(node, module)
            if builtin:
                yield self.finding(node, module, f"does step by step what `{builtin}` does", confidence=_SMALL)
            return
        builtin = greater_of(node)
        if builtin and not _is_step(node, module):
            yield self.finding(node, module, f"compares by hand; `{builtin}(...)` says it in one call", confidence=_SMALL)

    def _perhaps(self, node: ast.For, module: Module) -> Iterator[Finding]:
        """A loop that is like `any`, `all`, `sum`, `max`, `Counter` or `extend`, of any length and over anything."""
        builtin = like_builtin(node, next_statement(node, module) if node.body and not node.orelse else None, module)
        if builtin:
            confidence = _NOT_FASTER if builtin in ("any", "all") else _SMALL
            yield self.finding(node, module, f"does by hand what `{builtin}` does", confidence=confidence)


def _is_step(node: ast.AST, module: Module) -> bool:
    """Whether it is what `reduce` does at each step, for which the call is reported."""
    step = module.parent(node)
    call = module.parent(step) if isinstance(step, ast.Lambda) else None
    return isinstance(call, ast.Call) and bool(like_reduced(call, module))


def _fix(loop: ast.For, shape: Shape, module: Module) -> Fix | None:
    """`items.extend(y)` for the loop, where nothing else uses its variable."""
    if shape.builtin not in ("extend", "update") or loop.type_comment or not module.utf8:
        return None
    text = module.text(loop)
    target = loop.target
    scope = names_of(module).scope(target) if isinstance(target, ast.Name) else None
    if "#" in text or not isinstance(target, ast.Name) or not isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return None
    if any(not is_inside(use, loop, module) for use in names_of(module).uses(target.id, scope)):
        return None
    walked = module.text(loop.iter)
    if isinstance(loop.iter, (ast.Tuple, ast.NamedExpr)) and not walked.startswith("("):
        walked = f"({walked})"
    title = f"Use {shape.builtin}"
    trust = Applicability.SAFE if _is_container(loop.iter, module) else Applicability.UNSAFE
    return FileRule.replace(loop, f"{shape.target}.{shape.builtin}({walked})", module, title, trust)


def _is_container(walked: ast.expr, module: Module) -> bool:
    """Whether walking runs none of the program's own code, which might look at what is being filled."""
    return isinstance(walked, (ast.Tuple, ast.List)) or kind_of(walked, module) in _CONTAINERS
