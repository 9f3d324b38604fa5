"""How a data frame is loaded, and what is done to it as long as it has one name."""

from __future__ import annotations

import ast

from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

TEXT_LOADERS = frozenset({"pandas.read_csv", "pandas.read_table", "pandas.read_fwf"})
"""Loaders that read text piece by piece where they are told to."""
OTHER_LOADERS = frozenset({"pandas.read_json", "pandas.read_sas", "pandas.read_stata"})
"""Others that do; JSON where each line is a row."""
LAZY = {f"polars.read_{kind}": f"scan_{kind}" for kind in ("csv", "parquet", "ndjson", "ipc")}
"""Loaders of polars, and the one that reads what the query needs, part by part."""
SQL_LOADERS = frozenset({"pandas.read_sql", "pandas.read_sql_query", "pandas.read_sql_table"})
LOADERS = TEXT_LOADERS | {"pandas.read_excel"}
_ALL = LOADERS | SQL_LOADERS | OTHER_LOADERS
AGGREGATES = frozenset(
    {"all", "any", "count", "max", "mean", "min", "nunique", "size", "sum", "value_counts"}
    | {"std", "var", "prod", "nlargest", "nsmallest"}
)
"""Methods that make one value, or a few, of a column, and that can be added up from parts."""
_PASSING = frozenset(
    {"dropna", "groupby", "query", "fillna", "astype", "isin", "isna", "notna", "between", "abs", "filter", "group_by"}
)
_AGG = frozenset({"agg", "aggregate"})
_FIRST = frozenset({"head", "columns", "dtypes", "empty"})
"""What the first rows, or the names of the columns, tell."""
_BUILTINS = ("len", "sum", "min", "max")
_NEEDS_ALL = frozenset(
    {
        "sort_values",
        "sort_index",
        "sort",
        "plot",
        "hist",
        "boxplot",
        "rank",
        "merge",
        "join",
        "pivot",
        "pivot_table",
        "crosstab",
    }
    | {"rolling", "expanding", "ewm", "shift", "diff", "pct_change", "cumsum", "cumprod", "cummax", "cummin", "corr", "cov"}
    | {
        "median",
        "quantile",
        "mode",
        "describe",
        "interpolate",
        "resample",
        "sample",
        "duplicated",
        "drop_duplicates",
        "transpose",
    }
    | {"T", "unstack", "melt", "to_numpy", "values", "skew", "kurt"}
)
"""Methods whose result cannot be added up from those of parts."""


def loader(node: ast.Call, module: Module) -> str | None:
    """The qualified function of pandas or polars that `node` loads a frame with; None when it reads from memory or has unknown arguments."""
    name = module.qualified_name(node.func)
    if name is None or not (name in _ALL or name in LAZY) or not (node.args or node.keywords):
        return None
    if any(keyword.arg is None for keyword in node.keywords) or any(isinstance(each, ast.Starred) for each in node.args):
        return None
    source = node.args[0] if node.args else None
    if isinstance(source, ast.Call) and (module.qualified_name(source.func) or "").startswith("io."):
        return None
    return name


def given(node: ast.Call) -> set[str]:
    """The names of the arguments of a call."""
    return {keyword.arg for keyword in node.keywords if keyword.arg is not None}


def loads_of(node: ast.Call, module: Module) -> list[ast.expr] | None:
    """Where the frame that a call gives is used: the call itself, or the mentions of its only name; None when it has others."""
    holder = module.parent(node)
    if isinstance(holder, (ast.Attribute, ast.Subscript)) or (isinstance(holder, ast.Call) and node in holder.args):
        return [node]
    if not (isinstance(holder, ast.Assign) and len(holder.targets) == 1 and isinstance(holder.targets[0], ast.Name)):
        return None
    target = holder.targets[0]
    names = names_of(module)
    scope = names.scope(target)
    if scope is None or len(names.bindings(target.id, scope)) != 1:
        return None
    return list(names.loads(target.id, scope))


def is_aggregated(use: ast.expr, module: Module) -> bool:
    """Whether this use makes a value of the frame that could be added up from parts of it."""
    holder = module.parent(use)
    if isinstance(holder, ast.Call):
        return any(module.is_builtin(holder.func, name) for name in _BUILTINS)
    if isinstance(holder, ast.Tuple) and isinstance(module.parent(holder), ast.Subscript):
        return is_aggregated(holder, module)
    if isinstance(holder, (ast.Compare, ast.BinOp, ast.UnaryOp)):  # a mean on the other side needs all rows first
        return not any(isinstance(part, ast.Call) for part in ast.walk(holder)) and is_aggregated(holder, module)
    if isinstance(holder, ast.Subscript) and isinstance(holder.ctx, ast.Load):  # a column, or rows that are chosen by it
        return is_aggregated(holder, module)
    if not isinstance(holder, ast.Attribute) or not isinstance(holder.ctx, ast.Load):
        return False
    call = module.parent(holder)
    if isinstance(call, ast.Subscript) and call.value is holder and holder.attr in ("shape", "loc", "iloc"):
        return holder.attr == "shape" or (holder.attr == "loc" and is_aggregated(call, module))
    if not (isinstance(call, ast.Call) and call.func is holder):
        return holder.attr == "shape" or is_aggregated(holder, module)
    if holder.attr in AGGREGATES:
        return True
    if holder.attr in _AGG:
        return _adds_up(call)
    if holder.attr in ("iterrows", "itertuples"):
        return isinstance(module.parent(call), (ast.For, ast.comprehension))
    return holder.attr in _PASSING and is_aggregated(call, module)


def needs_all(use: ast.expr, module: Module) -> bool:
    """Whether this use needs all rows at the same time: sorted, drawn, a median."""
    holder = module.parent(use)
    if isinstance(holder, (ast.Compare, ast.BinOp, ast.UnaryOp, ast.Subscript)):
        return needs_all(holder, module)
    if not isinstance(holder, ast.Attribute):
        return False
    call = module.parent(holder)
    called = isinstance(call, ast.Call) and call.func is holder
    return holder.attr in _NEEDS_ALL or needs_all(call if called and isinstance(call, ast.Call) else holder, module)


def is_first(use: ast.expr, module: Module) -> bool:
    """Whether this use looks at the first rows, or at the names of the columns."""
    holder = module.parent(use)
    if not isinstance(holder, ast.Attribute) or holder.attr not in _FIRST:
        return False
    call = module.parent(holder)
    return holder.attr != "head" or (
        isinstance(call, ast.Call) and not any(isinstance(item, ast.UnaryOp) for item in call.args)
    )


def _adds_up(call: ast.Call) -> bool:
    """`agg("sum")`, `agg({"x": ["min", "max"]})`, `agg(total=("x", "sum"))`, and expressions of polars that do."""
    texts: list[ast.expr] = []
    queue: list[ast.expr] = [*call.args, *(item.value for item in call.keywords)]
    while queue:
        item = queue.pop()
        if isinstance(item, ast.Dict):
            queue += item.values
        elif isinstance(item, ast.Tuple) and len(item.elts) == 2:
            queue.append(item.elts[1])
        elif isinstance(item, (ast.List, ast.Tuple)):
            queue += item.elts
        else:
            texts.append(item)
    return bool(texts) and all(_is_aggregate(text) for text in texts)


def _is_aggregate(item: ast.expr) -> bool:
    if isinstance(item, ast.Constant):
        return item.value in AGGREGATES
    while isinstance(item, ast.Call) and isinstance(item.func, ast.Attribute) and item.func.attr in ("alias", "cast", "round"):
        item = item.func.value
    return isinstance(item, ast.Call) and isinstance(item.func, ast.Attribute) and item.func.attr in AGGREGATES
