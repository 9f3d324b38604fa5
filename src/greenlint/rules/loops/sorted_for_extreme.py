"""GL212 sorted-for-extreme."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._asserted import is_asserted
from greenlint.source.flow import final_use
from greenlint.source.names import names_of
from greenlint.source.repeat import is_short_iterable
from greenlint.source.shadowed import doubted, is_builtin_here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_FEW = 35
"""A few items, an assertion, or a sorted list of which both ends are taken."""


class SortedForExtreme(FileRule):
    """A whole collection is sorted to take its first or last item.

    ## Why it wastes

    Sorting n items takes about n·log n comparisons and a copy of all of them. `min` and `max` look at each item once and keep
    one.

    ## When to leave it alone

    When an IndexError for an empty collection is expected (`min` and `max` raise ValueError), or when of several items that
    are equal under the key the last one is wanted, which `sorted(...)[-1]` gives and `max` does not. That is why the fix is
    unsafe. The rule is silent for literals of a few items, where the sorted list is used again, and in assertions, which
    compare two ways on purpose.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.25 -> 0.079 s of CPU at 200,000 items, 0.027 -> 0.018 s at 20,000, no measurable effect
    at 1,000 (`python benchmarks/rules/run.py GL212`).
    """

    code = "GL212"
    name = "sorted-for-extreme"
    effect = Effect(
        EffectClass.CONSTANT,
        "n·log n comparisons and a copy for one item (0.25 -> 0.079 s of CPU at 200,000 items)",
        "bench GL212",
    )
    confidence = 95
    callees = frozenset({"sorted"})
    examples = (
        Bad(
            "def f(rows):\n    return sorted(rows, key=lambda row: row.price)[0]  # cheapest\n",
            fixed="def f(rows):\n    return min(rows, key=lambda row: row.price)  # cheapest\n",
            lines=(2,),
        ),
        Bad(
            "def f(rows):\n    return sorted((row.price for row in rows), reverse=True)[0]\n",
            fixed="def f(rows):\n    return max((row.price for row in rows))\n",
        ),
        Bad("def f(rows):\n    ordered = sorted(rows)\n    return ordered[-1]\n", lines=(2,)),
        Good("def f(rows):\n    return sorted(rows)[1]\n", "neither the first nor the last"),
        Good("def f(rows):\n    ordered = sorted(rows)\n    print(ordered)\n    return ordered[0]\n", "the list is used again"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when one end is all that is taken from what `node` sorts."""
        return doubted(self._found(node, module), node, module)

    def _found(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        if not is_builtin_here(node.func, "sorted", module) or len(node.args) != 1 or isinstance(node.args[0], ast.Starred):
            return
        value = final_use(node, module)
        item = module.parent(value)
        if not (isinstance(item, ast.Subscript) and item.value is value and isinstance(item.ctx, ast.Load)):
            yield from self._both_ends(node, module)
            return
        end = _end(item.slice)
        reverse = _reverse(node)
        if end is None:
            return
        if reverse is None:
            message = "`sorted` orders all items for one of them; use `min` or `max`"
            yield self.finding(node, module, message, confidence=_FEW)
            return
        better = "min" if (end == 0) != reverse else "max"
        message = f"`sorted` orders all items for one of them; use `{better}`"
        confidence = _FEW if is_short_iterable(node.args[0], module) or is_asserted(node, module) else None
        fix = self._fix(node, item, better, module) if value is node else None
        yield self.finding(node, module, message, confidence=confidence, fix=fix)

    def _both_ends(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """A sorted list of whose items only the first and the last are looked at."""
        holder = module.parent(node)
        target = holder.targets[0] if isinstance(holder, ast.Assign) and len(holder.targets) == 1 else None
        names = names_of(module)
        scope = names.scope(target) if isinstance(target, ast.Name) else None
        if not isinstance(target, ast.Name) or scope is None or len(names.bindings(target.id, scope)) != 1:
            return
        items = [module.parent(load) for load in names.loads(target.id, scope)]
        if items and all(isinstance(item, ast.Subscript) and _end(item.slice) is not None for item in items):
            yield self.finding(node, module, "`sorted` orders all items for its ends; use `min` and `max`", confidence=_FEW)

    def _fix(self, node: ast.Call, item: ast.Subscript, better: str, module: Module) -> Fix | None:
        start, end = module.span(item)
        if b"#" in module.data[start:end] or any(keyword.arg is None for keyword in node.keywords):
            return None
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        parts = [module.text(argument) for argument in arguments]
        keys = [None, *(keyword.arg for keyword in node.keywords)]
        text = ", ".join(part if key is None else f"{key}={part}" for key, part in zip(keys, parts) if key != "reverse")
        return self.replace(item, f"{better}({text})", module, f"Use {better}", Applicability.UNSAFE)


def _end(index: ast.expr) -> int | None:
    """0 for the first item, -1 for the last, None for any other."""
    if isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.USub):
        inner = index.operand
        return -1 if isinstance(inner, ast.Constant) and type(inner.value) is int and inner.value == 1 else None
    return 0 if isinstance(index, ast.Constant) and type(index.value) is int and index.value == 0 else None


def _reverse(node: ast.Call) -> bool | None:
    """The value of `reverse`, None when it is not written out or an argument is hidden in `**`."""
    for keyword in node.keywords:
        if keyword.arg is None:
            return None
        if keyword.arg == "reverse":
            value = keyword.value
            return value.value if isinstance(value, ast.Constant) and isinstance(value.value, bool) else None
    return False
