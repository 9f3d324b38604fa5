"""GL209 sort-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._extent import data_loops
from greenlint.rules.loops._steady import bindings_of, is_changed, is_rebound, mentions_in, remembered
from greenlint.source.infer import dotted, kind_of
from greenlint.source.places import is_test
from greenlint.source.repeat import is_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_UNKNOWN_LENGTH = 50
"""Below the default threshold: what is sorted is not known to grow with the data."""
_SOME_TURNS = 50
"""Below it as well: under a condition, it may be a message that is seldom needed."""


class SortInLoop(FileRule):
    """A loop sorts the same collection again in every turn.

    ## Why it wastes

    Sorting n items takes at least n comparisons, even when all but one are in order already. A collection that the loop does
    not change needs sorting once, before it; one that the loop adds to stays in order with `bisect.insort`, and one whose
    smallest item is taken out each time is a job for `heapq`.

    ## When to leave it alone

    When the collection stays short, or the order that it is sorted by changes from turn to turn: the rule is silent where the
    key uses something that the loop changes, where the collection starts anew in the loop, and for short loops. What is sorted to
    no other end under a condition gets confidence 50: it may be a message that is seldom needed.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.69 -> 0.035 s of CPU at 20,000 jobs, 0.054 -> 0.014 s at 5,000, 0.012 -> 0.011 s at
    1,000 (`python benchmarks/rules/run.py GL209`).
    """

    code = "GL209"
    name = "sort-in-loop"
    effect = Effect(EffectClass.ASYMPTOTIC, "comparisons grow with n² (0.69 -> 0.035 s of CPU at 20,000 jobs)", "bench GL209")
    confidence = 85
    callees = frozenset({"sort", "sorted"})
    examples = (
        Bad(
            "def f(jobs):\n    queue = [jobs]\n    while queue:\n        queue.sort()\n        job = queue.pop(0)\n"
            "        queue.extend(job.next)\n",
            lines=(4,),
        ),
        Bad("def f(rows, names):\n    for row in rows:\n        print(row, sorted(names))\n", lines=(3,)),
        Good("def f(rows):\n    for row in rows:\n        print(sorted(row))\n", "another collection each time"),
        Good("def f(rows, key):\n    rows.sort(key=key)\n    for row in rows:\n        print(row)\n", "once"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` sorts in each turn what it has sorted before."""
        if module.loop(node) is None:
            return
        func = node.func
        if isinstance(func, ast.Attribute) and func.attr == "sort":
            yield from self._sort(node, func.value, module)
        elif module.is_builtin(func, "sorted") and len(node.args) == 1:
            yield from self._sorted(node, node.args[0], module)

    def _sorted(self, node: ast.Call, place: ast.expr, module: Module) -> Iterator[Finding]:
        if (
            isinstance(place, ast.Call)
            and isinstance(place.func, ast.Attribute)
            and place.func.attr in ("items", "keys", "values")
        ):
            place = place.func.value
        loop = next(data_loops(node, module), None)
        path = dotted(place)
        if loop is not None and path is not None and _replaces(node, path, module):
            yield from self._resorted(node, place, loop, module)
            return
        if loop is None or path is None or _is_short_name(place) or _key_changes(node, loop, module):
            return
        if isinstance(place, ast.Attribute) and kind_of(place, module) is None:
            return  # a property may give something else each time
        if is_changed(place, loop, module) or not bindings_of(place, module):
            return
        sure = not isinstance(place, ast.Attribute) and not is_test(module.path)
        message = f"`sorted({path})` gives the same list in every turn of the loop; sort once before it"
        least = _UNKNOWN_LENGTH if not sure else None if _is_in_every_turn(node, loop, module) else _SOME_TURNS
        yield self.finding(node, module, message, confidence=least)

    def _resorted(self, node: ast.Call, place: ast.expr, loop: Loop, module: Module) -> Iterator[Finding]:
        """`queue = sorted(queue)`, which is `queue.sort()` and a copy."""
        if _key_changes(node, loop, module) or not _is_only_resorted(place, loop, module):
            return
        path = dotted(place)
        message = f"`{path} = sorted({path})` in a loop sorts again what was in order but for a few items; use `bisect.insort` or `heapq`"
        gains = remembered("loops.gains", place, loop, module, lambda: _gains(place, loop, module))
        sure = gains and kind_of(place, module) == "list" and not is_test(module.path)
        yield self.finding(node, module, message, confidence=self.confidence if sure else _UNKNOWN_LENGTH)

    def _sort(self, node: ast.Call, place: ast.expr, module: Module) -> Iterator[Finding]:
        path = dotted(place)
        if path is None or node.args or kind_of(place, module) != "list":
            return
        loop = next(data_loops(node, module), None)
        if loop is None or _is_new(place, loop, module) or _key_changes(node, loop, module):
            return
        message = f"`{path}.sort()` in a loop sorts again what was in order but for a few items; use `bisect.insort` or `heapq`"
        confidence = (
            self.confidence
            if remembered("loops.gains", place, loop, module, lambda: _gains(place, loop, module)) and not is_test(module.path)
            else _UNKNOWN_LENGTH
        )
        yield self.finding(node, module, message, confidence=confidence)


def _is_in_every_turn(node: ast.AST, loop: Loop, module: Module) -> bool:
    """Whether no condition stands between the loop and `node`."""
    child = node
    for ancestor in module.ancestors(node):
        if ancestor is loop:
            return True
        if isinstance(ancestor, ast.ExceptHandler) or (
            isinstance(ancestor, (ast.If, ast.IfExp)) and child is not ancestor.test
        ):
            return False
        child = ancestor
    return True


def _is_short_name(place: ast.expr) -> bool:
    name = place.id if isinstance(place, ast.Name) else place.attr if isinstance(place, ast.Attribute) else ""
    return name.isupper()


def _replaces(node: ast.Call, path: str, module: Module) -> bool:
    """Whether the sorted list takes the place of what was sorted."""
    holder = module.parent(node)
    return isinstance(holder, ast.Assign) and len(holder.targets) == 1 and dotted(holder.targets[0]) == path


def _is_only_resorted(place: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether the loop gives the name, and what it hangs on, no other value than the sorted list."""
    if isinstance(place, ast.Attribute) and is_rebound(place.value, loop, module):
        return False
    path = dotted(place) or ""
    for use in mentions_in(place, loop, module):
        if isinstance(use.ctx, ast.Load):  # type: ignore[attr-defined]
            continue
        holder = module.parent(use)
        call = holder.value if isinstance(holder, ast.Assign) else None
        resorts = isinstance(call, ast.Call) and module.is_builtin(call.func, "sorted") and len(call.args) == 1
        if not resorts or dotted(call.args[0]) != path:  # type: ignore[union-attr]
            return False
    return True


def _is_new(place: ast.expr, loop: Loop, module: Module) -> bool:
    return remembered("loops.rebound", place, loop, module, lambda: is_rebound(place, loop, module))


def _gains(place: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether the loop adds to the list that it sorts, and otherwise leaves its items as they are."""
    found = False
    for use in mentions_in(place, loop, module):
        holder = module.parent(use)
        if isinstance(holder, ast.Subscript) and not isinstance(holder.ctx, ast.Load):
            return False
        found = found or (isinstance(holder, ast.Attribute) and holder.attr in ("append", "extend"))
    return found


def _key_changes(node: ast.Call, loop: Loop, module: Module) -> bool:
    """Whether the order depends on something that the loop gives another value in each turn."""
    names = [part for keyword in node.keywords for part in ast.walk(keyword.value) if isinstance(part, ast.Name)]
    return any(
        is_inside(b.node, loop, module) and not is_inside(b.node, node, module) for n in names for b in bindings_of(n, module)
    )
