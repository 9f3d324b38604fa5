"""Which expressions are tensors of PyTorch or TensorFlow, as far as their own file shows."""

from __future__ import annotations

import ast

from greenlint.source.infer import attribute_bindings
from greenlint.source.names import names_of
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_LIBRARIES = frozenset({"torch", "tensorflow"})
_MAKERS = words(
    """arange as_tensor bernoulli bmm cast cat clamp clip_by_value concat constant conv1d conv2d convert_to_tensor cos
    cumprod cumsum dropout einsum elu embedding empty empty_like exp expand_dims eye fill flatten flip from_numpy full
    full_like gelu index_select interpolate leaky_relu linear linspace log log_softmax logspace masked_select matmul
    maximum mean minimum mm multinomial multiply norm normal normalize one_hot ones ones_like pad permute pow prod
    rand rand_like randint randn randn_like randperm range reduce_max reduce_mean reduce_min reduce_prod reduce_sum
    relu repeat_interleave reshape roll sigmoid sin softmax sqrt square squeeze stack sub subtract sum tanh tensor
    tile transpose truncated_normal uniform unsqueeze where zeros zeros_like Variable FloatTensor LongTensor Tensor
    Parameter add divide div mul abs"""
)
"""Last parts of functions of both libraries that give a tensor."""
_OTHER_PLACES = frozenset({"Dataset", "data", "datasets", "distributions", "io", "optim", "optimizers", "utils"})
"""Parts of the names of functions that give something else, such as `tf.data.Dataset.range`."""
_KEEPING = words(
    """abs bool clamp clone contiguous cpu cuda cumsum detach div double exp expand flatten flip float half int log long
    matmul mean mul permute pow prod relu repeat requires_grad_ reshape round sigmoid softmax sqrt square squeeze sum
    t tanh to transpose unsqueeze view"""
)
"""Methods of a tensor that give a tensor."""
_TYPES = frozenset(
    {"torch.Tensor", "torch.FloatTensor", "torch.LongTensor", "tensorflow.Tensor", "tensorflow.Variable"}
    | {"torch.nn.Parameter", "torch.nn.parameter.Parameter", "torch.LongTensor"}
)
_DEPTH = 8


def tensor_library(node: ast.expr | None, module: Module, depth: int = _DEPTH) -> str | None:
    """ "torch" or "tensorflow" for an expression that is certainly a tensor, else None."""
    if node is None or depth == 0:
        return None
    if isinstance(node, ast.Call):
        return _made(node, module, depth)
    if isinstance(node, ast.BinOp):
        return tensor_library(node.left, module, depth - 1) or tensor_library(node.right, module, depth - 1)
    if isinstance(node, ast.Compare):
        return tensor_library(node.left, module, depth - 1)
    if isinstance(node, ast.UnaryOp):
        return tensor_library(node.operand, module, depth - 1) if not isinstance(node.op, ast.Not) else None
    if isinstance(node, ast.Subscript):
        return tensor_library(node.value, module, depth - 1)
    if isinstance(node, ast.Attribute):
        if node.attr in ("T", "data"):
            return tensor_library(node.value, module, depth - 1)
        bound = attribute_bindings(node, module)
        return _agreed(bound, module, depth) if bound else _buffer(node, module, depth)
    if isinstance(node, ast.Name):
        return _agreed(names_of(module).valid_bindings(node), module, depth)
    return None


def may_be_tensor(node: ast.expr, module: Module) -> bool:
    """Whether a variable is made as a tensor, and is else only given what is made of itself: `h = layer(h)`."""
    if not isinstance(node, ast.Name):
        return False
    made = False
    for binding in names_of(module).valid_bindings(node):
        if binding.annotation is None and isinstance(binding.node, (ast.AugAssign, ast.arg)):
            continue
        if _agreed([binding], module, _DEPTH):
            made = True
            continue
        value = binding.value
        own = isinstance(value, (ast.BinOp, ast.Call)) and any(
            isinstance(part, ast.Name) and part.id == node.id for part in ast.walk(value)
        )
        if not own:
            return False
    return made


def _made(call: ast.Call, module: Module, depth: int) -> str | None:
    name = module.qualified_name(call.func)
    if name is not None:
        library, *inner, last = name.split(".") if "." in name else (name, "")
        return library if library in _LIBRARIES and last in _MAKERS and not _OTHER_PLACES & set(inner) else None
    if isinstance(call.func, ast.Attribute) and call.func.attr in _KEEPING:
        return tensor_library(call.func.value, module, depth - 1)
    return None


def _buffer(node: ast.Attribute, module: Module, depth: int) -> str | None:
    """The library of a tensor that the class has registered as a buffer of this name."""
    if not (isinstance(node.value, ast.Name) and node.value.id == "self"):
        return None
    for call in module.calls("register_buffer"):
        name = call.args[0] if len(call.args) > 1 else None
        if isinstance(name, ast.Constant) and name.value == node.attr:
            return tensor_library(call.args[1], module, depth - 1)
    return None


def _agreed(bindings: list[Binding], module: Module, depth: int) -> str | None:
    """The library that all bindings of a variable name; `x += y` leaves a tensor a tensor."""
    found = set()
    for binding in bindings:
        if binding.annotation is not None:
            found.add(None if _gathers(binding.node, module) else _annotated(binding.annotation, module))
        elif not isinstance(binding.node, ast.AugAssign):
            found.add(tensor_library(binding.value, module, depth - 1))
    return found.pop() if len(found) == 1 else None


def _gathers(node: ast.AST, module: Module) -> bool:
    """`*tensors: Tensor`, which is a tuple of them."""
    arguments = module.parent(node)
    return isinstance(arguments, ast.arguments) and node in (arguments.vararg, arguments.kwarg)


def _annotated(annotation: ast.expr, module: Module) -> str | None:
    """The library of `torch.Tensor`, "torch.Tensor", `Optional[torch.Tensor]` and `torch.Tensor | None`."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        library, _, rest = annotation.value.partition(".")
        full = module.imports.get(library, library)
        return full.partition(".")[0] if f"{full}.{rest}".rstrip(".") in _TYPES else None
    if isinstance(annotation, ast.BinOp):
        sides = [side for side in (annotation.left, annotation.right) if not isinstance(side, ast.Constant)]
        return _annotated(sides[0], module) if len(sides) == 1 else None
    if isinstance(annotation, ast.Subscript):
        optional = module.qualified_name(annotation.value) == "typing.Optional"
        return _annotated(annotation.slice, module) if optional else None
    name = module.qualified_name(annotation)
    return name.partition(".")[0] if name in _TYPES else None
