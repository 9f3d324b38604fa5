"""GL609 needless-copy."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.memory._copies import builtin_call, fresh_kind, in_place_of, is_changed, only_argument
from greenlint.rules.memory._fresh_arrays import TENSORS, is_fresh
from greenlint.source.infer import dotted, kind_of
from greenlint.source.repeat import is_short_iterable
from greenlint.source.shadowed import doubted
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_COPIES = frozenset({"list", "set", "dict"})
_LISTS = frozenset({"list"})
_DICTS = frozenset({"dict"})
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
_IN_ANY_ORDER = frozenset({"frozenset", "reversed", "set", "sorted"})
"""Builtins that do not keep the order of what they are given, or turn it round as well."""
_LITERAL = (ast.Constant, ast.Dict, ast.List, ast.Set, ast.Tuple)
_DEEP = frozenset({"copy.deepcopy", "json.loads", "json.load", "pickle.load", "pickle.loads"})
"""Calls whose result nobody else holds any part of."""
_SPLITS = frozenset({"rsplit", "split", "splitlines"})
_FRAMES = words(
    """concat crosstab date_range get_dummies json_normalize melt merge pivot_table read_csv read_excel read_feather read_fwf read_hdf
    read_json read_orc read_parquet read_pickle read_sql read_sql_query read_sql_table read_stata read_table"""
)
"""Functions of pandas that give a new frame."""
_FRAME_METHODS = words("agg assign astype fillna melt merge pivot_table rename reset_index round sort_index sort_values")
"""Methods of frames that give a new one whatever they are asked; what selects rows or columns may give a view."""
_CHANGING = frozenset(
    {
        "add",
        "append",
        "clear",
        "discard",
        "extend",
        "insert",
        "pop",
        "popleft",
        "remove",
        "reverse",
        "setdefault",
        "sort",
        "update",
    }
)


class NeedlessCopy(FileRule):
    """A container is copied although nobody else holds the original.

    ## Why it wastes

    `sorted`, `split`, `list` and comprehensions give a new container each. Copying it once more (`list(sorted(x))`,
    `sorted(list(x))`, `x.split().copy()`, `[...][:]`) doubles the memory for a moment and the original is thrown away at once.

    ## When to leave it alone

    The rule is sure where the inner expression itself makes the container (or array, frame, tensor), so that leaving the copy out
    changes nothing; the fix is safe. Where the copy may matter (`x[:]`, `{**d.copy()}`, `deepcopy(x.copy())`, `set(x[::-1])`, the result of a method
    of a frame), the confidence is 20 or 35, and 20 for copies of literals, which are short. It is silent for slices that are changed,
    whose list is changed, or that are handed out instead of an attribute, for `tuple` and `frozenset`, which give back the same object, and for
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
    callees = frozenset({"list", "set", "frozenset", "dict", "sorted", "clone", "copy", "deepcopy", "reversed", "tuple"})
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

    def check(self, node: ast.Call | ast.Dict | ast.Subscript | ast.BinOp | ast.Starred, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` copies what its argument has just made, sorts a copy, or unpacks one."""
        if isinstance(node, ast.Call):
            return doubted(self._found(node, module), node, module)
        if isinstance(node, ast.Starred):
            return doubted(self._unpacked(node, module), node.value, module)
        copied = _copied_in_passing(node, module)
        if copied is None or _is_changed_meanwhile(copied, module):
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
            return
        if builtin_call(node, _IN_ANY_ORDER, module) and node.args and _is_turned_round(node.args[0]):
            message = f"copies the items in the other order, which `{node.func.id}` does not keep; leave `[::-1]` out"  # type: ignore[attr-defined]
            yield self.finding(node, module, message, confidence=_UNSURE)
            return
        if self.least <= _SLICE and _is_copied_literal(node, module):
            message = "copies a literal, which is new each time; leave the copy out"
            yield self.finding(node, module, message, confidence=_SLICE)
            return
        twice = _copied_twice(node, module)
        if twice is not None:
            message = f"copies what `{_short(twice, module)}` has copied or made; one of them is enough"
            yield self.finding(node, module, message, confidence=_UNSURE)

    def _unpacked(self, node: ast.Starred, module: Module) -> Iterator[Finding]:
        """`[*list(x)]`, `print(*list(x))`: unpacking makes a list, or a tuple, of its own."""
        inner = only_argument(node.value) if isinstance(node.value, ast.Call) else None
        if inner is None or not isinstance(node.ctx, ast.Load) or builtin_call(node.value, _LISTS, module) is None:
            return
        message = "unpacking walks the items itself; leave out `list(...)`"
        confidence = _UNSURE if is_short_iterable(inner, module) else None
        yield self.finding(node.value, module, message, confidence=confidence, fix=_fix(inner, node.value, module))


def _is_turned_round(node: ast.expr) -> bool:
    """`items[::-1]`."""
    part = node.slice if isinstance(node, ast.Subscript) else None
    if not isinstance(part, ast.Slice) or part.lower is not None or part.upper is not None:
        return False
    step = part.step
    return isinstance(step, ast.UnaryOp) and isinstance(step.op, ast.USub) and getattr(step.operand, "value", None) == 1


def _is_copied_literal(node: ast.Call, module: Module) -> bool:
    """`copy.deepcopy({"a": [1]})`, `[1, 2].copy()`: constants and containers of them, which the copy shares with nobody."""
    func = node.func
    if isinstance(func, ast.Attribute) and func.attr == "copy" and not node.args and not node.keywords:
        copied: ast.expr | None = func.value
    else:
        copied = only_argument(node) if module.qualified_name(func) in ("copy.copy", "copy.deepcopy") else None
    if not isinstance(copied, (ast.Dict, ast.List, ast.Set)):
        return False
    return all(isinstance(part, (*_LITERAL, ast.expr_context)) for part in ast.walk(copied))


def _copied_twice(node: ast.Call, module: Module) -> ast.expr | None:
    """What is copied once more: `deepcopy(x.copy())`, `deepcopy(text.split())`, `sorted(x.copy())`, `df.merge(other).copy()`."""
    func = node.func
    if isinstance(func, ast.Attribute) and func.attr == "copy" and not node.args and not node.keywords:
        made = func.value
        if "pandas" not in module.packages or not (isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute)):
            return None
        in_place = any(item.arg in ("copy", "inplace") for item in made.keywords)
        return made if made.func.attr in _FRAME_METHODS and not in_place else None
    inner = only_argument(node)
    if inner is None:
        return None
    if module.qualified_name(func) == "copy.deepcopy":
        shallow = _is_copy(inner) or builtin_call(inner, _COPIES, module) is not None
        shallow = shallow or (isinstance(inner, ast.Call) and module.qualified_name(inner.func) == "copy.copy")
        return inner if (shallow and isinstance(inner, ast.Call) and not inner.keywords) or _is_split(inner) else None
    return inner if _is_copy(inner) and builtin_call(node, _COPIES | _SORTED, module) is not None else None


def _is_split(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SPLITS


def _is_changed_meanwhile(copied: ast.expr, module: Module) -> bool:
    """`for x in items[:]: items.remove(x)`: the loop walks a copy because it changes the list; or `mine = items[:]; mine.sort()`.

    So it is for `return self.items[:]`, which keeps callers from changing the list.
    """
    loop = module.parent(copied)
    if isinstance(loop, ast.Assign) and isinstance(copied, ast.Subscript):
        return any(is_changed(name, copied, module) for name in (*loop.targets, copied.value))
    if isinstance(loop, ast.Return) and isinstance(copied, ast.Subscript):
        return isinstance(copied.value, ast.Attribute)
    if not (isinstance(loop, ast.For) and loop.iter is copied and isinstance(copied, ast.Subscript)):
        return False
    name = dotted(copied.value)
    for node in ast.walk(loop):
        if isinstance(node, ast.Attribute) and node.attr in _CHANGING and dotted(node.value) == name:
            return True
        if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load) and dotted(node.value) == name:
            return True
    return False


def _copied_in_passing(node: ast.Dict | ast.Subscript | ast.BinOp, module: Module) -> ast.expr | None:
    """`x[:]`, the spread dict in `{**{...}}`, `{**d.copy()}` and `{**dict(d)}`, and the copy in `d.copy() | other`."""
    if isinstance(node, ast.Subscript):
        part = node.slice
        whole = isinstance(part, ast.Slice) and part.lower is None and part.upper is None and part.step is None
        return node if whole and isinstance(node.ctx, ast.Load) else None
    if isinstance(node, ast.BinOp):
        copies = [side for side in (node.left, node.right) if _is_copy(side)] if isinstance(node.op, ast.BitOr) else []
        return copies[0] if copies else None
    for key, value in zip(node.keys, node.values):
        if key is None and (isinstance(value, ast.Dict) or _is_copy(value) or _is_dict_of_one(value, module)):
            return value
    return None


def _is_dict_of_one(node: ast.expr, module: Module) -> bool:
    return isinstance(node, ast.Call) and only_argument(node) is not None and builtin_call(node, _DICTS, module) is not None


def _is_copy(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "copy" and not node.args


def _copied(node: ast.Call, module: Module) -> ast.expr | None:
    """The new container that `node` copies."""
    func = node.func
    if isinstance(func, ast.Attribute) and func.attr in ("clone", "copy") and not node.args and not node.keywords:
        fresh = func.attr == "copy" and (fresh_kind(func.value, module) or is_fresh(func.value, module))
        return func.value if fresh or _is_made(func.value, func.attr, module) else None
    inner = only_argument(node)
    if inner is None:
        return None
    name = builtin_call(node, _COPIES, module)
    if name is not None:
        return inner if fresh_kind(inner, module) == name else None
    called = module.qualified_name(func)
    if called == "copy.copy":
        return inner if fresh_kind(inner, module) else None
    if called == "copy.deepcopy" and isinstance(inner, ast.Call):
        texts = _is_split(inner) and kind_of(inner, module) == "list"
        return inner if texts or module.qualified_name(inner.func) in _DEEP else None
    return None


def _is_made(node: ast.expr, method: str, module: Module) -> bool:
    """Whether a function of pandas or torch has just made the frame that `copy` copies, or the tensor that `clone` does."""
    name = module.qualified_name(node.func) if isinstance(node, ast.Call) else None
    package, _, function = (name or "").partition(".")
    if package == "torch":
        return method == "clone" and function in TENSORS
    return package == "pandas" and method == "copy" and function in _FRAMES


def _short(node: ast.expr, module: Module) -> str:
    text = " ".join(module.text(node).split()) if module.utf8 else "this"
    return text if len(text) <= 40 else text[:39] + "…"


def _fix(inner: ast.expr, outer: ast.expr, module: Module) -> Fix | None:
    if not module.utf8:
        return None
    text = in_place_of(inner, outer, module)
    return None if text is None else FileRule.replace(outer, text, module, "Leave the copy out", Applicability.SAFE)
