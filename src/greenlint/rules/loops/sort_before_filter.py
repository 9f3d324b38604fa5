"""GL213 sort-before-filter."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._pure import may_act
from greenlint.rules.loops._sorted_tables import is_table_filtered, sorts_table
from greenlint.source.names import COMPREHENSIONS, names_of
from greenlint.source.repeat import is_inside, is_short_iterable, next_statement
from greenlint.source.shadowed import doubted, is_builtin_here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNSURE = 45
"""The sorted list has a name of its own, or the test may do more than ask, or it is a table."""
_PASSING = frozenset({"iter", "list", "reversed", "tuple"})
"""Builtins that give all items of what is sorted."""


class SortBeforeFilter(FileRule):
    """A collection is sorted first and filtered afterwards, so that items are put in order only to be dropped.

    ## Why it wastes

    Sorting n items takes about n·log n comparisons. Filtered first, only the items that stay are sorted. The same holds for the rows of
    data frames (`sort_values` or `sort_index` of pandas, `sort` of polars) and for arrays (`numpy.sort`).

    ## When to leave it alone

    When nearly all items stay: then filtering first saves nothing. When the test has effects that must happen in order, or asks what
    earlier turns have left: then the rule is silent. Loops that leave items out, `filter`, tests that call something, literals of
    a few items, and tables of which a condition drops rows get a confidence of 45, which the default threshold hides.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.15 -> 0.069 s of CPU at 300,000 rows, of which a tenth is kept, 0.027 -> 0.019 s at
    50,000, no measurable effect at 1,000 (`python benchmarks/rules/run.py GL213`).

    In preview: real code has 27 findings, but nothing in it tells how many items the test drops, and where it drops few there
    is nothing to save.
    """

    code = "GL213"
    name = "sort-before-filter"
    effect = Effect(
        EffectClass.CONSTANT,
        "sorts items that are dropped right after (0.15 -> 0.069 s of CPU at 300,000 rows, of which a tenth is kept)",
        "bench GL213",
    )
    confidence = 85
    preview = True
    callees = frozenset({"sort", "sort_index", "sort_values", "sorted"})
    examples = (
        Bad(
            "def f(rows):\n    return [row for row in sorted(rows, key=str) if row.open]  # open ones\n",
            fixed="def f(rows):\n    return [row for row in sorted((row for row in rows if row.open), key=str)]  # open ones\n",
            lines=(2,),
        ),
        Bad(
            "def f(names):\n    return ', '.join(n.upper() for n in sorted(names) if not n.startswith('_'))\n",
            fixed="def f(names):\n    return ', '.join(n.upper() for n in sorted(n for n in names if not n.startswith('_')))\n",
            lines=(2,),
        ),
        Good("def f(rows):\n    return sorted(row for row in rows if row.open)\n", "filters first"),
        Good("def f(rows, pick):\n    return [row for row in sorted(rows) if pick(row)]\n", "the test may have effects"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when a comprehension drops items of what `node` sorts."""
        return doubted(self._found(node, module), node, module)

    def _found(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        if isinstance(node.func, ast.Attribute):
            yield from self._sorted_in_place(node, node.func, module)
            if sorts_table(node, node.func, module):
                yield from self._sorted_table(node, module)
            return
        if not is_builtin_here(node.func, "sorted", module) or len(node.args) != 1 or isinstance(node.args[0], ast.Starred):
            return
        part = module.parent(node)
        if not (isinstance(part, ast.comprehension) and part.iter is node and part.ifs and not part.is_async):
            if any(_is_filtered(use, module) for use in _used(_walked(node, module), module)):
                yield self.finding(
                    node, module, "`sorted` orders items that are dropped after; filter first", confidence=_UNSURE
                )
            return
        holder = module.parent(part)
        if not isinstance(holder, COMPREHENSIONS):
            return
        own = {name.id for name in ast.walk(part.target) if isinstance(name, ast.Name)}
        if is_short_iterable(node.args[0], module) or any(
            may_act(test, module) or not _asks_about(test, own) for test in part.ifs
        ):
            yield self.finding(node, module, "`sorted` orders items that are dropped after; filter first", confidence=_UNSURE)
            return
        message = "`sorted` orders items that the comprehension drops; filter first, then sort"
        fix = self._fix(node, part, module) if part is holder.generators[-1] else None
        yield self.finding(node, module, message, fix=fix)

    def _sorted_in_place(self, node: ast.Call, func: ast.Attribute, module: Module) -> Iterator[Finding]:
        """`items.sort()`, and the next statement filters `items`."""
        statement = module.statement(node)
        following = next_statement(statement, module)
        if not isinstance(func.value, ast.Name) or following is None or not isinstance(statement, ast.Expr):
            return
        uses = [part for part in ast.walk(following) if isinstance(part, ast.Name) and part.id == func.value.id]
        if any(_is_filtered(use, module) for use in uses):
            yield self.finding(node, module, "`sort` orders items that are dropped after; filter first", confidence=_UNSURE)

    def _sorted_table(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`frame.sort_values(...)`, and a condition drops rows of what it gives."""
        if any(is_table_filtered(use, module) for use in _used(node, module)):
            yield self.finding(
                node, module, "puts rows in order that are dropped after; filter first, then sort", confidence=_UNSURE
            )

    @staticmethod
    def _fix(node: ast.Call, part: ast.comprehension, module: Module) -> Fix | None:
        start, end = module.span(node)[0], _end(part.ifs[-1], module)
        if b"#" in module.data[start:end] or b"\n" in module.data[start:end]:
            return None
        target, items = module.text(part.target), module.text(node.args[0])
        tests = module.data[module.span(node)[1] : end].decode("utf-8").strip()
        item = f"({target})" if isinstance(part.target, ast.Tuple) and not target.startswith("(") else target
        inner = f"{item} for {target} in {items} {tests}"
        rest = "".join(f", {module.text(keyword)}" for keyword in node.keywords)
        text = f"sorted(({inner}){rest})" if rest else f"sorted({inner})"
        return Fix("Filter first", (Edit(start, end, text),), Applicability.UNSAFE)


def _is_filtered(use: ast.expr, module: Module) -> bool:
    """Whether a comprehension, a loop of one `if`, or `filter` drops some of the items of `use`."""
    holder = module.parent(use)
    if isinstance(holder, ast.comprehension):
        return holder.iter is use and bool(holder.ifs)
    if isinstance(holder, ast.For):
        only = holder.body[0]
        if holder.iter is not use or not isinstance(only, ast.If) or only.orelse:
            return False
        return len(holder.body) == 1 or (isinstance(only.body[0], ast.Continue) and not _remembers(holder, only.test))
    if not isinstance(holder, ast.Call):
        return False
    if module.qualified_name(holder.func) == "itertools.filterfalse":
        return use in holder.args[1:]
    return is_builtin_here(holder.func, "filter", module) and use in holder.args[1:]


def _remembers(loop: ast.For, test: ast.expr) -> bool:
    """Whether the test asks for what earlier turns left: it depends on the order."""
    asked = {part.id for part in ast.walk(test) if isinstance(part, ast.Name)}
    stored = {
        part.id
        for statement in loop.body
        for part in ast.walk(statement)
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
    }
    return not asked.isdisjoint(stored)


def _walked(node: ast.expr, module: Module) -> ast.expr:
    """What stands around `sorted(...)` and gives its items one for one: `reversed`, `list`, `[::-1]`."""
    while True:
        holder = module.parent(node)
        if isinstance(holder, ast.Call) and isinstance(holder.func, ast.Name) and holder.args == [node]:
            if holder.func.id not in _PASSING or not module.is_builtin(holder.func, holder.func.id):
                return node
        elif not (isinstance(holder, ast.Subscript) and isinstance(holder.slice, ast.Slice) and _is_turned(holder.slice)):
            return node
        node = holder


def _is_turned(part: ast.Slice) -> bool:
    """`[::-1]` or `[:]`: all items."""
    return part.lower is None and part.upper is None


def _used(node: ast.expr, module: Module) -> list[ast.expr]:
    """Where what is sorted is read next: in place, or by the name that it gets, if nobody reads it as a whole later."""
    holder = module.parent(node)
    target = holder.targets[0] if isinstance(holder, ast.Assign) and len(holder.targets) == 1 else None
    if isinstance(holder, ast.Expr) and any(keyword.arg == "inplace" for keyword in getattr(node, "keywords", ())):
        target = node.func.value  # type: ignore[attr-defined]
    names = names_of(module)
    scope = names.scope(target) if isinstance(target, ast.Name) else None
    if not isinstance(target, ast.Name) or scope is None:
        return [node]
    loads = [load for load in names.loads(target.id, scope) if load.lineno > (node.end_lineno or node.lineno)]
    if not loads:
        return []
    first = module.statement(loads[0])
    again = any(not is_inside(load, first, module) for load in loads)
    if again and not (isinstance(first, ast.Assign) and ast.unparse(first.targets[0]) == target.id):
        return []
    return [load for load in loads if is_inside(load, first, module)]


def _asks_about(test: ast.expr, own: set[str]) -> bool:
    """Whether the test looks at the item at all."""
    return any(isinstance(part, ast.Name) and part.id in own for part in ast.walk(test))


def _end(test: ast.expr, module: Module) -> int:
    """Where the last test ends, its closing parentheses included."""
    end = module.span(test)[1]
    start = module.span(test)[0]
    before = module.data[:start].rstrip()
    while before.endswith(b"("):
        closing = module.data[end:].lstrip()
        if not closing.startswith(b")"):
            break
        end = len(module.data) - len(closing) + 1
        before = before[:-1].rstrip()
    return end
