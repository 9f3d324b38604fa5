"""GL610 double-conversion."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._arrays import rank_of
from greenlint.rules.memory._copies import builtin_call, in_place_of, only_argument
from greenlint.source.infer import kind_of
from greenlint.source.places import is_test
from greenlint.source.shadowed import doubted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_INNER = {
    "set": frozenset({"list", "tuple", "sorted"}),
    "frozenset": frozenset({"list", "tuple", "sorted"}),
    "list": frozenset({"tuple"}),
    "tuple": frozenset({"list"}),
    "sorted": frozenset({"tuple"}),
    "sum": frozenset({"list", "tuple"}),
    "min": frozenset({"list", "tuple", "sorted"}),
    "max": frozenset({"list", "tuple", "sorted"}),
}
"""Builtin -> the conversions that it does not need, as it walks what it is given just once."""
_OUTER = frozenset(_INNER)
_UNKNOWN_ARRAY = 55
"""Below the default threshold: `tolist` of a record gives its fields, which an array cannot hold otherwise."""
_FEW = 35
"""A display of a few items, or a generator, which holds one item at a time."""
_EMPTY = 20
"""A look-up and a call, tens of nanoseconds."""
_PLAIN = frozenset({"bool", "float", "int", "str"})
_LISTED = frozenset({"list", "tuple"})
_CALLS = frozenset({"dict", "frozenset", "list", "set", "tuple"})
_ARRAYS = frozenset({"numpy.array", "numpy.asarray", "torch.tensor", "pandas.Series"})


class DoubleConversion(FileRule):
    """A container is built only to be turned into another one at once.

    ## Why it wastes

    `set(list(x))`, `tuple(list(x))`, `max(list(x))`, `set([... for ...])`: the first container holds all items, is walked once and
    thrown away. `set(sorted(x))` sorts for nothing. `np.array(column.tolist())` makes a Python object of every number and takes
    it apart again; as the column may be a record, which needs that, this has confidence 55, hidden by the default threshold. So does
    `np.array(list(x))` of an array, where it is certain that it is one. `str(str(x))` only costs a call: 35.

    ## When to leave it alone

    `list(set(x))` takes out duplicates and `tuple(sorted(x))` puts in order: the rule is silent for both, and for a container of the
    same kind (GL609). It is silent in tests, which try such things on purpose, and for `tuple([... for ...])` and `sum([... for ...])`, where the list is the faster way. The fix is
    unsafe, because a set refuses an item that cannot be hashed before the others are made.

    ## Evidence

    Whole processes, CPython 3.11.7: a set of a list of a million items 108 -> 100 MB, of 300,000 36 -> 34 MB; CPU the same
    (`python benchmarks/rules/run.py GL610`).
    """

    code = "GL610"
    name = "double-conversion"
    effect = Effect(EffectClass.MEMORY, "holds the items twice (8 MB for a million)", "bench GL610")
    confidence = 90
    callees = _OUTER | {name.rpartition(".")[2] for name in _ARRAYS} | _CALLS | _PLAIN
    examples = (
        Bad("names = set(list(found))  # once\n", fixed="names = set(found)  # once\n"),
        Bad("largest = max(list(sizes), default=0)\n", fixed="largest = max(sizes, default=0)\n"),
        Bad("names = set([row.name for row in rows])\n", fixed="names = {row.name for row in rows}\n"),
        Bad("names = dict([(row.key, row) for row in rows])\n", fixed="names = {row.key: row for row in rows}\n"),
        Bad("largest = max(sorted(sizes))\n", fixed="largest = max(sizes)\n"),
        Good("names = list(set(found))\n", "takes out duplicates"),
        Good("names = tuple(sorted(found))\n", "puts in order"),
        Good("total = sum([row.size for row in rows])\n", "faster than a generator"),
        Good("names = set(['a', 'b'])\n", "a short literal"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the first argument of `node` is a conversion that it does not need."""
        if self.least > _FEW and isinstance(node.func, ast.Name) and node.func.id in _PLAIN:
            return iter(())
        return doubted(self._found(node, module), node, module)

    def _found(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        found = False
        for finding in self._converts(node, module) if node.args and not is_test(module.path) else ():
            found = True
            yield finding
        if not found:
            yield from self._perhaps(node, module)

    def _perhaps(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Calls in the place of displays and comprehensions, and of what is a text or number already."""
        plain = builtin_call(node, _PLAIN, module)
        if plain is not None:
            inner = only_argument(node)
            if isinstance(inner, (ast.Call, ast.JoinedStr)) and kind_of(inner, module) == plain:
                yield self.finding(node, module, f"makes a {plain} of what is one already; leave it out", confidence=_FEW)
            return
        name = builtin_call(node, _OUTER | _CALLS, module)
        if name is None or any(keyword.arg is None for keyword in node.keywords):
            return
        if not node.args:
            if name in ("dict", "list", "tuple"):
                yield self.finding(node, module, f"calls `{name}` for what a display writes", confidence=_EMPTY)
            return
        if len(node.args) == 1 and _is_needless(name, node.args[0], module):
            message = f"makes one container only to make a {name} of it; write the {name} itself"
            yield self.finding(node, module, message, confidence=_FEW)

    def _converts(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        inner = node.args[0]
        if module.qualified_name(node.func) in _ARRAYS:
            array = _listed_array(inner, module)
            if array is not None:
                message = f"makes a Python object of every value and takes it apart again; use `{module.text(array)}` itself"
                yield self.finding(inner, module, message, confidence=_UNKNOWN_ARRAY)
            return
        name = builtin_call(node, _OUTER | {"dict"}, module)
        if name in ("set", "dict") and isinstance(inner, ast.ListComp) and only_argument(node) is not None:
            fix = _comprehension(node, inner, name, module)
            if fix is not None:
                message = f"builds a list only to make a {name} of it; write it as a {name} comprehension"
                yield self.finding(inner, module, message, fix=fix)
            return
        converted = _converted(node, inner, name, module)
        if converted is not None:
            first = inner.func.id  # type: ignore[attr-defined]
            verb = "sorts" if first == "sorted" else f"builds a {first}"
            text = in_place_of(converted, inner, module) if module.utf8 else None
            unsafe = Applicability.UNSAFE
            fix = None if text is None else self.replace(inner, text, module, f"Leave out `{first}`", unsafe)
            yield self.finding(inner, module, f"{verb} for `{name}`, which needs none; leave out `{first}(...)`", fix=fix)


def _is_needless(name: str, inner: ast.expr, module: Module) -> bool:
    """Whether a display or comprehension of the kind `name` could stand in the place of the call."""
    if isinstance(inner, (ast.GeneratorExp, ast.ListComp)):
        pairs = isinstance(inner.elt, ast.Tuple) and len(inner.elt.elts) == 2
        return name in ("list", "set") or (name == "dict" and pairs)
    if isinstance(inner, (ast.List, ast.Tuple)):
        pairs = all(isinstance(item, ast.Tuple) and len(item.elts) == 2 for item in inner.elts)
        return name in ("list", "set", "tuple") or (name == "dict" and pairs)
    if isinstance(inner, (ast.Dict, ast.DictComp)):
        return name == "dict"
    known = _INNER.get(name, frozenset()) | ({"reversed"} if name in ("set", "sorted") else set())
    return builtin_call(inner, known, module) is not None


def _listed_array(inner: ast.expr, module: Module) -> ast.expr | None:
    """What `x.tolist()`, `list(x.tolist())` and, for what is certainly an array, `list(x)` make a list of."""
    listed = False
    while builtin_call(inner, _LISTED, module) is not None:
        argument = only_argument(inner)  # type: ignore[arg-type]
        if argument is None:
            return None
        inner, listed = argument, True
    if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr == "tolist":
        return None if inner.args or inner.keywords else inner.func.value
    return inner if listed and rank_of(inner, module) is not None else None


def _converted(node: ast.Call, inner: ast.expr, name: str | None, module: Module) -> ast.expr | None:
    """What the needless conversion converts."""
    if name not in _INNER or len(node.args) != 1 or builtin_call(inner, _INNER[name], module) is None:
        return None
    if not isinstance(inner, ast.Call) or (inner.keywords and inner.func.id != "sorted"):  # type: ignore[attr-defined]
        return None
    if name in ("min", "max") and inner.func.id == "sorted" and (inner.keywords or node.keywords):  # type: ignore[attr-defined]
        return None  # which of two equal ones comes first
    converted = inner.args[0] if len(inner.args) == 1 else None
    if converted is None or isinstance(converted, (ast.Starred, ast.GeneratorExp)):
        return None
    return converted


def _comprehension(node: ast.Call, inner: ast.ListComp, name: str, module: Module) -> Fix | None:
    """`{x for ...}` or `{k: v for ...}`; None when the elements are no visible pairs, or a comment would be lost."""
    if not module.utf8:
        return None
    start, end = module.span(node)
    first, last = module.span(inner)
    if b"#" in module.data[start:first] + module.data[last:end]:
        return None
    title = f"Use a {name} comprehension"
    if name == "set":
        return Fix(title, (Edit(start, first + 1, "{"), Edit(last - 1, end, "}")), Applicability.UNSAFE)
    pair = inner.elt
    if not isinstance(pair, ast.Tuple) or len(pair.elts) != 2 or any(isinstance(e, ast.Starred) for e in pair.elts):
        return None
    pair_start, pair_end = module.span(pair)
    if not module.text(pair).startswith("(") or b"#" in module.data[pair_start:pair_end]:
        return None
    key, value = pair.elts
    text = f"{module.text(key)}: {module.text(value)}"
    if "\n" in text or isinstance(key, (ast.Lambda, ast.NamedExpr)) or isinstance(value, ast.NamedExpr):
        return None
    return Fix(
        title,
        (Edit(start, first + 1, "{"), Edit(pair_start, pair_end, text), Edit(last - 1, end, "}")),
        Applicability.UNSAFE,
    )
