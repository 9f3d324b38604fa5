"""Which expressions are tensors of PyTorch or TensorFlow, as far as their own file shows."""

from __future__ import annotations

import ast

from greenlint.source.infer import attribute_bindings
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_LIBRARIES = frozenset({"torch", "tensorflow"})
_MAKERS = frozenset(
    {"arange", "as_tensor", "cat", "concat", "constant", "convert_to_tensor", "empty", "eye", "fill", "from_numpy", "full"}
    | {"full_like", "linspace", "matmul", "normal", "ones", "ones_like", "rand", "rand_like", "randint", "randn", "randn_like"}
    | {
        "randperm",
        "range",
        "relu",
        "reshape",
        "sigmoid",
        "softmax",
        "stack",
        "tensor",
        "uniform",
        "zeros",
        "zeros_like",
        "Variable",
    }
    | {"FloatTensor", "LongTensor", "Tensor", "transpose", "multiply", "add"}
)
"""Last parts of functions of both libraries that give a tensor."""
_KEEPING = frozenset(
    {"abs", "bool", "clone", "contiguous", "cpu", "cuda", "detach", "double", "exp", "flatten", "float", "half", "int", "long"}
    | {"permute", "reshape", "requires_grad_", "softmax", "squeeze", "t", "to", "transpose", "unsqueeze", "view"}
)
"""Methods of a tensor that give a tensor."""
_TYPES = frozenset({"torch.Tensor", "torch.FloatTensor", "torch.LongTensor", "tensorflow.Tensor", "tensorflow.Variable"})
_DEPTH = 8


def tensor_library(node: ast.expr | None, module: Module, depth: int = _DEPTH) -> str | None:
    """ "torch" or "tensorflow" for an expression that is certainly a tensor, else None."""
    if node is None or depth == 0:
        return None
    if isinstance(node, ast.Call):
        return _made(node, module, depth)
    if isinstance(node, ast.BinOp):
        return tensor_library(node.left, module, depth - 1) or tensor_library(node.right, module, depth - 1)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        return tensor_library(node.value, module, depth - 1)
    if isinstance(node, ast.Attribute):
        if node.attr in ("T", "data"):
            return tensor_library(node.value, module, depth - 1)
        return _agreed(attribute_bindings(node, module), module, depth)
    if isinstance(node, ast.Name):
        return _agreed(names_of(module).valid_bindings(node), module, depth)
    return None


def _made(call: ast.Call, module: Module, depth: int) -> str | None:
    name = module.qualified_name(call.func)
    if name is not None:
        library = name.partition(".")[0]
        return library if library in _LIBRARIES and name.rpartition(".")[2] in _MAKERS else None
    if isinstance(call.func, ast.Attribute) and call.func.attr in _KEEPING:
        return tensor_library(call.func.value, module, depth - 1)
    return None


def _agreed(bindings: list[Binding], module: Module, depth: int) -> str | None:
    """The library that all bindings of a variable name; `x += y` leaves a tensor a tensor."""
    found = set()
    for binding in bindings:
        if binding.annotation is not None:
            name = module.qualified_name(binding.annotation)
            found.add(name.partition(".")[0] if name in _TYPES else None)
        elif not isinstance(binding.node, ast.AugAssign):
            found.add(tensor_library(binding.value, module, depth - 1))
    return found.pop() if len(found) == 1 else None
