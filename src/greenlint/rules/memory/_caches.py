"""What the caches of functools hold, and which of their keys come from an open set."""

from __future__ import annotations

import ast
from enum import IntEnum

from greenlint.named_tuple import NamedTuple
from greenlint.source.module import FunctionNode
from greenlint.source.parse import parse_expression
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_OPEN_TYPES = frozenset(
    {
        "float",
        "complex",
        "Decimal",
        "decimal.Decimal",
        "Fraction",
        "fractions.Fraction",
        "datetime",
        "datetime.datetime",
        "datetime.timedelta",
        "timedelta",
        "uuid.UUID",
        "UUID",
        "Callable",
        "typing.Callable",
        "collections.abc.Callable",
    }
)
"""Annotations of values that are seldom equal to one seen before: measured numbers, moments, functions made on the spot."""
_OPEN_NAMES = words(
    """address body buffer content contents data datetime digest document email html http_request json_data json_str line
    message msg now paragraph password payload phrase prompt query question raw record request row salt sentence signature sql
    sql_query text timestamp token uri url user_agent user_id username utterance word"""
)
_CLOSED_TYPES = frozenset({"bool", "type", "Type", "typing.Type", "Literal", "typing.Literal", "NoneType", "int", "Enum"})


_OPEN_CONTENTS = frozenset({"bytes", "bytearray"})


class Openness(IntEnum):
    """How sure it is that a parameter takes ever new values."""

    CLOSED = 0
    UNKNOWN = 1
    LIKELY = 2
    CERTAIN = 3


class Cache(NamedTuple):
    """A cache around a function.

    decorator  the expression after the @
    size       the `maxsize` in its text; None where it is not limited by a literal
    unlimited  True when it never forgets
    """

    decorator: ast.expr
    size: ast.expr | None
    unlimited: bool


def cache_of(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Cache | None:
    """The `functools` cache among the decorators of a function."""
    for decorator in function.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        found = _cache(decorator, call, module)
        if found is not None:
            return found
    return None


def cache_around(node: ast.Call, module: Module) -> tuple[Cache, ast.expr] | None:
    """The cache that a call puts around a function, and the function: `lru_cache(None)(f)`, `cache(f)`."""
    name = module.qualified_name(node.func)
    holder = module.parent(node)
    if name == "functools.lru_cache" and isinstance(holder, ast.Call) and holder.func is node and len(holder.args) == 1:
        found = _cache(node, node, module)
        return (found, holder.args[0]) if found is not None else None
    if name == "functools.cache" and len(node.args) == 1:
        return Cache(node.func, None, True), node.args[0]
    return None


def _cache(decorator: ast.expr, call: ast.Call | None, module: Module) -> Cache | None:
    name = module.qualified_name(call.func if call else decorator)
    if name == "functools.cache":
        return Cache(decorator, None, True)
    if name == "functools.lru_cache":
        size = _size(call) if call else None
        return Cache(decorator, size, isinstance(size, ast.Constant) and size.value is None)
    return None


def _size(call: ast.Call) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == "maxsize":
            return keyword.value
    return call.args[0] if call.args else None


def is_method(function: ast.AST, module: Module) -> bool:
    """True for a function of a class that is given the instance."""
    if not (isinstance(module.parent(function), ast.ClassDef) and isinstance(function, FunctionNode)):
        return False
    return not any(
        module.is_builtin(each, "staticmethod") or module.is_builtin(each, "classmethod") for each in function.decorator_list
    )


def is_cleared(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> bool:
    """Whether the file empties this cache somewhere."""
    for call in module.calls("cache_clear"):
        holder = call.func.value if isinstance(call.func, ast.Attribute) else None
        name = holder.attr if isinstance(holder, ast.Attribute) else getattr(holder, "id", "")
        if name == function.name:
            return True
    return False


def is_recursive(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> bool:
    """Whether the function calls itself: then the cache is what keeps it from exponential work, and needs its entries."""
    return any(any(holder is function for holder in module.ancestors(call)) for call in module.calls(function.name))


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> list[tuple[str, Openness]]:
    """The parameters that become keys of the cache, and what is known about how many values they take."""
    arguments = function.args
    listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    if isinstance(module.parent(function), ast.ClassDef) and listed and listed[0].arg in ("cls", "self"):
        listed = listed[1:]
    packed = [argument.arg for argument in (arguments.vararg, arguments.kwarg) if argument is not None]
    return [(argument.arg, _openness(argument, module)) for argument in listed] + [(name, Openness.LIKELY) for name in packed]


def _openness(argument: ast.arg, module: Module) -> Openness:
    kinds = _annotated(argument.annotation, module) if argument.annotation is not None else set()
    if kinds & _OPEN_TYPES:
        return Openness.CERTAIN
    if kinds & _CLOSED_TYPES:
        return Openness.CLOSED
    named = argument.arg.lstrip("_").removeprefix("b_") in _OPEN_NAMES or kinds & _OPEN_CONTENTS
    return Openness.LIKELY if named else Openness.UNKNOWN


def _annotated(annotation: ast.expr, module: Module) -> set[str]:
    """The names in an annotation, alternatives of a union apart."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = parse_expression(annotation.value)
        except (SyntaxError, ValueError):
            return set()
    found: set[str] = set()
    todo: list[ast.expr] = [annotation]
    while todo:
        part = todo.pop()
        if isinstance(part, ast.BinOp):
            todo += [part.left, part.right]
        elif isinstance(part, ast.Subscript):
            inner = part.slice.elts if isinstance(part.slice, ast.Tuple) else [part.slice]
            base = module.qualified_name(part.value) or ast.unparse(part.value)
            found.add(base)
            todo += inner if base.rpartition(".")[2] in ("Optional", "Union", "Annotated") else []
        elif isinstance(part, (ast.Name, ast.Attribute)):
            found.add(module.qualified_name(part) or ast.unparse(part))
    return found
