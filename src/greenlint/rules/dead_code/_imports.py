"""What the imports of a file bind, which of these names the file never reads, and how an import is taken out."""

from __future__ import annotations

import ast
import re
import sys

from greenlint.named_tuple import NamedTuple
from greenlint.rules.base import Edit
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

ImportNode = ast.Import | ast.ImportFrom
_WORD = re.compile(r"[^\W\d]\w*")
_DOCTEST = re.compile(r"^\s*(?:>>>|\.\.\.) (.*)$", re.MULTILINE)
_TYPE_COMMENT = re.compile(rb"#\s*type:([^\n]*)")
_KEPT_ON_PURPOSE = re.compile(
    rb"#[^\n]*(?:noqa|unused|pyflakes|side[ -]effect|re-?export|export|regist|backward|compat|needed|keep|require|used|ensure|"
    rb"import for|imported|already|because|so that|must|sure|load|trigger|populat|hook|pylint|pyright|isort|lgtm|type: *ignore|"
    rb"PyInstaller|bundle)",
    re.IGNORECASE,
)
_WHOLE_FILE = re.compile(
    rb"#\s*(?:(?:flake8|ruff):\s*noqa(?![\w-])(?!: *(?!F401|F\b)[A-Z])|pylint:\s*disable[^\n]*unused-import)"
)
_LONGEST_TYPE = 500
_COMMENT_LINES = 4
_NAMESPACES = ("globals", "locals", "vars", "dir", "eval", "exec", "execfile")
_QUOTED_TYPES = frozenset({"cast", "TypeVar", "NewType", "ForwardRef", "ParamSpec", "NamedTuple", "TypedDict", "relationship"})


class Bound(NamedTuple):
    """One name that an import binds.

    node    the statement
    alias   the part of it
    name    the local name
    target  what the name stands for, dots in front for relative imports: "numpy", "os.path.join", ".models.User"
    """

    node: ImportNode
    alias: ast.alias
    name: str
    target: str


def bound_names(module: Module) -> Iterator[Bound]:
    """Every name that an import of the file binds when it runs, but `*`, what `__future__` gives, and `x as x`, which re-exports.

    A `lazy import` (Python 3.15) loads nothing until its name is read.
    """
    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
    lazy = _lazy_modules(module)
    for node in by_class.get(ast.Import, ()):
        if getattr(node, "is_lazy", 0):
            continue
        for alias in node.names:
            if alias.asname != alias.name and alias.name not in lazy:
                yield Bound(node, alias, alias.asname or alias.name.partition(".")[0], alias.name)
    for node in by_class.get(ast.ImportFrom, ()):
        if node.module == "__future__" or node.module in lazy or getattr(node, "is_lazy", 0):
            continue
        prefix = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name != "*" and alias.asname != alias.name:
                yield Bound(node, alias, alias.asname or alias.name, f"{prefix.rstrip('.') or prefix}.{alias.name}")


def _lazy_modules(module: Module) -> set[str]:
    """The modules that `__lazy_modules__` names, which is how a file that older versions read as well says `lazy`."""
    nodes = module.index.names.get("__lazy_modules__", ())
    parts = [part for node in nodes for part in ast.walk(module.statement(node)) if isinstance(part, ast.Constant)]
    return {part.value for part in parts if isinstance(part.value, str)}


def read_names(module: Module) -> set[str]:
    """Every name that the file reads or deletes anywhere."""
    names = module.index.names
    return {name for name, nodes in names.items() if any(node.ctx.__class__ is not ast.Store for node in nodes)}


def hidden_uses(module: Module) -> set[str] | None:
    """Words that may be uses of a name: in quoted types, type comments, doctests, `__all__`, `global`; None for any name."""
    if any(name in module.index.calls for name in _NAMESPACES):
        return None
    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
    words: set[str] = {name for node in by_class.get(ast.Global, ()) for name in node.names}
    for node in module.index.names.get("__all__", ()):
        texts = [n for n in ast.walk(module.statement(node)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        words.update(str(text.value) for text in texts)
    for constant in by_class.get(ast.Constant, ()):
        if isinstance(constant.value, str):
            words.update(_words_of(constant, module))
    for comment in _TYPE_COMMENT.findall(module.data) if b"type:" in module.data else ():
        words.update(_WORD.findall(comment.decode("utf-8", "replace")))
    return words


def _words_of(constant: ast.Constant, module: Module) -> Iterator[str]:
    text: str = constant.value  # type: ignore[assignment]
    holder = module.parents[constant]
    if ">>>" in text:
        for line in _DOCTEST.findall(text):
            yield from _WORD.findall(line)
    elif not isinstance(holder, ast.Expr) and len(text) < _LONGEST_TYPE and _may_be_type(constant, module):
        yield from _WORD.findall(text)


def _may_be_type(node: ast.AST, module: Module) -> bool:
    """Whether a string stands where a type may be quoted: an annotation, a subscript, an argument of `cast` and the like."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.arg):
            return True
        if isinstance(ancestor, ast.Call):
            callee = ancestor.func.attr if isinstance(ancestor.func, ast.Attribute) else getattr(ancestor.func, "id", "")
            if callee in _QUOTED_TYPES:
                return True
        if isinstance(ancestor, ast.stmt):
            if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
                return child is ancestor.returns
            if isinstance(ancestor, ast.ClassDef):
                return True
            return isinstance(ancestor, ast.AnnAssign) or (
                isinstance(ancestor, ast.Assign) and isinstance(ancestor.value, (ast.Subscript, ast.Constant, ast.BinOp))
            )
        child = ancestor
    return False


def unread(module: Module) -> tuple[list[Bound], bool]:
    """The names that imports bind and that nothing in the file reads, in source order; False where any name may be read."""
    bound = list(bound_names(module))
    if not bound:
        return [], True
    read = read_names(module)
    arguments = {node.arg for node in module.index.by_class.get(ast.arg, ())}  # type: ignore[attr-defined]
    found = [item for item in bound if item.name not in read or _is_read_elsewhere(item, arguments, module)]
    if not found:
        return [], True
    hidden = hidden_uses(module)
    if hidden is not None:
        found = [item for item in found if item.name not in hidden]
    return sorted(found, key=lambda item: (item.alias.lineno, item.alias.col_offset)), hidden is not None


def _is_read_elsewhere(item: Bound, arguments: set[str], module: Module) -> bool:
    """Whether a name imported in a function is read in other functions only, or one of the module as an argument only."""
    scope = module.scope(item.node)
    if isinstance(scope, ast.Module):
        if item.name not in arguments or _is_a_class_variable(item.name, module):
            return False
    elif not isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    names = names_of(module)
    if names.declared(item.name, scope) or len(names.bindings(item.name, scope)) != 1:
        return False
    return not names.uses(item.name, scope)


def _is_a_class_variable(name: str, module: Module) -> bool:
    """`policy = policy.default` in a class reads the name of the module, until the class has its own."""
    return any(isinstance(module.scope(node), ast.ClassDef) for node in module.index.names.get(name, ()))


def is_plainly_placed(node: ImportNode, module: Module) -> bool:
    """True for an import of the module or of a function that no `try`, `with` or module-level condition guards.

    Guarded imports look for what is installed, or choose among versions; whoever wrote them wants the import itself.
    """
    inside = False
    conditional = False
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inside, conditional = True, False
        elif isinstance(ancestor, ast.If):
            conditional = True
        elif not isinstance(ancestor, ast.Module) and not (inside and isinstance(ancestor, ast.ClassDef)):
            return False
    return inside or not conditional


def is_kept_on_purpose(node: ImportNode, alias: ast.alias, module: Module) -> bool:
    """Whether a comment on the statement, or right above it, says why the import is there."""
    lines = module.lines
    looked_at = [lines[number - 1] for number in {node.lineno, node.end_lineno or node.lineno, alias.lineno}]
    above = node.lineno - 1
    while above >= 1 and lines[above - 1].lstrip().startswith(b"#") and node.lineno - above <= _COMMENT_LINES:
        looked_at.append(lines[above - 1])
        above -= 1
    return any(_KEPT_ON_PURPOSE.search(line) for line in looked_at)


def is_kept_in_this_file(module: Module) -> bool:
    """Whether a comment keeps all unused imports of the file."""
    return _WHOLE_FILE.search(module.data) is not None


def is_standard(target: str) -> bool:
    """True for a module of the standard library whose import changes nothing but `sys.modules`."""
    top = target.partition(".")[0]
    return top in sys.stdlib_module_names and top not in _WITH_EFFECTS and not top.startswith("_")


_WITH_EFFECTS = frozenset(
    {"antigravity", "curses", "distutils", "encodings", "idlelib", "lib2to3", "readline", "rlcompleter", "site", "test", "this"}
)


def removal(item: Bound, unused: list[Bound], module: Module) -> tuple[Edit, bool] | None:
    """The edit that takes one name out of its statement, and whether a comment goes with it; None where that is not certain.

    `unused` are all names of the statement that go. When all of them go, each takes the whole statement.
    """
    node = item.node
    if len(unused) == len(node.names):
        return _statement(node, module)
    aliases = node.names
    place = aliases.index(item.alias)
    going = {id(other.alias) for other in unused}
    if any(id(alias) not in going for alias in aliases[place + 1 :]):
        start, end = module.span(item.alias)[0], module.span(aliases[place + 1])[0]
    else:
        start, end = module.span(aliases[place - 1])[1], module.span(item.alias)[1]
    if b"#" in module.data[start:end] or b"\\" in module.data[start:end]:
        return None
    return Edit(start, end, ""), False


def _statement(node: ImportNode, module: Module) -> tuple[Edit, bool] | None:
    """Whole lines, with the smaller group of blank lines around them; `pass` where the block would be empty."""
    start, end = module.span(node)
    first, last = node.lineno, node.end_lineno or node.lineno
    lines = module.lines
    before, after = lines[first - 1][: node.col_offset], lines[last - 1][node.end_col_offset or 0 :].strip()
    if before.strip() or (after and not after.startswith(b"#")):
        return None
    holder = module.parents[node]
    block = next(b for b in (getattr(holder, f, None) or [] for f in ("body", "orelse", "finalbody")) if node in b)
    comment = b"#" in b"".join(lines[first - 1 : last])
    if len(block) == 1 and not isinstance(holder, ast.Module):
        return Edit(start, end, "pass"), comment
    if first > 1 and lines[first - 2].endswith(b"\\"):
        return None
    above, below = first - 1, last
    while above > 0 and not lines[above - 1].strip():
        above -= 1
    while below < len(lines) and not lines[below].strip():
        below += 1
    blanks = (first - 1 - above, below - last)
    first_of_block = block[0] is node and not isinstance(holder, ast.Module)
    if above == 0 or first_of_block or (all(blanks) and blanks[1] <= blanks[0]):
        return Edit(module.offset(first, 0), module.offset(below + 1, 0), ""), comment
    if all(blanks) or below == len(lines):
        return Edit(module.offset(above + 1, 0), module.offset(last + 1, 0), ""), comment
    return Edit(module.offset(first, 0), module.offset(last + 1, 0), ""), comment
