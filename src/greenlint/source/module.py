"""One parsed Python file and the questions a rule may ask about it; it is dropped once its findings are known."""

from __future__ import annotations

import ast
from functools import cached_property
from operator import attrgetter

from greenlint.source.imports import import_table, imported_packages
from greenlint.source.nodes import NodeIndex
from greenlint.source.parse import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeVar

    _Node = TypeVar("_Node", bound=ast.AST)

FunctionNode = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.Module)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_BOM = b"\xef\xbb\xbf"


class Module:
    """A parsed file.

    path   relative to the project root, forward slashes
    data   the bytes of the file
    tree   the `ast.Module`; columns of its nodes are UTF-8 bytes from the start of the line
    """

    def __init__(self, path: str, data: bytes) -> None:
        """Parse `data`. Raises SyntaxError, ValueError (NUL bytes), RecursionError or MemoryError as the parser does."""
        self.path = path
        self.data = data
        self.tree = parse(data, path)
        self.index = NodeIndex(self.tree)
        self.notes: dict[str, dict[int, Any]] = {}  # what rules remember about parts of this file
        self.parents = self.index.parents
        self._held: dict[frozenset[bytes], bool] = {}
        self._words: dict[bytes, bool] = {}
        self._rebound: dict[str, bool] = {}

    # -- nodes ---------------------------------------------------------------------------------------------------

    @cached_property
    def attributes(self) -> frozenset[str]:
        """The names of all attributes that the file mentions after a dot."""
        return frozenset(self.index.attributes)

    def holds(self, words: frozenset[bytes]) -> bool:
        """Whether the text of the file holds one of `words`; rules ask for the same ones, alone and among others."""
        known = self._held.get(words)
        if known is None:
            known = self._held[words] = any(map(self._holds_word, words))
        return known

    def _holds_word(self, word: bytes) -> bool:
        known = self._words.get(word)
        if known is None:
            known = self._words[word] = word in self.data
        return known

    def nodes(self, *kinds: type[_Node]) -> list[_Node]:
        """All nodes of the given classes, in source order."""
        found = [node for kind in kinds for node in self.index.of(kind)]
        found.sort(key=PLACE if all("lineno" in kind._attributes for kind in kinds) else _position)
        return found

    def definitions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
        """All functions and classes, in source order."""
        by_class = self.index.by_class
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return sorted((n for kind in kinds for n in by_class.get(kind, ())), key=PLACE)  # type: ignore[misc]

    def calls(self, name: str) -> list[ast.Call]:
        """Calls whose callee is `name` or ends in `.name`, in source order."""
        return sorted(self.index.calls.get(name, ()), key=PLACE)

    def parent(self, node: ast.AST) -> ast.AST | None:
        """The node that directly holds `node`; None for the module."""
        return self.parents.get(node)

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The holder of `node`, its holder, and so on up to the module."""
        current = self.parents.get(node)
        while current is not None:
            yield current
            current = self.parents.get(current)

    def scope(self, node: ast.AST) -> ast.AST:
        """The function, lambda, class or module whose namespace `node` is evaluated in."""
        child = node
        for ancestor in self.ancestors(node):
            if isinstance(ancestor, _SCOPES) and not _in_header(child, ancestor, node):
                return ancestor
            child = ancestor
        return self.tree

    def function(self, node: ast.AST) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The nearest `def` around `node`, or None at module or class level; lambdas do not count."""
        for ancestor in self.ancestors(node):
            if isinstance(ancestor, FunctionNode):
                return ancestor
        return None

    def statement(self, node: ast.AST) -> ast.stmt:
        """The statement that `node` belongs to (itself, when it is one)."""
        current: ast.AST | None = node
        while current is not None and not isinstance(current, ast.stmt):
            current = self.parents.get(current)
        if current is None:
            raise ValueError("the module itself is not a statement")
        return current

    def loop(self, node: ast.AST) -> ast.For | ast.AsyncFor | ast.While | ast.expr | None:
        """The innermost loop or comprehension that evaluates `node` once per iteration.

        A loop's iterable and its `else` run once and do not count, nor does a loop outside the nearest function.
        """
        child = node
        for ancestor in self.ancestors(node):
            if isinstance(ancestor, (ast.For, ast.AsyncFor)):
                if child is not ancestor.iter and child is not ancestor.target and child not in ancestor.orelse:
                    return ancestor
            elif isinstance(ancestor, ast.While):
                if child not in ancestor.orelse:
                    return ancestor
            elif isinstance(ancestor, _COMPREHENSIONS):
                first = ancestor.generators[0]
                if not (child is first and self._inside(node, first.iter)):
                    return ancestor
            elif isinstance(ancestor, _SCOPES):
                return None
            child = ancestor
        return None

    def _inside(self, node: ast.AST, holder: ast.AST) -> bool:
        return node is holder or any(ancestor is holder for ancestor in self.ancestors(node))

    # -- names ---------------------------------------------------------------------------------------------------

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name -> qualified name for every import of the file: {"pd": "pandas", "read": "csv.reader"}."""
        return import_table(self)

    @cached_property
    def packages(self) -> frozenset[str]:
        """The top-level packages that any import of the file names; relative imports name none."""
        return imported_packages(self)

    def qualified_name(self, node: ast.AST) -> str | None:
        """The dotted name that an expression refers to through this file's imports: `pd.read_csv` -> "pandas.read_csv".

        None when it does not start at an import, or when the name is bound again in this file.
        """
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        base = self.imports.get(node.id)
        if base is None:
            return None
        return ".".join([base, *reversed(parts)])

    def is_builtin(self, node: ast.AST, name: str) -> bool:
        """True when `node` is the bare name `name` and the file neither imports nor assigns that name."""
        return isinstance(node, ast.Name) and node.id == name and not self._is_rebound(name)

    def _is_rebound(self, name: str) -> bool:
        """Whether anything in the file binds the name, asked once for each name."""
        known = self._rebound.get(name)
        if known is None:
            stored = any(node.ctx.__class__ is not ast.Load for node in self.index.names.get(name, ()))
            known = self._rebound[name] = stored or name in self._headers or name in self.imports
        return known

    @cached_property
    def _headers(self) -> frozenset[str]:
        """The names of functions, classes and parameters."""
        arguments: list[Any] = self.index.by_class.get(ast.arg, [])
        return frozenset([*(n.name for n in self.definitions()), *(n.arg for n in arguments)])

    def bindings(self, name: str, scope: ast.AST) -> list[ast.AST]:
        """The statements and expressions that bind `name` in `scope` itself (not in scopes nested in it).

        Assignments, loop targets, with-items, arguments, imports, definitions and handlers: whatever stores the name.
        """
        found: list[ast.AST] = []
        for node in self._stores.get(name, ()):
            if self.scope(node) is scope:
                found.append(node)
        return found

    @cached_property
    def _stores(self) -> dict[str, list[ast.AST]]:
        stores: dict[str, list[ast.AST]] = {}
        for name, nodes in self.index.names.items():
            stored = [node for node in nodes if node.ctx.__class__ is not ast.Load]
            if stored:
                stores[name] = [self.parents[node] for node in sorted(stored, key=PLACE)]
        for arg in self.nodes(ast.arg):
            stores.setdefault(arg.arg, []).append(arg)
        for definition in self.definitions():
            stores.setdefault(definition.name, []).append(definition)
        for handler in self.nodes(ast.ExceptHandler):
            if handler.name:
                stores.setdefault(handler.name, []).append(handler)
        for alias in self.nodes(ast.alias):
            stores.setdefault((alias.asname or alias.name).split(".")[0], []).append(alias)
        return stores

    # -- text ----------------------------------------------------------------------------------------------------

    @cached_property
    def utf8(self) -> bool:
        """True when node columns are byte offsets of the file, so that exact edits are possible."""
        return is_utf8(self.data)

    @cached_property
    def lines(self) -> list[bytes]:
        """The physical lines as UTF-8 bytes without their ends, without a byte-order mark; line 1 is lines[0]."""
        data = self.data if self.utf8 else _decode(self.data).encode("utf-8")
        return data.removeprefix(_BOM).splitlines()

    @cached_property
    def _line_starts(self) -> list[int]:
        start = len(_BOM) if self.data.startswith(_BOM) else 0
        starts = [start]
        for line in self.data[start:].splitlines(keepends=True):
            start += len(line)
            starts.append(start)
        return starts

    def offset(self, line: int, column: int) -> int:
        """Byte offset in the file of a node position (`lineno`, `col_offset`)."""
        return self._line_starts[line - 1] + column

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Byte offsets [start, end) of a node in the file."""
        return (
            self.offset(node.lineno, node.col_offset),  # type: ignore[attr-defined]
            self.offset(node.end_lineno, node.end_col_offset),  # type: ignore[attr-defined]
        )

    def text(self, node: ast.AST) -> str:
        """The exact source text of a node."""
        start, end = self.span(node)
        return self.data[start:end].decode("utf-8")

    def column(self, line: int, byte_column: int) -> int:
        """1-based column in Unicode code points of a 0-based byte column."""
        text = self.lines[line - 1][:byte_column] if line <= len(self.lines) else b""
        return len(text.decode("utf-8", "replace")) + 1


def is_utf8(data: bytes) -> bool:
    """True when Python reads these bytes as UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"coding" not in b"".join(data.split(b"\n", 2)[:2]) or not _other_encoding(data)


PLACE = attrgetter("lineno", "col_offset")
"""A key that sorts nodes as they stand in the file."""


def _position(node: ast.AST) -> tuple[int, int]:
    return (getattr(node, "lineno", 0), getattr(node, "col_offset", 0))


def _in_header(child: ast.AST, scope: ast.AST, node: ast.AST) -> bool:
    """Decorators, defaults, annotations, bases and keywords are evaluated outside the scope that they introduce.

    child  the part of `scope` that holds `node`
    """
    if isinstance(scope, ast.Module):
        return False
    if isinstance(child, ast.arguments):
        return not isinstance(node, (ast.arg, ast.arguments))  # the parameters belong to the function
    if isinstance(scope, ast.Lambda):
        return child is not scope.body
    return not isinstance(child, ast.stmt)  # a header holds none, and looking through a long body for it takes long


def _other_encoding(data: bytes) -> bool:
    import io
    import tokenize

    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        return True
    return encoding not in ("utf-8", "utf-8-sig")


def _decode(data: bytes) -> str:
    import io
    import tokenize

    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding, "replace")
    except (SyntaxError, LookupError):
        return data.decode("utf-8", "replace")
