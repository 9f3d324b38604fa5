"""How a data frame is loaded, and what is done to it as long as it has one name."""

from __future__ import annotations

import ast

from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

TEXT_LOADERS = frozenset({"pandas.read_csv", "pandas.read_table", "pandas.read_fwf"})
"""Loaders that read text piece by piece where they are told to."""
SQL_LOADERS = frozenset({"pandas.read_sql", "pandas.read_sql_query", "pandas.read_sql_table"})
LOADERS = TEXT_LOADERS | {"pandas.read_excel"}
AGGREGATES = frozenset({"all", "any", "count", "max", "mean", "min", "nunique", "size", "sum", "value_counts"})
"""Methods that make one value, or a few, of a column, and that can be added up from parts."""
_PASSING = frozenset({"dropna", "groupby", "query"})


def loader(node: ast.Call, module: Module) -> str | None:
    """The qualified pandas function that `node` loads a frame with; None when it reads from memory or has unknown arguments."""
    name = module.qualified_name(node.func)
    if name is None or name not in LOADERS | SQL_LOADERS or not (node.args or node.keywords):
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
        return module.is_builtin(holder.func, "len")
    if isinstance(holder, ast.Subscript) and holder.value is use and isinstance(holder.ctx, ast.Load):
        return is_aggregated(holder, module)
    if not isinstance(holder, ast.Attribute) or not isinstance(holder.ctx, ast.Load):
        return False
    call = module.parent(holder)
    if not (isinstance(call, ast.Call) and call.func is holder):
        return not isinstance(call, (ast.Call, ast.Subscript)) and is_aggregated(holder, module)
    if holder.attr in AGGREGATES:
        return True
    if holder.attr in ("iterrows", "itertuples"):
        return isinstance(module.parent(call), (ast.For, ast.comprehension))
    return holder.attr in _PASSING and is_aggregated(call, module)
