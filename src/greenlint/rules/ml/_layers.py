"""Which convolution feeds a normalisation, in PyTorch and Keras, and what its bias is called."""

from __future__ import annotations

import ast

from greenlint.source.calls import constant, keyword, last_name
from greenlint.source.infer import attribute_bindings, dotted
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_DIMENSIONS = ("1d", "2d", "3d")
_CONVOLUTIONS = frozenset(
    f"{lazy}{kind}{n}" for lazy in ("", "Lazy") for kind in ("Conv", "ConvTranspose") for n in _DIMENSIONS
)
_TORCH_NORMS = frozenset(
    f"{lazy}{kind}{n}" for lazy in ("", "Lazy") for kind in ("BatchNorm", "InstanceNorm") for n in _DIMENSIONS
)
_KERAS_CONVOLUTIONS = frozenset(
    {f"{kind}{n}D{end}" for kind in ("Conv", "Convolution") for n in (1, 2, 3) for end in ("", "Transpose")}
    | {"SeparableConv1D", "SeparableConv2D", "DepthwiseConv1D", "DepthwiseConv2D"}
)
_KERAS_NORMS = frozenset({"BatchNormalization", "SyncBatchNormalization"})
NORMS = _TORCH_NORMS | _KERAS_NORMS | {"SyncBatchNorm"}
"""What normalisations are called that take the mean of each channel away."""
_KERAS = (
    "keras.layers.",
    "tensorflow.keras.layers.",
    "tensorflow.python.keras.layers.",
    "tf_keras.layers.",
    "keras.src.layers.",
)
_ADDERS = frozenset({"add", "append", "add_module", "register_module"})
_MOST_PLACES = 8
"""So many arguments by place reach to the bias, or to the activation before it."""


def is_norm(node: ast.Call, module: Module) -> bool:
    """Whether the call makes a normalisation, of which the file shows all arguments."""
    name = module.qualified_name(node.func) or ""
    kinds = _KERAS_NORMS if name.startswith(_KERAS) else NORMS - _KERAS_NORMS if name.startswith("torch.nn.") else frozenset()
    return name.rpartition(".")[2] in kinds and not any(item.arg is None for item in node.keywords)


def _is_convolution(node: ast.AST | None, module: Module) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = module.qualified_name(node.func) or ""
    kinds = _KERAS_CONVOLUTIONS if name.startswith(_KERAS) else _CONVOLUTIONS if name.startswith("torch.nn.") else frozenset()
    return name.rpartition(".")[2] in kinds


def activates(conv: ast.Call) -> bool:
    """Whether a layer of Keras applies a function behind the bias, so that the bias counts."""
    given = keyword(conv, "activation")
    return given is not None and not (isinstance(given, ast.Constant) and given.value in (None, "linear"))


def bias_of(conv: ast.Call, module: Module) -> str | None:
    """What the argument is called that leaves the bias out; None where it is decided upon, or may be, in what the file does not show."""
    name = "use_bias" if (module.qualified_name(conv.func) or "").startswith(_KERAS) else "bias"
    unknown = any(k.arg is None for k in conv.keywords) or any(isinstance(a, ast.Starred) for a in conv.args)
    given = keyword(conv, name)
    decided = given is not None and constant(given) is not True
    return None if unknown or decided or len(conv.args) >= _MOST_PLACES else name


def convolution_before(node: ast.Call, module: Module) -> ast.Call | None:
    """The convolution whose result alone is given to the normalisation `node`."""
    holder = module.parent(node)
    if isinstance(holder, ast.Call) and holder.func is node:
        return _feeding(holder, module)
    place: ast.expr = node
    if isinstance(holder, ast.Assign) and len(holder.targets) == 1:
        target = holder.targets[0]
        if isinstance(target, ast.Attribute):
            return _applied_before(target, module)
        used = _only_load(target, module)
        if used is None:
            return None
        place, holder = used, module.parent(used)
        if isinstance(holder, ast.Call) and holder.func is place:
            return _feeding(holder, module)
    return _neighbour(place, module) or _added_before(place, module)


def _made(node: ast.AST | None, module: Module) -> ast.Call | None:
    """The call that makes the convolution that `node` stands for, here or under a name that is mentioned here alone."""
    if isinstance(node, ast.Name) and _only_load(node, module) is node:
        scope = names_of(module).scope(node)
        node = names_of(module).bindings(node.id, scope)[0].value if scope is not None else None
    return node if isinstance(node, ast.Call) and _is_convolution(node, module) else None


def _only_load(target: ast.expr, module: Module) -> ast.Name | None:
    """The one mention of a name that is bound once."""
    names = names_of(module)
    scope = names.scope(target) if isinstance(target, ast.Name) else None
    if not isinstance(target, ast.Name) or scope is None or len(names.bindings(target.id, scope)) != 1:
        return None
    loads = list(names.loads(target.id, scope))
    return loads[0] if len(loads) == 1 else None


def _neighbour(node: ast.expr, module: Module) -> ast.Call | None:
    """The convolution right before `node` in the same list of layers, named pairs included."""
    item: ast.AST = node
    holder = module.parent(item)
    if holder is not None and _is_named(holder):
        item, holder = holder, module.parent(holder)
    if isinstance(holder, ast.Call):
        if not (dotted(holder.func) or "").endswith("Sequential"):
            return None
        items = holder.args
    elif isinstance(holder, (ast.List, ast.Tuple)):
        items = holder.elts
    elif isinstance(holder, ast.Dict):
        items = holder.values
    else:
        return None
    place = next((n for n, each in enumerate(items) if each is item), 0)
    before = items[place - 1] if place else None
    return _made(before.elts[1] if _is_named(before) else before, module)  # type: ignore[union-attr]


def _is_named(pair: ast.AST | None) -> bool:
    """`("norm", layer)`."""
    return isinstance(pair, ast.Tuple) and len(pair.elts) == 2 and isinstance(pair.elts[0], (ast.Constant, ast.JoinedStr))


def _added_before(node: ast.expr, module: Module) -> ast.Call | None:
    """`net.add(Conv2D(8, 3))`, and then `net.add(node)`."""
    call = module.parent(node)
    if not (isinstance(call, ast.Call) and call.args[-1:] == [node] and last_name(call.func) in _ADDERS):
        return None
    before = _statement_before(call, module)
    other = before.value if isinstance(before, ast.Expr) and isinstance(module.parent(call), ast.Expr) else None
    if (
        not isinstance(other, ast.Call)
        or not other.args
        or dotted(other.func) is None
        or dotted(other.func) != dotted(call.func)
    ):
        return None
    return _made(other.args[-1], module)


def _statement_before(node: ast.AST, module: Module) -> ast.stmt | None:
    statement = module.statement(node)
    block = getattr(module.parent(statement), "body", [])
    place = next((n for n, each in enumerate(block) if each is statement), 0) if isinstance(block, list) else 0
    return block[place - 1] if place else None


def _feeding(use: ast.Call, module: Module) -> ast.Call | None:
    """Of `norm(conv(x))`, where layers are made on the spot or stand under local names: the convolution."""
    given = _result(use.args[0], use, module) if len(use.args) == 1 else None
    return _made(given.func, module) if given is not None else None


def _applied_before(target: ast.Attribute, module: Module) -> ast.Call | None:
    """For `self.norm = ...`: the convolution whose result alone is given to `self.norm`."""
    path = dotted(target)
    owner = module.parent(module.function(target) or module.tree)
    uses = [call for call in module.calls(target.attr) if dotted(call.func) == path]
    uses = [call for call in uses if module.parent(module.function(call) or module.tree) is owner]
    if len(uses) != 1 or len(uses[0].args) != 1 or not isinstance(owner, ast.ClassDef):
        return None
    given = _result(uses[0].args[0], uses[0], module)
    if given is None or not isinstance(given.func, ast.Attribute):
        return None
    every = [call for call in module.calls(given.func.attr) if dotted(call.func) == dotted(given.func)]
    every = [call for call in every if module.parent(module.function(call) or module.tree) is owner]
    values = [binding.value for binding in attribute_bindings(given.func, module)]
    if len(every) != 1 or len(values) != 1 or len(attribute_bindings(target, module)) != 1:
        return None
    made = values[0]
    return made if isinstance(made, ast.Call) and _is_convolution(made, module) else None


def _result(given: ast.expr, use: ast.Call, module: Module) -> ast.Call | None:
    """The call that gave the argument of `use`: written inside it, or as the statement right before."""
    if isinstance(given, ast.Call):
        return given
    before, statement = _statement_before(use, module), module.statement(use)
    if not (isinstance(before, ast.Assign) and len(before.targets) == 1 and isinstance(given, ast.Name)):
        return None
    is_same = isinstance(before.targets[0], ast.Name) and before.targets[0].id == given.id
    overwritten = isinstance(statement, ast.Assign) and dotted(statement.targets[0]) == given.id
    alone = overwritten or isinstance(statement, ast.Return) or _only_load(given, module) is given
    return before.value if is_same and alone and isinstance(before.value, ast.Call) else None
