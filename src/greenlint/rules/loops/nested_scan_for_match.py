"""GL207 nested-scan-for-match."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._matches import asked_for_all, equates, names, picked, turns
from greenlint.rules.loops._steady import is_changed
from greenlint.source.infer import dotted
from greenlint.source.places import is_test
from greenlint.source.repeat import enclosing_loops, is_short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_SEARCH = 40
"""The inner loop does more than to compare, or one of the two is short."""
_EACH_WITH_EACH = 20
"""Nothing shows that the inner loop searches."""
_TEST = 50
"""Below the default threshold: the collections of tests are short."""


class NestedScanForMatch(FileRule):
    """For each item of one collection a loop walks another one to find those with an equal key.

    ## Why it wastes

    m items compared with n each take m·n comparisons. A dict from key to item, built once from the inner collection, finds
    the match in constant time: m + n steps.

    ## When to leave it alone

    When either collection is short, or the keys cannot be hashed. The rule reports only inner loops that do nothing but
    compare their own item with the outer one for equality, over a collection that the outer loop leaves alone; it is part of
    `--pedantic`, for the length of the collections is seldom in the code. An inner loop that does more, and a comprehension, a `filter`, an `any` or a
    mask of a data frame that picks the equal ones, get confidence 40; a loop in a loop that compares nothing gets 20, and one that asks for less or more is left alone.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.22 -> 0.012 s of CPU at 4,000 orders and users, 0.023 -> 0.010 s at 1,000, no
    measurable effect at 100 (`python benchmarks/rules/run.py GL207`).

    In preview: its findings in real code have not been judged.
    """

    code = "GL207"
    name = "nested-scan-for-match"
    effect = Effect(
        EffectClass.ASYMPTOTIC, "comparisons grow with m·n (0.22 -> 0.012 s of CPU at 4,000 orders and users)", "bench GL207"
    )
    confidence = 70
    pedantic = True
    preview = True
    examples = (
        Bad(
            "def f(orders, users):\n    for order in orders:\n        for user in users:\n            if user.id == order.user_id:\n"
            "                order.user = user\n",
            lines=(3,),
        ),
        Good(
            "def f(orders, users):\n    by_id = {user.id: user for user in users}\n    for order in orders:\n"
            "        order.user = by_id.get(order.user_id)\n",
            "an index",
        ),
        Good(
            "def f(orders):\n    for order in orders:\n        for part in order.parts:\n            if part.id == order.main:\n"
            "                print(part)\n",
            "parts of the order itself",
        ),
    )

    def check(self, node: ast.For | ast.comprehension | ast.Lambda | ast.Subscript, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` only searches, once for each turn of the loop around it."""
        if isinstance(node, ast.comprehension):
            yield from self._paired(node, module)
            return
        if isinstance(node, (ast.Lambda, ast.Subscript)):
            place = picked(node, module) if self.least <= _SEARCH else None
            if place is not None:
                message = f"walks all of `{place}` in each turn to find equal ones; build a dict or groups by key once before"
                yield self.finding(node, module, message, confidence=_SEARCH)
            return
        outer = next(enclosing_loops(node, module), None)
        if outer is None:
            return
        found = False
        for finding in self._searches(node, outer, module):
            found = True
            yield finding
        if not found:
            yield from self._nested(node, outer, module)

    def _nested(self, node: ast.For, outer: Loop, module: Module) -> Iterator[Finding]:
        """A loop in a loop over something else: as many turns as both together give."""
        if not isinstance(outer, (ast.For, ast.AsyncFor, ast.While)):
            return
        outer_names = frozenset() if isinstance(outer, ast.While) else names(outer.target)
        if names(node.iter) & outer_names:
            return  # a part of the outer item
        inner_names = names(node.target)
        tests = [part.test for part in node.body if isinstance(part, ast.If)]
        related = [test for test in tests if names(test) & inner_names and names(test) & outer_names]
        few = isinstance(node.iter, ast.Call) and is_short(node, module)
        if related and (few or all(_orders(test) for test in related)):
            return  # no look-up finds what is less, and among a few numbers none is needed
        searches = bool(related)
        message = "a loop in a loop makes n·m turns; where it searches, build a dict by key once before"
        yield self.finding(node, module, message, confidence=_SEARCH if searches else _EACH_WITH_EACH)

    def _paired(self, node: ast.comprehension, module: Module) -> Iterator[Finding]:
        """`for x in a for y in b if x == y`."""
        holder = module.parent(node)
        generators: list[ast.comprehension] = getattr(holder, "generators", [])
        if len(generators) == 1 and self.least <= _SEARCH:
            yield from self._selected(node, holder, module)
        if len(generators) < 2 or generators[-1] is not node or not isinstance(holder, ast.expr):
            return
        outer_names = frozenset[str]().union(*(names(part.target) for part in generators[:-1]))
        if not names(node.iter) & outer_names and any(equates(test, names(node.target), outer_names) for test in node.ifs):
            message = "compares each item with each of the other to find equal ones; build a dict by key once before"
            yield self.finding(holder, module, message, confidence=_SEARCH)

    def _selected(self, node: ast.comprehension, holder: ast.AST | None, module: Module) -> Iterator[Finding]:
        """`next(y for y in b if y.id == x.id)` and the like in a loop over x."""
        tests = node.ifs or asked_for_all(holder, module)
        outer = module.loop(holder) if tests and isinstance(holder, ast.expr) else None
        outer_names = turns(outer)
        if not outer_names or not isinstance(holder, ast.expr) or dotted(node.iter) is None or names(node.iter) & outer_names:
            return
        if any(equates(test, names(node.target), outer_names) for test in tests):
            message = f"walks all of `{dotted(node.iter)}` in each turn to find equal ones; build a dict by key once before"
            yield self.finding(holder, module, message, confidence=_SEARCH)

    def _searches(self, node: ast.For, outer: Loop, module: Module) -> Iterator[Finding]:
        test = node.body[0]
        if (
            len(node.body) != 1
            or not isinstance(test, ast.If)
            or test.orelse
            or dotted(node.iter) is None
            or is_short(node, module)
        ):
            return
        if not isinstance(outer, ast.For) or is_short(outer, module):
            return
        inner_names, outer_names = names(node.target), names(outer.target)
        if not equates(test.test, inner_names, outer_names) or is_changed(node.iter, outer, module):
            return
        message = (
            f"for each item the loop walks all of `{dotted(node.iter)}` to find an equal key; build a dict by key once before"
        )
        yield self.finding(node, module, message, confidence=_TEST if is_test(module.path) else None)


def _orders(test: ast.expr) -> bool:
    """Whether all that the test compares with is more or less."""
    compared = [op for part in ast.walk(test) if isinstance(part, ast.Compare) for op in part.ops]
    return bool(compared) and all(isinstance(op, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for op in compared)
