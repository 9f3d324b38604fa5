"""GL613 oversized-range-list."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.memory._copies import builtin_call, in_place_of, is_changed, only_argument
from greenlint.source.infer import kind_of
from greenlint.source.names import names_of
from greenlint.source.places import is_test
from greenlint.source.repeat import FEW
from greenlint.source.shadowed import doubted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_KEPT = 30
"""The list may be needed as one, or is short."""
_LISTS = frozenset({"list", "tuple"})
_RANGE = frozenset({"range"})
_WALKING = frozenset({"all", "any", "enumerate", "iter", "len", "max", "min", "reversed", "set", "sorted", "sum", "zip"})


class OversizedRangeList(FileRule):
    """All the numbers of a range are put into a list although they are only counted through.

    ## Why it wastes

    A `range` holds three numbers, whatever its length, and knows its items, its length and what is in it. `list(range(n))` makes an
    object of every number and holds them all.

    ## When to leave it alone

    When the list is changed, compared, added to or passed on: the rule only speaks where every use of it walks it, asks for its
    length or for one item, or looks whether a number is in it; there a range does the same, so the fix is safe. In tests, for ranges of up
    to 64 numbers written as literals, for `[*range(n)]` and for other uses the confidence is 30; the rule is silent where the list is seen to be changed, added
    to or returned.

    ## Evidence

    Whole processes, CPython 3.11.7: three million numbers 129 -> 9 MB and 0.17 -> 0.11 s of CPU, 300,000 21 -> 9 MB
    (`python benchmarks/rules/run.py GL613`).
    """

    code = "GL613"
    name = "oversized-range-list"
    effect = Effect(EffectClass.MEMORY, "holds every number (129 -> 9 MB for three million)", "bench GL613")
    confidence = 95
    callees = frozenset({"arange", "list", "tuple"})
    examples = (
        Bad("for number in list(range(count)):\n    use(number)\n", fixed="for number in range(count):\n    use(number)\n"),
        Bad(
            "def f(count, x):\n    numbers = list(range(1, count))  # all\n    return x in numbers and numbers[0]\n",
            fixed="def f(count, x):\n    numbers = range(1, count)  # all\n    return x in numbers and numbers[0]\n",
            lines=(2,),
        ),
        Good("def f(count):\n    numbers = list(range(count))\n    numbers.remove(3)\n    return numbers\n", "it is changed"),
        Good("for number in list(range(3)):\n    use(number)\n", "three numbers"),
    )

    def check(self, node: ast.Call | ast.ListComp | ast.Starred, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` is a list of a range that a range could replace wherever it is used."""
        if isinstance(node, ast.Starred):
            return doubted(self._unpacked(node, module), node.value, module) if self.least <= _KEPT else iter(())
        if isinstance(node, ast.ListComp):
            inner = _only_counted(node, module)
            return iter(()) if inner is None else doubted(self._listed(node, inner, module), inner, module)
        return doubted(self._found(node, module), node, module)

    def _found(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        if builtin_call(node, _LISTS, module) is None:
            yield from self._array(node, module)
            return
        inner = only_argument(node)
        if inner is not None and builtin_call(inner, _RANGE, module) is not None:
            yield from self._listed(node, inner, module)

    def _listed(self, node: ast.Call | ast.ListComp, inner: ast.expr, module: Module) -> Iterator[Finding]:
        looked_at = _is_only_looked_at(node, module) or all(_is_only_looked_at(use, module) for use in _uses(node, module))
        if is_test(module.path) or _is_short(inner) or not looked_at:
            if self.least > _KEPT or any(_is_needed(use, module) for use in _named(node, module)):
                return
            message = "holds every number of the range in memory; a range does where it is only walked"
            yield self.finding(node, module, message, confidence=_KEPT)
            return
        text = in_place_of(inner, node, module) if module.utf8 else None
        fix = None if text is None else self.replace(node, text, module, "Use the range itself", Applicability.SAFE)
        yield self.finding(node, module, "holds every number of the range in memory; use the range itself", fix=fix)

    def _unpacked(self, node: ast.Starred, module: Module) -> Iterator[Finding]:
        """`[*range(n)]`, walked."""
        display = module.parent(node)
        if not (isinstance(display, (ast.List, ast.Tuple)) and display.elts == [node]) or not isinstance(node.ctx, ast.Load):
            return
        if builtin_call(node.value, _RANGE, module) is not None and _is_only_looked_at(display, module):
            message = "holds every number of the range in memory; use the range itself"
            yield self.finding(display, module, message, confidence=_KEPT)

    def _array(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """A loop over `np.arange(n)`, or over the list of it."""
        if module.qualified_name(node.func) != "numpy.arange":
            return
        use: ast.AST = node
        holder = module.parent(node)
        if isinstance(holder, ast.Attribute) and holder.attr == "tolist":
            use = module.parents[holder]
        walks = module.parent(use)
        if isinstance(walks, (ast.For, ast.comprehension)) and walks.iter is use:
            yield self.finding(node, module, "holds every number in memory to walk them; use a range", confidence=_KEPT)


def _only_counted(node: ast.ListComp, module: Module) -> ast.expr | None:
    """The range that `[i for i in range(n)]` makes a list of."""
    part = node.generators[0]
    same = isinstance(node.elt, ast.Name) and isinstance(part.target, ast.Name) and node.elt.id == part.target.id
    plain = same and len(node.generators) == 1 and not part.ifs and not part.is_async
    return part.iter if plain and builtin_call(part.iter, _RANGE, module) is not None else None


def _is_short(call: ast.expr) -> bool:
    try:
        return len(range(*(ast.literal_eval(argument) for argument in call.args))) <= FEW  # type: ignore[attr-defined]
    except (ValueError, TypeError, OverflowError):  # not literals, or not what range takes
        return False


def _uses(node: ast.Call | ast.ListComp, module: Module) -> list[ast.expr]:
    """Every mention of the local name that the list is bound to, or the list itself where it has none."""
    holder = module.parent(node)
    target = holder.targets[0] if isinstance(holder, ast.Assign) and len(holder.targets) == 1 else None
    if not isinstance(target, ast.Name):
        return [node]
    names = names_of(module)
    scope = names.scope(target)
    if not isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef)) or len(names.bindings(target.id, scope)) != 1:
        return [node]
    loads: list[ast.expr] = [*names.loads(target.id, scope)]
    return loads if len(names.uses(target.id, scope)) == len(loads) + 1 and loads else [node]


def _named(node: ast.Call | ast.ListComp, module: Module) -> list[ast.expr]:
    """The list, and the name that it is given."""
    holder = module.parent(node)
    return [node, *holder.targets] if isinstance(holder, ast.Assign) else [node]


def _is_needed(use: ast.expr, module: Module) -> bool:
    """Whether a range would not do: the list is changed, added to or handed out."""
    holder = module.parent(use)
    return isinstance(holder, (ast.Return, ast.BinOp)) or is_changed(use, use, module)


def _is_number(index: ast.expr, module: Module) -> bool:
    """Whether an index is certainly a number: a slice of a range is a range, and that of a list is a list."""
    if isinstance(index, ast.UnaryOp):
        index = index.operand
    return kind_of(index, module) == "int"


def _is_only_looked_at(use: ast.expr, module: Module) -> bool:
    holder = module.parent(use)
    if isinstance(holder, (ast.For, ast.comprehension)):
        return holder.iter is use
    if isinstance(holder, ast.Compare):
        return len(holder.ops) == 1 and isinstance(holder.ops[0], (ast.In, ast.NotIn)) and holder.comparators[0] is use
    if isinstance(holder, ast.Subscript):
        index = holder.slice
        return isinstance(holder.ctx, ast.Load) and holder.value is use and _is_number(index, module)
    if isinstance(holder, ast.Call) and use in holder.args and not holder.keywords:
        return builtin_call(holder, _WALKING, module) is not None
    return False
