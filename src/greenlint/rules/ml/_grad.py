"""Where a network is in evaluation mode, and whether the place that runs it has gradients switched off."""

from __future__ import annotations

import ast
from enum import IntEnum

from greenlint.source.calls import last_name
from greenlint.source.infer import dotted
from greenlint.source.module import FunctionNode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_GUARDS = ("grad", "inference")
"""What the names of context managers and decorators that switch gradients off have in common."""
_SIGNS = frozenset({"backward", "requires_grad_", "autograd", "grad", "trace", "onnx"})
"""Attributes that show that gradients are wanted, or that a network is converted once, with made-up input."""
_CALLERS = 3
"""How many functions deep a guard around the caller is looked for."""


def evaluated(call: ast.Call, module: Module) -> str | None:
    """The dotted name of the network that `x.eval()` or `x.train(False)` puts into evaluation mode: as it is called, or as it is then named."""
    if not isinstance(call.func, ast.Attribute) or not _leaves_training(call, call.func.attr):
        return None
    node: ast.AST = call
    holder = module.parent(node)
    while isinstance(holder, ast.Attribute) or (isinstance(holder, ast.Call) and holder.func is node):
        node, holder = holder, module.parent(holder)
    if isinstance(holder, ast.Assign) and len(holder.targets) == 1 and holder.value is node:
        return dotted(holder.targets[0])
    base: ast.expr = call.func.value
    while isinstance(base, ast.Call) and isinstance(base.func, ast.Attribute):
        base = base.func.value
    return dotted(base)


def _leaves_training(call: ast.Call, method: str) -> bool:
    """`eval()`, or `train(False)`, which is the same."""
    given = [*call.args, *(item.value for item in call.keywords if item.arg == "mode")]
    if method == "eval" or len(call.args) + len(call.keywords) != len(given):
        return not call.args and not call.keywords
    return len(given) == 1 and isinstance(given[0], ast.Constant) and given[0].value is False


def is_guarded(node: ast.AST, module: Module, depth: int = _CALLERS) -> bool:
    """Whether gradients are off where `node` runs: a `with`, a decorator, or one of these around a caller in this file."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.With, ast.AsyncWith)) and any(_switches_off(i.context_expr) for i in ancestor.items):
            return True
        if isinstance(ancestor, FunctionNode):
            if any(_switches_off(decorator) for decorator in ancestor.decorator_list):
                return True
            return depth > 0 and _callers_guard(ancestor, module, depth - 1)
    return False


def _callers_guard(function: ast.AST, module: Module, depth: int) -> bool:
    notes = module.notes.setdefault("ml.guarded", {})
    key = id(function) * (_CALLERS + 1) + depth
    if key not in notes:
        notes[key] = False  # for functions that call each other
        name: str = function.name  # type: ignore[attr-defined]
        notes[key] = any(is_guarded(call, module, depth) for call in module.calls(name))
    return bool(notes[key])


def _switches_off(expression: ast.expr) -> bool:
    if isinstance(expression, ast.Call):
        expression = expression.func
    name = (dotted(expression) or "").rpartition(".")[2].lower()
    return any(word in name for word in _GUARDS)


def is_special(scope: ast.AST, module: Module) -> bool:
    """Whether a function (or the file) works with gradients (saliency, attacks, training), or only tries out what it exports."""
    notes = module.notes.setdefault("ml.special", {})
    if id(scope) not in notes:
        notes[id(scope)] = any(_is_sign(node) for node in ast.walk(scope))
    return bool(notes[id(scope)])


def _is_sign(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in _SIGNS
    return isinstance(node, ast.keyword) and node.arg == "requires_grad"


class Off(IntEnum):
    """Whether gradients are switched off once for all, `torch.set_grad_enabled(False)`, or by frozen parameters."""

    NO = 0
    ELSEWHERE = 1  # in another function, which may have run before
    YES = 2


def off_for_good(node: ast.AST, module: Module) -> Off:
    """What the file says about gradients where `node` runs."""
    notes = module.notes.setdefault("ml.off", {})
    if 0 not in notes:
        calls = [c for c in module.calls("set_grad_enabled") if isinstance(module.parent(c), ast.Expr)]
        enters = [c for c in module.calls("__enter__") if isinstance(c.func, ast.Attribute) and _switches_off(c.func.value)]
        freezes = [given for given in _required(module) if not (isinstance(given, ast.Constant) and given.value is True)]
        notes[0] = (bool(enters or freezes), calls)
    always, switches = notes[0]
    if always or any(_reaches(switch, node, module) for switch in switches):
        return Off.YES
    return Off.ELSEWHERE if switches else Off.NO


def _reaches(switch: ast.Call, node: ast.AST, module: Module) -> bool:
    """Whether the switch certainly or probably comes before `node`: at the top, in the same function or class, or in one that calls it."""
    there, here = module.function(switch), module.function(node)
    if there is None or here is None or there is here or there.name == "main":
        return True
    owner = module.parent(there)
    if isinstance(owner, ast.ClassDef) and owner in set(module.ancestors(here)):
        return True
    names = (last_name(part) for part in ast.walk(there) if isinstance(part, (ast.Name, ast.Attribute)))
    return here.name in names


def asks_for_some(module: Module) -> bool:
    """Whether the file switches gradients on for a single tensor, `x.requires_grad_()`: elsewhere it may want none."""
    return bool(_required(module))


def _required(module: Module) -> list[ast.expr]:
    """What the file gives as `requires_grad` to tensors that there are already; found once."""
    notes = module.notes.setdefault("ml.required", {})
    if 0 not in notes:
        stores = [n for n in module.index.attributes.get("requires_grad", ()) if isinstance(n.ctx, ast.Store)]
        values = [getattr(module.parent(store), "value", store) for store in stores]
        calls = [[*c.args, *(k.value for k in c.keywords)] or [ast.Constant(True)] for c in module.calls("requires_grad_")]
        notes[0] = values + [given for call in calls for given in call]
    found: list[ast.expr] = notes[0]
    return found
