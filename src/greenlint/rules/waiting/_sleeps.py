"""Calls that put a thread or task to sleep for a given time, and how long where the file says it."""

from __future__ import annotations

import ast

from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

BLOCKING = "time.sleep"
SLEEPS = frozenset({BLOCKING, "asyncio.sleep", "trio.sleep", "anyio.sleep", "gevent.sleep", "eventlet.sleep", "curio.sleep"})
"""Qualified functions that sleep for their first argument, in seconds."""
_NONE_GIVEN = frozenset({"gevent.sleep", "eventlet.sleep"})
"""Those that take no time where none is said."""
PACKAGES = frozenset(name.partition(".")[0] for name in SLEEPS)


def is_sleep(node: ast.AST, module: Module) -> bool:
    """True for a call of one of SLEEPS, also behind `await`."""
    if isinstance(node, ast.Await):
        node = node.value
    return isinstance(node, ast.Call) and module.qualified_name(node.func) in SLEEPS


def seconds(call: ast.Call, module: Module) -> float | None:
    """How long the call sleeps, where that is a number in the call or behind a name that is bound to one number alone."""
    given = length(call)
    if given is None and not call.args and not call.keywords and module.qualified_name(call.func) in _NONE_GIVEN:
        return 0.0
    return number(given, module) if given is not None else None


def length(call: ast.Call) -> ast.expr | None:
    """What a sleep says how long it takes."""
    given = call.args[:1] or [item.value for item in call.keywords if item.arg in ("seconds", "delay", "secs")]
    return given[0] if given else None


def number(node: ast.expr, module: Module) -> float | None:
    """What an expression stands for that is a number, a product of two, or a name bound to one number alone."""
    if isinstance(node, ast.Name):
        names = names_of(module)
        scope = names.scope(node)
        values = [binding.value for binding in names.bindings(node.id, scope)] if scope is not None else []
        if len(values) != 1 or values[0] is None or isinstance(values[0], ast.Name):
            return None
        node = values[0]
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Div, ast.Mult)):
        left, right = _plain(node.left), _plain(node.right)
        if left is None or right is None:
            return None
        if isinstance(node.op, ast.Mult):
            return left * right
        return left / right if right else None
    return _plain(node)


def _plain(node: ast.expr) -> float | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return float(node.value) if abs(node.value) < 1e9 else None
    return None
