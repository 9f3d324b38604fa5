"""GL614 manual-gc."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.calls import last_name
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ONCE = 30
"""Not in every turn of a loop: one walk over all objects, which the collector would make when it is due."""
_TAKEN = ("disable", "freeze")
_RARELY = (ast.If, ast.ExceptHandler, ast.IfExp)


class ManualGc(FileRule):
    """The garbage collector is made to search all objects in every turn of a loop.

    ## Why it wastes

    `gc.collect()` looks at every container that the process holds, whatever the turn has left behind. Objects without cycles are
    freed at once without it, and cycles are found by the collector when enough of them have come together.

    ## When to leave it alone

    Where large cycles must go before the next turn, as with models that are loaded one after the other. The rule is silent in
    tests, behind conditions, beside `del` and the caches of a GPU in the same loop, and where the count of a collection is used: all
    that has a confidence of 30. It is silent for one collection beside `gc.disable()` or `gc.freeze()`.

    ## Evidence

    Whole processes, CPython 3.11.7, 100,000 objects held: 100 turns 0.11 -> 0.03 s of CPU, 10 turns 0.035 -> 0.030 s
    (`python benchmarks/rules/run.py GL614`).
    Too few places in the 8.3 million lines of public code that were looked at (one) to say how often it is right: the rule stays
    in preview.
    """

    code = "GL614"
    name = "manual-gc"
    preview = True
    effect = Effect(EffectClass.CONSTANT, "looks at every object (0.8 ms for 100,000)", "bench GL614")
    confidence = 80
    callees = frozenset({"collect"})
    packages = frozenset({"gc"})
    examples = (
        Bad("import gc\n\nfor row in rows:\n    use(row)\n    gc.collect()\n", lines=(5,)),
        Good("import gc\n\nfor row in rows:\n    use(row)\ngc.collect()\n", "once"),
        Good(
            "import gc\n\nfor path in paths:\n    model = load(path)\n    del model\n    gc.collect()\n",
            "one large object after the other",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` collects in every turn of a loop."""
        if module.qualified_name(node.func) != "gc.collect":
            return
        if isinstance(module.parent(node), ast.Expr) and not is_test(module.path) and _collects_each(node, module):
            message = (
                "`gc.collect()` in every turn looks at every object of the process; leave it to the collector, or collect once"
            )
            yield self.finding(node, module, message)
        elif not _is_once(node, module):
            message = "`gc.collect()` looks at every object of the process; leave it to the collector"
            yield self.finding(node, module, message, confidence=_ONCE)


def _is_once(node: ast.Call, module: Module) -> bool:
    """Whether it collects but once, where the program takes the matter into its own hands besides."""
    function = module.function(node)
    taken = (call for name in _TAKEN for call in module.calls(name) if module.function(call) is function)
    return module.loop(node) is None and any(module.qualified_name(call.func) == f"gc.{last_name(call.func)}" for call in taken)


def _collects_each(node: ast.Call, module: Module) -> bool:
    """Whether every turn of a loop collects, and nothing shows why."""
    loop = next(repeating_loops(node, module), None)
    if loop is None or isinstance(loop, ast.While):
        return False
    for ancestor in module.ancestors(node):
        if ancestor is loop:
            break
        if isinstance(ancestor, _RARELY):
            return False
    return not any(isinstance(part, ast.Delete) or _empties(part) for part in ast.walk(loop))


def _empties(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("cuda", "empty_cache", "mps")
