"""The functions and classes of one file, with the place of each function and the names that its body uses."""

from __future__ import annotations

import ast
from bisect import bisect_right

from greenlint.named_tuple import NamedTuple
from greenlint.source.frameworks import merged
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from greenlint.source.module import Module

    _Nodes = list[Any]

_FIXTURE_MARKS = ("pytest.fixture", "pytest_asyncio.fixture", "pytest.yield_fixture")
_PLAIN_CLASS_DECORATORS = words(
    "dataclass total_ordering final runtime_checkable define frozen attrs unique s attributes mutable"
)
_CLASS_BASES_CALL = ("__init_subclass__", "__set_name__", "__prepare__")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LOCAL = ("nested", "local")
"""Kinds of definitions that are variables of a function: no attribute, import or string leads to them."""
_KEYWORDS = {ast.FunctionDef: len("def "), ast.AsyncFunctionDef: len("async def "), ast.ClassDef: len("class ")}
_HOLDERS = frozenset((*_FUNCTIONS, ast.ClassDef, ast.Module))


class Definition(NamedTuple):
    """One `def` or `class` that only its name leads to.

    kind        "function" (module level), "method", "nested" (a function inside a function), "class" (outside functions),
                "local" (a class inside a function) or "fixture" (of pytest; its parameters count as mentions)
    line, column, end_column   of `def name`, 1-based, columns in code points; end_line is the last line of the body
    trivial     the body does nothing: pass, ..., a docstring, `raise NotImplementedError`; a class: its objects can be called
    first       its first line, decorators included
    block, siblings   which statement list holds it, and how many statements that list has (0: the module, may be empty)
    names       functions of the same file that its body uses by their bare name
    mentions    functions of the same file that its body names in ways that reach any file (attributes, strings)
    """

    name: str
    qualified: str
    kind: str
    line: int
    column: int
    end_column: int
    end_line: int
    trivial: bool
    first: int
    block: int
    siblings: int
    names: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


class Class(NamedTuple):
    """One class: its qualified name, its bases as imported or as named ("?" where unknown) and its line."""

    qualified: str
    bases: tuple[str, ...]
    line: int


class Outline:
    """The definitions of one file; `use` and `mention` charge a name to the innermost body around a line.

    Special methods, tests and whatever stands under a decorator that may register it are left out: something else than their
    name leads to them, and what they use counts as used by the class, function or module around them.
    """

    def __init__(self, module: Module) -> None:
        self._module = module
        by_class: dict[type[ast.AST], _Nodes] = module.index.by_class
        functions = by_class.get(ast.FunctionDef, []) + by_class.get(ast.AsyncFunctionDef, [])
        classes = by_class.get(ast.ClassDef, [])
        plain = merged(module.packages).plain_decorators
        self._fixtures = _fixtures(functions, module) if b"fixture" in module.data else frozenset()
        chosen = [node for node in functions if _only_by_name(node, plain) or node in self._fixtures]
        chosen += [
            node
            for node in classes
            if _only_by_name(node, _PLAIN_CLASS_DECORATORS) and (self._is_outside_functions(node) or self._is_local(node))
        ]
        self._nodes = sorted(chosen, key=_line)
        self.names = frozenset([node.name for node in self._nodes])
        self._holders: dict[ast.AST, tuple[ast.AST, str]] = {}
        self._starts = [node.lineno for node in self._nodes]
        self._ends = [node.end_lineno for node in self._nodes]
        self._uses: list[tuple[set[str], set[str]]] = [(set(), set()) for _ in self._nodes]
        self.module_names: set[str] = set()
        self.module_mentions: set[str] = set()
        self.classes = tuple(
            [Class(self._holder(node)[1], _bases(node, module), node.lineno) for node in sorted(classes, key=_line)]
        )

    def _is_outside_functions(self, node: ast.AST) -> bool:
        parents = self._module.parents
        while node.__class__ not in _FUNCTIONS:
            if node is self._module.tree:
                return True
            node = parents[node]
        return False

    def _is_local(self, node: ast.AST) -> bool:
        """Whether it stands in a function, in no `with` or `try`: those may be about what happens when it is made."""
        parents = self._module.parents
        holder = parents[node]
        while isinstance(holder, ast.If):
            holder = parents[holder]
        return holder.__class__ in _FUNCTIONS

    def _owner(self, line: int) -> int:
        """The number of the innermost definition whose lines hold `line`; -1 for none. A header counts as its body."""
        number = bisect_right(self._starts, line) - 1
        while number >= 0 and self._ends[number] < line:
            number -= 1  # a sibling that has ended, or its inner functions
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
        parents = self._module.parents
        holder = parents[node]
        name: str = node.name  # type: ignore[attr-defined]
        if holder is self._module.tree:
            return holder, name
        known = self._holders.get(node)
        if known is not None:
            return known
        while holder.__class__ not in _HOLDERS:
            holder = parents[holder]
        if holder is not self._module.tree:
            name = f"{self._holder(holder)[1]}.{name}"
        self._holders[node] = found = (holder, name)
        return found

    def definitions(self) -> tuple[Definition, ...]:
        """All definitions with the uses charged to them so far."""
        if not self._nodes:
            return ()
        blocks = _Blocks(self._module.parents)
        return tuple([self._definition(node, uses, blocks) for node, uses in zip(self._nodes, self._uses, strict=True)])

    def _definition(
        self,
        node: Any,
        uses: tuple[set[str], set[str]],
        blocks: _Blocks,
    ) -> Definition:
        holder, qualified = self._holder(node)
        of_class = "local" if holder.__class__ in _FUNCTIONS else "class"
        kind = of_class if node.__class__ is ast.ClassDef else "fixture" if node in self._fixtures else _kind_in(holder)
        block, siblings = blocks.of(node)
        column = node.col_offset + 1
        keyword = _KEYWORDS[node.__class__]
        return Definition(
            node.name,
            qualified,
            kind,
            node.lineno,
            column,
            column + keyword + len(node.name),
            node.end_lineno,
            _is_callable(node)
            if kind in ("class", "local")
            else _does_nothing(node.body[-1]) and all(map(_does_nothing, node.body)),
            node.decorator_list[0].lineno if node.decorator_list else node.lineno,
            block,
            0 if self._module.parents[node] is self._module.tree else siblings,
            tuple(sorted(uses[0])),
            tuple(sorted(uses[1])),
        )


def _line(node: ast.stmt) -> int:
    return node.lineno


def _kind_in(holder: ast.AST) -> str:
    return "method" if holder.__class__ is ast.ClassDef else "function" if holder.__class__ is ast.Module else "nested"


def _only_by_name(node: Any, plain: frozenset[str]) -> bool:
    """False for special methods, tests (runners collect them) and what stands under a decorator that may register it."""
    name = node.name
    if node.__class__ is ast.ClassDef and any(one.name.startswith("test") for one in _members(node)):
        return False
    if name.startswith("test") or (name.startswith("__") and name.endswith("__")):
        return False
    return not node.decorator_list or all(_last_name(decorator) in plain for decorator in node.decorator_list)


def _fixtures(functions: _Nodes, module: Module) -> frozenset[Any]:
    """The functions that are fixtures of pytest under their own name, asked for by name alone."""
    decorated = [node for node in functions if len(node.decorator_list) == 1]
    return frozenset([node for node in decorated if _is_fixture(node.decorator_list[0], module)])


def _is_fixture(decorator: ast.expr, module: Module) -> bool:
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    if any(keyword.arg in ("autouse", "name", None) and not _is_off(keyword) for keyword in keywords):
        return False
    mark = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = module.qualified_name(mark)
    return name in _FIXTURE_MARKS or (name is None and isinstance(mark, ast.Name) and mark.id == "fixture")


def _is_off(keyword: ast.keyword) -> bool:
    """`autouse=False`, `name=None`: what a fixture is without them."""
    return keyword.arg is not None and isinstance(keyword.value, ast.Constant) and keyword.value.value in (False, None)


def _last_name(node: ast.expr) -> str:
    """The last part of a dotted name, through calls and subscripts: `functools.lru_cache(9)` -> "lru_cache"; else "?"."""
    while isinstance(node, (ast.Call, ast.Subscript)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else "?"


def _bases(node: ast.ClassDef, module: Module) -> tuple[str, ...]:
    hooked = any(member.name in _CLASS_BASES_CALL for member in _members(node))
    if not node.bases and not node.keywords and not node.decorator_list and not hooked:
        return ()
    bases = [_base(base, node.name, module) for base in node.bases]
    unknown = (
        hooked
        or bool(node.keywords)
        or any(_last_name(decorator) not in _PLAIN_CLASS_DECORATORS for decorator in node.decorator_list)
    )
    return (*bases, "?") if unknown else tuple(bases)


def _base(base: ast.expr, name: str, module: Module) -> str:
    """The base as imported ("textwrap.TextWrapper"), its bare name if it is not, "?" where neither says what it is."""
    while isinstance(base, ast.Subscript):
        base = base.value
    imported = module.qualified_name(base)
    if imported is not None:
        return imported
    return base.id if isinstance(base, ast.Name) and base.id != name else "?"


def _members(node: ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The methods and classes that stand in a class (a `type` statement has a name as well, which is a node)."""
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield statement


def _is_callable(node: ast.ClassDef) -> bool:
    return any(member.name == "__call__" for member in _members(node))


def _does_nothing(statement: ast.stmt) -> bool:
    kind = statement.__class__
    if kind is ast.Expr:
        return statement.value.__class__ is ast.Constant  # type: ignore[attr-defined]
    if kind is ast.Raise:
        raised = statement.exc  # type: ignore[attr-defined]
        return raised is not None and _last_name(raised) == "NotImplementedError"
    return kind is ast.Pass


class _Blocks:
    """The statement lists that hold definitions, numbered as they are asked for; each is gone through once."""

    def __init__(self, parents: Mapping[ast.AST, ast.AST]) -> None:
        self._parents = parents
        self._held: dict[ast.AST, tuple[tuple[ast.AST, str], int]] = {}
        self._numbers: dict[tuple[ast.AST, str], int] = {}

    def of(self, node: ast.AST) -> tuple[int, int]:
        """The number of the list that holds `node`, and how many statements it has."""
        held = self._held
        if node not in held:
            parent = self._parents[node]
            for field in ("body", "orelse", "finalbody"):
                block: list[ast.stmt] = getattr(parent, field, None) or []
                held.update(dict.fromkeys(block, ((parent, field), len(block))))
        place, size = held[node]
        return self._numbers.setdefault(place, len(self._numbers)), size
