"""Training steps: the loops that go back through a loss."""

from __future__ import annotations

import ast

from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop


def is_now_and_then(node: ast.AST, loop: Loop, module: Module) -> bool:
    """Whether an `if` of the loop's body decides whether `node` runs."""
    for ancestor in module.ancestors(node):
        if ancestor is loop:
            return False
        if isinstance(ancestor, (ast.If, ast.IfExp, ast.ExceptHandler)):
            return True
    return True


def receiver(call: ast.Call) -> str:
    """ "loss" for `loss.item()`, "" where the method does not belong to a plain name or attribute."""
    return (dotted(call.func.value) or "") if isinstance(call.func, ast.Attribute) else ""
