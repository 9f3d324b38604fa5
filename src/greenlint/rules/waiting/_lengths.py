"""How long a wait is as a rule: a number of the file, also behind an attribute, a default, or arithmetic."""

from __future__ import annotations

import ast

from greenlint.rules.waiting._sleeps import number
from greenlint.source.calls import last_name
from greenlint.source.infer import attribute_bindings
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_DEPTH = 6
_UNITS = {"microseconds": 1e-6, "milliseconds": 1e-3, "seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86400.0}


def usual_length(node: ast.expr, module: Module, depth: int = _DEPTH) -> float | None:
    """The most that `node` stands for where no caller and no subclass says otherwise; None where the file does not tell."""
    known = number(node, module)
    if known is not None or depth == 0:
        return known
    if isinstance(node, (ast.Name, ast.Attribute)):
        return _bound(node, module, depth - 1)
    if isinstance(node, ast.BinOp):
        return _computed(node, module, depth - 1)
    if isinstance(node, ast.IfExp):
        return _most([usual_length(value, module, depth - 1) for value in (node.body, node.orelse)])
    if isinstance(node, ast.Call):
        return _called(node, module, depth - 1)
    return None


def _most(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return max(known) if known and len(known) == len(values) else None


def _bound(node: ast.Name | ast.Attribute, module: Module, depth: int) -> float | None:
    names = names_of(module)
    if isinstance(node, ast.Name):
        scope = names.scope(node)
        bindings = names.bindings(node.id, scope) if scope is not None else []
    else:
        bindings = attribute_bindings(node, module) or _of_class(node, module)
    values = [_value(binding, module) for binding in bindings]
    return _most([usual_length(value, module, depth) if value is not None else None for value in values])


def _of_class(node: ast.Attribute, module: Module) -> list[Binding]:
    """What the class body binds: `Device.PAUSE`."""
    names = names_of(module)
    scope = names.scope(node.value) if isinstance(node.value, ast.Name) else None
    owners = [b.node for b in names.bindings(node.value.id, scope)] if scope is not None else []  # type: ignore[attr-defined]
    owner = owners[0] if len(owners) == 1 else None
    return names.bindings(node.attr, owner) if isinstance(owner, ast.ClassDef) else []


def _value(binding: Binding, module: Module) -> ast.expr | None:
    """The value that a name is given; of a parameter, its default."""
    parameter, listed = binding.node, module.parent(binding.node)
    if not isinstance(parameter, ast.arg) or not isinstance(listed, ast.arguments):
        return binding.value
    if parameter in listed.kwonlyargs:
        return listed.kw_defaults[listed.kwonlyargs.index(parameter)]
    plain = [*listed.posonlyargs, *listed.args]
    place = plain.index(parameter) - len(plain) if parameter in plain else 0
    return listed.defaults[place] if -len(listed.defaults) <= place < 0 else None


def _computed(node: ast.BinOp, module: Module, depth: int) -> float | None:
    left, right = usual_length(node.left, module, depth), usual_length(node.right, module, depth)
    if left is None or right is None:
        return None
    if isinstance(node.op, ast.Div):
        return left / right if right else None
    if isinstance(node.op, ast.Mult):
        return left * right
    if isinstance(node.op, ast.Add):
        return left + right
    return left - right if isinstance(node.op, ast.Sub) else None


def _called(node: ast.Call, module: Module, depth: int) -> float | None:
    """`min(0.01, left)`, `max(0.01, 0.02)`, `random.uniform(0.01, 0.05)`, `timedelta(milliseconds=5).total_seconds()`."""
    name = last_name(node.func)
    if name == "total_seconds" and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Call):
        units = node.func.value.keywords
        if last_name(node.func.value.func) != "timedelta" or node.func.value.args:
            return None
        values = [(usual_length(item.value, module, depth), _UNITS.get(item.arg or "")) for item in units]
        return sum(value * unit for value, unit in values if value is not None and unit is not None) if units else None
    if name not in ("min", "max", "uniform", "float") or node.keywords:
        return None
    values_given = [usual_length(value, module, depth) for value in node.args]
    if name == "min":
        return min((value for value in values_given if value is not None), default=None)
    return _most(values_given)
