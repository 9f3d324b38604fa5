"""Expressions whose evaluation does nothing but give a value, as far as one can tell from well-known names."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_BUILTINS = frozenset(
    {
        "abs",
        "all",
        "any",
        "bool",
        "callable",
        "dict",
        "float",
        "frozenset",
        "getattr",
        "hasattr",
        "int",
        "isinstance",
        "issubclass",
    }
    | {"len", "list", "max", "min", "ord", "repr", "set", "sorted", "str", "sum", "tuple", "type", "zip", "range", "enumerate"}
)
_METHODS = frozenset(
    {"count", "endswith", "find", "get", "index", "isalnum", "isalpha", "isdecimal", "isdigit", "isidentifier", "islower"}
    | {"isnumeric", "isspace", "issubset", "issuperset", "isdisjoint", "istitle", "isupper", "items", "keys", "lower", "lstrip"}
    | {
        "rstrip",
        "split",
        "startswith",
        "strip",
        "upper",
        "values",
        "match",
        "search",
        "fullmatch",
        "is_file",
        "exists",
        "is_dir",
    }
)
_FUNCTIONS = frozenset(
    {"math.isclose", "math.isnan", "math.isinf", "math.isfinite", "os.path.exists", "os.path.isfile", "os.path.isdir"}
    | {"os.path.isabs", "re.match", "re.search", "re.fullmatch", "inspect.isclass", "inspect.isfunction", "os.path.basename"}
    | {"os.path.splitext", "os.path.join", "os.path.dirname", "fnmatch.fnmatch"}
)


def may_act(expression: ast.expr, module: Module) -> bool:
    """Whether evaluating it may do more than give a value: assign, yield, wait, or call something unknown."""
    for part in ast.walk(expression):
        if isinstance(part, (ast.NamedExpr, ast.Yield, ast.YieldFrom, ast.Await)):
            return True
        if isinstance(part, ast.Call) and not only_looks(part.func, module):
            return True
    return False


def only_looks(func: ast.expr, module: Module) -> bool:
    """Whether it is a function or method that is known to do nothing but give a value."""
    if isinstance(func, ast.Attribute):
        return func.attr in _METHODS or module.qualified_name(func) in _FUNCTIONS
    return isinstance(func, ast.Name) and (
        (func.id in _BUILTINS and module.is_builtin(func, func.id)) or module.qualified_name(func) in _FUNCTIONS
    )
