"""What a function reads from the rows of a query: some of their columns, or only whether and how many there are."""

from __future__ import annotations

import ast
from bisect import bisect_right

from greenlint.named_tuple import NamedTuple
from greenlint.rules.database._loops import loads_in_loop
from greenlint.source.infer import dotted
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_DEPTH = 6
_MANY = frozenset({"fetchall", "fetchmany", "all", "fetch_all"})
_ONE = frozenset({"fetchone", "first", "one", "one_or_none", "fetch_one"})
_LOOKING = frozenset({"len", "bool"})


class RowUse(NamedTuple):
    """How rows are read.

    keys      the columns that are asked for by number or by name
    unpacked  the targets that take rows apart, column by column
    whole     whether all rows are fetched at once
    many      whether rows are walked or counted, not only one of them read
    """

    keys: frozenset[int | str]
    unpacked: tuple[ast.Tuple | ast.List, ...]
    whole: bool
    many: bool


class _Unknown(Exception):
    """The rows go where this function cannot follow."""


class _Reader:
    """One walk from a query to what reads its rows."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.keys: set[int | str] = set()
        self.unpacked: list[ast.Tuple | ast.List] = []
        self.whole = False
        self.many = False

    # -- the result of a query ---------------------------------------------------------------------------------------

    def result(self, node: ast.expr, depth: int) -> None:
        """Follow the value of `execute(...)`: fetched from, walked, or given a name."""
        if depth <= 0:
            raise _Unknown
        node = self._awaited(node)
        holder = self.module.parent(node)
        if isinstance(holder, ast.Attribute):
            self._fetch(holder, depth)
        elif isinstance(holder, ast.Assign):
            self._each_name(holder, node, self.result, depth)
        elif isinstance(holder, (ast.For, ast.AsyncFor, ast.comprehension, ast.Call)):
            self.rows(node, depth)
        else:
            raise _Unknown  # what a wrapper called `execute` gives may be anything: a success, a number

    def _fetch(self, method: ast.Attribute, depth: int) -> None:
        call = self.module.parent(method)
        if not (isinstance(call, ast.Call) and call.func is method):
            if method.attr in ("description", "rowcount", "close"):
                return
            raise _Unknown
        if method.attr in _MANY:
            self.whole = self.whole or method.attr in ("fetchall", "all", "fetch_all")
            self.rows(self._awaited(call), depth)
        elif method.attr in _ONE:
            self.row(self._awaited(call), depth)
        elif method.attr == "mappings":
            self.result(call, depth - 1)
        elif method.attr != "close":
            raise _Unknown

    # -- rows --------------------------------------------------------------------------------------------------------

    def rows(self, node: ast.expr, depth: int) -> None:
        """Follow a list or iterator of rows."""
        holder = self.module.parent(node)
        if isinstance(holder, (ast.For, ast.AsyncFor, ast.comprehension)) and holder.iter is node:
            self.many = True
            self._target(holder.target, depth)
        elif isinstance(holder, ast.Call) and self._is_call(holder, node, ("enumerate", "list", "iter", "tuple")):
            self._wrapped(holder, depth)
        elif isinstance(holder, ast.Call) and self._is_call(holder, node, tuple(_LOOKING)):
            self.many = True
        elif isinstance(holder, ast.Subscript) and holder.value is node and isinstance(holder.slice, ast.Constant):
            self.row(holder, depth)
        elif isinstance(holder, ast.Assign):
            self._each_name(holder, node, self.rows, depth)
        elif not self._is_tested(node, holder):
            raise _Unknown

    def _wrapped(self, call: ast.Call, depth: int) -> None:
        if not self.module.is_builtin(call.func, "enumerate"):
            return self.rows(call, depth)
        holder = self.module.parent(call)
        if (
            isinstance(holder, (ast.For, ast.comprehension))
            and isinstance(holder.target, ast.Tuple)
            and len(holder.target.elts) == 2
        ):
            self.many = True
            return self._target(holder.target.elts[1], depth)
        raise _Unknown

    # -- one row -----------------------------------------------------------------------------------------------------

    def row(self, node: ast.expr, depth: int) -> None:
        """Follow one row."""
        holder = self.module.parent(node)
        if isinstance(holder, ast.Subscript) and holder.value is node:
            if not (isinstance(holder.slice, ast.Constant) and isinstance(holder.slice.value, (int, str))):
                raise _Unknown
            self.keys.add(holder.slice.value)
        elif isinstance(holder, ast.Attribute):
            call = self.module.parent(holder)
            if holder.attr.startswith("_") or (isinstance(call, ast.Call) and call.func is holder):
                raise _Unknown
            self.keys.add(holder.attr)
        elif isinstance(holder, ast.Assign) and len(holder.targets) == 1 and holder.value is node:
            if isinstance(holder.targets[0], (ast.Tuple, ast.List)):
                self._target(holder.targets[0], depth)
            else:
                self._each_name(holder, node, self.row, depth)
        elif not self._is_tested(node, holder):
            raise _Unknown

    def _target(self, target: ast.expr, depth: int) -> None:
        if isinstance(target, (ast.Tuple, ast.List)):
            self.unpacked.append(target)
        elif isinstance(target, ast.Name):
            self._loads(target, self.row, depth)
        else:
            raise _Unknown

    # -- help --------------------------------------------------------------------------------------------------------

    def _awaited(self, node: ast.expr) -> ast.expr:
        holder = self.module.parent(node)
        return holder if isinstance(holder, ast.Await) else node

    def _is_call(self, call: ast.Call, node: ast.expr, names: tuple[str, ...]) -> bool:
        return call.args == [node] and any(self.module.is_builtin(call.func, name) for name in names)

    def _is_tested(self, node: ast.expr, holder: ast.AST | None) -> bool:
        """`if row`, `not row`, `row is None`."""
        if isinstance(holder, ast.Compare):
            return holder.left is node and all(
                isinstance(other, ast.Constant) and other.value is None for other in holder.comparators
            )
        if isinstance(holder, ast.BoolOp):
            return node is not holder.values[-1] or self._is_tested(holder, self.module.parent(holder))
        if isinstance(holder, (ast.If, ast.While, ast.IfExp, ast.Assert)):
            return holder.test is node
        return (isinstance(holder, ast.UnaryOp) and isinstance(holder.op, ast.Not)) or (
            isinstance(holder, ast.Call) and self._is_call(holder, node, ("bool",))
        )

    def _each_name(self, assignment: ast.Assign, node: ast.expr, follow: object, depth: int) -> None:
        target = assignment.targets[0]
        if len(assignment.targets) != 1 or assignment.value is not node or not isinstance(target, ast.Name):
            raise _Unknown
        names = names_of(self.module)
        scope = names.scope(target)
        if scope is None or isinstance(scope, ast.Module) or len(names.bindings(target.id, scope)) != 1:
            raise _Unknown
        self._loads(target, follow, depth)

    def _loads(self, target: ast.Name, follow: object, depth: int) -> None:
        names = names_of(self.module)
        scope = names.scope(target)
        if depth == 0 or scope is None or not callable(follow):
            raise _Unknown
        if len(names.bindings(target.id, scope)) != 1 and not _is_loop_target(target, self.module):
            raise _Unknown
        for load in loads_in_loop(target, self.module):
            follow(load, depth - 1)


def _is_loop_target(target: ast.Name, module: Module) -> bool:
    return isinstance(module.parent(target), (ast.For, ast.AsyncFor))


def row_use(call: ast.Call, module: Module) -> RowUse | None:
    """How the rows of a query are read; None when they leave the function, or when it cannot be told."""
    reader = _Reader(module)
    try:
        _read(call, reader, module)
    except _Unknown:
        return None
    return RowUse(frozenset(reader.keys), tuple(reader.unpacked), reader.whole, reader.many)


def _read(call: ast.Call, reader: _Reader, module: Module) -> None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    top: ast.AST | None = module.parent(call)
    if isinstance(top, ast.Await):
        top = module.parent(top)
    if name == "fetchrow":
        return reader.row(reader._awaited(call), _DEPTH)
    if name in ("fetch", "fetch_all"):
        reader.whole = True
        return reader.rows(reader._awaited(call), _DEPTH)
    if not isinstance(top, ast.Expr):
        return reader.result(call, _DEPTH)
    return _read_cursor(call, reader, module)


def _read_cursor(call: ast.Call, reader: _Reader, module: Module) -> None:
    """`cur.execute(q)` on its own line: what is done with `cur` until it executes something else."""
    path = dotted(call.func.value) if isinstance(call.func, ast.Attribute) else None
    if path is None:
        raise _Unknown
    fetched = False
    for mention in mentions_after(path, call, module):
        holder = module.parent(mention)
        if isinstance(holder, ast.Attribute):
            if holder.attr in ("execute", "executemany", "close", "commit"):
                break
            reader._fetch(holder, _DEPTH)
            fetched = True
        elif isinstance(holder, (ast.For, ast.AsyncFor, ast.comprehension)):
            reader.rows(mention, _DEPTH)
            fetched = True
        else:
            raise _Unknown
    if not fetched:
        raise _Unknown


def mentions_after(path: str, call: ast.Call, module: Module) -> Iterator[ast.expr]:
    """The mentions of a cursor after `call` in its function, in source order; each function is looked through once."""
    scope = module.scope(call)
    notes = module.notes.setdefault("dotted-mentions", {})
    if id(scope) not in notes:
        notes[id(scope)] = _mentions(scope)
    by_path: dict[str, list[ast.expr]] = notes[id(scope)]
    mentions = by_path.get(path, [])
    for index in range(bisect_right(mentions, call.end_lineno or 0, key=_line), len(mentions)):
        yield mentions[index]


def _mentions(scope: ast.AST) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(scope):
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            name = dotted(node)
            if name is not None and name.count(".") < 3:
                found.setdefault(name, []).append(node)
    for mentions in found.values():
        mentions.sort(key=lambda node: (node.lineno, node.col_offset))
    return found


def _line(node: ast.expr) -> int:
    return node.lineno
