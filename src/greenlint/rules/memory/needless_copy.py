"""GL609 needless-copy."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.memory._copies import builtin_call, fresh_kind, in_place_of, only_argument
from greenlint.source.shadowed import doubted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_COPIES = frozenset({"list", "set", "dict"})
_LISTS = frozenset({"list"})
_SORTED = frozenset({"sorted"})
_UNSURE = 35
"""What is copied may be changed later, or is short."""
_SLICE = 20
_AGAIN = {
    "dict": frozenset({"dict"}),
    "list": frozenset({"list", "sorted"}),
    "tuple": frozenset({"tuple"}),
    "set": frozenset({"set"}),
    "reversed": frozenset({"sorted"}),
    "sorted": frozenset({"list", "reversed", "sorted", "tuple"}),
}
"""Builtin -> those whose result it has no need of."""
_OUTER = frozenset(_AGAIN)
_DEEP = frozenset({"copy.deepcopy", "json.loads", "json.load", "pickle.load", "pickle.loads"})
"""Calls whose result nobody else holds any part of."""


class NeedlessCopy(FileRule):
    """A container is copied although nobody else holds the original.

    ## Why it wastes

    `sorted`, `split`, `list` and comprehensions give a new container each. Copying it once more (`list(sorted(x))`,
    `sorted(list(x))`, `x.split().copy()`, `[...][:]`) doubles the memory for a moment and the original is thrown away at once.

    ## When to leave it alone

    The rule only speaks where the inner expression itself makes the container, so that leaving the copy out changes nothing; the
    fix is safe. It is silent for literals, which are short, for `tuple` and `frozenset`, which give back the same object, and for
    changes of kind such as `set(list(x))` (GL610).

    ## Evidence

    Whole processes, CPython 3.11.7, two copies of a million items: peak memory 91 -> 83 MB, CPU 0.32 -> 0.28 s; of 300,000 items
    32 -> 30 MB and 12 % less CPU (`python benchmarks/rules/run.py GL609`). In code that the rule was not tuned on, all of 20
    findings were right and all concerned a handful of names (`benchmarks/rules/blind.tsv`): hence only with `--pedantic`.
    """

    code = "GL609"
    name = "needless-copy"
    effect = Effect(EffectClass.MEMORY, "holds the items twice for a moment (8 MB for a million)", "bench GL609")
    confidence = 95
    pedantic = True
    callees = frozenset({"list", "set", "dict", "sorted", "copy", "deepcopy", "reversed", "tuple"})
    examples = (
        Bad("names = list(sorted(found))  # in order\n", fixed="names = sorted(found)  # in order\n"),
        Bad("names = sorted(list(found), key=len)\n", fixed="names = sorted(found, key=len)\n"),
        Bad("words = list(str(text).split())\n", fixed="words = str(text).split()\n"),
        Bad("rows = [row for row in table].copy()\n", fixed="rows = [row for row in table]\n"),
        Bad(
            "import copy\nimport json\n\nmine = copy.deepcopy(json.loads(text))\n",
            fixed="import copy\nimport json\n\nmine = json.loads(text)\n",
            lines=(4,),
        ),
        Good("mine = list(theirs)\n", "a copy of what somebody else holds"),
        Good("first = list(set(names))\n", "another kind of container"),
        Good("parts = tuple(tuple(names))\n", "gives back the same object"),
        Good("rows = list([1, 2, 3])\n", "a short literal"),
    )

    def check(self, node: ast.Call | ast.Dict | ast.Subscript | ast.BinOp, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` copies what its argument has just made, or sorts a copy."""
        if isinstance(node, ast.Call):
            return doubted(self._found(node, module), node, module)
        copied = _copied_in_passing(node)
        if copied is None:
            return iter(())
        message = "copies all items; leave the copy out where nothing changes it afterwards"
        return iter((self.finding(copied, module, message, confidence=_SLICE),))

    def _found(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        inner = _copied(node, module)
        if inner is not None:
            message = f"copies `{_short(inner, module)}`, which is new and known to nobody else; use it as it is"
            yield self.finding(node, module, message, fix=_fix(inner, node, module))
            return
        if builtin_call(node, _SORTED, module) and node.args and builtin_call(node.args[0], _LISTS, module):
            copy = node.args[0]
            inner = only_argument(copy) if isinstance(copy, ast.Call) else None
            if inner is not None:
                yield self.finding(
                    copy, module, "`sorted` makes a list of its own; leave out `list(...)`", fix=_fix(inner, copy, module)
                )
                return
        outer = builtin_call(node, _OUTER, module)
        if outer is not None and node.args and builtin_call(node.args[0], _AGAIN[outer], module):
            message = f"`{outer}` makes its own of what `{node.args[0].func.id}` has made; leave one of them out"  # type: ignore[attr-defined]
            yield self.finding(node, module, message, confidence=_UNSURE)


def _copied_in_passing(node: ast.Dict | ast.Subscript | ast.BinOp) -> ast.expr | None:
    """`x[:]`, the spread dict in `{**{...}}` and `{**d.copy()}`, and the copy in `d.copy() | other`."""
    if isinstance(node, ast.Subscript):
        part = node.slice
        whole = isinstance(part, ast.Slice) and part.lower is None and part.upper is None and part.step is None
        return node if whole and isinstance(node.ctx, ast.Load) else None
    if isinstance(node, ast.BinOp):
        copies = [side for side in (node.left, node.right) if _is_copy(side)] if isinstance(node.op, ast.BitOr) else []
        return copies[0] if copies else None
    for key, value in zip(node.keys, node.values):
        if key is None and (isinstance(value, ast.Dict) or _is_copy(value)):
            return value
    return None


def _is_copy(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "copy" and not node.args


def _copied(node: ast.Call, module: Module) -> ast.expr | None:
    """The new container that `node` copies."""
    func = node.func
    if isinstance(func, ast.Attribute) and func.attr == "copy" and not node.args and not node.keywords:
        return func.value if fresh_kind(func.value, module) else None
    inner = only_argument(node)
    if inner is None:
        return None
    name = builtin_call(node, _COPIES, module)
    if name is not None:
        return inner if fresh_kind(inner, module) == name else None
    called = module.qualified_name(func)
    if called == "copy.copy":
        return inner if fresh_kind(inner, module) else None
    if called == "copy.deepcopy" and isinstance(inner, ast.Call) and module.qualified_name(inner.func) in _DEEP:
        return inner
    return None


def _short(node: ast.expr, module: Module) -> str:
    text = " ".join(module.text(node).split()) if module.utf8 else "this"
    return text if len(text) <= 40 else text[:39] + "…"


def _fix(inner: ast.expr, outer: ast.expr, module: Module) -> Fix | None:
    if not module.utf8:
        return None
    text = in_place_of(inner, outer, module)
    return None if text is None else FileRule.replace(outer, text, module, "Leave the copy out", Applicability.SAFE)
