"""Recognises data frames and arrays of which rows are dropped by a condition right after they were put in order."""

from __future__ import annotations

import ast

from greenlint.rules.loops._steady import bindings_of
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_NEUTRAL = words("copy reset_index rename astype fillna with_columns")
"""Methods after which the same rows stand in the same order."""
_DROPPING = words("query dropna drop_nulls")
_ASKING = words("""between contains endswith eq ge gt is_between is_in is_not_null is_null isin isna isnull le lt match ne notna
    notnull startswith starts_with ends_with is_not_nan fullmatch""")
"""Methods of columns that answer yes or no for each row."""
_ORDERED = words("""at bfill cumcount cummax cummin cumprod cumsum cum_sum diff duplicated expanding ffill first head iat iloc is_duplicated
    is_first_distinct last nth pct_change rank rolling row_number shift tail unique with_row_index cum_count interpolate""")
"""What depends on the order of the rows, so that nothing can be dropped before."""
_LAZY = words("lazy LazyFrame pyspark dask")
"""Plans that put the filter first by themselves."""
_JOINS = (ast.BitAnd, ast.BitOr, ast.BitXor)
_DEPTH = 4


def sorts_table(node: ast.Call, func: ast.Attribute, module: Module) -> bool:
    """Whether `node` gives a frame or an array in order: `df.sort_values(...)`, `frame.sort(...)` of polars, `np.sort(a)`."""
    if func.attr in ("sort_values", "sort_index"):
        return not (module.packages & _LAZY)
    if func.attr != "sort":
        return False
    if "polars" in module.packages:
        return bool(node.args or node.keywords) and not _is_lazy(node, module)
    return module.qualified_name(func) == "numpy.sort"


def is_table_filtered(use: ast.expr, module: Module) -> bool:
    """Whether rows of `use` are dropped by a condition that does not depend on their order."""
    holder = module.parent(use)
    if isinstance(holder, ast.Subscript) and holder.value is use and isinstance(holder.ctx, ast.Load):
        if isinstance(holder.slice, ast.List):
            return is_table_filtered(holder, module)  # some columns
        return _is_condition(holder.slice, module)
    if not (isinstance(holder, ast.Attribute) and holder.value is use):
        return False
    above = module.parent(holder)
    if holder.attr == "loc" and isinstance(above, ast.Subscript) and isinstance(above.ctx, ast.Load):
        rows = above.slice.elts[0] if isinstance(above.slice, ast.Tuple) and above.slice.elts else above.slice
        return _is_condition(rows, module)
    if not (isinstance(above, ast.Call) and above.func is holder):
        return False
    if holder.attr in _NEUTRAL:
        return is_table_filtered(above, module)
    if holder.attr in _DROPPING:
        return not any(keyword.arg == "axis" for keyword in above.keywords) and not _asks_for_order(above)
    if holder.attr != "filter" or "polars" not in module.packages:
        return False  # `filter` of pandas picks columns by their names
    return bool(above.args or above.keywords) and not _asks_for_order(above)


def _is_condition(rows: ast.expr, module: Module, depth: int = _DEPTH) -> bool:
    """Whether it is true or false for each row, by what stands in that row."""
    if isinstance(rows, ast.Name) and depth:
        bindings = bindings_of(rows, module)
        value = bindings[0].value if len(bindings) == 1 else None
        return value is not None and _is_condition(value, module, depth - 1)
    return _answers(rows) and not _asks_for_order(rows)


def _answers(rows: ast.expr) -> bool:
    if isinstance(rows, ast.Lambda):
        return _answers(rows.body)
    if isinstance(rows, ast.UnaryOp):
        return isinstance(rows.op, ast.Invert)
    if isinstance(rows, ast.BinOp):
        return isinstance(rows.op, _JOINS) and (_answers(rows.left) or _answers(rows.right))
    if isinstance(rows, ast.Call):
        return isinstance(rows.func, ast.Attribute) and rows.func.attr in _ASKING
    return isinstance(rows, ast.Compare) and len(rows.ops) == 1 and not isinstance(rows.ops[0], (ast.In, ast.Is, ast.IsNot))


def _asks_for_order(part: ast.AST) -> bool:
    return any(isinstance(each, ast.Attribute) and each.attr in _ORDERED for each in ast.walk(part))


def _is_lazy(node: ast.expr, module: Module, depth: int = _DEPTH) -> bool:
    """Whether the chain of calls that leads here, or what its name is bound to, says `scan_csv`, `lazy` or `LazyFrame`."""
    while isinstance(node, (ast.Attribute, ast.Call, ast.Subscript)):
        if isinstance(node, ast.Attribute) and (node.attr in _LAZY or node.attr.startswith("scan_")):
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    for binding in bindings_of(node, module) if depth and isinstance(node, ast.Name) else ():
        if binding.annotation is not None and "LazyFrame" in ast.unparse(binding.annotation):
            return True
        if binding.value is not None and _is_lazy(binding.value, module, depth - 1):
            return True
    return False
