"""What the rules about reading files ask of an open file: who opened it, how, and what else touches it."""

from __future__ import annotations

import ast

from greenlint.source.flow import repeated_part
from greenlint.source.infer import dotted, kind_of
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.source.flow import IterationSite
    from greenlint.source.module import Module

_SMALL_BY_NATURE = ("/proc/", "/sys/", "/etc/", "/dev/")
_PACKED = {
    "bz2.open": "rb",
    "bz2.BZ2File": "rb",
    "gzip.open": "rb",
    "gzip.GzipFile": "rb",
    "lzma.open": "rb",
    "lzma.LZMAFile": "rb",
    "codecs.open": "r",
    "tarfile.open": "r",
    "zipfile.ZipFile": "r",
}
"""Other functions that open a file by its path -> the mode without which they take."""
_WRITERS = frozenset({"open", "write_text", "write_bytes", "remove", "rename", "replace", "unlink", "move"})


def opening_call(file: ast.expr, module: Module) -> ast.Call | None:
    """The call that gave this open file: `open(...)` itself, or what its only name was bound to."""
    if isinstance(file, ast.Call):
        return file
    if isinstance(file, ast.Name):
        bindings = names_of(module).valid_bindings(file)
        if len(bindings) == 1 and isinstance(bindings[0].value, ast.Call):
            return bindings[0].value
    return None


def is_small_by_nature(opened: ast.Call | None, module: Module) -> bool:
    """Files of the kernel and of the system's configuration, which never grow large."""
    if opened is None:
        return False
    paths = [*opened.args[:1], opened.func.value] if isinstance(opened.func, ast.Attribute) else opened.args[:1]
    return any(_literal_path(path, module).startswith(_SMALL_BY_NATURE) for path in paths)


def _literal_path(path: ast.expr, module: Module) -> str:
    """The text of a path: a string, `Path("...")`, or a name that is bound to one of them; "" when unknown."""
    if isinstance(path, ast.Name):
        bindings = names_of(module).valid_bindings(path)
        if len(bindings) != 1 or bindings[0].value is None:
            return ""
        path = bindings[0].value
    if isinstance(path, ast.Call) and kind_of(path, module) == "path" and path.args:
        path = path.args[0]
    if isinstance(path, ast.JoinedStr) and path.values:
        path = path.values[0]
    return path.value if isinstance(path, ast.Constant) and isinstance(path.value, str) else ""


def open_mode(opened: ast.Call, module: Module) -> str | None:
    """The mode of a call to the builtin `open` or `Path.open`; None when it is not a literal or another opener."""
    func = opened.func
    position = 1
    if isinstance(func, ast.Attribute) and kind_of(func.value, module) == "path":
        position = 0
    elif not module.is_builtin(func, "open") and module.qualified_name(func) != "io.open":
        return None
    return _given_mode(opened, position, "r")


def packed_mode(opened: ast.Call, module: Module) -> str | None:
    """The mode of a call to `gzip.open` and its like; None when it is not a literal or another opener."""
    default = _PACKED.get(module.qualified_name(opened.func) or "")
    return _given_mode(opened, 1, default) if default is not None else None


def _given_mode(opened: ast.Call, position: int, default: str) -> str | None:
    modes = opened.args[position : position + 1] or [k.value for k in opened.keywords if k.arg == "mode"]
    if not modes:
        return default
    mode = modes[0]
    return mode.value if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else None


def is_plain_text(opened: ast.Call | None, module: Module) -> bool:
    """True for a file opened for reading as text with translated line ends, where a line is what `splitlines` gives."""
    if opened is None or any(keyword.arg in ("newline", None) for keyword in opened.keywords):
        return False
    return open_mode(opened, module) in ("r", "rt", "tr")


def read_file(node: ast.Call, module: Module) -> ast.Call | None:
    """What opened the file that `node` reads in one piece; the read itself where that is elsewhere, or for `read_text`."""
    func = node.func
    if not isinstance(func, ast.Attribute):
        return None
    if func.attr != "read":
        return node if kind_of(func.value, module) == "path" else None
    if node.args or node.keywords or kind_of(func.value, module) != "file":
        return None
    opened = opening_call(func.value, module)
    if opened is not None and "+" in (open_mode(opened, module) or ""):
        return None
    return opened or node


def mentions(parts: Iterable[ast.AST], expression: ast.expr) -> bool:
    """Whether any of the parts mentions the name or attribute chain `expression`."""
    path = dotted(expression)
    if path is None:
        return False
    for part in parts:
        for node in ast.walk(part):
            if isinstance(node, (ast.Name, ast.Attribute)) and dotted(node) == path:
                return True
    return False


def is_rewritten(read: ast.Call, site: IterationSite, opened: ast.Call | None, module: Module) -> bool:
    """Whether the file is opened for writing, replaced or removed, by the same path, between the read and the loop's end."""
    if opened is None:
        return False
    func = opened.func
    path = ast.unparse(opened.args[0]) if opened.args else ast.unparse(func.value) if isinstance(func, ast.Attribute) else ""
    first, last = read.lineno, _last_line(site, module)
    for callee in _WRITERS:
        for call in module.calls(callee):
            if first <= call.lineno <= last and call is not opened and _writes(call, callee, module):
                touched = [*call.args, call.func.value] if isinstance(call.func, ast.Attribute) else call.args
                if any(ast.unparse(argument) == path for argument in touched):
                    return True
    return False


def is_used_between(read: ast.Call, file: ast.expr, site: IterationSite, module: Module) -> bool:
    """Whether the file is used after the read and before the loop ends, other than by closing it."""
    if not isinstance(file, ast.Name):
        return False
    names = names_of(module)
    scope = names.scope(file)
    last = _last_line(site, module)
    for use in names.uses(file.id, scope) if scope is not None else []:
        if (read.end_lineno or 0) < use.lineno <= last:
            holder = module.parent(use)
            if not (isinstance(holder, ast.Attribute) and holder.attr == "close"):
                return True
    return False


def _last_line(site: IterationSite, module: Module) -> int:
    holder = module.parents[site] if isinstance(site, ast.comprehension) else site
    return getattr(holder, "end_lineno", None) or 0


def _writes(call: ast.Call, callee: str, module: Module) -> bool:
    return callee != "open" or open_mode(call, module) not in ("r", "rb", "rt", "br", "tr")


def reads_standard_input(file: ast.expr, site: IterationSite, module: Module) -> bool:
    """Whether `file` is the standard input and the loop asks the user for more of it."""
    if kind_of(file, module) != "stdin":
        return False
    parts = repeated_part(site, module)
    return any(module.is_builtin(n, "input") or dotted(n) == dotted(file) for part in parts for n in ast.walk(part))
