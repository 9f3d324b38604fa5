"""Networks that run to give an answer, as far as names say so: loaded ready-made, or called in `predict` and the like."""

from __future__ import annotations

import ast
import re

from greenlint.rules.ml._grad import evaluated
from greenlint.source.calls import last_name
from greenlint.source.infer import dotted
from greenlint.source.module import FunctionNode
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

NETWORK = re.compile(r"(?:^|_)(?:model|net|network|classifier|encoder|decoder|backbone|generator)$", re.IGNORECASE)
"""What networks are called."""
_ANSWERS = re.compile(
    r"_*(?:batch_)?(?:classify|embed|encode|eval|evaluate|infer|inference|predict|score|test|validate)(?:_|$)(?!step)"
)
"""Functions that ask a network, `predict_all`; the steps of Lightning run without gradients anyway."""
_LOADERS = frozenset({"torch.load", "torch.jit.load", "torch.hub.load"})
_TRAINING = ("backward", "zero_grad", "Trainer", "AdamW", "Adam", "SGD", "fit", "parameters")
LOADS = frozenset({"from_pretrained", "load"})
"""How the calls end that load a network."""


def loaded(call: ast.Call, module: Module) -> str | None:
    """The dotted name that a ready-made network gets, in a file that trains none and says nothing of modes."""
    by_name = last_name(call.func) == "from_pretrained" and "transformers" in module.packages
    if not by_name and module.qualified_name(call.func) not in _LOADERS:
        return None
    made = last_name(call.func.value) if by_name and isinstance(call.func, ast.Attribute) else "Model"
    if "Model" not in made or made.startswith(("TF", "Flax")) or any(module.calls(name) for name in _TRAINING):
        return None
    node: ast.AST = call
    holder = module.parent(node)
    while isinstance(holder, ast.Attribute) or (isinstance(holder, ast.Call) and holder.func is node):
        node, holder = holder, module.parent(holder)
    name = dotted(holder.targets[0]) if isinstance(holder, ast.Assign) and len(holder.targets) == 1 else None
    return None if name is None or _has_mode(name, None, module) else name


def asked(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Iterator[ast.Call]:
    """The calls of a network in a function that is called like one that wants an answer and no gradient."""
    if not _ANSWERS.match(function.name) or function.name.endswith("_step") or "torch" not in module.packages:
        return
    calls = [part for part in ast.walk(function) if isinstance(part, ast.Call) and module.function(part) is function]
    if any(last_name(call.func) in ("backward", "train", "compute_loss") for call in calls):
        return
    for call in calls:
        name, called = dotted(call.func), last_name(call.func)
        if name is None or called[:1].isupper() or not NETWORK.search(called) or not (call.args or call.keywords):
            continue
        if not _has_mode(name, function, module) and not is_ready_made(call.func, module):
            yield call


def _has_mode(name: str, function: ast.AST | None, module: Module) -> bool:
    """Whether the function, the class or the file puts it into a mode: then there is more to say."""
    modes = [mode for switch in ("eval", "train") for mode in module.calls(switch) if evaluated(mode, module) == name]
    places = (module.function(mode) for mode in modes)
    return any("." in name or function is None or place is None or place is function for place in places)


def is_ready_made(func: ast.expr, module: Module) -> bool:
    """Whether it is a pipeline, a session or the like, which switches gradients off itself or has none."""
    scope = names_of(module).scope(func) if isinstance(func, ast.Name) else None
    bindings = names_of(module).bindings(func.id, scope) if scope is not None else []  # type: ignore[attr-defined]
    made = (binding.value.func for binding in bindings if isinstance(binding.value, ast.Call))
    return any(last_name(maker).lower().endswith(("pipeline", "session", "transformer")) for maker in made)


def is_training(function: ast.AST | None, module: Module) -> bool:
    """Steps of a network itself, which its owner calls with or without gradients, and functions that train."""
    if not isinstance(function, FunctionNode):
        return False
    owner = module.parent(function)
    if isinstance(owner, ast.ClassDef) and any("Module" in (dotted(base) or "") for base in owner.bases):
        return True
    return any(word in function.name for word in ("train", "forward", "loss", "attack", "grad"))


def goes_back(call: ast.Call, module: Module) -> bool:
    """Whether the statement itself wants the gradient: `model(x).sum().backward()`."""
    statement = module.statement(call)
    chain = (ancestor for ancestor in module.ancestors(call) if isinstance(ancestor, ast.Attribute))
    return any(link.attr == "backward" and module.statement(link) is statement for link in chain)
