"""Recognises searches written by hand: a loop over a list that returns the place of one value, or that it is there."""

from __future__ import annotations

import ast

from greenlint.rules.loops._steady import mentions_of, remembered
from greenlint.source.infer import dotted
from greenlint.source.names import names_in, names_of
from greenlint.source.repeat import is_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module


def scanned(loop: ast.For, module: Module) -> tuple[str, str, bool] | None:
    """The list that a loop looks through, the expression that does it in C, and whether the list was put in order before."""
    only = loop.body[0]
    if len(loop.body) != 1 or not isinstance(only, ast.If) or only.orelse:
        return None
    test, answer = only.test, _answer(only.body)
    if answer is None or not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq)):
        return None
    place, item, index = walked(loop, module)
    path = dotted(place) if place is not None else None
    sides = [test.left, test.comparators[0]]
    if path is None or item is None:
        return None
    others = [side for side in sides if ast.unparse(side) != item]
    if len(others) != 1 or not isinstance(others[0], (ast.Name, ast.Constant, ast.Attribute)):
        return None
    if any(is_inside(use, loop.target, module) for use in ast.walk(others[0])) or names_in(others[0]) & names_in(loop.target):
        return None
    value = ast.unparse(others[0])
    ordered = was_sorted(place, loop, module)  # type: ignore[arg-type]
    if isinstance(answer, ast.Name) and answer.id == index:
        return path, f"{path}.index({value})", ordered
    if isinstance(answer, ast.Constant) and answer.value is True:
        return path, f"{value} in {path}", ordered
    return None


def _answer(body: list[ast.stmt]) -> ast.expr | None:
    """What a search gives where it finds: `return i`, or `place = i; break`."""
    if len(body) == 1 and isinstance(body[0], ast.Return):
        return body[0].value
    if len(body) == 2 and isinstance(body[0], ast.Assign) and isinstance(body[1], ast.Break):
        return body[0].value if isinstance(body[0].targets[0], ast.Name) else None
    return None


def walked(loop: ast.For, module: Module) -> tuple[ast.expr | None, str | None, str | None]:
    """The list, the text of its item, and the name of the index."""
    target, source = loop.target, loop.iter
    if isinstance(source, ast.Call) and module.is_builtin(source.func, "enumerate") and len(source.args) == 1:
        if isinstance(target, ast.Tuple) and len(target.elts) == 2:
            return source.args[0], ast.unparse(target.elts[1]), ast.unparse(target.elts[0])
        return None, None, None
    if isinstance(source, ast.Call) and module.is_builtin(source.func, "range") and len(source.args) == 1:
        length = source.args[0]
        if isinstance(length, ast.Call) and module.is_builtin(length.func, "len") and len(length.args) == 1:
            place = length.args[0]
            index = ast.unparse(target)
            return place, f"{ast.unparse(place)}[{index}]", index
        return None, None, None
    return source, ast.unparse(target), None


def was_sorted(place: ast.expr, later: ast.stmt | ast.expr, module: Module) -> bool:
    """Whether the function puts the list in order before what comes later: `xs = sorted(...)` or `xs.sort()`."""
    if not isinstance(place, ast.Name):
        return False
    line = remembered("loops.sorted", place, None, module, lambda: _sorted_at(place, module))
    return line is not None and line < later.lineno


def _sorted_at(place: ast.Name, module: Module) -> int | None:
    """The first line that puts the list in order by itself."""
    names = names_of(module)
    scope = names.scope(place)
    if scope is None:
        return None
    bindings = names.bindings(place.id, scope)
    value = max(bindings, key=lambda binding: getattr(binding.node, "lineno", 0)).value if bindings else None
    if isinstance(value, ast.Call) and module.is_builtin(value.func, "sorted") and not value.keywords:
        return value.lineno if not _grows_after(place, value.lineno, module) else None
    for load in names.loads(place.id, scope):
        holder = module.parent(load)
        call = module.parent(holder) if isinstance(holder, ast.Attribute) and holder.attr == "sort" else None
        if isinstance(call, ast.Call) and not call.keywords:
            return load.lineno if not _grows_after(place, load.lineno, module) else None
    return None


def _grows_after(place: ast.Name, line: int, module: Module) -> bool:
    """Whether something is put into the list after it was put in order."""
    for use in mentions_of(place, module):
        holder = module.parent(use)
        if use.lineno > line and isinstance(holder, ast.Attribute) and holder.attr in ("append", "extend", "insert"):
            return True
    return False
