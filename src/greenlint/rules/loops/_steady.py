"""Whether a loop leaves a value as it is: nothing in it binds the name anew, alters the object or hands it to code that could."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections import defaultdict
from operator import attrgetter

from greenlint.source.infer import attribute_bindings, dotted
from greenlint.source.names import FUNCTIONS, names_of
from greenlint.source.repeat import is_inside
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from greenlint.source.module import Module
    from greenlint.source.names import Binding
    from greenlint.source.repeat import Loop

    _T = TypeVar("_T")

_READING = frozenset(
    {"copy", "count", "endswith", "find", "get", "index", "isdisjoint", "issubset", "issuperset", "items", "keys", "startswith"}
    | {
        "values",
        "union",
        "intersection",
        "difference",
        "join",
        "split",
        "strip",
        "lower",
        "upper",
        "shape",
        "dtype",
        "ndim",
        "size",
    }
    | {"mean", "sum", "min", "max", "std", "encode", "decode", "format", "replace", "loc", "iloc", "columns", "T"}
    | words("var median quantile argmax argmin nunique groupby describe value_counts idxmax idxmin corr cov")
    | words("casefold isalpha isdigit lstrip partition rfind rpartition rsplit rstrip splitlines")
)
"""Methods and attributes that only look at the object they belong to."""
_LOOKING = frozenset(
    {"abs", "all", "any", "dict", "enumerate", "filter", "float", "frozenset", "hash", "id", "int", "isinstance", "iter", "len"}
    | {
        "list",
        "map",
        "max",
        "min",
        "print",
        "range",
        "repr",
        "reversed",
        "round",
        "set",
        "sorted",
        "str",
        "sum",
        "tuple",
        "type",
    }
    | {"zip", "bool", "next"}
)
"""Builtin functions that leave their arguments as they are."""
_FUNCTIONS = frozenset(
    f"numpy.{name}" for name in words("amax amin argmax argmin average max mean median min percentile std sum var")
)
_PACKAGES = frozenset({"math", "os.path", "statistics"})
"""Functions that do the same, and modules of nothing but such functions."""
_EXPRESSIONS = (
    ast.Compare, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.IfExp, ast.FormattedValue, ast.If, ast.While, ast.For, ast.AsyncFor,
    ast.comprehension, ast.Slice, ast.Starred, ast.Assert, ast.Return, ast.JoinedStr,
)  # fmt: skip
"""What a value can be the operand of without coming to harm."""


def bindings_of(place: ast.expr, module: Module) -> list[Binding]:
    """Where the name, or the attribute of `self`, gets its values; empty when this file does not tell."""
    if isinstance(place, ast.Attribute):
        return attribute_bindings(place, module)
    names = names_of(module)
    scope = names.scope(place) if isinstance(place, ast.Name) else None
    return names.bindings(place.id, scope) if isinstance(place, ast.Name) and scope is not None else []


def mentions_of(place: ast.expr, module: Module) -> list[ast.expr]:
    """Every mention in the file of the variable, or of a chain of attributes written alike."""
    if isinstance(place, ast.Name):
        names = names_of(module)
        scope = names.scope(place)
        uses: list[Any] = names.uses(place.id, scope) if scope is not None else []
        return uses
    return _paths(module).get(dotted(place) or "", [])


def every_use(call: ast.Call, meets: Callable[[ast.expr, Module], bool], module: Module) -> bool:
    """Whether all mentions of the name that `call` is bound to meet it, or, where it has no name, the call itself."""
    holder = module.parent(call)
    if isinstance(holder, ast.Assign) and len(holder.targets) == 1 and isinstance(holder.targets[0], ast.Name):
        uses = [use for use in mentions_of(holder.targets[0], module) if use is not holder.targets[0]]
        return bool(uses) and all(meets(use, module) for use in uses)
    return meets(call, module)


def is_rebound(place: ast.expr, loop: ast.AST, module: Module) -> bool:
    """Whether `loop` gives the name, or the names and attributes that `place` hangs on, a new value."""
    while True:
        if isinstance(place, ast.Name):
            return any(is_inside(binding.node, loop, module) for binding in bindings_of(place, module))
        if not isinstance(place, ast.Attribute):
            return True
        if any(not isinstance(use.ctx, ast.Load) for use in mentions_in(place, loop, module)):  # type: ignore[attr-defined]
            return True
        place = place.value


def mentions_in(place: ast.expr, loop: ast.AST, module: Module) -> list[ast.expr]:
    """Those mentions of a variable or path that lie in `loop`."""
    every = mentions_of(place, module)  # in source order, so that few need a closer look
    first = bisect_left(every, loop.lineno, key=attrgetter("lineno"))  # type: ignore[attr-defined]
    last = bisect_right(every, loop.end_lineno, key=attrgetter("lineno"))  # type: ignore[attr-defined]
    return [use for use in every[first:last] if is_inside(use, loop, module)]


def is_changed(place: ast.expr, loop: Loop, module: Module, *, but: ast.expr | None = None) -> bool:
    """Whether anything in `loop`, `but` one harmless expression, may make the value of `place` another one, or alter the object."""
    altering = remembered("loops.altering", place, loop, module, lambda: _altering(place, loop, module))
    if any(but is None or not is_inside(use, but, module) for use in altering):
        return True
    return remembered("loops.changed", place, loop, module, lambda: _is_changed(place, loop, module))


def is_read_after(name: ast.Name, loop: ast.AST, module: Module) -> bool:
    """Whether what the loop leaves in `name` is read behind it, before the name gets another value there."""
    names = names_of(module)
    scope = names.scope(name)
    if scope is None:
        return False
    last: int = loop.end_lineno  # type: ignore[attr-defined]
    read = [load.lineno for load in names.loads(name.id, scope) if load.lineno > last]
    bound = [line for one in names.bindings(name.id, scope) if (line := getattr(one.node, "lineno", 0)) > last]
    return bool(read) and (not bound or min(read) < min(bound))


def remembered(question: str, place: ast.expr, loop: ast.AST | None, module: Module, answer: Callable[[], _T]) -> _T:
    """The answer to a question about a variable or path and a loop, worked out once for each file."""
    scope = names_of(module).scope(place) if isinstance(place, ast.Name) else module.function(place)
    notes: dict[Any, Any] = module.notes.setdefault(question, {})
    key = (dotted(place), scope, loop)
    if key not in notes:
        notes[key] = answer()
    known: _T = notes[key]
    return known


def _altering(place: ast.expr, loop: Loop, module: Module) -> list[ast.expr]:
    return [use for use in mentions_in(place, loop, module) if may_alter(use, module)]


def _is_changed(place: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether something else than a mention of it may change it: a new value for what it hangs on, a method of its owner."""
    if is_rebound(place, loop, module):
        return True
    if isinstance(place, ast.Attribute):
        return _owner_acts(place, loop, module)
    return isinstance(place, ast.Name) and _is_altered_elsewhere(place, loop, module)


def may_alter(use: ast.expr, module: Module) -> bool:
    """Whether this mention of an object could change it, or hand it to code that could."""
    if not isinstance(use.ctx, ast.Load):  # type: ignore[attr-defined]
        return True
    holder = module.parent(use)
    if isinstance(holder, ast.Attribute):
        return holder.attr not in _READING
    if isinstance(holder, ast.Call):
        func = holder.func
        if isinstance(func, ast.Name) and func.id in _LOOKING and module.is_builtin(func, func.id):
            return False
        name = module.qualified_name(func)
        return name is None or not (name in _FUNCTIONS or name.rpartition(".")[0] in _PACKAGES)
    if isinstance(holder, ast.Subscript):
        return holder.value is use and not isinstance(holder.ctx, ast.Load)
    return not isinstance(holder, _EXPRESSIONS)


def _owner_acts(place: ast.Attribute, loop: Loop, module: Module) -> bool:
    """For `self.rows`: whether the loop calls a method of `self`, or hands `self` on, which may change its rows."""
    base: ast.expr = place
    while isinstance(base, ast.Attribute):
        base = base.value
    for use in mentions_in(base, loop, module):
        outer: ast.AST = use
        holder = module.parent(outer)
        while isinstance(holder, ast.Attribute):
            outer, holder = holder, module.parent(holder)
        if isinstance(holder, ast.Call) and (_hangs_on_base(outer) if holder.func is outer else outer is use):
            return True
    return False


def _hangs_on_base(called: ast.AST) -> bool:
    """`self.work()`, but not `self.rows.index()`."""
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name)


def _is_altered_elsewhere(place: ast.Name, loop: Loop, module: Module) -> bool:
    """Whether another function than the loop's own changes the variable, so that any call in the loop may."""
    return remembered("loops.elsewhere", place, module.scope(loop), module, lambda: _alters_from_afar(place, loop, module))


def _alters_from_afar(place: ast.Name, loop: Loop, module: Module) -> bool:
    here = module.scope(loop)
    for use in mentions_of(place, module):
        scope = module.scope(use)
        if scope is not here and isinstance(scope, FUNCTIONS) and may_alter(use, module):
            return True
    return False


def _paths(module: Module) -> dict[str, list[ast.expr]]:
    """Dotted path -> the attribute nodes written so; made once for each file."""
    notes: dict[int, Any] = module.notes.setdefault("loops.paths", {})
    known: dict[str, list[ast.expr]] | None = notes.get(0)
    if known is None:
        found: defaultdict[str, list[ast.expr]] = defaultdict(list)
        for node in module.index.of(ast.Attribute):
            path = dotted(node)
            if path is not None:
                found[path].append(node)
        for nodes in found.values():
            nodes.sort(key=lambda node: (node.lineno, node.col_offset))
        known = notes[0] = found
    return known
