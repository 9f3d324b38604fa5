"""Which expressions are probably arrays: what `_arrays` is sure of, and what any function, method or attribute of arrays says."""

from __future__ import annotations

import ast

from greenlint.rules.loops._arrays import rank_of
from greenlint.rules.loops._frames import is_column, is_frame
from greenlint.rules.loops._steady import bindings_of
from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_LIBRARIES = ("numpy.", "cupy.", "jax.numpy.")
_PACKAGES = frozenset({"numpy", "cupy", "jax", "cv2", "scipy"})
_NO_ARRAYS = frozenset(
    {
        "all",
        "allclose",
        "any",
        "argmax",
        "argmin",
        "array_equal",
        "array_split",
        "float32",
        "float64",
        "int32",
        "int64",
        "dtype",
    }
    | {
        "isscalar",
        "max",
        "mean",
        "median",
        "min",
        "ndim",
        "savez",
        "save",
        "size",
        "std",
        "sum",
        "var",
        "shape",
        "ndindex",
        "finfo",
    }
    | {
        "iinfo",
        "split",
        "hsplit",
        "vsplit",
        "dsplit",
        "where",
        "nonzero",
        "meshgrid",
        "broadcast_arrays",
        "savetxt",
        "percentile",
    }
    | {
        "quantile",
        "histogram",
        "prod",
        "dot",
        "vdot",
        "trapz",
        "nditer",
        "ndenumerate",
        "vectorize",
        "polyval",
        "interp",
        "norm",
    }
)
"""Functions of these libraries that give one number, several arrays or no array at all; those that give either are among them."""
_ANNOTATED = ("ndarray", "NDArray", "ArrayLike", "Tensor", "Series")
_DRAWING = frozenset({"rand", "randn", "random", "random_sample", "permutation"})
_OF_GENERATORS = frozenset(
    {"normal", "random", "standard_normal", "uniform", "integers", "poisson", "exponential", "permutation"}
)
_KEEPING = frozenset(
    {
        "astype",
        "clip",
        "copy",
        "cumsum",
        "flat",
        "flatten",
        "ravel",
        "reshape",
        "round",
        "squeeze",
        "T",
        "transpose",
        "to_numpy",
    }
    | {"repeat", "swapaxes", "view", "real", "imag"}
)
"""Attributes and methods of an array that give an array."""
_OF_ARRAYS = frozenset({"astype", "dtype", "ndim", "ravel", "shape"})
"""What only arrays, frames and the like are asked for."""
_DEPTH = 5
_MOST = 6


def is_array(node: ast.expr, module: Module, depth: int = _DEPTH) -> bool:
    """Whether something in the file says that it is an array or a column."""
    if depth == 0:
        return False
    if rank_of(node, module) is not None or is_column(node, module):
        return True
    if isinstance(node, (ast.Name, ast.Attribute)):
        if isinstance(node, ast.Attribute) and node.attr in _KEEPING:
            return is_array(node.value, module, depth - 1)
        bindings = [b for b in bindings_of(node, module) if isinstance(node, ast.Attribute) or _is_before(b, node)][:_MOST]
        return any(_binds_array(binding, node, module, depth) for binding in bindings) or _is_asked_as_one(node, module)
    if isinstance(node, ast.Subscript):
        rows = not isinstance(node.slice, ast.Constant) or not isinstance(node.slice.value, str)
        return rows and not isinstance(node.slice, ast.Tuple) and is_array(node.value, module, depth - 1)
    if isinstance(node, ast.BinOp):
        return is_array(node.left, module, depth - 1) or is_array(node.right, module, depth - 1)
    return isinstance(node, ast.Call) and _gives_array(node, module, depth)


def _is_before(binding: Binding, use: ast.expr) -> bool:
    return getattr(binding.node, "lineno", 0) <= use.lineno


def _gives_array(call: ast.Call, module: Module, depth: int) -> bool:
    name = module.qualified_name(call.func) or ""
    last = name.rpartition(".")[2]
    sized = any(item.arg == "size" for item in call.keywords)
    if name.startswith("numpy.random."):
        return sized or (last in _DRAWING and bool(call.args)) or len(call.args) == 3
    if name.startswith(_LIBRARIES) and name.count(".") < 3 and not last.startswith("_"):
        return last not in _NO_ARRAYS and not last[:1].isupper()
    if name == "pandas.Series":
        return True
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in _OF_GENERATORS and sized:
        return True
    return call.func.attr in _KEEPING and is_array(call.func.value, module, depth - 1)


def _binds_array(binding: Binding, place: ast.expr, module: Module, depth: int) -> bool:
    if binding.annotation is not None:
        return _says_array(binding.annotation)
    if binding.value is not None:
        return dotted(binding.value) != dotted(place) and is_array(binding.value, module, depth - 1)
    holder = binding.node
    if isinstance(holder, ast.arg):
        return holder.annotation is not None and _says_array(holder.annotation)
    if isinstance(holder, (ast.For, ast.comprehension)):
        return _has_rows(holder.iter, module, depth)
    outer = module.parent(holder)
    if isinstance(holder, ast.Tuple) and isinstance(outer, ast.Assign):
        return _unpacked(holder, outer.value, place, module, depth)
    return False


def _has_rows(items: ast.expr, module: Module, depth: int) -> bool:
    """Whether walking it gives arrays: the rows of a matrix."""
    rank = rank_of(items, module)
    return (rank != 1 and not is_column(items, module)) and is_array(items, module, depth - 1) and not is_frame(items, module)


def _unpacked(targets: ast.Tuple, value: ast.expr, place: ast.expr, module: Module, depth: int) -> bool:
    """`a, b = np.zeros(n), np.ones(n)`; `x, y = np.loadtxt(path, unpack=True)`."""
    if not isinstance(value, ast.Tuple):
        return isinstance(value, ast.Call) and is_array(value, module, depth - 1)
    pairs = zip(targets.elts, value.elts)
    return any(dotted(target) == dotted(place) and is_array(given, module, depth - 1) for target, given in pairs)


def _says_array(annotation: ast.expr) -> bool:
    """`np.ndarray`, `npt.NDArray[np.float64]`, "np.ndarray", `np.ndarray | None`."""
    for part in ast.walk(annotation):
        name = part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
        if name in _ANNOTATED:
            return True
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.endswith(_ANNOTATED):
            return True
        if name in ("list", "List", "dict", "Dict", "Sequence", "Iterable", "tuple", "Tuple", "Callable"):
            return False
    return False


def _is_asked_as_one(node: ast.expr, module: Module) -> bool:
    """Whether the same function asks the name, which it was given, for its shape or type."""
    function = module.function(node)
    if not isinstance(node, ast.Name) or function is None or _PACKAGES.isdisjoint(module.packages):
        return False
    asked = (use for name in _OF_ARRAYS for use in module.index.attributes.get(name, ()))
    return any(
        isinstance(use.value, ast.Name) and use.value.id == node.id and module.function(use) is function for use in asked
    )
