"""Where a training loop keeps what it goes back through, and with it the graph that led there."""

from __future__ import annotations

import ast

from greenlint.rules.ml._inference import NETWORK
from greenlint.source.calls import last_name
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.repeat import is_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop


_HELPERS = frozenset({"accelerator", "engine", "fabric", "model_engine", "self"})
"""What goes back through the loss that it is given: Accelerate, Lightning, DeepSpeed."""
_SAME_GRAPH = frozenset({"clone", "cpu", "cuda", "double", "float", "half", "mean", "squeeze", "sum", "to", "view"})
"""Methods of tensors whose result hangs on the same graph."""
_TAKERS = {"append": 0, "appendleft": 0, "add": 0, "extend": 0, "insert": 1, "put": 0}
"""Methods that keep an argument, by its place."""


def gone_through(node: ast.Call) -> list[ast.Name]:
    """The names that a `backward` goes back through."""
    func = node.func
    if not isinstance(func, ast.Attribute):
        return []
    if func.attr == "manual_backward" or last_name(func.value) in _HELPERS:
        return [part for part in node.args[:1] if isinstance(part, ast.Name)]
    if isinstance(func.value, ast.Call):
        return [part for part in func.value.args[:1] if isinstance(part, ast.Name)]
    return list(_terms(func.value))


def _terms(value: ast.expr) -> Iterator[ast.Name]:
    """The names that a sum, or a loss that is scaled, is made of."""
    if isinstance(value, ast.Name):
        yield value
    elif isinstance(value, ast.BinOp):
        yield from _terms(value.left)
        yield from _terms(value.right)


def led_there(loss: ast.Name, loop: Loop, module: Module) -> list[ast.Name]:
    """The parts of a loss, and the answers of networks that it was computed from, within the turn."""
    names = names_of(module)
    scope = names.scope(loss)
    found: list[ast.Name] = []
    for binding in names.bindings(loss.id, scope) if scope is not None else ():
        value = binding.value if is_inside(binding.node, loop, module) else None
        if isinstance(value, ast.BinOp):
            found += [term for term in _terms(value) if term.id != loss.id and _is_computed(term, loop, module)]
        elif isinstance(value, ast.Call):
            given = (part for part in value.args if isinstance(part, ast.Name))
            found += [part for part in given if _is_computed(part, loop, module, NETWORK.search)]
    backed = {name.id for call in module.calls("backward") for name in gone_through(call)}
    return [part for part in found if part.id not in backed]


def _is_computed(name: ast.Name, loop: Loop, module: Module, by: Any = None) -> bool:
    names = names_of(module)
    scope = names.scope(name)
    bindings = names.bindings(name.id, scope) if scope is not None else []
    values = [binding.value for binding in bindings if is_inside(binding.node, loop, module)]
    calls = [value for value in values if isinstance(value, ast.Call)]
    return bool(calls) and len(calls) == len(bindings) and all(by is None or by(last_name(call.func)) for call in calls)


def keeping(loss: ast.Name, loop: Loop, module: Module) -> Iterator[ast.Name]:
    """The mentions of the loss in the loop that add it to, or store it in, something that outlives the turn."""
    names = names_of(module)
    scope = names.scope(loss)
    inside = [b for b in names.bindings(loss.id, scope) if is_inside(b.node, loop, module)] if scope is not None else []
    if scope is None or not inside or any(_is_cut_off(binding.value) for binding in inside):
        return
    for use in names.loads(loss.id, scope):
        target = _kept_in(use, module)
        if target is not None and is_inside(use, loop, module) and _outlives(target, loop, module):
            yield use


def kept_in_object(loss: ast.Name, function: ast.AST, module: Module) -> Iterator[ast.Name]:
    """The mentions of the loss in a step that is called again and again which put it into an attribute: `self.total += loss`."""
    names = names_of(module)
    scope = names.scope(loss)
    bindings = names.bindings(loss.id, scope) if scope is function else []
    if not bindings or any(_is_cut_off(binding.value) for binding in bindings):
        return
    for use in names.loads(loss.id, function):
        target = _kept_in(use, module)
        if isinstance(target, ast.Attribute) and dotted(target) is not None:
            yield use


def _is_cut_off(value: ast.expr | None) -> bool:
    """`loss.detach()`, `loss.item()`, `float(loss)`: what follows has no graph."""
    if not isinstance(value, ast.Call):
        return False
    func = value.func
    return (func.attr in ("detach", "item", "numpy")) if isinstance(func, ast.Attribute) else dotted(func) == "float"


def _whole(use: ast.Name, module: Module) -> tuple[ast.expr, ast.AST | None]:
    """The expression that hangs on the graph of `use`, scaled, moved or packed, and what holds it."""
    value: ast.expr = use
    holder = module.parent(use)
    while holder is not None:
        if isinstance(holder, ast.BinOp) and isinstance(holder.op, (ast.Mult, ast.Div)):
            value, holder = holder, module.parent(holder)  # scaled by the size of the batch
        elif isinstance(holder, ast.Attribute) and holder.attr in _SAME_GRAPH and isinstance(module.parent(holder), ast.Call):
            value = module.parent(holder)  # type: ignore[assignment]
            holder = module.parent(value)
        elif isinstance(holder, (ast.List, ast.Tuple, ast.Dict)) and isinstance(holder, ast.expr):
            value, holder = holder, module.parent(holder)
        else:
            break
    return value, holder


def _kept_in(use: ast.Name, module: Module) -> ast.expr | None:
    """What `use` is added to: `t += use`, `t = t + use * n`, `t.append((i, use))`, `t[i] = use`."""
    value, holder = _whole(use, module)
    if isinstance(holder, ast.AugAssign) and holder.value is value and isinstance(holder.op, ast.Add):
        return holder.target
    if isinstance(holder, ast.BinOp) and isinstance(holder.op, ast.Add):
        assign = module.parent(holder)
        other = holder.left if holder.right is value else holder.right
        if isinstance(assign, ast.Assign) and len(assign.targets) == 1 and dotted(assign.targets[0]) == dotted(other):
            return assign.targets[0] if dotted(other) else None
    if isinstance(holder, ast.Assign) and holder.value is value and len(holder.targets) == 1:
        target = holder.targets[0]
        return target if isinstance(target, ast.Subscript) and not isinstance(target.slice, ast.Constant) else None
    if isinstance(holder, ast.Call) and isinstance(holder.func, ast.Attribute) and not holder.keywords:
        place = _TAKERS.get(holder.func.attr)
        kept = place is not None and len(holder.args) == place + 1 and holder.args[place] is value
        return _default_of(holder.func.value) if kept else None
    return None


def _default_of(receiver: ast.expr) -> ast.expr:
    """`d` of `d.setdefault(k, []).append(x)`; else the receiver itself."""
    if isinstance(receiver, ast.Call) and isinstance(receiver.func, ast.Attribute) and receiver.func.attr == "setdefault":
        return receiver.func.value
    return receiver


def _outlives(target: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether what the loss is added to was there before the loop, and is not itself gone back through."""
    name = dotted(target.value if isinstance(target, ast.Subscript) else target)
    if name is None:
        return False
    base = target
    while isinstance(base, (ast.Attribute, ast.Subscript)):
        base = base.value
    if not isinstance(base, ast.Name):
        return False
    names = names_of(module)
    scope = names.scope(base)
    gone_back: list[Any] = [getattr(call.func, "value", call) for call in module.calls("backward")]
    gone_back += [
        part for ending in ("backward", "manual_backward") for call in module.calls(ending) for part in gone_through(call)
    ]
    if any(dotted(back) == name and (base is not target or names.scope(_root(back)) is scope) for back in gone_back):
        return False  # a local name of another function is another sum
    if base is not target:
        return True
    bindings = names.bindings(base.id, scope) if scope is not None else []
    return any(not is_inside(binding.node, loop, module) for binding in bindings) and not any(
        is_inside(b.node, loop, module) and _starts_anew(b.value, base.id) for b in bindings
    )


def _root(node: Any) -> ast.Name:
    """The name that begins something for which `dotted` gives a text."""
    while isinstance(node, ast.Attribute):
        node = node.value
    root: ast.Name = node
    return root


def _starts_anew(value: ast.expr | None, name: str) -> bool:
    return value is not None and not any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(value))
