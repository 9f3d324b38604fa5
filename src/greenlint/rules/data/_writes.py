"""Which loops wait for something slow, and how a file that they write to was opened."""

from __future__ import annotations

import ast

from greenlint.rules.data._files import open_mode, opening_call
from greenlint.source.infer import dotted, kind_of
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_SLOW_CALLS = words(
    """check_call check_output communicate fsync input poll read readline recv request result run select sleep tell urlopen wait"""
)
"""Calls that wait for something outside, after which a flush per turn costs nothing in comparison and may be what is wanted."""
_NOTE = "waits for something"


def waits(loop: Loop, module: Module) -> bool:
    """Whether the loop waits for the outside in every turn, or hands its items on one by one."""
    known = module.notes.setdefault(_NOTE, {})
    if id(loop) not in known:
        known[id(loop)] = any(_is_slow(node) for node in ast.walk(loop))
    answer: bool = known[id(loop)]
    return answer


def _is_slow(node: ast.AST) -> bool:
    if isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom, ast.AsyncFor, ast.AsyncWith)):
        return True
    if isinstance(node, ast.Attribute) and node.attr in ("stdin", "stdout", "readline"):
        return True
    if not isinstance(node, ast.Call):
        return False
    func = node.func
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    return name in _SLOW_CALLS


def written_file(file: ast.expr, module: Module) -> ast.Call | None:
    """The call that opened `file` for writing; None when it is not known to be a file on disk that is written."""
    if kind_of(file, module) != "file":
        return None
    opened = opening_call(file, module)
    if opened is None:
        return None
    mode = open_mode(opened, module)
    return opened if mode is not None and any(letter in mode for letter in "wax") else None


def writes_to(statement: ast.AST, path: str) -> bool:
    """Whether a statement is `path.write(...)`, `path.writelines(...)` or `print(..., file=path)`."""
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    call = statement.value
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("write", "writelines"):
        return dotted(call.func.value) == path
    return any(keyword.arg == "file" and dotted(keyword.value) == path for keyword in call.keywords)


def buffering(opened: ast.Call) -> object:
    """The buffer size in the text of a call to `open`: 0 for none, 1 for line by line; None where it is not said."""
    found = opened.args[2] if len(opened.args) > 2 else next((k.value for k in opened.keywords if k.arg == "buffering"), None)
    return found.value if isinstance(found, ast.Constant) else None
