"""Expressions that stand alone as a statement although, as far as anybody can tell, they only give a value."""

from __future__ import annotations

import ast

from greenlint.rules.dead_code._pure import PURE_BUILTINS, PURE_FRAME_METHODS, PURE_FUNCTIONS, PURE_METHODS
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_ARRAYS = words(
    """add append arange argmax argmin array asarray ceil clip concatenate copy cos cumsum divide dot exp eye flip floor full hstack log
    matmul max maximum mean median min minimum multiply ones outer power prod reshape roll round sin sort split sqrt square squeeze
    stack std subtract sum tan tile transpose unique var vstack where zeros"""
)
_WALKING = words(
    "dict enumerate filter frozenset list map range reversed set tuple zip all any bool float int str type isinstance"
)
_TEXT = PURE_METHODS["str"] - words("count find format index join replace split translate")
"""Methods whose names belong to strings alone."""
LIKELY_PURE = _ARRAYS | _WALKING | _TEXT | PURE_FRAME_METHODS
_VALUES = (
    ast.BoolOp, ast.Compare, ast.Dict, ast.DictComp, ast.GeneratorExp, ast.IfExp, ast.JoinedStr, ast.Lambda, ast.List, ast.ListComp,
    ast.Name, ast.Attribute, ast.Set, ast.SetComp, ast.Subscript, ast.Tuple, ast.UnaryOp,
)  # fmt: skip
_NUMBERS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
"""Operators that hardly anybody gives an effect; `a >> b` and `a | b` build pipelines."""


def is_useless(value: ast.expr) -> bool:
    """Whether a statement of this expression alone does nothing but give a value; strings and `...` are for readers."""
    if isinstance(value, ast.Constant):
        return not isinstance(value.value, str) and value.value is not ...
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, _NUMBERS)
    return isinstance(value, _VALUES)


def is_expected(statement: ast.stmt, module: Module) -> bool:
    """Whether it stands where it is to raise, or where its value is shown: under `with`, in `try`, in a notebook."""
    if module.path.endswith(".ipynb"):
        return True
    holder = module.parent(statement)
    return isinstance(holder, (ast.With, ast.AsyncWith)) or (isinstance(holder, ast.Try) and statement in holder.body)


def may_be_pure(node: ast.Call, module: Module) -> bool:
    """Whether the name of what is called speaks for a function or method that only returns a value."""
    func = node.func
    if any(keyword.arg in ("inplace", "out", None) for keyword in node.keywords):
        return False
    if isinstance(func, ast.Name) and module.is_builtin(func, func.id):
        return (func.id in PURE_BUILTINS or func.id in _WALKING) and bool(node.args)
    name = module.qualified_name(func)
    if name is not None:
        return name in PURE_FUNCTIONS or (name.startswith("numpy.") and name.count(".") == 1 and func_name(func) in _ARRAYS)
    if not isinstance(func, ast.Attribute):
        return False
    if isinstance(func.value, ast.Constant):
        return func.attr in PURE_METHODS["str"]
    return func.attr in _TEXT or (func.attr in PURE_FRAME_METHODS and _sounds_like_frame(func.value, module))


def func_name(func: ast.expr) -> str:
    """The last part of the name of what is called."""
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _sounds_like_frame(receiver: ast.expr, module: Module) -> bool:
    """Whether the receiver is called like a data frame, or the file works with pandas."""
    name = func_name(receiver).lower()
    return name in ("df", "frame", "data", "series") or name.endswith(("df", "_frame")) or "pandas" in module.packages
