"""GL310 list-of-generator-once."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.data._lazy import lazy_source, reads_changing
from greenlint.source.flow import final_use, inline, is_lazy, iteration
from greenlint.source.repeat import is_short_iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNKNOWN = 45
"""Below the default threshold: the loop may need the list, since it, or what makes the items, acts on something else."""
_SHORT = 25
"""The list is as needless, but a handful of items long."""
_WALKERS = frozenset({"all", "any", "dict", "frozenset", "max", "min", "set", "sorted", "sum"})
"""Builtins that take the items of anything one by one."""


class ListOfGeneratorOnce(FileRule):
    """What a generator gives is put into a list, which is then walked once.

    ## Why it wastes

    `list(map(f, xs))` or `list(x for x in xs if x.ok)` holds all items at the same time, with a list of pointers on top. A loop can take
    them one by one as they come, and one that ends early leaves the rest uncomputed.

    ## When to leave it alone

    When the loop changes what the items come from: the list is a copy that protects against that, and the rule is silent where
    names of the generator are changed in the loop. Where the items are made by unknown code, a generator function or `itertools`, or
    the loop stores into objects, waits or hands on control, confidence is 45, and 25 for a few items. It is 45 as well for a list with a name of
    which only the first item is read, or that is only added up or the like. `any([…])` is the matter of GL214, `sum(list(…))` of GL610. The fix is safe only for arithmetic over a range, and else unsafe: the items are made in turn with the loop.

    ## Evidence

    Whole processes, CPython 3.11.7: a million texts 81 -> 9 MB and 0.157 -> 0.130 s of CPU, 200,000 24 -> 9 MB, and no effect at 1,000
    (`python benchmarks/rules/run.py GL310`).

    In preview: 8.3 million lines of real code have two findings, both right, which is too few to know its precision.
    """

    code = "GL310"
    name = "list-of-generator-once"
    effect = Effect(EffectClass.MEMORY, "holds all items at once (81 -> 9 MB for a million texts)", "bench GL310")
    confidence = 80
    preview = True
    callees = frozenset({"list", "tuple"})
    examples = (
        Bad(
            "def f(n):\n    for x in list(i * i for i in range(n)):  # squares\n        print(x)\n",
            fixed="def f(n):\n    for x in (i * i for i in range(n)):  # squares\n        print(x)\n",
            lines=(2,),
        ),
        Bad(
            "def f(names):\n    sizes = list(map(len, names))\n    for size in sizes:\n        print(size)\n",
            fixed="def f(names):\n    for size in map(len, names):\n        print(size)\n",
            lines=(2,),
        ),
        Good("def f(table):\n    for key in list(k for k in table if k.old):\n        del table[key]\n", "the loop changes it"),
        Good("def f(names):\n    sizes = list(map(len, names))\n    return sum(sizes) / len(sizes)\n", "used twice"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` makes a list of what one loop walks."""
        func = node.func
        if len(node.args) != 1 or node.keywords or not isinstance(func, ast.Name) or not module.is_builtin(func, func.id):
            return
        source = lazy_source(node.args[0], module)
        if source is None:
            return
        value = final_use(node, module)
        once = _used_up(value, module) if self.least <= _UNKNOWN and value is not node else None
        if once is not None:
            message = f"`{func.id}(…)` holds all items of a generator for `{once}(…)`, which takes them one by one"
            yield self.finding(node, module, message, confidence=_UNKNOWN)
            return
        site = iteration(value, module)
        if site is None or isinstance(site, ast.AsyncFor) or (isinstance(site, ast.comprehension) and site.is_async):
            return
        if is_lazy(site, module):
            return
        changing = reads_changing(source, site, module)
        if changing is None:
            return
        short = all(is_short_iterable(walked, module) for walked in source.walked)
        sure = _SHORT if short else _UNKNOWN if changing else self.confidence
        message = f"`{func.id}(…)` holds all items of a generator that is walked once; walk it as it is"
        yield self.finding(node, module, message, confidence=sure, fix=_fix(node, value, source.is_numeric, module))


def _used_up(value: ast.expr, module: Module) -> str | None:
    """What needs no list of all that is done with one by its name: "next" for its first item, "sum".

    Where that stands beside the call, GL214, GL610 and GL616 say so.
    """
    holder = module.parent(value)
    if isinstance(holder, ast.Call) and holder.args == [value] and isinstance(holder.func, ast.Name):
        walker = holder.func.id
        return walker if walker in _WALKERS and module.is_builtin(holder.func, walker) else None
    if not (isinstance(holder, ast.Subscript) and holder.value is value and isinstance(holder.ctx, ast.Load)):
        return None
    index = holder.slice
    return "next" if isinstance(index, ast.Constant) and type(index.value) is int and index.value == 0 else None


def _fix(node: ast.Call, value: ast.expr, safe: bool, module: Module) -> Fix | None:
    inner = node.args[0]
    text = module.text(inner) if module.utf8 else ""
    if not text or "#" in module.text(node):
        return None
    if isinstance(inner, ast.GeneratorExp) and not text.startswith("("):
        text = f"({text})"
    edits = inline(node, value, text, module)
    if edits is None:
        return None
    return Fix("Walk the generator", edits, Applicability.SAFE if safe and value is node else Applicability.UNSAFE)
