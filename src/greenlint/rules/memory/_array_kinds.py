"""Which expressions are arrays or tensors whose memory others may know."""

from __future__ import annotations

import ast

from greenlint.rules.loops._arrays import rank_of
from greenlint.rules.memory._fresh_arrays import TENSORS, is_fresh
from greenlint.source.infer import attribute_bindings, kind_of
from greenlint.source.names import names_of
from greenlint.source.parse import parse_expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_GIVE_ARRAYS = frozenset({"numpy", "to_numpy", "toarray"})
"""Methods of tensors, frames and sparse matrices."""
_AS_ARRAY = frozenset({"asanyarray", "asarray", "ascontiguousarray", "asfortranarray", "atleast_1d", "ravel", "unique"})
"""Functions of NumPy that give an array, perhaps the one that they are given."""
_VIEWS = frozenset({"astype", "copy", "flatten", "ravel", "reshape", "squeeze", "swapaxes", "transpose", "view"})
"""Methods of arrays that give arrays."""
_PICTURES = frozenset({"cv2.cvtColor", "cv2.imdecode", "cv2.imread", "cv2.resize", "imageio.imread", "skimage.io.imread"})
_TYPES = frozenset({"numpy.ndarray", "numpy.typing.NDArray", "torch.Tensor"})
_HOLDERS = frozenset({"list", "List", "tuple", "Tuple", "Sequence", "Iterable", "Iterator", "Collection"})
_MAPPINGS = frozenset({"dict", "Dict", "Mapping", "MutableMapping"})
_DEPTH = 4


def is_array(given: ast.expr, module: Module, depth: int = _DEPTH) -> bool:
    """Whether it is an array or tensor that may share its memory: `frame.to_numpy()`, `frame.values`, a parameter `x: Tensor`."""
    if depth == 0:
        return False
    if isinstance(given, ast.Attribute):
        if given.attr == "values" and "pandas" in module.packages and kind_of(given.value, module) != "dict":
            return True
        return (given.attr == "T" and _is_known(given.value, module, depth)) or _is_attribute(given, module, depth)
    if isinstance(given, ast.Name):
        bindings = _rebound(names_of(module).valid_bindings(given), given, module)
        return len(bindings) == 1 and _gives_array(bindings[0], module, depth)
    if isinstance(given, ast.Subscript):
        return _is_part(given, module, depth)
    return isinstance(given, ast.Call) and _called(given, module, depth)


def _rebound(bindings: list[Binding], use: ast.Name, module: Module) -> list[Binding]:
    """Without the parameter, where the function first gives its name to something else: `x = np.asarray(x)`."""
    later = [binding for binding in bindings if not isinstance(binding.node, ast.arg)]
    function = module.function(use)
    first = later[0].node if later else None
    if function is None or not isinstance(first, ast.stmt) or first not in function.body or first.lineno >= use.lineno:
        return bindings
    return later


def _is_known(given: ast.expr, module: Module, depth: int) -> bool:
    return rank_of(given, module) is not None or is_array(given, module, depth - 1)


def _called(given: ast.Call, module: Module, depth: int) -> bool:
    if isinstance(given.func, ast.Attribute):
        if given.func.attr in _GIVE_ARRAYS and not given.args:
            return True
        if given.func.attr in _VIEWS and _is_known(given.func.value, module, depth):
            return True
    qualified = module.qualified_name(given.func) or ""
    package, _, function = qualified.partition(".")
    if qualified in _PICTURES or is_fresh(given, module):
        return True
    return function in TENSORS if package == "torch" else package == "numpy" and function in _AS_ARRAY


def _is_attribute(given: ast.Attribute, module: Module, depth: int) -> bool:
    """`self.rows`, to which the class gives arrays alone."""
    bindings = attribute_bindings(given, module)
    return bool(bindings) and all(_gives_array(binding, module, depth) for binding in bindings)


def _gives_array(binding: Binding, module: Module, depth: int) -> bool:
    if binding.annotation is not None:
        return any(name in _TYPES for name in _alternatives(binding.annotation, module))
    if binding.value is not None:
        return (
            _is_known(binding.value, module, depth)
            if isinstance(binding.value, ast.Name)
            else is_array(binding.value, module, depth - 1)
        )
    iterable = getattr(binding.node, "iter", None)
    return iterable is not None and _item_type(iterable, module, _HOLDERS) in _TYPES


def _alternatives(annotation: ast.expr, module: Module) -> list[str]:
    """The types of `ndarray | None`."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = parse_expression(annotation.value)
        except (SyntaxError, ValueError):
            return []
    if isinstance(annotation, ast.BinOp):
        return [*_alternatives(annotation.left, module), *_alternatives(annotation.right, module)]
    if isinstance(annotation, ast.Subscript):
        name = module.qualified_name(annotation.value) or ""
        return _alternatives(annotation.slice, module) if name.endswith("Optional") else [name]
    return [module.qualified_name(annotation) or ""]


def _item_type(holder: ast.expr, module: Module, kinds: frozenset[str]) -> str | None:
    """The type of the items of a name that is annotated `list[...]` or `dict[str, ...]`."""
    bindings = names_of(module).valid_bindings(holder) if isinstance(holder, ast.Name) else []
    annotation = bindings[0].annotation if len(bindings) == 1 else None
    if not isinstance(annotation, ast.Subscript):
        return None
    parts = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
    name = annotation.value.attr if isinstance(annotation.value, ast.Attribute) else getattr(annotation.value, "id", "")
    item = parts[-1] if kinds is _MAPPINGS else parts[0]
    return module.qualified_name(item) if name in kinds else None


def _is_part(given: ast.Subscript, module: Module, depth: int) -> bool:
    """`x[:5]` of an array, `d["a"]` of a dictionary of arrays; `x[0]` may be a number."""
    if _item_type(given.value, module, _MAPPINGS) in _TYPES or _item_type(given.value, module, _HOLDERS) in _TYPES:
        return not isinstance(given.slice, ast.Slice)
    parts = given.slice.elts if isinstance(given.slice, ast.Tuple) else [given.slice]
    return any(isinstance(part, ast.Slice) for part in parts) and _is_known(given.value, module, depth)
