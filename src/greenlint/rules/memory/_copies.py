"""Which containers are new and known to nobody else, and how to write one expression in the place of another."""

from __future__ import annotations

import ast

from greenlint.source.calls import last_name
from greenlint.source.infer import kind_of
from greenlint.source.names import names_of
from greenlint.source.shadowed import is_builtin_here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_COMPREHENSIONS: dict[type[ast.AST], str] = {ast.ListComp: "list", ast.SetComp: "set", ast.DictComp: "dict"}
_SAME_OBJECT = frozenset({"tuple", "frozenset", "str", "bytes"})
"""Calls that give back their argument itself when it is of that kind already: they copy nothing."""
_CHANGING = frozenset(
    {
        *("add", "append", "clear", "discard", "extend", "fill", "insert", "partition", "pop", "popitem", "popleft", "put"),
        *("remove", "resize", "reverse", "rotate", "setdefault", "sort", "update"),
    }
)
"""Methods of containers and arrays that change them; those of tensors end in an underscore."""


def is_changed(name: ast.expr, since: ast.expr, module: Module) -> bool:
    """Whether what goes by this name is changed in place after `since`, or in another turn of the loop around it."""
    names = names_of(module)
    scope = names.scope(name) if isinstance(name, ast.Name) else None
    loop = module.loop(since)
    first: int = since.lineno if loop is None else loop.lineno
    if scope is None or not isinstance(name, ast.Name):
        return False
    return any(use.lineno >= first and _is_changing(use, module) for use in names.uses(name.id, scope))


def _is_changing(use: ast.expr, module: Module) -> bool:
    holder = module.parent(use)
    if isinstance(holder, ast.Subscript) and holder.value is use:
        return not isinstance(holder.ctx, ast.Load) or _is_changing(holder, module)
    if isinstance(holder, ast.AugAssign):
        return holder.target is use
    if isinstance(holder, ast.Attribute) and isinstance(module.parent(holder), ast.Call):
        return holder.attr in _CHANGING or (holder.attr.endswith("_") and not holder.attr.startswith("_"))
    return isinstance(holder, ast.Call) and use in holder.args and last_name(holder.func) == "shuffle"


def fresh_kind(node: ast.expr, module: Module) -> str | None:
    """ "list", "set" or "dict" for an expression that makes a new one of unknown size; None for all else."""
    known = _COMPREHENSIONS.get(type(node))
    if known is not None:
        return known
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        kinds = {kind_of(node.left, module), kind_of(node.right, module)}
        return "list" if kinds == {"list"} else None
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Name) and node.func.id in _SAME_OBJECT:
        return None
    if not node.args and isinstance(node.func, ast.Name):
        return None  # an empty one
    kind = kind_of(node, module)
    return kind if kind in ("list", "set", "dict") else None


def only_argument(node: ast.Call) -> ast.expr | None:
    """The one positional argument of a call that has nothing else."""
    if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
        return None
    return node.args[0]


def builtin_call(node: ast.AST, names: frozenset[str], module: Module) -> str | None:
    """The name of the builtin that `node` calls, if it is one of `names`; the file may use the name otherwise elsewhere."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names):
        return None
    return node.func.id if is_builtin_here(node.func, node.func.id, module) else None


def in_place_of(inner: ast.expr, outer: ast.expr, module: Module) -> str | None:
    """The text of `inner` as it may stand where `outer` stands; None when a comment between them would be lost."""
    outer_start, outer_end = module.span(outer)
    start, end = module.span(inner)
    if b"#" in module.data[outer_start:start] + module.data[end:outer_end]:
        return None
    text = module.text(inner)
    closed = (
        ast.Name,
        ast.Constant,
        ast.List,
        ast.ListComp,
        ast.SetComp,
        ast.DictComp,
        ast.GeneratorExp,
        ast.Subscript,
        ast.Dict,
    )
    if isinstance(inner, (*closed, ast.Call, ast.Attribute)) and "\n" not in text:
        return text
    if isinstance(inner, closed[2:-2]) or (isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name)):
        return text
    return text if text.startswith("(") and isinstance(inner, ast.Tuple) else f"({text})"
