"""GL217 dict-items-half-used."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from operator import attrgetter

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._frames import is_frame
from greenlint.rules.loops._steady import is_read_after, remembered
from greenlint.source.infer import kind_of
from greenlint.source.names import COMPREHENSIONS, names_of
from greenlint.source.repeat import is_short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_DUCK = 75
"""Nearly every type that has `items()` has `keys()` and `values()` too."""
_UNSURE = 50
"""Below the default threshold: the `values` of a data frame is no method."""
_SELDOM = 35
"""A dict of a few entries, a name that something else reads in a later loop, or a copy of the items."""
_FRAMES = frozenset({"cudf", "dask", "geopandas", "modin", "pandas", "xarray"})


class DictItemsHalfUsed(FileRule):
    """A loop takes keys and values of a dict, and never reads one of the two.

    ## Why it wastes

    `items()` makes a pair for each entry and the loop takes it apart again. `keys()` and `values()` hand out what is needed
    alone.

    ## When to leave it alone

    When the object has `items` but no `keys` or `values`; that is why the fix is unsafe. The `values` of a data frame is no
    method: where the file imports pandas or the like and the object is not known to be a dict, the finding gets confidence
    50, which the default threshold hides; so does `self.items()`, whose class may define that method alone. The rule counts a name as unused only if nothing in the loop, in inner functions or
    after the loop reads it, whatever the name is.

    ## Evidence

    Whole processes, CPython 3.11.7: 10 % less CPU at 200,000 entries, and at 50,000, no measurable effect at 1,000 (`python
    benchmarks/rules/run.py GL217`). In code that the rule was not tuned on, 17 of 24 findings concerned a few entries
    (`benchmarks/rules/blind.tsv`): hence only with `--pedantic`.
    """

    code = "GL217"
    name = "dict-items-half-used"
    effect = Effect(
        EffectClass.CONSTANT,
        "a pair made and taken apart for each entry (10 % less CPU at 200,000 entries)",
        "bench GL217",
    )
    confidence = 90
    pedantic = True
    callees = frozenset({"items"})
    examples = (
        Bad(
            "def f(table: dict):\n    for key, row in table.items():\n        print(row)\n",
            fixed="def f(table: dict):\n    for row in table.values():\n        print(row)\n",
            lines=(2,),
        ),
        Bad(
            "def f(table):\n    return [name for name, _ in table.items()]\n",
            fixed="def f(table):\n    return [name for name in table.keys()]\n",
            lines=(2,),
        ),
        Good("def f(table):\n    for key, row in table.items():\n        print(key, row)\n", "both are read"),
        Good("def f(table):\n    for key, row in table.items():\n        pass\n    return key, row\n", "read after the loop"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when one half of the items of `node` is never read."""
        func, place = node.func, module.parent(node)
        if not isinstance(func, ast.Attribute) or node.args or node.keywords:
            return
        if not (isinstance(place, (ast.For, ast.AsyncFor, ast.comprehension)) and place.iter is node):
            yield from self._wrapped(node, module)
            return
        target = place.target
        if not (isinstance(target, (ast.Tuple, ast.List)) and len(target.elts) == 2):
            return
        key, value = target.elts
        loop = module.parents[place] if isinstance(place, ast.comprehension) else place
        short = is_short(loop, module)  # type: ignore[arg-type]
        dead = [not short and isinstance(part, ast.Name) and _is_dead(part, loop, module) for part in (key, value)]
        if dead[0] == dead[1]:
            yield from self._perhaps(node, target, loop, module)
            return
        kind = kind_of(func.value, module)
        if kind not in ("dict", None):
            return
        kept, method = (value, "values") if dead[0] else (key, "keys")
        if kind is None and _is_no_method(method, func.value, module):
            return
        message = f"the loop reads only the {method} of `items()`; iterate over `.{method}()`"
        fix = _fix(target, kept, func, method, module)
        yield self.finding(
            node,
            module,
            message,
            confidence=None if kind else _UNSURE if _may_lack(method, func.value, module) else _DUCK,
            fix=fix,
        )

    def _wrapped(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`list(d.items())` and `enumerate(d.items())`."""
        call = module.parent(node)
        if not isinstance(call, ast.Call) or call.args[:1] != [node]:
            return
        place = module.parent(call)
        if not isinstance(place, (ast.For, ast.comprehension)) or place.iter is not call:
            return
        target = place.target
        if module.is_builtin(call.func, "enumerate"):
            target = target.elts[-1] if isinstance(target, ast.Tuple) else target
        elif not any(module.is_builtin(call.func, name) for name in ("list", "sorted", "tuple")):
            return
        if isinstance(target, ast.Tuple) and len(target.elts) == 2:
            yield from self._perhaps(
                node, target, module.parents[place] if isinstance(place, ast.comprehension) else place, module
            )

    def _perhaps(self, node: ast.Call, target: ast.expr, loop: ast.AST, module: Module) -> Iterator[Finding]:
        """A note where nothing in the loop reads one half, whatever happens around it."""
        key, value = target.elts  # type: ignore[attr-defined]
        if self.least > _SELDOM or any(_is_inside(call, loop) for kind in ("locals", "vars") for call in module.calls(kind)):
            return
        dead = [_is_unread(part, loop, module) for part in (key, value)]
        if any(dead) and kind_of(node.func.value, module) in ("dict", None):  # type: ignore[attr-defined]
            method = "values" if dead[0] else "keys"
            if _is_no_method(method, node.func.value, module):  # type: ignore[attr-defined]
                return
            message = f"the loop reads only the {method} of `items()`; iterate over `.{method}()`"
            yield self.finding(node, module, message, confidence=_SELDOM)


def _is_unread(part: ast.expr, loop: ast.AST, module: Module) -> bool:
    """Whether neither the loop itself nor what follows it reads the names in `part`."""
    names = names_of(module)
    for name in (node for node in ast.walk(part) if isinstance(node, ast.Name)):
        scope = names.scope(name)
        loads = names.loads(name.id, scope) if scope is not None else []
        first, last = loop.lineno, loop.end_lineno or 0  # type: ignore[attr-defined]
        if bisect_left(loads, first, key=attrgetter("lineno")) != bisect_right(loads, last, key=attrgetter("lineno")):
            return False
        if not isinstance(loop, COMPREHENSIONS) and is_read_after(name, loop, module):
            return False
    return not isinstance(part, (ast.Attribute, ast.Subscript, ast.Starred))


def _is_no_method(method: str, receiver: ast.expr, module: Module) -> bool:
    """Whether it is the `values` of a data frame."""
    return method == "values" and not _FRAMES.isdisjoint(module.packages) and is_frame(receiver, module)


def _is_inside(node: ast.expr, loop: ast.AST) -> bool:
    return bool(loop.lineno <= node.lineno <= (loop.end_lineno or 0))  # type: ignore[attr-defined]


def _may_lack(method: str, receiver: ast.expr, module: Module) -> bool:
    """Whether what has `items` may lack the other method: a frame, or an object of this very class, whose `items` may be its own."""
    if isinstance(receiver, ast.Name) and receiver.id == "self":
        return True
    return method == "values" and not _FRAMES.isdisjoint(module.packages)


def _is_dead(name: ast.Name, loop: ast.AST, module: Module) -> bool:
    """Whether nothing can read what the loop stores in `name`."""
    names = names_of(module)
    scope = names.scope(name)
    here = module.scope(name)
    if scope is None or module.calls("locals") or module.calls("vars") or names.declared(name.id, here):
        return False
    loads = remembered("loops.loads", name, None, module, lambda: names.loads(name.id, scope))
    if not remembered("loops.own", name, None, module, lambda: all(module.scope(load) is here for load in loads)):
        return False
    if isinstance(loop, COMPREHENSIONS):
        return not loads
    first, end = loop.lineno, loop.end_lineno or 0  # type: ignore[attr-defined]
    after = bisect_right(loads, end, key=attrgetter("lineno"))
    before = bisect_left(loads, first, key=attrgetter("lineno"))
    if before != after or (before and module.loop(loop) is not None):
        return False  # read in the loop, or perhaps in the next turn of a loop around it
    return after == len(loads) or _is_bound_between(end, loads[after].lineno, name, scope, module)


def _is_bound_between(first: int, last: int, name: ast.Name, scope: ast.AST, module: Module) -> bool:
    """Whether the name gets another value after line `first`, up to line `last`."""
    lines = remembered("loops.lines", name, None, module, lambda: _lines(name, scope, module))
    at = bisect_right(lines, first)
    return at < len(lines) and lines[at] <= last


def _lines(name: ast.Name, scope: ast.AST, module: Module) -> list[int]:
    """Where the name gets its values."""
    return sorted(getattr(binding.node, "lineno", 0) for binding in names_of(module).bindings(name.id, scope))


def _fix(target: ast.expr, kept: ast.expr, func: ast.Attribute, method: str, module: Module) -> Fix | None:
    start, end = module.span(target)
    if b"#" in module.data[start:end]:
        return None
    last = module.span(func)[1]
    edits = (Edit(start, end, module.text(kept)), Edit(last - len("items"), last, method))
    return Fix(f"Iterate over the {method}", edits, Applicability.UNSAFE)
