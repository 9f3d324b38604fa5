"""GLX101 sort-for-minimum."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Good

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module


class SortForMinimum(FileRule):
    """A whole sequence is sorted only to take its first element.

    ## Why it wastes

    Sorting compares n log n times and copies the sequence; `min()` looks at each element once and copies nothing.

    ## When to leave it alone

    For an empty sequence `sorted(x)[0]` raises IndexError and `min(x)` raises ValueError, and they may differ where NaN is
    among the values: the fix is an unsafe one.

    ## Evidence

    `python -m timeit -s "import random; x = [random.random() for _ in range(10**6)]" "sorted(x)[0]"` takes 157 ms,
    with `min(x)` 10.9 ms (CPython 3.11).
    """

    code = "GLX101"
    name = "sort-for-minimum"
    effect = Effect(EffectClass.ASYMPTOTIC, "n log n comparisons and a copy instead of n comparisons", "timeit")
    examples = (
        Bad("cheapest = sorted(prices)[0]\n", fixed="cheapest = min(prices)\n", lines=(1,)),
        Bad("first = sorted(people, key=age)[0]\n", fixed="first = min(people, key=age)\n"),
        Good("cheapest = sorted(prices)[1]\n", why="the second is not the minimum"),
        Good("dearest = sorted(prices, reverse=True)[0]\n", why="this is the maximum"),
        Good("def sorted(x):\n    return x\n\n\nfirst = sorted(prices)[0]\n", why="another function of that name"),
    )

    def check(self, node: ast.Subscript, module: Module) -> Iterator[Finding]:
        """Report `sorted(...)[0]`."""
        call, index = node.value, node.slice
        if not (isinstance(index, ast.Constant) and index.value == 0 and type(index.value) is int):
            return
        if not (isinstance(call, ast.Call) and module.is_builtin(call.func, "sorted") and len(call.args) == 1):
            return
        if any(keyword.arg != "key" for keyword in call.keywords):
            return
        text = "min" + module.text(call).removeprefix("sorted")
        fix = self.replace(node, text, module, "Use min()", Applicability.UNSAFE)
        yield self.finding(node, module, "`sorted(...)[0]` sorts everything to find the minimum; use `min(...)`", fix=fix)
