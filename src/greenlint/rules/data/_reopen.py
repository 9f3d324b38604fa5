"""Whether an expression stays the same, and a file the same, from turn to turn of a loop."""

from __future__ import annotations

import ast

from greenlint.source.names import names_of
from greenlint.source.repeat import is_inside
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_PURE_CALLS = frozenset({"os.path.join", "os.path.abspath", "os.path.expanduser", "pathlib.Path", "os.fspath"})
_OPENERS = words("""PIL.Image.open aiofiles.open anyio.open_file h5py.File netCDF4.Dataset openpyxl.load_workbook rasterio.open
    soundfile.SoundFile wave.open xarray.open_dataset""")
"""Functions of libraries that open a file by its path."""
_TABLES = frozenset({"to_csv", "to_json"})
_OTHERS = frozenset({"Popen", "call", "check_call", "check_output", "input", "run", "sleep", "system", "wait"})
_CONDITIONS = (ast.If, ast.IfExp, ast.BoolOp, ast.ExceptHandler, ast.While, ast.Match, ast.Lambda)


def stays_the_same(expression: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether the loop changes nothing that this path consists of: literals, names, attributes, joined by known functions."""
    names = names_of(module)
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and module.qualified_name(node.func) not in _PURE_CALLS:
            return False
        if isinstance(node, (ast.Subscript, ast.NamedExpr, ast.Await, ast.comprehension)):
            return False
        if isinstance(node, ast.Attribute) and any(
            is_inside(s, loop, module) for s in names.attribute_stores.get(node.attr, ())
        ):
            return False
        if isinstance(node, ast.Name):
            scope = names.scope(node)
            if scope is not None and any(is_inside(b.node, loop, module) for b in names.bindings(node.id, scope)):
                return False
    return True


def runs_in_every_turn(node: ast.AST, loop: Loop, module: Module) -> bool:
    """Whether nothing between the loop and `node` makes it depend on a condition."""
    child = node
    for ancestor in module.ancestors(node):
        if ancestor is loop:
            return True
        if isinstance(ancestor, _CONDITIONS):
            return False
        if isinstance(ancestor, ast.Try) and child not in ancestor.body:
            return False
        if isinstance(ancestor, ast.comprehension) and child in ancestor.ifs:
            return False
        child = ancestor
    return False


def may_end(loop: Loop, first_line: int) -> bool:
    """Whether the loop holds a `break`, `return` or `continue` from this line on: a search or another attempt."""
    ends = (ast.Break, ast.Return, ast.Continue)
    return any(isinstance(node, ends) and node.lineno >= first_line for node in ast.walk(loop))


def depends_on_others(loop: Loop) -> bool:
    """Whether the loop waits, hands on control, or runs other programs, which may change or need the file."""
    for node in ast.walk(loop):
        if isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom)):
            return True
        if isinstance(node, ast.Call):
            func = node.func
            name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
            if name in _OTHERS:
                return True
    return False


def mentions_of(path: ast.expr, loop: Loop) -> int:
    """How often the loop mentions this expression."""
    text = ast.unparse(path)
    return sum(type(node) is type(path) and ast.unparse(node) == text for node in ast.walk(loop))


def foreign_path(node: ast.Call, module: Module) -> ast.expr | None:
    """The path that other calls open: of a library, of a table that is appended, of what seems to be a path."""
    func = node.func
    modes = [*node.args[1:2], *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
    name = module.qualified_name(func)
    if name is not None:
        known = name in _OPENERS and not any(_writes_anew(mode) for mode in modes)
        return node.args[0] if known and node.args else None
    if not isinstance(func, ast.Attribute) or not node.args:
        return None
    first = node.args[0]
    if func.attr in _TABLES:
        appends = any(isinstance(mode, ast.Constant) and mode.value == "a" for mode in modes)
        return first if appends else None
    opens = func.attr == "open" and isinstance(first, ast.Constant) and first.value in ("r", "rb", "rt", "a", "ab", "at")
    return func.value if opens else None


def _writes_anew(mode: ast.expr) -> bool:
    return not isinstance(mode, ast.Constant) or str(mode.value).startswith(("w", "x"))
