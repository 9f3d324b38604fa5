"""GL225 dataframe-row-iteration."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.flow import iteration
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.places import is_test
from greenlint.source.repeat import enclosing_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.flow import IterationSite
    from greenlint.source.module import Module

_UNSURE = 50
"""Below the default threshold: few rows, or code that needs each row as a Series."""
_LESS = 40
"""The rows may be few, `itertuples` is the cheaper way to walk them, and not all that rows do can be done by columns."""
_LOCATORS = frozenset({"at", "iat", "iloc", "loc"})
_LENGTHS = (("len(", ")"), ("len(", ".index)"), ("", ".shape[0]"), ("", ".index.size"))
"""What stands before and after a frame in the number of its rows."""
_ARITHMETIC = (
    ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.Subscript, ast.Attribute, ast.Name, ast.Constant,
    ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.expr_context,
)  # fmt: skip


class DataframeRowIteration(FileRule):
    """A data frame is walked row by row in Python, each row being made a Series of its own.

    ## Why it wastes

    `iterrows()` and `apply(axis=1)` build a Series with its index for every row, which costs some 10 to 50 microseconds
    before any work is done; `frame.iloc[i]` and `frame.loc[i, "price"]` look up each row anew. Arithmetic on whole columns does the same in compiled code; where rows are needed, `itertuples()`
    or `zip` over the columns makes a plain tuple of each.

    ## When to leave it alone

    For frames of a few rows, and where the row must be a Series: where the loop hands the whole row on, the finding gets
    confidence 50, which the default threshold hides. It gets 40 for the first rows (`head()`), for `apply(axis=1)` with
    anything but arithmetic on columns, for `itertuples()`, and for rows that a loop looks up by their number or label.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.98 -> 0.30 s of CPU at 50,000 rows, 0.44 -> 0.30 s at 10,000, no measurable effect at
    1,000 (`python benchmarks/rules/run.py GL225`).
    """

    code = "GL225"
    name = "dataframe-row-iteration"
    effect = Effect(EffectClass.CONSTANT, "a Series for each row (0.98 -> 0.30 s of CPU at 50,000 rows)", "bench GL225")
    confidence = 90
    callees = frozenset({"apply", "iterrows", "itertuples"})
    attributes = callees | _LOCATORS
    examples = (
        Bad(
            "import pandas as pd\n\ndef f(table: pd.DataFrame):\n    total = 0\n    for _, row in table.iterrows():\n"
            "        total += row['price'] * row['count']\n    return total\n",
            lines=(5,),
        ),
        Bad(
            "def f(table):\n    table['sum'] = table.apply(lambda row: row['price'] * row['count'], axis=1)\n",
            lines=(2,),
        ),
        Good("def f(table):\n    return (table['price'] * table['count']).sum()\n", "whole columns"),
        Good("def f(table):\n    for _, row in table.head(5).iterrows():\n        print(row)\n", "five rows"),
    )

    def check(self, node: ast.Call | ast.Subscript, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` makes a Series of each row, or looks up one row per turn."""
        if isinstance(node, ast.Subscript):
            yield from self._looked_up(node, module)
            return
        func = node.func
        if not isinstance(func, ast.Attribute):
            return
        if func.attr == "iterrows" and not node.args:
            site = iteration(node, module)
            if site is None or _is_few(func.value):
                yield self.finding(node, module, "`iterrows()` makes a Series of every row", confidence=_LESS)
                return
            unsure = is_test(module.path) or _needs_series(node, site, module)
            message = "`iterrows()` makes a Series of every row; compute on whole columns, or use `itertuples()`"
            yield self.finding(node, module, message, confidence=_UNSURE if unsure else None)
        elif func.attr == "itertuples":
            message = "`itertuples()` makes a tuple of every row; compute on whole columns"
            yield self.finding(node, module, message, confidence=_LESS)
        elif func.attr == "apply" and _is_by_row(node) and node.args:
            if not _is_arithmetic(node.args[0]) or _is_few(func.value):
                message = "`apply(axis=1)` makes a Series of every row; compute on whole columns where that is possible"
                yield self.finding(node, module, message, confidence=_LESS)
                return
            message = "`apply(axis=1)` makes a Series of every row; compute on whole columns"
            yield self.finding(node, module, message, confidence=_UNSURE if is_test(module.path) else None)

    def _looked_up(self, node: ast.Subscript, module: Module) -> Iterator[Finding]:
        """`frame.iloc[i]` where the loop counts through the rows, once for each loop."""
        place = node.value
        if not isinstance(place, ast.Attribute) or place.attr not in _LOCATORS:
            return
        row = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice
        path = dotted(place.value)
        site = _counting(row, module) if path is not None else None
        if path is None or site is None or not _counts_rows(site.iter, path, module):
            return
        told: dict[Any, bool] = module.notes.setdefault("loops.rows", {})
        if (site, path) in told:
            return
        told[(site, path)] = True
        message = (
            f"`{path}.{place.attr}[…]` looks up one row per turn of the loop; compute on whole columns, or use `itertuples()`"
        )
        yield self.finding(node, module, message, confidence=_LESS)


def _counting(row: ast.expr, module: Module) -> ast.For | ast.comprehension | None:
    """The loop that the index of a row comes from."""
    names = names_of(module)
    scope = names.scope(row) if isinstance(row, ast.Name) else None
    if not isinstance(row, ast.Name) or scope is None:
        return None
    for loop in enclosing_loops(row, module):
        sites: list[ast.For | ast.comprehension] = [loop] if isinstance(loop, ast.For) else getattr(loop, "generators", [])
        for site in sites:
            if isinstance(site.target, ast.Name) and site.target.id == row.id:
                return site
    return None


def _counts_rows(iterable: ast.expr, path: str, module: Module) -> bool:
    """`range(len(frame))`, `range(frame.shape[0])` or `frame.index`."""
    if isinstance(iterable, ast.Call) and iterable.args and module.is_builtin(iterable.func, "range"):
        length = ast.unparse(iterable.args[-1] if len(iterable.args) < 3 else iterable.args[1])
        return any(length.startswith(f"{part}{path}{end}") for part, end in _LENGTHS)
    return ast.unparse(iterable) in (f"{path}.index", f"{path}.index.values", f"list({path}.index)", f"{path}.index.tolist()")


def _is_few(frame: ast.expr) -> bool:
    return (
        isinstance(frame, ast.Call)
        and isinstance(frame.func, ast.Attribute)
        and frame.func.attr in ("head", "tail", "nlargest", "nsmallest", "sample")
    )


def _is_by_row(node: ast.Call) -> bool:
    values = [keyword.value for keyword in node.keywords if keyword.arg == "axis"] + node.args[1:2]
    return any(isinstance(value, ast.Constant) and value.value in (1, "columns") for value in values)


def _is_arithmetic(function: ast.expr) -> bool:
    """`lambda row: row["a"] + row["b"]` and the like, which whole columns do as well."""
    if (
        not isinstance(function, ast.Lambda)
        or len(function.args.args) != 1
        or isinstance(function.body, (ast.Name, ast.Constant))
    ):
        return False
    if not any(isinstance(part, (ast.BinOp, ast.Compare)) for part in ast.walk(function.body)):
        return False
    return all(isinstance(part, _ARITHMETIC) for part in ast.walk(function.body))


def _needs_series(node: ast.Call, site: IterationSite, module: Module) -> bool:
    """Whether the loop uses the row for more than its columns."""
    target = site.target
    if site.iter is not node and isinstance(target, ast.Tuple) and len(target.elts) == 2:
        target = target.elts[1]  # for number, (index, row) in enumerate(frame.iterrows())
    if isinstance(target, ast.Tuple) and len(target.elts) == 2 and isinstance(target.elts[1], ast.Tuple):
        return False  # for i, (a, b) in frame.iterrows()
    if not (isinstance(target, ast.Tuple) and len(target.elts) == 2 and isinstance(target.elts[1], ast.Name)):
        return True
    row = target.elts[1]
    names = names_of(module)
    scope = names.scope(row)
    if scope is None:
        return True
    return any(not _takes_column(load, module) for load in names.loads(row.id, scope))


def _takes_column(load: ast.Name, module: Module) -> bool:
    """`row["price"]`, `row[name]`, `row.price`, `row.get("price")`."""
    holder = module.parent(load)
    if isinstance(holder, ast.Subscript):
        return holder.value is load and isinstance(holder.ctx, ast.Load) and not isinstance(holder.slice, (ast.Slice, ast.List))
    if isinstance(holder, ast.Attribute):
        call = module.parent(holder)
        return not (isinstance(call, ast.Call) and call.func is holder) or holder.attr == "get"
    return False
