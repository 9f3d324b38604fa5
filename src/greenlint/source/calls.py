"""The arguments of a call, by place or by name."""

from __future__ import annotations

import ast


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value that the call gives to the keyword `name`."""
    for item in call.keywords:
        if item.arg == name:
            return item.value
    return None


def argument(call: ast.Call, place: int, name: str) -> ast.expr | None:
    """The argument at `place` (0 is the first), or the one called `name`; None where `*args` may hold it."""
    given = keyword(call, name)
    if given is not None:
        return given
    if len(call.args) <= place or any(isinstance(item, ast.Starred) for item in call.args[: place + 1]):
        return None
    return call.args[place]


def is_open_ended(call: ast.Call) -> bool:
    """Whether `*args` or `**kwargs` may hold arguments that its text does not show."""
    return any(item.arg is None for item in call.keywords) or any(isinstance(item, ast.Starred) for item in call.args)


def constant(node: ast.expr | None) -> object:
    """The value of a literal; None for `None` and for all that is no literal."""
    return node.value if isinstance(node, ast.Constant) else None


def last_name(node: ast.AST) -> str:
    """ "run" for `run` and `app.run`; "" for what has no name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
