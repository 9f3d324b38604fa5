"""SQL in Python: the text that a call sends, as far as the file shows it, and what kind of statement it is."""

from __future__ import annotations

import ast
import re

from greenlint.source.infer import dotted, kind_of
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)
_WRAPPERS = frozenset({"text", "SQL", "dedent", "strip", "format"})
_DEPTH = 12
HOLE = "\x00"
"""Stands in the text for a part that only the run knows."""


def sql_text(node: ast.expr, module: Module, depth: int = _DEPTH) -> str | None:
    """The text of a string expression, with HOLE for computed parts; None when nothing of it is known."""
    if depth == 0:
        return None
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else HOLE for part in node.values
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)):
        left = sql_text(node.left, module, depth - 1)
        if left is None or isinstance(node.op, ast.Mod):
            return left
        return left + (sql_text(node.right, module, depth - 1) or HOLE)
    if isinstance(node, ast.Call):
        return _wrapped(node, module, depth)
    if isinstance(node, ast.Name):
        return _named(node, module, depth)
    return None


def _wrapped(node: ast.Call, module: Module, depth: int) -> str | None:
    """`text("...")`, `"...".format(...)`."""
    func = node.func
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    if name not in _WRAPPERS:
        return None
    if isinstance(func, ast.Attribute) and name in ("format", "strip"):
        return sql_text(func.value, module, depth - 1)
    return sql_text(node.args[0], module, depth - 1) if node.args else None


def _named(node: ast.Name, module: Module, depth: int) -> str | None:
    names = names_of(module)
    scope = names.scope(node)
    values = [binding.value for binding in names.bindings(node.id, scope)] if scope is not None else []
    return sql_text(values[0], module, depth - 1) if len(values) == 1 and values[0] is not None else None


def statement_of(text: str) -> str:
    """The first word of a statement, in capitals: "SELECT", "INSERT"; "" for none."""
    words = _COMMENT.sub(" ", text).lstrip(" \t\r\n(").split(None, 1)
    return words[0].upper() if words else ""


def is_database(receiver: ast.expr, module: Module) -> bool:
    """Whether the receiver of `execute` or `commit` is a connection, a cursor or a session, by its kind or its name."""
    if kind_of(receiver, module) in ("cursor", "connection"):
        return True
    name = (dotted(receiver) or "").rpartition(".")[2].lower().strip("_")
    return name in _NAMES or name.endswith(("conn", "connection", "cursor", "session"))


_NAMES = frozenset({"con", "cur", "cnx", "db", "database", "mydb", "sess", "curs", "mycur", "mycursor", "mycon", "transaction"})
