"""What the rules about reading files ask of an open file: who opened it, how, and what else touches it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.source.infer import dotted, kind_of
from greenlint.source.names import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.source.module import Module

_SMALL_BY_NATURE = ("/proc/", "/sys/", "/etc/", "/dev/")
_WRITERS = frozenset({"open", "write_text", "write_bytes", "remove", "rename", "replace", "unlink", "move"})


def opening_call(file: ast.expr, module: Module) -> ast.Call | None:
    """The call that gave this open file: `open(...)` itself, or what its only name was bound to."""
    if isinstance(file, ast.Call):
        return file
    if isinstance(file, ast.Name):
        names = names_of(module)
        scope = names.scope(file)
        bindings = names.bindings(file.id, scope) if scope is not None else []
        if len(bindings) == 1 and isinstance(bindings[0].value, ast.Call):
            return bindings[0].value
    return None


def is_small_by_nature(opened: ast.Call | None) -> bool:
    """Files of the kernel and of the system's configuration, which never grow large."""
    if opened is None or not opened.args:
        return False
    path = opened.args[0]
    return isinstance(path, ast.Constant) and isinstance(path.value, str) and path.value.startswith(_SMALL_BY_NATURE)


def open_mode(opened: ast.Call, module: Module) -> str | None:
    """The mode of a call to the builtin `open` or `Path.open`; None when it is not a literal or another opener."""
    func = opened.func
    position = 1
    if isinstance(func, ast.Attribute) and kind_of(func.value, module) == "path":
        position = 0
    elif not module.is_builtin(func, "open") and module.qualified_name(func) != "io.open":
        return None
    modes = opened.args[position : position + 1] or [k.value for k in opened.keywords if k.arg == "mode"]
    if not modes:
        return "r"
    mode = modes[0]
    return mode.value if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else None


def is_plain_text(opened: ast.Call | None, module: Module) -> bool:
    """True for a file opened for reading as text with translated line ends, where a line is what `splitlines` gives."""
    if opened is None or any(keyword.arg in ("newline", None) for keyword in opened.keywords):
        return False
    return open_mode(opened, module) in ("r", "rt", "tr")


def mentions(parts: Iterable[ast.AST], expression: ast.expr, module: Module) -> bool:
    """Whether any of the parts mentions the name or attribute chain `expression`, or what it hangs on."""
    path = dotted(expression)
    if path is None:
        return False
    for part in parts:
        for node in ast.walk(part):
            if isinstance(node, (ast.Name, ast.Attribute)) and dotted(node) == path:
                return True
    return False


def may_rewrite(parts: Iterable[ast.AST], opened: ast.Call | None) -> bool:
    """Whether the loop opens, replaces or removes a file that is named by the same expression as the one being read."""
    if opened is None:
        return False
    func = opened.func
    path = ast.unparse(opened.args[0]) if opened.args else ast.unparse(func.value) if isinstance(func, ast.Attribute) else ""
    for part in parts:
        for node in ast.walk(part):
            if isinstance(node, ast.Call) and _callee(node) in _WRITERS:
                touched = [*node.args, node.func.value] if isinstance(node.func, ast.Attribute) else node.args
                if any(ast.unparse(argument) == path for argument in touched):
                    return True
    return False


def _callee(call: ast.Call) -> str:
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
