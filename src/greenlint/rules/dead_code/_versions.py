"""Conditions on the version of Python whose answer the file itself settles: its syntax runs on no older version."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.source.module import Module

Version = tuple[int, ...]
_SYNTAX: tuple[tuple[str, Version], ...] = (
    ("TemplateStr", (3, 14)),
    ("TypeAlias", (3, 12)),
    ("TypeVar", (3, 12)),
    ("TryStar", (3, 11)),
    ("Match", (3, 10)),
    ("NamedExpr", (3, 8)),
    ("JoinedStr", (3, 6)),
    ("AnnAssign", (3, 6)),
    ("AsyncFunctionDef", (3, 5)),
    ("Nonlocal", (3, 0)),
    ("YieldFrom", (3, 3)),
)
"""Classes of nodes that only exist from a version on, newest first."""

_MAJOR: dict[tuple[type[ast.cmpop], Version], bool] = {
    (ast.Eq, (2,)): False,
    (ast.NotEq, (2,)): True,
    (ast.Gt, (2,)): True,
    (ast.LtE, (2,)): False,
    (ast.GtE, (3,)): True,
    (ast.Lt, (3,)): False,
    (ast.Eq, (3,)): True,
    (ast.NotEq, (3,)): False,
}
"""Tests of the first number alone, in a file that Python 2 cannot read."""

_SIX = {"six.PY2": False, "six.PY3": True}


def least_version(module: Module) -> Version:
    """The oldest version of Python that can read the file, as far as its syntax tells; (2, 7) when it does not."""
    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
    for name, version in _SYNTAX:
        if by_class.get(vars(ast).get(name, ast.AST)):
            return version
    functions = [*by_class.get(ast.FunctionDef, ()), *by_class.get(ast.Lambda, ())]
    if any(node.args.posonlyargs for node in functions):
        return (3, 8)
    if any(node.args.kwonlyargs or getattr(node, "returns", None) is not None for node in functions):
        return (3, 0)
    return (2, 7)


def settled(test: ast.expr, module: Module, least: Version) -> bool | None:
    """What a test of the version always gives on `least` and newer; None for tests that are open, or of something else."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = settled(test.operand, module, least)
        return None if inner is None else not inner
    if isinstance(test, ast.Attribute):
        return _SIX.get(module.qualified_name(test) or "") if least >= (3, 0) else None
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1):
        return None
    part, bound = _part(test.left, module), _literal(test.comparators[0])
    if part is None or bound is None:
        return None
    return _compared(type(test.ops[0]), bound, least, major_only=part == "major")


def _part(node: ast.expr, module: Module) -> str | None:
    """ "all" for `sys.version_info` and its beginnings, "major" for its first number."""
    if isinstance(node, ast.Subscript) and module.qualified_name(node.value) == "sys.version_info":
        if isinstance(node.slice, ast.Constant):
            return "major" if node.slice.value == 0 else None
        if isinstance(node.slice, ast.Slice) and node.slice.lower is None and isinstance(node.slice.upper, ast.Constant):
            return "all"
        return None
    qualified = module.qualified_name(node)
    return {"sys.version_info": "all", "sys.version_info.major": "major"}.get(qualified or "")


def _literal(node: ast.expr) -> Version | None:
    values = node.elts if isinstance(node, ast.Tuple) else [node]
    numbers = [value.value for value in values if isinstance(value, ast.Constant) and type(value.value) is int]
    return tuple(numbers) if len(numbers) == len(values) and numbers else None


def _compared(operator: type[ast.cmpop], bound: Version, least: Version, *, major_only: bool) -> bool | None:
    """The answer that all versions from `least` on agree on."""
    if major_only:
        return _MAJOR.get((operator, bound)) if least[0] >= 3 else None
    if bound > least:
        return None
    if operator in (ast.Lt, ast.GtE):
        return operator is ast.GtE
    if operator in (ast.LtE, ast.Gt) and bound < least[: len(bound)]:
        return operator is ast.Gt
    return None
