"""GL208 list-index-or-count-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._extent import data_loops, grows, sounds_few
from greenlint.rules.loops._steady import bindings_of, is_changed, is_rebound
from greenlint.source.infer import dotted, kind_of
from greenlint.source.kinds import STRING_METHODS
from greenlint.source.names import names_of
from greenlint.source.places import is_test
from greenlint.source.repeat import is_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_UNSURE = 50
"""Below the default threshold: what another loop or a comprehension fills is often short all the same."""
_REMOVES = 45
"""Below the default threshold: few items may have to go."""
_SET = 25
"""It may be a set, or something of their own."""
_INSTEAD = {
    "index": "`enumerate`, or a dict of positions built once,",
    "count": "`collections.Counter`, built once,",
}


class ListIndexOrCountInLoop(FileRule):
    """A loop searches a list for each item: `index`, `count` and `remove` walk it from the front every time.

    ## Why it wastes

    `items.index(x)` compares x with the items one by one until it finds it, `items.count(x)` with all of them: a loop of n
    turns over n items compares n² times. `enumerate(items)` gives the position for nothing; a dict of positions or a
    `collections.Counter`, built once before the loop, answers in constant time.

    ## When to leave it alone

    When the list is short and its items cannot be hashed. The rule reports lists that the loop itself walks; a list that
    something else fills, one that by its name holds a handful of things (fields, columns, arguments), and the lists of tests
    get confidence 50, which the default threshold hides, and so does a search for the place where the list is cut. `remove` gets 45, and 25 where nothing shows that it
    is a list's. It is silent where the loop changes the list, for strings and
    tuples, and for `index` with a start.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.42 -> 0.013 s of CPU at 10,000 items, 0.028 -> 0.012 s at 2,000, no measurable effect
    at 100 (`python benchmarks/rules/run.py GL208`).

    Precision: 16 findings in 8.3 million lines of the standard library and 40 packages, all right
    (`benchmarks/rules/labels/GL208.tsv`); in 13.8 million lines of 86 packages that the rule had not been tuned on, 14 of 25 are right: five
    lists hold a handful by nature, six are texts, lists of lists, or walked once before an error. Hence a preview.
    """

    code = "GL208"
    name = "list-index-or-count-in-loop"
    effect = Effect(EffectClass.ASYMPTOTIC, "comparisons grow with n² (0.42 -> 0.013 s of CPU at 10,000 items)", "bench GL208")
    confidence = 85
    preview = True
    callees = frozenset({"count", "index", "remove"})
    examples = (
        Bad("def f(rows):\n    for row in rows:\n        print(rows.index(row), row)\n", lines=(3,)),
        Bad("def f(text):\n    words = text.split()\n    return {word: words.count(word) for word in words}\n", lines=(3,)),
        Good("def f(rows):\n    for i, row in enumerate(rows):\n        print(i, row)\n", "the position comes with the item"),
        Good("def f(rows, word):\n    return [row.index(word) for row in rows]\n", "another list each time"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` searches the same list in every turn of a loop."""
        func = node.func
        if not isinstance(func, ast.Attribute) or len(node.args) != 1 or node.keywords or module.loop(node) is None:
            return
        place, path = func.value, dotted(func.value)
        if path is None or isinstance(node.args[0], (ast.Constant, ast.Starred)):
            return
        loops = list(data_loops(node, module))
        if func.attr == "remove":
            if loops and not any(is_rebound(place, loop, module) for loop in loops):
                yield from self._remove(node, place, loops[0], module)
            return
        if not loops or _ends_loop(node, loops[0], module) or _is_text(place, module):
            return
        own = any(_walks(loop, path, func.attr) for loop in loops)
        kind = kind_of(place, module)
        if (
            kind not in ("list", None)
            or (kind is None and not own)
            or (not own and not grows(place, module))
            or not _varies(node.args[0], loops[0], module)
        ):
            return
        if is_changed(place, loops[0], module):
            return
        sure = own and not sounds_few(place, module) and not is_test(module.path) and not _cuts(node, path, module)
        message = f"`{path}.{func.attr}(…)` walks the list once per turn of the loop; {_INSTEAD[func.attr]} needs no search"
        yield self.finding(node, module, message, confidence=self.confidence if sure else _UNSURE)

    def _remove(self, node: ast.Call, place: ast.expr, loop: Loop, module: Module) -> Iterator[Finding]:
        """`items.remove(x)`, which looks for x from the front and then moves what is behind it; sets do without."""
        kind = kind_of(place, module)
        if kind not in ("list", None) or _ends_loop(node, loop, module) or module.qualified_name(place) is not None:
            return
        if not _varies(node.args[0], loop, module):
            return
        message = f"`{dotted(place)}.remove(…)` walks a list once per turn of the loop; keep what stays with one pass"
        yield self.finding(node, module, message, confidence=_REMOVES if kind == "list" else _SET)


def _cuts(node: ast.Call, path: str, module: Module) -> bool:
    """Whether the position is where the list is cut: that is done at one item, however long the list."""
    holder = module.parent(node)
    if not (isinstance(holder, ast.Assign) and len(holder.targets) == 1 and isinstance(holder.targets[0], ast.Name)):
        return False
    target = holder.targets[0]
    scope = names_of(module).scope(target)
    for load in names_of(module).loads(target.id, scope) if scope is not None else ():
        for around in module.ancestors(load):
            if isinstance(around, ast.Subscript):
                if isinstance(around.slice, ast.Slice) and dotted(around.value) == path:
                    return True
                break
            if isinstance(around, ast.stmt):
                break
    return False


def _ends_loop(node: ast.Call, loop: Loop, module: Module) -> bool:
    """`while names.count(name): ...` goes on only until a name is free."""
    return isinstance(loop, ast.While) and is_inside(node, loop.test, module)


def _is_text(place: ast.expr, module: Module) -> bool:
    """Whether a method of strings made it."""
    values = [binding.value for binding in bindings_of(place, module)]
    return any(isinstance(v, ast.Call) and isinstance(v.func, ast.Attribute) and v.func.attr in STRING_METHODS for v in values)


def _walks(loop: Loop, path: str, method: str) -> bool:
    """Whether the loop goes over the very list that is searched; over the set of it there is no position to count along."""
    if isinstance(loop, ast.While):
        return False
    iterables = [loop.iter] if isinstance(loop, (ast.For, ast.AsyncFor)) else [part.iter for part in loop.generators]
    around = ("enumerate", "reversed", "sorted", "list", "tuple", *(("set",) if method == "count" else ()))
    return any(_stripped(iterable, around) == path for iterable in iterables)


def _stripped(iterable: ast.expr, around: tuple[str, ...]) -> str | None:
    while isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Name) and iterable.args:
        if iterable.func.id not in around:
            return None
        iterable = iterable.args[0]
    return dotted(iterable)


def _varies(argument: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether what is searched for is another thing in each turn."""
    names = [part for part in ast.walk(argument) if isinstance(part, ast.Name)]
    return any(is_rebound(name, loop, module) for name in names)
