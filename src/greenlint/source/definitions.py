"""The functions, methods and classes of one file, with the place of each and the names that its body uses."""

from __future__ import annotations

import ast
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greenlint.source.module import Module

_PLAIN_DECORATORS = frozenset(
    """staticmethod classmethod property cached_property cache lru_cache wraps contextmanager asynccontextmanager
    final no_type_check override""".split()
)
"""Decorators that neither register a function nor call it: an unused function stays unused under them."""

_PLAIN_CLASS_DECORATORS = frozenset("dataclass total_ordering final runtime_checkable define frozen attrs unique".split())
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Definition:
    """One `def`.

    kind        "function" (module level), "method" or "nested" (inside a function)
    line, column, end_column   of `def name`, 1-based, columns in code points; end_line is the last line of the body
    registered  a decorator may use it: anything but the plain ones of the standard library
    trivial     the body does nothing: pass, ..., a docstring, `raise NotImplementedError`
    start, end  bytes of its whole lines with decorators and following blank lines; -1 where edits are impossible
    block, siblings   which statement list holds it, and how many statements that list has
    names       functions of the same file that its body uses by their bare name
    mentions    names defined in the same file that its body uses in ways that reach any file (attributes, strings)
    """

    name: str
    qualified: str
    kind: str
    line: int
    column: int
    end_column: int
    end_line: int
    registered: bool
    trivial: bool
    start: int
    end: int
    block: int
    siblings: int
    names: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Class:
    """One class: its qualified name, the last parts of its bases' names ("?" where unknown) and its line."""

    qualified: str
    bases: tuple[str, ...]
    line: int


class Outline:
    """The definitions of one file; `use` and `mention` charge a name to the innermost body around a line."""

    def __init__(self, module: Module) -> None:
        self._module = module
        by_class: dict[type[ast.AST], list[Any]] = module.index.by_class  # type: ignore[assignment]
        self._nodes = [node for kind in _FUNCTIONS for node in by_class.get(kind, ())]
        self._nodes.sort(key=_line)
        class_nodes = sorted(by_class.get(ast.ClassDef, ()), key=_line)
        self.names = frozenset([node.name for node in self._nodes])
        self.docstrings = {
            node.body[0].value
            for node in (module.tree, *self._nodes, *class_nodes)
            if node.body and _is_docstring(node.body[0])
        }
        self._holders: dict[ast.AST, tuple[ast.AST, str]] = {}
        self._outer, self._starts, self._ends = self._spans()
        self._uses: list[tuple[set[str], set[str]]] = [(set(), set()) for _ in self._nodes]
        self.module_names: set[str] = set()
        self.module_mentions: set[str] = set()
        self.classes = tuple(Class(self._holder(node)[1], _bases(node), node.lineno) for node in class_nodes)

    def _spans(self) -> tuple[list[int], list[int], list[int]]:
        """For each definition: the one around it (-1: none), and the first and last line that are its body alone."""
        outer: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        lines = self._module.lines
        stack: list[int] = []
        for number, node in enumerate(self._nodes):
            while stack and ends[stack[-1]] < node.lineno:
                stack.pop()
            outer.append(stack[-1] if stack else -1)
            first = node.body[0]
            alone = not lines[first.lineno - 1][: first.col_offset].strip()
            starts.append(first.lineno if alone else node.end_lineno + 1)
            ends.append(node.end_lineno)
            stack.append(number)
        return outer, starts, ends

    def _owner(self, line: int) -> int:
        number = bisect_right(self._starts, line) - 1
        while number >= 0 and self._ends[number] < line:
            number = self._outer[number]
        return number

    def use(self, name: str, line: int) -> None:
        """The bare name `name` stands on `line`."""
        owner = self._owner(line)
        (self.module_names if owner < 0 else self._uses[owner][0]).add(name)

    def mention(self, name: str, line: int) -> None:
        """`name` stands on `line` as an attribute or in a string."""
        owner = self._owner(line)
        (self.module_mentions if owner < 0 else self._uses[owner][1]).add(name)

    def _holder(self, node: ast.AST) -> tuple[ast.AST, str]:
        """The module, class or function whose body `node` belongs to, and the qualified name of `node`."""
        known = self._holders.get(node)
        if known is not None:
            return known
        parents = self._module.parents
        holder = parents[node]
        while holder.__class__ not in _HOLDERS:
            holder = parents[holder]
        name: str = node.name  # type: ignore[attr-defined]
        if holder is not self._module.tree:
            name = f"{self._holder(holder)[1]}.{name}"
        self._holders[node] = found = (holder, name)
        return found

    def definitions(self) -> tuple[Definition, ...]:
        """All definitions with the uses charged to them so far."""
        blocks: dict[tuple[ast.AST, int], int] = {}
        return tuple(
            self._definition(node, uses, blocks) for node, uses in zip(self._nodes, self._uses, strict=True)
        )

    def _definition(
        self, node: Any, uses: tuple[set[str], set[str]], blocks: dict[tuple[ast.AST, int], int]
    ) -> Definition:
        holder, qualified = self._holder(node)
        kind = "method" if holder.__class__ is ast.ClassDef else "nested" if holder is not self._module.tree else "function"
        parent = self._module.parents[node]
        position, block = _block(parent, node)
        start, end = self._bytes(node)
        column = node.col_offset + 1
        keyword = len("def ") if node.__class__ is ast.FunctionDef else len("async def ")
        return Definition(
            node.name,
            qualified,
            kind,
            node.lineno,
            column,
            column + keyword + len(node.name),
            node.end_lineno,
            any(_last_name(decorator) not in _PLAIN_DECORATORS for decorator in node.decorator_list),
            all(_does_nothing(statement) for statement in node.body),
            start,
            end,
            blocks.setdefault((parent, position), len(blocks)),
            len(block),
            tuple(sorted(uses[0])),
            tuple(sorted(uses[1])),
        )

    def _bytes(self, node: Any) -> tuple[int, int]:
        module = self._module
        if not module.utf8:
            return -1, -1
        first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
        last = node.end_lineno
        lines = module.lines
        while last < len(lines) and not lines[last].strip():
            last += 1
        return module.offset(first, 0), module.offset(last + 1, 0)


_HOLDERS = frozenset((*_FUNCTIONS, ast.ClassDef, ast.Module))


def _line(node: ast.stmt) -> int:
    return node.lineno


def _is_docstring(statement: ast.stmt) -> bool:
    if statement.__class__ is not ast.Expr:
        return False
    value: ast.expr = statement.value  # type: ignore[attr-defined]
    return value.__class__ is ast.Constant and value.value.__class__ is str  # type: ignore[attr-defined]


def _last_name(node: ast.expr) -> str:
    """The last part of a dotted name, through calls and subscripts: `functools.lru_cache(9)` -> "lru_cache"; else "?"."""
    while isinstance(node, (ast.Call, ast.Subscript)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else "?"


def _bases(node: ast.ClassDef) -> tuple[str, ...]:
    bases = [_last_name(base) for base in node.bases]
    unknown = bool(node.keywords) or any(
        _last_name(decorator) not in _PLAIN_CLASS_DECORATORS for decorator in node.decorator_list
    )
    return (*bases, "?") if unknown else tuple(bases)


def _does_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        return statement.exc is not None and _last_name(statement.exc) == "NotImplementedError"
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def _block(parent: ast.AST, node: ast.AST) -> tuple[int, list[ast.stmt]]:
    """Which of the statement lists of `parent` holds `node`, as a number and as the list."""
    for position, field in enumerate(("body", "orelse", "finalbody")):
        block: list[ast.stmt] = getattr(parent, field, None) or []
        if node in block:
            return position, block
    raise ValueError("a definition stands outside every block")
