"""GL230 manual-sort-or-search."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._by_scan import first_beyond, indexed, placed, taken_in_order, walks_back
from greenlint.rules.loops._scan import scanned
from greenlint.rules.loops._swap import is_selection, order_test, shifts, side_work, swapped, swapped_by_hand
from greenlint.source.blocks import place_in_block
from greenlint.source.infer import dotted
from greenlint.source.repeat import enclosing_loops, is_short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ALSO_COUNTS = 40
"""Below the default threshold: the exchange does something besides, such as turning a sign, or the loop is short."""
_SCAN = 40
"""Below the default threshold: one scan costs little; many would want a dict or a set."""
_TAKEN = 70
"""The loop does nothing but put the items in order."""


class ManualSortOrSearch(FileRule):
    """Two nested loops sort a list by comparing and exchanging its items, or one scan after another does.

    ## Why it wastes

    Exchange sorts compare every item with every other: n² comparisons in the interpreter. `list.sort` needs n log n, in C.

    ## When to leave it alone

    Lists of a handful of items, text books, and code that works on devices without `sort`. The rule gives confidence 40 where a loop runs over
    a few literal places, and where the exchange counts or records itself, as for the sign of a permutation.
    A loop that looks for one value by hand (`if xs[i] == x: return i`) gets 40 as well: `xs.index(x)` does it in C, and `bisect` in a
    sorted list needs no scan. The same holds for scans of a list that the function has put in order (`xs.index(x)`, the first item that is more
    than a value) and for places looked for by hand before an `insert`. A loop that takes out `min(xs)` until nothing is left
    gets 70 where it only collects the items, and 40 where it does more with them: lists that still grow want a heap.

    ## Evidence

    Whole processes, CPython 3.11.7: 2,000 numbers 0.098 -> 0.008 s of CPU, 500 0.013 -> 0.008 s, and no effect at 100, start-up
    included (`python benchmarks/rules/run.py GL230`).

    In preview: 8.3 million lines of real code hold one, which teaches sorting.
    """

    code = "GL230"
    name = "manual-sort-or-search"
    effect = Effect(
        EffectClass.ASYMPTOTIC, "comparisons grow with n² (0.098 -> 0.008 s of CPU at 2,000 numbers)", "bench GL230"
    )
    confidence = 85
    preview = True
    callees = frozenset({"index"})
    examples = (
        Bad(
            "def f(a):\n    for i in range(len(a)):\n        for j in range(len(a) - 1):\n            if a[j] > a[j + 1]:\n"
            "                a[j], a[j + 1] = a[j + 1], a[j]\n",
            lines=(2,),
        ),
        Bad(
            "def f(a):\n    for i in range(1, len(a)):\n        x, j = a[i], i - 1\n        while j >= 0 and a[j] > x:\n"
            "            a[j + 1] = a[j]\n            j -= 1\n        a[j + 1] = x\n",
            lines=(2,),
        ),
        Good("def f(a):\n    a.sort()\n", "in C"),
        Good("def f(a):\n    for i in range(len(a) // 2):\n        a[i], a[-i - 1] = a[-i - 1], a[i]\n", "turns it round"),
    )

    def check(self, node: ast.Assign | ast.While | ast.For | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` is the exchange of a sort, the shift of an insertion, or a search."""
        if isinstance(node, ast.Call):
            path = indexed(node, module) if self.least <= _SCAN else None
            if path is not None:
                message = f"looks through all of `{path}`, which is in order; `bisect` finds the place without a scan"
                yield self.finding(node, module, message, confidence=_SCAN)
        elif isinstance(node, ast.For):
            yield from self._search(node, module)
            yield from self._by_scan(node, module)
        elif isinstance(node, ast.While):
            yield from self._sort(node, shifts(node), False, module)
            yield from self._by_scan(node, module)
        else:
            yield from self._sort(node, *_exchange(node, module), module)

    def _sort(self, node: ast.Assign | ast.While, path: str | None, also: bool, module: Module) -> Iterator[Finding]:
        loops = [loop for loop in enclosing_loops(node, module) if isinstance(loop, (ast.For, ast.While))]
        if path is None or not loops:
            return
        message = f"two loops sort `{path}` by comparing its items pair by pair; `{path}.sort()` needs n log n steps, in C"
        short = any(is_short(loop, module) for loop in enclosing_loops(node, module))
        # the two loops of the sort, itself one of them
        outer = loops[min(len(loops), 1 if isinstance(node, ast.While) else 2) - 1]
        yield self.finding(outer, module, message, confidence=_ALSO_COUNTS if also or short else None)

    def _search(self, node: ast.For, module: Module) -> Iterator[Finding]:
        found = scanned(node, module)
        if found is None or is_short(node, module):
            return
        path, answer, ordered = found
        advice = f"`bisect` finds it in {path}, which is in order, without a scan" if ordered else f"`{answer}` does it in C"
        message = f"a loop looks through `{path}` for one value; {advice}"
        yield self.finding(node, module, message, confidence=70 if ordered else _SCAN)

    def _by_scan(self, node: ast.For | ast.While, module: Module) -> Iterator[Finding]:
        """A sort by one scan after another, or a place in an ordered list that is looked for by hand."""
        taken = taken_in_order(node, module)
        if taken is not None:
            path, plain = taken
            message = (
                f"looks through `{path}` for each item that it takes out; sort it once, or keep a heap where it still grows"
            )
            yield self.finding(node, module, message, confidence=_TAKEN if plain else _SCAN)
            return
        if self.least > _SCAN:
            return
        goes_in = placed(node, module)
        if goes_in is not None:
            outer = next((loop for loop in enclosing_loops(node, module) if isinstance(loop, (ast.For, ast.While))), node)
            message = (
                f"looks for the place in `{goes_in}` item by item; `bisect.insort` finds it, or sort the list once at the end"
            )
            yield self.finding(outer, module, message, confidence=_SCAN)
            return
        beyond = first_beyond(node, module) if isinstance(node, ast.For) and not is_short(node, module) else None
        if beyond is not None:
            message = f"a loop looks through `{beyond}`, which is in order; `bisect` finds the place without a scan"
            yield self.finding(node, module, message, confidence=_SCAN)


def _exchange(node: ast.Assign, module: Module) -> tuple[str | None, bool]:
    """The list whose items `node` exchanges after comparing them, and whether it does more than that."""
    if not isinstance(node.value, (ast.Tuple, ast.Subscript)):
        return None, False
    pair, own = swapped(node), 1
    if pair is None and isinstance(node.value, ast.Subscript) and isinstance(node.targets[0], ast.Name):
        block, at = place_in_block(node, module)
        pair, own = swapped_by_hand(node, block[at + 1 : at + 3]), 3
    if pair is None:
        return None, False
    path = dotted(pair[0].value) or ""
    loops = [loop for loop in enclosing_loops(node, module) if isinstance(loop, (ast.For, ast.While))]
    holder = module.parent(node)
    also = side_work(node, holder, own) if holder is not None else False
    if isinstance(holder, ast.If) and node in holder.body and order_test(holder.test, path):
        return (path if len(loops) > 1 or walks_back(node, path, module) else None), also
    if isinstance(holder, ast.If) and node in holder.orelse and walks_back(node, path, module):
        return path, also
    block, at = place_in_block(holder if isinstance(holder, ast.If) else node, module)
    selects = bool(loops) and is_selection(block[max(0, at - 3) : at], path)
    return (path if selects else None), also
