"""Collections of a module that functions add to and nothing takes out of."""

from __future__ import annotations

import ast
import re
from enum import IntEnum

from greenlint.rules.memory._caches import Openness, parameters
from greenlint.source.calls import keyword, last_name
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_MAKERS = frozenset({"collections.deque", "collections.defaultdict", "collections.OrderedDict", "collections.Counter"})
_ADDING = frozenset({"append", "appendleft", "add", "extend", "insert", "setdefault", "update"})
_LOOKING = frozenset(
    {"get", "items", "keys", "values", "count", "index", "copy", "issubset", "union", "intersection", "difference"}
)
_LOOKERS = frozenset(
    {"sorted", "list", "tuple", "any", "all", "print", "enumerate", "reversed", "iter", "bool", "set", "dict", "max"}
)
_FILLING = re.compile(
    r"regist|subscrib|install|load|init|setup|configure|import|define|declare|plugin|add_|hook|decorat|once|warn", re.IGNORECASE
)
"""Functions named so fill the collection when the program starts, or for a set of things that is given."""


class Growth(IntEnum):
    """How sure it is that a collection grows for as long as the process lives."""

    REGISTRY = 0
    KEYS = 1
    CALLS = 2
    OPEN = 3


def is_growable(value: ast.expr, module: Module) -> bool:
    """Whether it is an empty collection without a limit."""
    if isinstance(value, ast.List):
        return not value.elts
    if isinstance(value, ast.Dict):
        return not value.keys
    if not isinstance(value, ast.Call):
        return False
    if any(module.is_builtin(value.func, name) for name in ("dict", "list", "set")):
        return not value.args and not value.keywords
    limited = keyword(value, "maxlen") is not None or len(value.args) > 1
    return module.qualified_name(value.func) in _MAKERS and not limited


def growth_of(target: ast.Name, module: Module) -> tuple[Growth, ast.AST] | None:
    """How a collection grows, and where; None when it does not, or something may take entries out."""
    names = names_of(module)
    if len(names.bindings(target.id, module.tree)) != 1:
        return None
    found: list[tuple[Growth, ast.AST]] = []
    for use in names.uses(target.id, module.tree):
        if use is target or _looks(use, module):
            continue
        growth = _adds(use, module)
        if growth is None:
            return None
        if module.function(use) is not None:
            found.append((growth if target.id.startswith("_") else min(growth, Growth.KEYS), use))
    return max(found, key=lambda item: item[0]) if found else None


def shared_growth(target: ast.Name, owner: ast.ClassDef, module: Module) -> tuple[Growth, ast.AST] | None:
    """The same for a collection in the body of a class without bases, which all its objects share."""
    if owner.bases or owner.keywords or owner.decorator_list or len(names_of(module).uses(target.id, owner)) != 1:
        return None
    found: list[tuple[Growth, ast.AST]] = []
    for use in module.index.attributes.get(target.id, ()):
        holder = use.value.id if isinstance(use.value, ast.Name) else ""
        own = holder in ("cls", "self") and owner in module.ancestors(use)
        if not own and holder != owner.name:
            return None
        if _looks(use, module):
            continue
        growth = _adds(use, module)
        if growth is None:
            return None
        if module.function(use) is not None:
            found.append((min(growth, Growth.KEYS), use))
    return max(found, key=lambda item: item[0]) if found else None


def _looks(use: ast.expr, module: Module) -> bool:
    """Whether this mention leaves the collection as it is, and hands it to nobody."""
    holder = module.parent(use)
    if isinstance(holder, ast.Subscript) and holder.value is use:
        return isinstance(holder.ctx, ast.Load) and not _fills_a_value(holder, module)
    if isinstance(holder, ast.Attribute):
        return holder.attr in _LOOKING and isinstance(module.parent(holder), ast.Call)
    if isinstance(holder, ast.Compare):
        return use in holder.comparators and all(isinstance(op, (ast.In, ast.NotIn)) for op in holder.ops)
    if isinstance(holder, ast.Call):
        return isinstance(holder.func, ast.Name) and holder.func.id in _LOOKERS and use in holder.args
    return isinstance(holder, (ast.For, ast.AsyncFor, ast.comprehension, ast.If, ast.UnaryOp, ast.BoolOp, ast.IfExp))


def _fills_a_value(entry: ast.Subscript, module: Module) -> bool:
    """`samples[metric].append(value)`: what the entry holds grows."""
    method = module.parent(entry)
    called = isinstance(method, ast.Attribute) and isinstance(module.parent(method), ast.Call)
    return called and method.attr in ("append", "add", "extend")  # type: ignore[union-attr]


def _adds(use: ast.expr, module: Module) -> Growth | None:
    """What kind of growth this mention is; None for anything else that may happen to the collection."""
    holder = module.parent(use)
    if isinstance(holder, ast.Attribute) and holder.attr in _ADDING:
        call = module.parent(holder)
        if not (isinstance(call, ast.Call) and call.func is holder and call.args):
            return None
        if holder.attr in ("append", "appendleft", "extend", "insert"):
            return _in_function(use, None, module)
        return _in_function(use, call.args[0] if holder.attr in ("add", "setdefault") else None, module, keyed=True)
    if isinstance(holder, ast.Subscript) and holder.value is use and isinstance(holder.ctx, ast.Load):
        return _in_function(use, holder.slice, module, keyed=True) if _fills_a_value(holder, module) else None
    if isinstance(holder, ast.Subscript) and holder.value is use and isinstance(holder.ctx, ast.Store):
        if isinstance(holder.slice, (ast.Constant, ast.Slice)):
            return Growth.REGISTRY
        return _in_function(use, holder.slice, module, keyed=True)
    return None


def _in_function(use: ast.AST, key: ast.expr | None, module: Module, *, keyed: bool = False) -> Growth:
    function = module.function(use)
    if function is None:
        return Growth.REGISTRY
    around = module.function(function)
    called_at_once = any(module.function(call) is None for call in module.calls(function.name))
    if _FILLING.search(function.name) or around is not None or called_at_once or function.decorator_list:
        return Growth.REGISTRY
    if not keyed:
        return Growth.CALLS
    if isinstance(key, ast.Name):
        openness = dict(parameters(function, module)).get(key.id, Openness.UNKNOWN)
        return Growth.OPEN if openness >= Openness.LIKELY else Growth.KEYS
    return Growth.OPEN if isinstance(key, ast.Tuple) and _has_open_part(key, function, module) else Growth.KEYS


def _has_open_part(key: ast.Tuple, function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> bool:
    known = dict(parameters(function, module))
    return any(
        known.get(last_name(part), Openness.UNKNOWN) >= Openness.LIKELY for part in key.elts if isinstance(part, ast.Name)
    )
