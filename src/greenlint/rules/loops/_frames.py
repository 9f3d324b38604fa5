"""Which expressions are data frames and series of pandas, as far as their own file shows."""

from __future__ import annotations

import ast

from greenlint.rules.loops._steady import bindings_of
from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_FRAMES = frozenset({"pandas.DataFrame", "pandas.Series"})
_MAKERS = _FRAMES | {"pandas.concat", "pandas.merge", "pandas.json_normalize"}
_KEEPING = frozenset(
    {
        "append",
        "_append",
        "assign",
        "copy",
        "drop",
        "drop_duplicates",
        "dropna",
        "fillna",
        "head",
        "join",
        "merge",
        "query",
        "rename",
    }
    | {"reset_index", "sample", "set_index", "sort_index", "sort_values", "tail"}
)
"""Methods of frames and series that give another one."""
_ARRAYS = frozenset({"values", "array", "to_numpy"})
_DEPTH = 5
_MOST = 4
"""Bindings of a name that are looked into: with more, the answer is unknown rather than slow."""


def is_frame(node: ast.expr, module: Module, depth: int = _DEPTH) -> bool:
    """Whether it is certainly a data frame or a series."""
    if depth == 0:
        return False
    if isinstance(node, (ast.Name, ast.Attribute)):
        path = dotted(node)
        bindings = [binding for binding in bindings_of(node, module) if path is None or _source(binding.value) != path]
        return 0 < len(bindings) <= _MOST and all(_binds_frame(binding, module, depth) for binding in bindings)
    if isinstance(node, ast.Subscript):
        return is_frame(node.value, module, depth - 1)  # a column, some columns or some rows
    if not isinstance(node, ast.Call):
        return False
    name = module.qualified_name(node.func) or ""
    if name in _MAKERS or name.startswith("pandas.read_"):
        return True
    keeps = isinstance(node.func, ast.Attribute) and node.func.attr in _KEEPING
    return keeps and is_frame(node.func.value, module, depth - 1)  # type: ignore[attr-defined]


def is_column(node: ast.expr, module: Module) -> bool:
    """Whether it is one column of a frame: `frame["price"]`, also as an array."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute) and node.attr in _ARRAYS:
        node = node.value
    named = isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
    return named and is_frame(node.value, module)  # type: ignore[attr-defined]


def _source(value: ast.expr | None) -> str | None:
    """The name in `name.dropna().append(row)`: what it is bound to elsewhere says what this is."""
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in _KEEPING:
        value = value.func.value
    return dotted(value) if value is not None else None


def _binds_frame(binding: Binding, module: Module, depth: int) -> bool:
    if binding.annotation is not None:
        return module.qualified_name(binding.annotation) in _FRAMES
    return binding.value is not None and is_frame(binding.value, module, depth - 1)
