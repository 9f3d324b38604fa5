"""GL228 deepcopy-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._asserted import is_asserted
from greenlint.rules.loops._extent import data_loops
from greenlint.rules.loops._pure import only_looks
from greenlint.rules.loops._steady import every_use, is_changed
from greenlint.source.infer import dotted
from greenlint.source.places import is_test
from greenlint.source.repeat import LOOPS, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_OWN = 45
"""Below the default threshold: each turn may need a copy of its own to change."""
_ITEM = 35
"""A copy of each item, which the loop may keep or change."""
_FEW = 25
"""The loop is short."""


class DeepcopyInLoop(FileRule):
    """A loop copies a whole structure, with all that hangs on it, in every turn.

    ## Why it wastes

    `copy.deepcopy` walks the structure in Python, object by object, and remembers each one that it has seen. Most loops change one field
    of the copy: a shallow copy (`{**template, "id": n}`, `copy.copy`, `dataclasses.replace`) and a copy of the part that changes give the
    same, and a function that builds the structure anew is faster still. What the loop only reads needs no copy.

    ## When to leave it alone

    When each turn changes deep parts of its copy. The rule is sure only where the loop leaves the original alone and does nothing with
    the copy but look at it; a copy that is changed, kept or handed on gets confidence 45, a copy of each item 35, and one in a short loop 25,
    which the default threshold hides. It is silent outside of loops, where the loop is left at once, and in
    assertions.

    ## Evidence

    Whole processes, CPython 3.11.7, a copy of a dict with lists and dicts in it, of which one field changes: 1.01 -> 0.047 s of CPU for 100,000
    turns, 0.29 -> 0.022 s for 20,000, 0.027 -> 0.015 s for 1,000 (`python benchmarks/rules/run.py GL228`).

    In preview: nobody has judged its findings in real code yet.
    """

    code = "GL228"
    name = "deepcopy-in-loop"
    effect = Effect(
        EffectClass.CONSTANT,
        "walks the whole structure in each turn (1.01 -> 0.047 s of CPU for 100,000 copies)",
        "bench GL228",
    )
    confidence = 75
    preview = True
    callees = frozenset({"deepcopy"})
    examples = (
        Bad(
            "import copy\n\ndef f(rows, settings):\n    for row in rows:\n        mine = copy.deepcopy(settings)\n"
            "        print(row, mine['limit'])\n",
            lines=(5,),
        ),
        Bad(
            "from copy import deepcopy\n\ndef f(rows, limits):\n    return [row for row in rows if row.size < deepcopy(limits)['size']]\n",
            lines=(4,),
        ),
        Good("import copy\n\ndef f(settings):\n    return copy.deepcopy(settings)\n", "once"),
        Good(
            "import copy\n\ndef f(rows, template):\n    for row in rows:\n        mine = copy.deepcopy(template)\n"
            "        mine['parts'].append(row)\n        yield mine\n",
            "each turn changes its own",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` copies a structure in each turn of a loop."""
        around = module.loop(node)
        if not isinstance(around, LOOPS) or len(node.args) != 1 or module.qualified_name(node.func) != "copy.deepcopy":
            return
        if leaves(node, around, module) or is_asserted(node, module):
            return
        copied = node.args[0]
        loop = next(data_loops(node, module), None)
        path = dotted(copied)
        stays = path is not None and not is_changed(copied, loop or around, module, but=node)
        if loop is None:
            confidence: int | None = _FEW
        elif not stays:
            confidence = _ITEM
        else:
            confidence = None if every_use(node, _asks_field, module) and not is_test(module.path) else _OWN
        shown = f"`{path}`" if path is not None else "a structure"
        advice = "use it as it is" if confidence is None else "copy only the part that changes, or build it anew"
        yield self.finding(
            node, module, f"`deepcopy` walks all of {shown} in every turn of the loop; {advice}", confidence=confidence
        )


def _asks_field(use: ast.expr, module: Module) -> bool:
    """Whether all that is done with the copy here is to compare, compute with or print one field of it."""
    field = module.parent(use)
    if not isinstance(field, (ast.Subscript, ast.Attribute)) or field.value is not use or not isinstance(field.ctx, ast.Load):
        return False
    holder = module.parent(field)
    if isinstance(holder, ast.Call):
        return holder.func is not field and (only_looks(holder.func, module) or module.is_builtin(holder.func, "print"))
    return isinstance(holder, (ast.BinOp, ast.Compare, ast.FormattedValue))
