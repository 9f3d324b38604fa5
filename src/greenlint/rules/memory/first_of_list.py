"""GL616 first-of-list."""

from __future__ import annotations

import ast
import re

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._pure import may_act
from greenlint.rules.memory._copies import builtin_call, only_argument
from greenlint.source.module import FunctionNode
from greenlint.source.names import names_of
from greenlint.source.places import is_test
from greenlint.source.repeat import is_short
from greenlint.source.shadowed import doubted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_FEW = 30
"""There are a few items, or one."""
_ALL = "builds a list of everything to take the first; use `next(iter(...))`"
_LISTS = frozenset({"list", "tuple"})
_ONE = re.compile(r"len.* == 1\b|\b1 == len")
_LAZY = frozenset({"filter", "map"})
_ONE_ITEM = 55
"""Below the default threshold: one in four of those dictionaries and sets has one item, and then nothing is wasted."""


class FirstOfList(FileRule):
    """A whole list is built to take its first item.

    ## Why it wastes

    `[... for ... if ...][0]` looks at every item, and `list(filter(ok, x))[0]` computes all of them, when the first one is the
    answer. `next(... for ... if ...)` and `next(iter(...))` stop there.

    ## When to leave it alone

    When there never is more than one item. In tests, over short literals, where a condition asks for `len(...) == 1` and
    where an `except` waits for the IndexError (`next` raises StopIteration), confidence is 30, as it is for a list under a name of
    which nothing but the first item is asked; indices other than 0 and lists that are used for more are left alone. A container as it is (`list(names)[0]`) is often one of a single item, and
    what a call gives may be a generator that must run to its end: there confidence is 55, which the default threshold hides.
    The fix is unsafe: of nothing, `next` raises StopIteration and not IndexError.

    ## Evidence

    Whole processes, CPython 3.11.7, the first of 1,000 computed items: taken 10,000 times 0.19 -> 0.01 s of CPU, 1,000 times
    0.028 -> 0.011 s, start-up included (`python benchmarks/rules/run.py GL616`).
    """

    code = "GL616"
    name = "first-of-list"
    effect = Effect(EffectClass.MEMORY, "computes every item for the first (17 µs for 1,000)", "bench GL616")
    confidence = 85
    callees = frozenset({"next", "pop"})
    examples = (
        Bad("first = list(filter(ok, names))[0]  # any\n", fixed="first = next(iter(filter(ok, names)))  # any\n"),
        Bad("match = [row for row in rows if row.ok][0]\n", fixed="match = next(row for row in rows if row.ok)\n"),
        Good("last = list(names)[-1]\n", "the last one"),
        Good("first = names[0]\n", "nothing is built"),
    )

    def check(self, node: ast.Subscript | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` takes the first item of a list that is built for it."""
        if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Constant):
            return iter(())
        return doubted(self._found(node, module), node, module)

    def _found(self, node: ast.Subscript | ast.Call, module: Module) -> Iterator[Finding]:
        if isinstance(node, ast.Call):
            if self.least <= _FEW:
                yield from self._popped(node, module) if isinstance(node.func, ast.Attribute) else self._asked(node, module)
            return
        index = node.slice
        if not (isinstance(index, ast.Constant) and type(index.value) is int and index.value == 0):
            return
        built = node.value
        if isinstance(built, ast.Name) and self.least <= _FEW:
            yield from self._kept(node, built, module)
        if not isinstance(node.ctx, ast.Load) or not isinstance(built, (ast.Call, ast.ListComp, ast.List, ast.Tuple)):
            return
        few = is_test(module.path) or _has_one(node, module) or _expects_index_error(node, module)
        if isinstance(built, (ast.List, ast.Tuple)):
            if len(built.elts) == 1 and isinstance(built.elts[0], ast.Starred):
                yield self.finding(node, module, _ALL, confidence=_FEW)
            return
        if isinstance(built, ast.ListComp):
            if _waits(built):
                return
            few = few or is_short(built, module)
            message = "looks at every item to take the first; use `next(... for ...)`"
            text = f"next({module.text(built)[1:-1].strip()})" if module.utf8 else None
        elif builtin_call(built, _LISTS, module) and isinstance(built, ast.Call):
            inner = only_argument(built)
            if inner is None:
                return
            message = f"builds a {built.func.id} of everything to take the first; use `next(iter(...))`"  # type: ignore[attr-defined]
            text = _next(inner, module)
        else:
            return
        confidence = _FEW if few else _ONE_ITEM if _may_be_one(built, module) else None
        yield self.finding(node, module, message, confidence=confidence, fix=None if few else _fix(node, text, module))

    def _popped(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`list(x).pop(0)`."""
        func = node.func
        if not isinstance(func, ast.Attribute) or len(node.args) != 1 or not _is_built(func.value, module):
            return
        index = node.args[0]
        if isinstance(index, ast.Constant) and index.value == 0:
            yield self.finding(node, module, _ALL, confidence=_FEW)

    def _asked(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`next(iter(list(x)))`: the list is built all the same."""
        inner = node.args[0] if node.args and module.is_builtin(node.func, "next") else None
        walked = isinstance(inner, ast.Call) and module.is_builtin(inner.func, "iter") and len(inner.args) == 1
        if walked and _is_built(inner.args[0], module):  # type: ignore[union-attr]
            yield self.finding(node, module, _ALL, confidence=_FEW)

    def _kept(self, node: ast.Subscript, name: ast.Name, module: Module) -> Iterator[Finding]:
        """`found = [... for ...]`, of which nothing but `found[0]` is ever asked."""
        names = names_of(module)
        scope = names.scope(name)
        if (
            not isinstance(node.ctx, ast.Load)
            or not isinstance(scope, FunctionNode)
            or len(list(names.loads(name.id, scope))) != 1
        ):
            return
        bindings = names.bindings(name.id, scope)
        value = bindings[0].value if len(bindings) == 1 and isinstance(bindings[0].node, (ast.Assign, ast.AnnAssign)) else None
        if isinstance(value, ast.ListComp) and may_act(value.elt, module):
            return  # `saved = [save(row) for row in rows]`: what is done to the others is wanted
        if value is not None and _is_built(value, module) and not _is_repeated(node, bindings[0].node, module):
            yield self.finding(node, module, _ALL, confidence=_FEW)


def _is_built(value: ast.expr, module: Module) -> bool:
    """`list(x)` or `[... for x in ...]`."""
    if isinstance(value, ast.ListComp):
        return not _waits(value) and not is_short(value, module)
    return isinstance(value, ast.Call) and builtin_call(value, _LISTS, module) is not None and bool(value.args)


def _is_repeated(node: ast.AST, made: ast.AST, module: Module) -> bool:
    """Whether a loop asks again and again for what was made once."""
    return module.loop(node) is not module.loop(made)


def _has_one(node: ast.AST, module: Module) -> bool:
    """Whether a condition around it says that there is one item."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.If, ast.IfExp)) and child is not ancestor.test and _ONE.search(ast.unparse(ancestor.test)):
            return True
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return False
        child = ancestor
    return False


def _may_be_one(built: ast.expr, module: Module) -> bool:
    """Whether nothing is computed for the items that are dropped: then they may be few, or must all be run through."""
    source = built.args[0] if isinstance(built, ast.Call) else None
    return source is not None and not isinstance(source, ast.GeneratorExp) and builtin_call(source, _LAZY, module) is None


def _waits(comprehension: ast.ListComp) -> bool:
    """Whether it is asynchronous: `next` takes no such generator."""
    return any(generator.is_async for generator in comprehension.generators) or any(
        isinstance(part, ast.Await) for part in ast.walk(comprehension)
    )


def _next(inner: ast.expr, module: Module) -> str | None:
    if not module.utf8:
        return None
    text = module.text(inner)
    return f"next{text}" if isinstance(inner, ast.GeneratorExp) and text.startswith("(") else f"next(iter({text}))"


def _fix(node: ast.Subscript, text: str | None, module: Module) -> Fix | None:
    if text is None or not _are_builtin(module) or _expects_index_error(node, module):
        return None
    if "#" in module.text(node):
        return None
    return FileRule.replace(node, text, module, "Use next", Applicability.UNSAFE)


def _are_builtin(module: Module) -> bool:
    return all(module.is_builtin(ast.Name(name), name) for name in ("next", "iter"))


def _expects_index_error(node: ast.AST, module: Module) -> bool:
    """Whether an empty list is handled around it by its exception."""
    return any(
        isinstance(ancestor, ast.Try)
        and any(handler.type is None or "Error" in ast.unparse(handler.type) for handler in ancestor.handlers)
        for ancestor in module.ancestors(node)
    )
