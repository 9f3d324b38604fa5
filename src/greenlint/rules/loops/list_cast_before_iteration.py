"""GL218 list-cast-before-iteration."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._copied import MAKERS, copied_by_hand, source_of, waits
from greenlint.rules.loops._pure import only_looks
from greenlint.rules.loops._steady import is_changed, may_alter, mentions_in, remembered
from greenlint.source.flow import is_lazy
from greenlint.source.infer import dotted, kind_of
from greenlint.source.names import FUNCTIONS, names_of
from greenlint.source.repeat import is_short_iterable
from greenlint.source.shadowed import doubted, is_builtin_here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNKNOWN = 30
"""The loop leaves it alone, yet something that it calls may not; or there are few items."""
_FRESH = frozenset({"split", "rsplit", "splitlines", "readlines", "findall"})
"""Methods of strings, files and patterns whose list nobody else holds."""


class ListCastBeforeIteration(FileRule):
    """A loop copies a sequence into a list or tuple only to walk it once.

    ## Why it wastes

    `for x in list(xs)` copies all of xs before the first turn. A range, list, tuple, string or sorted result can be walked as
    it is.

    ## When to leave it alone

    When the loop, or code that it calls, changes the collection meanwhile: the copy protects against that, so the rule
    reports only values that nothing can change (ranges, strings, tuples), values made on the spot (`sorted(...)`,
    `text.split()`, a comprehension), and local lists that the loop leaves alone. It is silent for whatever it does not know. What the
    loop itself leaves alone though something that it calls may not, views of dicts, a few items, copies inside `enumerate` or `zip`, copies by
    `xs[:]`, `[*xs]` or `xs.copy()`, and iterators (`list(map(...))`) get a confidence of 30, which the default threshold hides.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.15 -> 0.094 s of CPU and 130 -> 9 MB at 3,000,000 numbers, 0.034 -> 0.024 s and 29 -> 9
    MB at 500,000, no measurable effect at 1,000 (`python benchmarks/rules/run.py GL218`).

    In preview: 8.3 million lines of real code have 2 findings, too few to be sure.
    """

    code = "GL218"
    name = "list-cast-before-iteration"
    effect = Effect(
        EffectClass.MEMORY,
        "a copy of the whole sequence (0.15 -> 0.094 s of CPU and 130 -> 9 MB at 3,000,000 numbers)",
        "bench GL218",
    )
    confidence = 95
    preview = True
    callees = frozenset({"list", "tuple"})
    examples = (
        Bad(
            "def f(n):\n    for i in list(range(n)):  # all\n        print(i)\n",
            fixed="def f(n):\n    for i in range(n):  # all\n        print(i)\n",
            lines=(2,),
        ),
        Bad(
            "def f(rows):\n    return [row.name for row in list(sorted(rows, key=str))]\n",
            fixed="def f(rows):\n    return [row.name for row in sorted(rows, key=str)]\n",
            lines=(2,),
        ),
        Good("def f(table: dict):\n    for key in list(table):\n        del table[key]\n", "the loop changes the dict"),
        Good("def f(rows: list):\n    for row in list(rows):\n        rows.remove(row)\n", "the loop changes the list"),
    )

    def check(
        self, node: ast.Call | ast.ListComp | ast.SetComp | ast.DictComp | ast.For | ast.comprehension, module: Module
    ) -> Iterator[Finding]:
        """Yield a finding when `node` copies what the loop could walk as it is."""
        if isinstance(node, ast.Call):
            yield from doubted(self._found(node, module), node, module)
        elif isinstance(node, (ast.For, ast.comprehension)):
            copied = copied_by_hand(node.iter, module) if self.least <= _UNKNOWN else None
            if copied is not None and (_is_fixed(copied, module) or _is_kept(copied, node, module)):
                message = "copies the whole sequence for one walk over it; iterate over it as it is"
                yield self.finding(node.iter, module, message, confidence=_UNKNOWN)
        elif _only_copies(node):
            yield self.finding(
                node, module, "copies item by item; one call of the type copies all at once", confidence=_UNKNOWN
            )

    def _found(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        walked, func = node, node.func
        place = module.parent(node)
        if isinstance(place, ast.Call) and self.least <= _UNKNOWN and _only_pairs(place, module):
            walked, place = place, module.parent(place)
        if not (isinstance(place, (ast.For, ast.comprehension)) and place.iter is walked and isinstance(func, ast.Name)):
            return
        if len(node.args) != 1 or node.keywords or not is_builtin_here(func, func.id, module):
            return
        value = node.args[0]
        if isinstance(value, ast.Starred) or (isinstance(place, ast.comprehension) and place.is_async):
            return
        message = f"`{func.id}(…)` copies the whole sequence for one walk over it; iterate over it as it is"
        fixed = _is_fixed(value, module)
        sure = walked is node and not is_short_iterable(value, module)
        if not sure or (not fixed and not _is_left_alone(value, place, module)):
            if self.least <= _UNKNOWN and (fixed or _is_untouched(value, place, module) or _is_lazy(value, place, module)):
                yield self.finding(node, module, message, confidence=_UNKNOWN)
            return
        yield self.finding(node, module, message, fix=_fix(node, value, fixed, module))


def _loop_of(place: ast.For | ast.comprehension, module: Module) -> ast.AST:
    return place if isinstance(place, ast.For) else module.parents[place]


def _is_kept(copied: ast.expr, place: ast.For | ast.comprehension, module: Module) -> bool:
    """Whether the loop runs nothing that could change what `xs[:]` copies: whoever writes that means to copy."""
    return isinstance(copied, ast.Name) and not _may_be_changed_by(_loop_of(place, module), copied, module, but=place.iter)


def _is_lazy(value: ast.expr, place: ast.For | ast.comprehension, module: Module) -> bool:
    """Whether an iterator gives the items one by one, of what the loop leaves alone."""
    loop = _loop_of(place, module)
    read = source_of(value, module) if not waits(loop) else None
    return read is not None and not any(_may_be_changed_by(loop, name, module, but=value) for name in read)


def _only_copies(node: ast.ListComp | ast.SetComp | ast.DictComp) -> bool:
    """`[x for x in items]`, `{k: v for k, v in pairs}`."""
    only = node.generators[0]
    if len(node.generators) != 1 or only.ifs or only.is_async:
        return False
    target = only.target
    if isinstance(node, ast.DictComp):
        given: list[ast.expr] = [node.key, node.value]
        taken = target.elts if isinstance(target, ast.Tuple) else []
    else:
        given, taken = [node.elt], [target]
    pairs = zip(given, taken)
    same = all(isinstance(a, ast.Name) and isinstance(b, ast.Name) and a.id == b.id for a, b in pairs)
    return same and len(given) == len(taken)


def _is_fixed(value: ast.expr, module: Module) -> bool:
    """Whether nothing can change the sequence while the loop runs: it cannot change at all, or nobody else has it."""
    if isinstance(value, (ast.ListComp, ast.SetComp, ast.List, ast.Set, ast.Tuple)):
        return True
    if isinstance(value, ast.Call):
        func = value.func
        if isinstance(func, ast.Name) and func.id in ("range", "sorted", "list", "tuple", "str", "set", "frozenset"):
            return is_builtin_here(func, func.id, module)
        if module.qualified_name(func) in MAKERS:
            return True
        if isinstance(func, ast.Attribute) and func.attr in _FRESH:
            return kind_of(value, module) == "list"
        return False
    if isinstance(value, ast.Name):
        return kind_of(value, module) in ("range", "tuple", "str", "bytes")
    return False


def _is_left_alone(value: ast.expr, place: ast.For | ast.comprehension, module: Module) -> bool:
    """Whether it is a local list that the loop does not change and that no other function sees."""
    if not isinstance(value, ast.Name) or kind_of(value, module) != "list":
        return False
    loop = place if isinstance(place, ast.For) else module.parents[place]
    if isinstance(place, ast.comprehension) and is_lazy(place, module):
        return False
    names = names_of(module)
    scope = names.scope(value)
    if (
        not isinstance(scope, FUNCTIONS)
        or module.scope(value) is not scope
        or any(isinstance(part, ast.Await) for part in ast.walk(loop))
    ):
        return False
    if any(isinstance(part, (ast.Yield, ast.YieldFrom)) for part in ast.walk(loop)):
        return False
    if not remembered("loops.own list", value, None, module, lambda: _is_kept_here(value, scope, module)):
        return False
    return not is_changed(value, loop, module)  # type: ignore[arg-type]


def _is_untouched(value: ast.expr, place: ast.For | ast.comprehension, module: Module) -> bool:
    """Whether nothing in the loop names what is copied but to look at it."""
    if isinstance(value, ast.Call):  # `d.keys()` and the like of a name
        func = value.func
        views = isinstance(func, ast.Attribute) and func.attr in ("items", "keys", "values") and not value.args
        value = func.value if views and isinstance(func, ast.Attribute) else value
    loop = place if isinstance(place, ast.For) else module.parents[place]
    if waits(loop):
        return False  # others run meanwhile
    named = isinstance(value, ast.Name) or (isinstance(value, ast.Attribute) and dotted(value) is not None)
    if not named:
        return False
    return not is_changed(value, loop, module) or not _may_be_changed_by(loop, value, module)  # type: ignore[arg-type]


def _may_be_changed_by(loop: ast.AST, value: ast.expr, module: Module, but: ast.expr | None = None) -> bool:
    """Whether the loop itself changes a variable, or runs code that does: anything but `print` and what only gives a value."""
    if not isinstance(value, ast.Name) or isinstance(loop, ast.AsyncFor):
        return True
    spared = {*ast.walk(but), module.parent(but)} if but is not None else set()
    mentions = [use for use in mentions_in(value, loop, module) if use not in spared]
    copies = [holder for use in mentions if _is_copy(holder := module.parent(use))]
    if any(may_alter(use, module) for use in mentions if module.parent(use) not in copies):
        return True
    acts = (ast.Await, ast.Yield, ast.YieldFrom, ast.With, ast.AsyncWith)
    for part in ast.walk(loop):
        if isinstance(part, acts):
            return True
        if (
            isinstance(part, ast.Call)
            and part not in copies
            and part not in spared
            and not (module.is_builtin(part.func, "print") or only_looks(part.func, module))
        ):
            return True
    return False


def _is_copy(call: ast.AST | None) -> bool:
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("list", "tuple")


def _only_pairs(call: ast.Call, module: Module) -> bool:
    """`enumerate(...)` and `zip(...)`, which walk what they are given."""
    return module.is_builtin(call.func, "enumerate") or module.is_builtin(call.func, "zip")


def _is_kept_here(name: ast.Name, scope: ast.AST, module: Module) -> bool:
    """Whether the function makes the list itself and gives it no other name or owner."""
    names = names_of(module)
    made = all(isinstance(binding.value, (ast.List, ast.ListComp, ast.Call)) for binding in names.bindings(name.id, scope))
    kept = (ast.Assign, ast.keyword, ast.Tuple, ast.List, ast.Dict)
    return made and not any(isinstance(module.parent(load), kept) for load in names.loads(name.id, scope))


def _fix(node: ast.Call, value: ast.expr, fixed: bool, module: Module) -> Fix | None:
    start, end = module.span(node)
    inner = module.span(value)
    before, after = module.data[start : inner[0]], module.data[inner[1] : end]
    if b"#" in before + after or b"\n" in before + after or b"," in after:
        return None
    plain = isinstance(value, (ast.Name, ast.Call, ast.ListComp, ast.SetComp, ast.List, ast.Set))
    if not plain or after.count(b")") != 1 or isinstance(value, (ast.Set, ast.SetComp)):
        return None
    safe = fixed and not isinstance(value, ast.Name)
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return Fix("Iterate over it as it is", (Edit(start, inner[0], ""), Edit(inner[1], end, "")), applicability)
