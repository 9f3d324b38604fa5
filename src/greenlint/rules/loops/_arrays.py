"""Which expressions are NumPy arrays, which of those have one dimension, and which are plain numbers."""

from __future__ import annotations

import ast

from greenlint.rules.loops._steady import bindings_of
from greenlint.source.infer import annotation_kind, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_FLAT = frozenset({"arange", "linspace", "logspace", "geomspace", "flatnonzero", "bincount", "diff1d"})
_SHAPED = frozenset({"zeros", "ones", "empty", "full"})
_LIKE = frozenset(
    {"zeros_like", "ones_like", "empty_like", "full_like", "copy", "asarray", "sqrt", "exp", "log", "abs", "cumsum", "sort"}
)
_UNKNOWN_RANK = 0
_DEPTH = 5
_MOST = 4
"""Bindings of a name that are looked into: with more, the answer is unknown rather than slow."""


def rank_of(node: ast.expr, module: Module, depth: int = 0) -> int | None:
    """The dimensions of a NumPy array: 1, 2 ...; 0 when they are unknown, None when it is not known to be an array."""
    if depth > _DEPTH:
        return None
    if isinstance(node, (ast.Name, ast.Attribute)):
        if len(bindings_of(node, module)) > _MOST:
            return None
        ranks = {_bound_rank(binding.value, binding.annotation, module, depth) for binding in bindings_of(node, module)}
        return ranks.pop() if len(ranks) == 1 else None
    if isinstance(node, ast.Call):
        return _made(node, module, depth)
    if isinstance(node, ast.BinOp):
        sides = [rank_of(side, module, depth + 1) for side in (node.left, node.right)]
        known = [rank for rank in sides if rank is not None]
        return max(known) if known else None
    return None


def is_number(node: ast.expr, module: Module, depth: int = 0) -> bool:
    """Whether it is certainly one number: of a range, of a list of numbers, an item of a flat array, or computed from such."""
    if depth > _DEPTH:
        return False
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    if isinstance(node, ast.UnaryOp):
        return is_number(node.operand, module, depth + 1)
    if isinstance(node, ast.BinOp):
        return is_number(node.left, module, depth + 1) and is_number(node.right, module, depth + 1)
    if isinstance(node, ast.Subscript):
        return (
            not isinstance(node.slice, ast.Slice)
            and rank_of(node.value, module) == 1
            and is_number(node.slice, module, depth + 1)
        )
    if isinstance(node, ast.Call):
        if kind_of(node, module) in ("int", "float"):
            return True
        name = module.qualified_name(node.func) or ""
        return name.startswith(("math.", "random.")) and name not in ("random.sample", "random.choices")
    if isinstance(node, ast.Name):
        bindings = bindings_of(node, module)
        return 0 < len(bindings) <= _MOST and all(_binds_number(b, node.id, module, depth + 1) for b in bindings)
    return False


def _binds_number(binding: Binding, name: str, module: Module, depth: int) -> bool:
    if binding.annotation is not None:
        return annotation_kind(binding.annotation, module) in ("int", "float")
    if binding.value is not None:
        return is_number(binding.value, module, depth)
    return _is_counted(binding.node, name, module)


def _is_counted(binder: ast.AST, name: str, module: Module) -> bool:
    """Whether a loop takes the name from a range, a flat array or a list of numbers, or counts with it."""
    if isinstance(binder, ast.Tuple):
        holder = module.parent(binder)
        if isinstance(holder, (ast.For, ast.comprehension)) and isinstance(holder.iter, ast.Call):
            call, first = holder.iter, binder.elts[0]
            counted = module.is_builtin(call.func, "enumerate") and isinstance(first, ast.Name) and first.id == name
            if counted:
                return True
            second = binder.elts[1] if len(binder.elts) == 2 else None
            inner = (
                module.is_builtin(call.func, "enumerate") and isinstance(second, ast.Name) and second.id == name and call.args
            )
            return bool(inner) and _has_numbers(call.args[0], module)
        return False
    if isinstance(binder, (ast.For, ast.comprehension)):
        return _has_numbers(binder.iter, module)
    if isinstance(binder, ast.AugAssign):
        return is_number(binder.value, module, 1) if isinstance(binder.value, ast.Constant) else False
    return False


def _has_numbers(items: ast.expr, module: Module) -> bool:
    """Whether walking it gives plain numbers."""
    if isinstance(items, ast.Call) and module.is_builtin(items.func, "range"):
        return True
    if rank_of(items, module) == 1:
        return True
    if isinstance(items, (ast.List, ast.Tuple)):
        return bool(items.elts) and all(is_number(item, module, 1) for item in items.elts)
    if isinstance(items, ast.ListComp):
        return is_number(items.elt, module, 1)
    if isinstance(items, ast.Name):
        bindings = bindings_of(items, module)
        return bool(bindings) and all(
            _lists_numbers(b.annotation)
            if b.annotation is not None
            else b.value is not None and _has_literal_numbers(b.value, module)
            for b in bindings
        )
    return False


def _has_literal_numbers(value: ast.expr, module: Module) -> bool:
    return not isinstance(value, ast.Name) and _has_numbers(value, module)


def _lists_numbers(annotation: ast.expr) -> bool:
    """`list[float]`, `Sequence[int]`."""
    if not isinstance(annotation, ast.Subscript) or not isinstance(annotation.slice, ast.Name):
        return False
    base = annotation.value
    name = base.attr if isinstance(base, ast.Attribute) else base.id if isinstance(base, ast.Name) else ""
    return annotation.slice.id in ("float", "int") and name in ("list", "List", "Sequence", "Iterable", "tuple")


def _bound_rank(value: ast.expr | None, annotation: ast.expr | None, module: Module, depth: int) -> int | None:
    if annotation is not None:
        base = annotation.value if isinstance(annotation, ast.Subscript) else annotation
        return _UNKNOWN_RANK if module.qualified_name(base) in ("numpy.ndarray", "numpy.typing.NDArray") else None
    return rank_of(value, module, depth + 1) if value is not None else None


def _made(node: ast.Call, module: Module, depth: int) -> int | None:
    name = module.qualified_name(node.func) or ""
    if not name.startswith("numpy."):
        return None
    last = name.rpartition(".")[2]
    if last in _FLAT:
        return 1
    if last in _SHAPED and node.args:
        return len(node.args[0].elts) if isinstance(node.args[0], (ast.Tuple, ast.List)) else _UNKNOWN_RANK
    if last in ("array", "asarray") and node.args and isinstance(node.args[0], (ast.List, ast.Tuple)):
        return _nesting(node.args[0], module)
    if last == "array" or name == "numpy.random.rand":
        return len(node.args) if name == "numpy.random.rand" else _UNKNOWN_RANK
    if last in _LIKE and node.args:
        return rank_of(node.args[0], module, depth + 1)
    return (
        _UNKNOWN_RANK if name in ("numpy.random.random", "numpy.random.normal", "numpy.random.randn", "numpy.loadtxt") else None
    )


def _nesting(items: ast.List | ast.Tuple, module: Module) -> int:
    if not items.elts or not all(is_number(item, module, 1) for item in items.elts):
        return _UNKNOWN_RANK
    return 1
