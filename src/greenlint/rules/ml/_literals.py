"""Numbers and lengths that the file itself shows."""

from __future__ import annotations

import ast

from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_SPACES = {"linspace": 50, "logspace": 50, "geomspace": 50}
"""Functions of numpy that make so many numbers unless told otherwise."""


def value_of(node: ast.expr | None, module: Module) -> ast.expr | None:
    """The expression that a name stands for, when it has only one; other expressions are themselves."""
    if not isinstance(node, ast.Name):
        return node
    bindings = names_of(module).valid_bindings(node)
    return bindings[0].value if len(bindings) == 1 else None


def number_of(node: ast.expr | None, module: Module) -> int | None:
    """The whole number that an argument is: a literal, or a name for one."""
    node = value_of(node, module)
    if not isinstance(node, ast.Constant):
        return None
    value = node.value
    if type(value) is float and value.is_integer():  # 1e3; infinity is no integer
        return int(value)
    return value if type(value) is int else None


def length_of(node: ast.expr | None, module: Module) -> int | None:
    """How many items a literal, a `range` or a space of numpy has; None when the file does not tell."""
    node = value_of(node, module)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return None if any(isinstance(item, ast.Starred) for item in node.elts) else len(node.elts)
    if not isinstance(node, ast.Call):
        return None
    if module.is_builtin(node.func, "list") and len(node.args) == 1:
        return length_of(node.args[0], module)
    if module.is_builtin(node.func, "range"):
        return _steps(node.args)
    package, _, name = (module.qualified_name(node.func) or "").partition(".")
    if package != "numpy":
        return None
    if name == "arange":
        return _steps(node.args)
    if name in _SPACES:
        given = node.args[2] if len(node.args) > 2 else next((k.value for k in node.keywords if k.arg == "num"), None)
        return _SPACES[name] if given is None else number_of(given, module)
    return None


def _steps(arguments: list[ast.expr]) -> int | None:
    """The length of `range(start, stop, step)` or `arange` with literal arguments."""
    try:
        numbers = [ast.literal_eval(argument) for argument in arguments]
        start, stop, step = (0, numbers[0], 1) if len(numbers) == 1 else (*numbers, 1)[:3]
        return max(0, round(float((stop - start) / step) + 0.4999))
    except (ValueError, TypeError, IndexError, ZeroDivisionError, OverflowError, SyntaxError, RecursionError):
        return None
