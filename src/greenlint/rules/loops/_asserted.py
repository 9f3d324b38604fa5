"""Expressions that a test asserts: they hold as a rule, and often compare two ways to the same result on purpose."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module


def is_asserted(node: ast.AST, module: Module) -> bool:
    """Whether `node` is part of an `assert` or of a call such as `self.assertTrue(...)`."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.Assert):
            return True
        if (
            isinstance(ancestor, ast.Call)
            and isinstance(ancestor.func, ast.Attribute)
            and ancestor.func.attr.startswith("assert")
        ):
            return True
        if isinstance(ancestor, ast.stmt):
            return False
    return False
