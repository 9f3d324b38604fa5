"""Recognises searches written by hand: a loop over a list that returns the place of one value, or that it is there."""

from __future__ import annotations

import ast

from greenlint.rules.loops._steady import remembered
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.repeat import is_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module


def scanned(loop: ast.For, module: Module) -> tuple[str, str, bool] | None:
    """The list that a loop looks through, the expression that does it in C, and whether the list was put in order before."""
    only = loop.body[0]
    if len(loop.body) != 1 or not isinstance(only, ast.If) or only.orelse or len(only.body) != 1:
        return None
    test, answer = only.test, only.body[0]
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)):
        return None
    if not isinstance(answer, ast.Return) or answer.value is None:
        return None
    place, item, index = _walked(loop, module)
    path = dotted(place) if place is not None else None
    sides = [test.left, test.comparators[0]]
    if path is None or item is None:
        return None
    others = [side for side in sides if ast.unparse(side) != item]
    if len(others) != 1 or not isinstance(others[0], (ast.Name, ast.Constant, ast.Attribute)):
        return None
    if any(is_inside(use, loop.target, module) for use in ast.walk(others[0])) or _names(others[0]) & _names(loop.target):
        return None
    value = ast.unparse(others[0])
    ordered = _was_sorted(place, loop, module)  # type: ignore[arg-type]
    if isinstance(answer.value, ast.Name) and answer.value.id == index:
        return path, f"{path}.index({value})", ordered
    if isinstance(answer.value, ast.Constant) and answer.value.value is True:
        return path, f"{value} in {path}", ordered
    return None


def _walked(loop: ast.For, module: Module) -> tuple[ast.expr | None, str | None, str | None]:
    """The list, the text of its item, and the name of the index."""
    target, walked = loop.target, loop.iter
    if isinstance(walked, ast.Call) and module.is_builtin(walked.func, "enumerate") and len(walked.args) == 1:
        if isinstance(target, ast.Tuple) and len(target.elts) == 2:
            return walked.args[0], ast.unparse(target.elts[1]), ast.unparse(target.elts[0])
        return None, None, None
    if isinstance(walked, ast.Call) and module.is_builtin(walked.func, "range") and len(walked.args) == 1:
        length = walked.args[0]
        if isinstance(length, ast.Call) and module.is_builtin(length.func, "len") and len(length.args) == 1:
            place = length.args[0]
            index = ast.unparse(target)
            return place, f"{ast.unparse(place)}[{index}]", index
        return None, None, None
    return walked, ast.unparse(target), None


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _was_sorted(place: ast.expr, loop: ast.For, module: Module) -> bool:
    """Whether the function puts the list in order before the loop: `xs = sorted(...)` or `xs.sort()`."""
    if not isinstance(place, ast.Name):
        return False
    line = remembered("loops.sorted", place, None, module, lambda: _sorted_at(place, module))
    return line is not None and line < loop.lineno


def _sorted_at(place: ast.Name, module: Module) -> int | None:
    """The first line that puts the list in order by itself."""
    names = names_of(module)
    scope = names.scope(place)
    if scope is None:
        return None
    bindings = names.bindings(place.id, scope)
    value = bindings[0].value if len(bindings) == 1 else None
    if isinstance(value, ast.Call) and module.is_builtin(value.func, "sorted") and not value.keywords:
        return value.lineno
    for load in names.loads(place.id, scope):
        holder = module.parent(load)
        call = module.parent(holder) if isinstance(holder, ast.Attribute) and holder.attr == "sort" else None
        if isinstance(call, ast.Call) and not call.keywords:
            return load.lineno
    return None
