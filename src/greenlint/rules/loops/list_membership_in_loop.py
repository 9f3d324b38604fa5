"""GL204 list-membership-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._extent import data_loops, grows, holds_unhashable, is_unhashable, sounds_few
from greenlint.rules.loops._set import set_edits
from greenlint.rules.loops._steady import is_changed, is_rebound, remembered
from greenlint.source.infer import dotted, kind_of
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.base import Edit
    from greenlint.source.module import Module

_HASHABLE = (ast.Constant, ast.Name, ast.Attribute, ast.UnaryOp)
_UNKNOWN_KIND = 35
_LITERAL = 25
"""A literal costs a comparison for each of its few items."""
_UNKNOWN_LENGTH = 45
"""Below the default threshold: a list of which the file does not say that it grows with the data is mostly short."""


class ListMembershipInLoop(FileRule):
    """A loop asks again and again whether something is in a list that it does not change.

    ## Why it wastes

    `x in items` compares x with the items one by one, so m questions about n items cost m·n comparisons. A set answers each
    in constant time: build it once before the loop.

    ## When to leave it alone

    When the items cannot be hashed (lists, dicts, arrays), or are few. The rule reports lists that a comprehension, a loop or
    a reader of data fills; a list of unknown length, one that by its name holds a handful of things (fields, columns,
    arguments), the lists of tests, and a copy that is made to be searched (`x in list(items)`) get confidence 45, which the default
    threshold hides; what need not be a list gets 35, a literal 25. It is silent where the loop
    changes the list or may hand it to code that does, for literals and constants, and for short loops.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.17 -> 0.013 s of CPU at 5,000 names, 0.017 -> 0.011 s at 1,000, no measurable effect at
    100 (`python benchmarks/rules/run.py GL204`).

    In preview: of a sample of 50 of its findings in 8.3 million lines of real code 37 are right; the others are short lists,
    which the code does not tell.
    """

    code = "GL204"
    name = "list-membership-in-loop"
    effect = Effect(EffectClass.ASYMPTOTIC, "comparisons grow with m·n (0.17 -> 0.013 s of CPU at 5,000 names)", "bench GL204")
    confidence = 85
    preview = True
    examples = (
        Bad(
            "def f(rows, users):\n    known = [user.name for user in users]\n    return [row for row in rows if row.name in known]\n",
            fixed="def f(rows, users):\n    known = {user.name for user in users}\n"
            "    return [row for row in rows if row.name in known]\n",
            lines=(3,),
        ),
        Good("def f(rows):\n    return [row for row in rows if row.name in ['a', 'b']]\n", "two items"),
        Good(
            "def f(rows, users):\n    known = {user.name for user in users}\n    return [row for row in rows if row.name in known]\n",
            "a set",
        ),
    )

    def check(self, node: ast.Compare, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` searches a list that the loop around it leaves as it is."""
        if not isinstance(node.ops[-1], (ast.In, ast.NotIn)):
            return
        place = node.comparators[-1]
        if isinstance(place, (ast.List, ast.Tuple)) and place.elts and all(isinstance(e, _HASHABLE) for e in place.elts):
            yield self.finding(
                node, module, "compares with one item after the other; a set is asked at once", confidence=_LITERAL
            )
            return
        if self.least <= _UNKNOWN_LENGTH and isinstance(place, ast.Call):
            yield from self._copied(node, place, module)
        if not isinstance(place, (ast.Name, ast.Attribute)) or module.loop(node) is None or dotted(place) is None:
            return
        loops = list(data_loops(node, module))
        if not loops or kind_of(place, module) != "list" or is_changed(place, loops[0], module):
            if self.least > _UNKNOWN_KIND or _is_another(place, node, module):
                return
            if kind_of(place, module) in ("list", None) and not is_unhashable(node.left, module):
                message = f"`… in {dotted(place)}` walks it once per turn if it is a list; keep a set beside it"
                yield self.finding(node, module, message, confidence=_UNKNOWN_KIND)
            return
        if is_unhashable(node.left, module) or holds_unhashable(place, module):
            return
        long = grows(place, module) and not sounds_few(place, module) and not is_test(module.path)
        confidence = self.confidence if long else _UNKNOWN_LENGTH
        edits = _edits(place, module) if isinstance(place, ast.Name) else None
        fix = Fix("Make it a set", edits, Applicability.UNSAFE) if edits else None
        message = f"`… in {dotted(place)}` searches a list once per turn of the loop; build a set once before it"
        yield self.finding(node, module, message, confidence=confidence, fix=fix)

    def _copied(self, node: ast.Compare, call: ast.Call, module: Module) -> Iterator[Finding]:
        """`x in list(items)`."""
        loop = module.loop(node)
        copies = any(module.is_builtin(call.func, name) for name in ("list", "sorted", "tuple")) and len(call.args) == 1
        if loop is None or not copies or not isinstance(call.args[0], (ast.Name, ast.Attribute)):
            return
        if not is_rebound(call.args[0], loop, module) and not is_unhashable(node.left, module):
            message = f"copies and searches all of `{module.text(call.args[0])}` in each turn; build a set once before the loop"
            yield self.finding(node, module, message, confidence=_UNKNOWN_LENGTH)


def _is_another(place: ast.Name | ast.Attribute, node: ast.Compare, module: Module) -> bool:
    """Whether each turn of the innermost loop has a list of its own, which is searched once."""
    loop = module.loop(node)
    return loop is not None and is_rebound(place, loop, module)


def _edits(place: ast.Name, module: Module) -> tuple[Edit, ...] | None:
    return remembered("loops.set", place, None, module, lambda: set_edits(place, module))
