"""Calls that may block for long: files, processes and connections, which are quick as a rule, and clients by their class."""

from __future__ import annotations

import ast

from greenlint.source.infer import kind_of
from greenlint.source.names import names_of
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_FUNCTIONS = words(
    """time.sleep io.open os.popen os.waitpid os.wait3 os.wait4 os.waitid os.posix_spawn os.posix_spawnp os.fdopen subprocess.Popen
    subprocess.getoutput subprocess.getstatusoutput socket.gethostbyaddr gzip.open bz2.open lzma.open tempfile.TemporaryFile"""
)
_CLASSES = words(
    "httpx.Client requests.Session requests.session urllib3.PoolManager urllib3.HTTPConnectionPool subprocess.Popen"
)
_PACKAGES = ("requests.", "urllib3.", "os.spawn", "os.path.")
_NO_ACCESS = words(
    """abspath basename dirname join split splitext splitdrive normcase normpath isabs commonprefix commonpath relpath Session session PoolManager
    HTTPConnectionPool Timeout Retry"""
)
"""Functions of those that touch neither disk nor network."""
_OF_PATHS = words(
    """chmod exists expanduser glob group hardlink_to is_block_device is_char_device is_dir is_fifo is_file is_mount is_socket is_symlink
    iterdir lchmod lstat mkdir open owner read_bytes read_text readlink rename replace resolve rglob rmdir samefile stat symlink_to touch
    unlink write_bytes write_text"""
)


def may_block(call: ast.Call, module: Module) -> str:
    """How a message calls it; "" for what is not known to touch files, processes or the network."""
    func = call.func
    if isinstance(func, ast.Name) and func.id in ("open", "input") and module.is_builtin(func, func.id):
        return func.id
    name = module.qualified_name(func)
    if name is not None:
        known = name in _FUNCTIONS or (name.startswith(_PACKAGES) and name.rpartition(".")[2] not in _NO_ACCESS)
        return name if known else ""
    if not isinstance(func, ast.Attribute):
        return ""
    if func.attr in _OF_PATHS and kind_of(func.value, module) == "path":
        return f"Path.{func.attr}"
    made = _class_of(func.value, module)
    return f"{made}.{func.attr}" if made else ""


def _class_of(receiver: ast.expr, module: Module) -> str:
    """The class of a client or process, by the call or the annotation that gave it."""
    values: list[ast.expr | None] = [receiver]
    if isinstance(receiver, ast.Name):
        bindings = names_of(module).valid_bindings(receiver)
        values = [binding.annotation or binding.value for binding in bindings]
    for value in values:
        name = module.qualified_name(value.func if isinstance(value, ast.Call) else value) if value is not None else None
        if name in _CLASSES:
            return str(name)
    return ""
