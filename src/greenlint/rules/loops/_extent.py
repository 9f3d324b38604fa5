"""How long a list may become, as far as its file shows: it grows with the data, it stays short, or nobody knows."""

from __future__ import annotations

import ast

from greenlint.rules.loops._steady import bindings_of, mentions_of, remembered
from greenlint.source.infer import kind_of
from greenlint.source.repeat import is_short, is_short_iterable, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.names import Binding
    from greenlint.source.repeat import Loop

_ADDING = frozenset({"append", "extend", "insert"})
_RETRIES = frozenset({"attempt", "attempts", "retries", "retry", "tries", "trial"})
_FEW = frozenset(
    {"arg", "args", "argv", "axes", "axis", "base", "bases", "column", "columns", "dims", "exclude", "excludes", "exclusions"}
    | {
        "extension",
        "extensions",
        "field",
        "fields",
        "flag",
        "flags",
        "groups",
        "ignore",
        "ignored",
        "include",
        "kwargs",
        "mro",
        "option",
    }
    | {"options", "opts", "param", "parameters", "params", "parents", "parts", "shape", "signature", "suffixes", "variables"}
)
"""What names that hold one of these words stand for comes in handfuls, whatever the data: arguments, fields, columns."""
_READING_ALL = frozenset({"readlines", "splitlines", "fetchall", "tolist", "to_list", "glob", "rglob", "findall", "listdir"})
"""Methods and functions whose lists are as long as the data."""


def grows(place: ast.expr, module: Module) -> bool:
    """Whether the list is filled by a loop, a comprehension or a reader of data that nothing in the file bounds."""
    return remembered("loops.grows", place, None, module, lambda: _grows(place, module))


def _grows(place: ast.expr, module: Module) -> bool:
    bindings = bindings_of(place, module)
    if any(binding.value is not None and _is_long(binding.value, module) for binding in bindings):
        return True
    return any(_is_empty(binding) for binding in bindings) and any(_adds(use, module) for use in mentions_of(place, module))


def data_loops(node: ast.AST, module: Module) -> Iterator[Loop]:
    """The loops that may run `node` many times, innermost first, without those that only try again."""
    for loop in repeating_loops(node, module):
        target = loop.target if isinstance(loop, (ast.For, ast.AsyncFor)) else None
        if not (isinstance(target, ast.Name) and target.id.strip("_") in _RETRIES):
            yield loop


def sounds_few(place: ast.expr, module: Module) -> bool:
    """Whether the name of the list, or of what it is made from, says that it holds a handful of things."""
    if names_few(place):
        return True
    for binding in bindings_of(place, module):
        value = binding.value
        if isinstance(value, ast.ListComp):
            value = value.generators[0].iter
        elif isinstance(value, ast.Call) and value.args:
            value = value.args[0]
        if value is not None and names_few(value):
            return True
    return False


def names_few(expression: ast.expr) -> bool:
    """Whether the last name of an expression, calls around it left out, stands for a handful of things."""
    while isinstance(expression, ast.Call):
        expression = expression.args[0] if expression.args else expression.func
        if isinstance(expression, ast.Attribute) and expression.attr in ("items", "keys", "values"):
            expression = expression.value
    name = (
        expression.attr if isinstance(expression, ast.Attribute) else expression.id if isinstance(expression, ast.Name) else ""
    )
    return not _FEW.isdisjoint(name.lower().split("_"))


def _is_empty(binding: Binding) -> bool:
    value = binding.value
    if isinstance(value, ast.List):
        return True
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "list" and not value.args


def _is_long(value: ast.expr, module: Module) -> bool:
    if isinstance(value, ast.ListComp):
        return not is_short(value, module)
    if not isinstance(value, ast.Call):
        return False
    func = value.func
    if isinstance(func, ast.Name) and func.id in ("list", "sorted") and module.is_builtin(func, func.id) and value.args:
        argument = value.args[0]
        if isinstance(argument, ast.Call) and module.is_builtin(argument.func, "map") and len(argument.args) == 2:
            argument = argument.args[1]
        return not is_short_iterable(argument, module)
    name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    return name in _READING_ALL


def _adds(use: ast.expr, module: Module) -> bool:
    """`rows.append(x)`, `rows += ...` where a loop repeats it, or `rows.extend(...)` anywhere."""
    holder = module.parent(use)
    if isinstance(holder, ast.AugAssign):
        return next(repeating_loops(holder, module), None) is not None
    if not (isinstance(holder, ast.Attribute) and holder.attr in _ADDING and isinstance(module.parent(holder), ast.Call)):
        return False
    return next(repeating_loops(holder, module), None) is not None


def holds_unhashable(place: ast.expr, module: Module) -> bool:
    """Whether the list is filled with lists, dicts or sets, which no set can hold."""
    return remembered("loops.unhashable", place, None, module, lambda: _holds_unhashable(place, module))


def _holds_unhashable(place: ast.expr, module: Module) -> bool:
    bindings = bindings_of(place, module)
    if any(binding.annotation is not None and _is_said_unhashable(binding.annotation) for binding in bindings):
        return True
    items = [binding.value.elt for binding in bindings if isinstance(binding.value, ast.ListComp)]
    for use in mentions_of(place, module):
        holder = module.parent(use)
        call = module.parent(holder) if isinstance(holder, ast.Attribute) and holder.attr == "append" else None
        if isinstance(call, ast.Call):
            items += call.args[:1]
    return any(is_unhashable(item, module) for item in items)


def _is_said_unhashable(annotation: ast.expr) -> bool:
    """`list[dict[str, int]]`."""
    inner = annotation.slice if isinstance(annotation, ast.Subscript) else None
    base = inner.value if isinstance(inner, ast.Subscript) else inner
    return isinstance(base, ast.Name) and base.id in ("dict", "list", "set", "Dict", "List", "Set")


def is_unhashable(item: ast.expr, module: Module) -> bool:
    """Whether it is certainly a list, a dict or a set."""
    return kind_of(item, module) in ("list", "dict", "set", "bytearray")
