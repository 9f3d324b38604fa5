"""GL310 list-of-generator-once."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.data._lazy import Lazy, lazy_source, names_read, reads_changing
from greenlint.rules.data._once import Taker, asks_for_one, is_kept, taker
from greenlint.source.flow import final_use, inline, is_lazy, iteration
from greenlint.source.infer import kind_of
from greenlint.source.repeat import is_short_iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.flow import IterationSite
    from greenlint.source.module import Module

_UNKNOWN = 45
"""Below the default threshold: the loop may need the list, since it, or what makes the items, acts on something else."""
_TAKEN = 70
"""A known function uses the items up on the spot."""
_SHORT = 25
"""The list is as needless, but a handful of items long, or what it holds is unknown, or a comprehension makes it faster."""
_ELSEWHERE = frozenset({"all", "any", "frozenset", "list", "max", "min", "set", "sorted", "sum", "tuple"})
"""What GL214, GL609 and GL610 say of a list that is made on the spot."""
_BY_LIST = frozenset({"all", "any", "dict", "list", "set"})
"""What GL214, GL609 and GL610 say of a comprehension on the spot."""
_LOOPED = frozenset({"=", "enumerate", "in", "zip"})
"""Where a comprehension on the spot is as good."""
_FEW_SAVED = frozenset({"=", "join"})
_VIEWS = frozenset({"items", "keys", "split", "splitlines", "values"})
"""What GL218 speaks of."""


class ListOfGeneratorOnce(FileRule):
    """What a generator gives is put into a list, which is then walked once.

    ## Why it wastes

    `list(map(f, xs))` or `list(x for x in xs if x.ok)` holds all items at the same time, with a list of pointers on top. A loop can take
    them one by one as they come, and one that ends early leaves the rest uncomputed.

    ## When to leave it alone

    When the loop changes what the items come from: the list is a copy that protects against that, and the rule is silent where
    names of the generator are changed in the loop, or before it, and where the list outlives the `with` or `try` that it is made in.
    Where the items are made by unknown code, a generator function, `itertools`, a reader or a directory, or the loop stores into
    objects, waits or hands on control, confidence is 45, and 25 for a few items. It is 45 as well for a list of which only the first
    item is read, that is only tested for being empty, or that a function walks (`sum`, `enumerate`, `extend`), and 70 where that is a known one, called on the spot
    (`Counter(list(map(…)))`). It is 25 for `join`, which makes a list of its own; for a list of something that the file does not show to be a generator
    (`rows = list(cursor)`); and for a comprehension, which is faster than a generator as long as the items are few (`sum([…])`, or
    one with a name that a single loop walks). `any([…])` is the matter of GL214, `for x in […]` of GL219, `sum(list(…))` of GL610,
    `list(…)[0]` of GL616. The fix is safe only for arithmetic over a range, and else unsafe: the items are made in turn with the loop.

    ## Evidence

    Whole processes, CPython 3.11.7: a million texts 81 -> 9 MB and 0.157 -> 0.130 s of CPU, 200,000 24 -> 9 MB, and no effect at 1,000
    (`python benchmarks/rules/run.py GL310`).

    In preview: 8.3 million lines of real code have two findings, both right, which is too few to know its precision.
    """

    code = "GL310"
    name = "list-of-generator-once"
    effect = Effect(EffectClass.MEMORY, "holds all items at once (81 -> 9 MB for a million texts)", "bench GL310")
    confidence = 80
    preview = True
    callees = frozenset({"list", "tuple"})
    examples = (
        Bad(
            "def f(n):\n    for x in list(i * i for i in range(n)):  # squares\n        print(x)\n",
            fixed="def f(n):\n    for x in (i * i for i in range(n)):  # squares\n        print(x)\n",
            lines=(2,),
        ),
        Bad(
            "def f(names):\n    sizes = list(map(len, names))\n    for size in sizes:\n        print(size)\n",
            fixed="def f(names):\n    for size in map(len, names):\n        print(size)\n",
            lines=(2,),
        ),
        Good("def f(table):\n    for key in list(k for k in table if k.old):\n        del table[key]\n", "the loop changes it"),
        Good("def f(names):\n    sizes = list(map(len, names))\n    return sum(sizes) / len(sizes)\n", "used twice"),
    )

    def check(self, node: ast.Call | ast.Starred | ast.ListComp, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` makes a list of what is walked once."""
        if isinstance(node, ast.ListComp):
            return self._comprehension(node, module) if self.least <= _SHORT else iter(())
        if isinstance(node, ast.Starred):
            display = module.parent(node)
            alone = isinstance(display, ast.List) and len(display.elts) == 1 and isinstance(display.ctx, ast.Load)
            return self._found(display, node.value, "[*…]", module) if alone else iter(())  # type: ignore[arg-type]
        func = node.func
        if len(node.args) != 1 or node.keywords or not isinstance(func, ast.Name) or not module.is_builtin(func, func.id):
            return iter(())
        return self._found(node, node.args[0], f"{func.id}(…)", module)

    def _found(self, node: ast.expr, inner: ast.expr, text: str, module: Module) -> Iterator[Finding]:
        source = lazy_source(inner, module)
        value = final_use(node, module)
        if source is None:
            if self.least <= _SHORT:
                yield from self._unknown(node, inner, value, text, module)
            return
        if is_kept(node, value, names_read(inner, module), module):
            return
        short = all(is_short_iterable(walked, module) for walked in source.walked)
        site = iteration(value, module)
        once = _used_up(node, value, inner, module) if site is None else None
        if once is not None:
            sure, fix = _SHORT if short or once.name in _FEW_SAVED else _UNKNOWN, None
            if once.is_sure and value is node and not short and not source.is_opaque:
                sure, fix = _TAKEN, _fix(node, inner, value, False, module)
            yield self.finding(node, module, _message(text, once), confidence=sure, fix=fix)
            return
        if site is None or not _is_plain(site) or is_lazy(site, module):
            return
        changing = reads_changing(source, site, module)
        if changing is None:
            return
        sure = _SHORT if short else _UNKNOWN if changing else self.confidence
        message = f"`{text}` holds all items of a generator that is walked once; walk it as it is"
        yield self.finding(node, module, message, confidence=sure, fix=_fix(node, inner, value, source.is_numeric, module))

    def _unknown(self, node: ast.expr, inner: ast.expr, value: ast.expr, text: str, module: Module) -> Iterator[Finding]:
        """A list of what this file does not tell: a generator, or what the list is a copy of."""
        if isinstance(inner, (ast.Starred, ast.Await)) or not isinstance(inner, (ast.Attribute, ast.Call, ast.Name)):
            return
        file = kind_of(inner, module) in ("file", "stdin")  # the loop can move to where it is open
        if not file and is_kept(node, value, names_read(inner, module), module):
            return
        site = iteration(value, module)
        if site is None:
            once = _used_up(node, value, inner, module)
            if once is not None and (value is not node or once.is_sure or once.receiver is not None):
                yield self.finding(node, module, _message(text, once), confidence=_SHORT)
            return
        source = Lazy(inner, [inner], False, is_opaque=True)
        if value is node and _is_known(inner, module):
            return
        if _is_plain(site) and not is_lazy(site, module) and reads_changing(source, site, module) is not None:
            message = f"`{text}` holds all items for one walk; walk what it is made of"
            yield self.finding(node, module, message, confidence=_SHORT)

    def _comprehension(self, node: ast.ListComp, module: Module) -> Iterator[Finding]:
        """`sum([... for ...])`, or one with a name that is walked once; of the others on the spot GL214, GL219 and GL610 speak."""
        if any(part.is_async for part in node.generators) or any(isinstance(part, ast.Await) for part in ast.walk(node)):
            return
        value = final_use(node, module)
        if is_kept(node, value, names_read(node, module), module):
            return
        site = iteration(value, module)
        once = _used_up(node, value, node, module) if site is None else None
        if once is not None:
            yield self.finding(node, module, _message("[… for …]", once), confidence=_SHORT)
        if site is None or value is node or not _is_plain(site) or is_lazy(site, module):
            return
        if reads_changing(Lazy(node, [part.iter for part in node.generators], False), site, module) is not None:
            message = "the comprehension holds all items for one walk; a generator gives them one by one"
            yield self.finding(node, module, message, confidence=_SHORT)


def _message(text: str, once: Taker) -> str:
    if once.name == "any":
        return f"`{text}` holds all items though one decides; `any(…)` or `next(…)` of the generator stops there"
    if once.name == "next":
        return f"`{text}` holds all items for `next(…)`, which takes the first"
    if once.name == "join":
        return f"`{text}` makes a list for `join`, which makes one itself of whatever it is given"
    if once.name == "=":
        return f"`{text}` makes a list only to take it apart; the names can be given the items themselves"
    return f"`{text}` holds all items for `{once.name}`, which takes them one by one"


def _is_plain(site: IterationSite) -> bool:
    return not isinstance(site, ast.AsyncFor) and not (isinstance(site, ast.comprehension) and site.is_async)


def _is_known(inner: ast.expr, module: Module) -> bool:
    """Whether GL218 may speak of a list of it: variables, views of dicts, and lists that are made on the spot."""
    if not isinstance(inner, ast.Call) or kind_of(inner, module) is not None:
        return True
    func = inner.func
    return func.attr in _VIEWS if isinstance(func, ast.Attribute) else module.is_builtin(func, getattr(func, "id", ""))


def _used_up(node: ast.expr, value: ast.expr, inner: ast.expr, module: Module) -> Taker | None:
    """What needs no list of all that is done with one: "next" for its first item, "sum".

    Where that stands beside the call, GL214, GL609, GL610 and GL616 say so of many.
    """
    holder, made = module.parent(value), isinstance(node, ast.ListComp)
    if asks_for_one(value, module):
        return Taker("any")
    first = value is not node and isinstance(holder, ast.Subscript) and holder.value is value
    if first and isinstance(holder.ctx, ast.Load):  # type: ignore[union-attr]
        index = holder.slice  # type: ignore[union-attr]
        return Taker("next") if isinstance(index, ast.Constant) and type(index.value) is int and index.value == 0 else None
    once = taker(value, module)
    if once is None or (made and once.name in ("extend", "join")):
        return None  # they make, or lengthen, a list, and do so faster from one
    if value is node and once.receiver is None:
        elsewhere = _BY_LIST if made else _ELSEWHERE if isinstance(node, ast.Call) else frozenset()
        if once.name in elsewhere or (made and once.name in _LOOPED):
            return None
    if once.receiver is not None:
        into = {part.id for part in ast.walk(once.receiver) if isinstance(part, ast.Name)}
        if into & {name.id for name in names_read(inner, module)}:
            return None  # the list keeps what grows from being what is walked
    return once


def _fix(node: ast.expr, inner: ast.expr, value: ast.expr, safe: bool, module: Module) -> Fix | None:
    text = module.text(inner) if module.utf8 else ""
    if not text or "#" in module.text(node):
        return None
    if isinstance(inner, ast.GeneratorExp) and not text.startswith("("):
        text = f"({text})"
    edits = inline(node, value, text, module)
    if edits is None:
        return None
    return Fix("Walk the generator", edits, Applicability.SAFE if safe and value is node else Applicability.UNSAFE)
