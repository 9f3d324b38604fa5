"""Folders that are gone after the process, or after the next start of the machine."""

from __future__ import annotations

import ast

from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_MAKERS = frozenset({"tempfile.TemporaryDirectory", "tempfile.mkdtemp", "tempfile.gettempdir"})
_WRAPPERS = frozenset({"os.path.join", "pathlib.Path", "os.fspath"})
_LASTING = "tempfile.gettempdir"


def is_thrown_away(node: ast.expr | None, module: Module, depth: int = 4) -> bool:
    """Whether the folder is made anew for this process: `tempfile.mkdtemp()`, a `TemporaryDirectory`, or a place in one."""
    if node is None or depth == 0:
        return False
    if isinstance(node, ast.Call):
        name = module.qualified_name(node.func)
        if name in _MAKERS:
            return name != _LASTING
        written = isinstance(node.func, ast.Name) and node.func.id == "str"
        return (written or name in _WRAPPERS) and bool(node.args) and is_thrown_away(node.args[0], module, depth - 1)
    if isinstance(node, ast.BinOp):
        return is_thrown_away(node.left, module, depth - 1)
    if isinstance(node, ast.Attribute):
        return node.attr == "name" and is_thrown_away(node.value, module, depth - 1)
    if not isinstance(node, ast.Name):
        return False
    bindings = names_of(module).valid_bindings(node)
    return bool(bindings) and all(is_thrown_away(binding.value, module, depth - 1) for binding in bindings)


def is_under_tmp(node: ast.expr) -> bool:
    """A literal path below /tmp."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(("/tmp", "/var/tmp"))
