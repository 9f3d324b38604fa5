"""Whether the methods that a loop calls on `self` leave one of its attributes alone, as their own text shows."""

from __future__ import annotations

import ast

from greenlint.rules.loops._steady import is_rebound, may_alter, mentions_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_MOST = 20
"""Methods that are looked into, those that they call included."""


def is_left_by_methods(place: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether `self.rows`, or the `self` that it hangs on, is only read in the loop and in the methods of the class that it calls."""
    owner = place.value if isinstance(place, ast.Attribute) else place
    if not isinstance(owner, ast.Name) or owner.id != "self" or is_rebound(owner, loop, module):
        return False
    if isinstance(place, ast.Attribute) and any(may_alter(use, module) for use in mentions_in(place, loop, module)):
        return False
    named = {part.attr for part in ast.walk(loop) if isinstance(part, ast.Attribute) and _is_own(part)}
    attribute = place.attr if isinstance(place, ast.Attribute) else None
    waiting = [part for part in ast.walk(loop) if isinstance(part, ast.Name) and part.id == "self"]
    known = _methods(loop, module)
    seen: set[str] = set()
    for use in waiting:  # grows meanwhile
        holder = module.parent(use)
        if not isinstance(holder, ast.Attribute) or not isinstance(holder.ctx, ast.Load):
            return False  # handed on, or something is stored in it
        called = module.parent(holder)
        if not (isinstance(called, ast.Call) and called.func is holder) or holder.attr in seen:
            continue
        method = known.get(holder.attr)
        if method is None or len(seen) >= _MOST:
            return False
        seen.add(holder.attr)
        inner = [part for statement in method.body for part in ast.walk(statement)]
        mentioned = {part.attr for part in inner if isinstance(part, ast.Attribute) and _is_own(part)}
        if attribute in mentioned or (attribute is None and mentioned & named - set(known)):
            return False
        waiting += [part for part in inner if isinstance(part, ast.Name) and part.id == "self"]
    return True


def _is_own(part: ast.Attribute) -> bool:
    return isinstance(part.value, ast.Name) and part.value.id == "self"


def _methods(loop: ast.AST, module: Module) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    """The methods of the class around the loop, where each has one definition."""
    function = module.function(loop)
    while function is not None and not isinstance(module.parent(function), ast.ClassDef):
        function = module.function(function)
    owner = module.parent(function) if function is not None else None
    if not isinstance(owner, ast.ClassDef):
        return {}
    every = [each for each in owner.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))]
    names = [each.name for each in every]
    return {each.name: each for each in every if names.count(each.name) == 1}
