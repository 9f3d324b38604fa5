"""Whether a name of a file stands in annotations alone, and whether anything may evaluate these."""

from __future__ import annotations

import ast

from greenlint.rules.dead_code._imports import hidden_uses
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_READERS = words("""adaptix aiogram airflow apischema asdf beartype blacksheep cappa cattr cattrs clize cyclopts dacite dagster
    dataclass_wizard dataclasses_json defopt discord dishka esmerald fastapi fastapi_utils fastmcp fire flytekit hydra injector
    jsonargparse kfp langchain langchain_core lagom litestar magicgui marshmallow_dataclass mashumaro metaflow msgspec ninja odmantic
    ormar pandera piccolo plum polyfactory prefect pydantic pydantic_settings punq runtype simple_parsing sqlalchemy sqlmodel starlite
    strawberry svcs tap taskiq tortoise tyro typeguard typer typic universum wireup xsdata""")
"""Packages that read annotations at run time."""

_CLASS_READERS = words("msgspec odmantic ormar pandera polyfactory pydantic pydantic_settings sqlalchemy sqlmodel tortoise")
"""Those of them that read the annotations of classes, and of functions only where a decorator or an argument hands them over."""
_PLAIN = words("""staticmethod classmethod property cached_property cache lru_cache wraps contextmanager asynccontextmanager final
    override overload abstractmethod dataclass""")
_CALLS = (
    "get_type_hints",
    "get_annotations",
    "signature",
    "singledispatch",
    "singledispatchmethod",
    "resolve_types",
    "make_dataclass",
)


def evaluates_annotations(module: Module) -> bool:
    """Whether the file imports or calls something that reads annotations at run time."""
    if not _READERS.isdisjoint(module.packages) or any(name in module.index.calls for name in _CALLS):
        return True
    return b"singledispatch" in module.data or b"__annotations__" in module.data


def evaluates_only_classes(module: Module) -> bool:
    """Whether all that may evaluate annotations here reads those of classes that it is the base or the decorator of."""
    calls = any(name in module.index.calls for name in _CALLS)
    readers = _READERS & set(module.packages)
    return (
        readers <= _CLASS_READERS
        and not calls
        and b"singledispatch" not in module.data
        and b"__annotations__" not in module.data
    )


def is_annotation_only(name: str, module: Module) -> bool:
    """True when the file reads `name` in annotations alone, at least once, and nothing may evaluate these."""
    mentions = module.index.names.get(name, ())
    if not all(_in_idle_annotation(node, module) for node in mentions):
        return False
    hidden = hidden_uses(module)
    return hidden is not None and (bool(mentions) and name not in hidden)


def _in_idle_annotation(node: ast.AST, module: Module) -> bool:
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.arg):
            return child is ancestor.annotation and _is_idle_function(_owner(ancestor, module))
        if isinstance(ancestor, ast.AnnAssign):
            return child is ancestor.annotation and _is_idle_class(module.parent(ancestor))
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return child is ancestor.returns and _is_idle_function(ancestor)
        if isinstance(ancestor, ast.stmt):
            return False
        child = ancestor
    return False


def _owner(argument: ast.AST, module: Module) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """The function whose parameter it is; None for a lambda, which has no annotations."""
    holder = module.parent(module.parents[argument])
    return holder if isinstance(holder, (ast.FunctionDef, ast.AsyncFunctionDef)) else None


def _is_idle_function(function: ast.AST | None) -> bool:
    if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    return all(_last_name(decorator) in _PLAIN for decorator in function.decorator_list)


def _is_idle_class(holder: ast.AST | None) -> bool:
    if not isinstance(holder, ast.ClassDef):
        return True
    return not holder.bases and not holder.keywords and all(_last_name(one) in _PLAIN for one in holder.decorator_list)


def _last_name(node: ast.expr) -> str:
    while isinstance(node, (ast.Call, ast.Subscript)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "?")
