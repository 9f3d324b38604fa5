"""What a function reads from the rows of a query: some of their columns, or only whether and how many there are."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.database._loops import loads_in_loop
from greenlint.rules.database._mentions import mentions_after
from greenlint.source.infer import dotted
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_DEPTH = 6
_MANY = frozenset({"fetchall", "fetchmany", "all", "fetch_all"})
_ONE = frozenset({"fetchone", "first", "one", "one_or_none", "fetch_one"})
_PASSING = frozenset({"mappings", "tuples", "unique", "yield_per"})
_FIRST_COLUMN = frozenset({"scalars", "scalar", "scalar_one", "scalar_one_or_none"})
_LOOKING = frozenset({"len", "bool"})
_KEEPING = ("enumerate", "list", "iter", "tuple", "reversed")


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
        elif isinstance(holder, ast.withitem) and isinstance(holder.optional_vars, ast.Name):
            self._loads(holder.optional_vars, self.result, depth)
        else:
            raise _Unknown  # what a wrapper called `execute` gives may be anything: a success, a number

    def _fetch(self, method: ast.Attribute, depth: int) -> None:
        call = self.module.parent(method)
        if not (isinstance(call, ast.Call) and call.func is method):
            if method.attr in ("description", "rowcount", "close"):
                return
            if isinstance(call, ast.Call) and method.attr == "fetchone" and self.module.is_builtin(call.func, "iter"):
                return self.rows(call, depth)
            raise _Unknown
        if method.attr in _MANY:
            self.whole = self.whole or method.attr in ("fetchall", "all", "fetch_all")
            self.rows(self._awaited(call), depth)
        elif method.attr in _ONE:
            self.row(self._awaited(call), depth)
        elif method.attr in _PASSING:
            self.result(call, depth - 1)
        elif method.attr in _FIRST_COLUMN:
            self.keys.add(0)
            self.many = self.many or method.attr == "scalars"
        elif method.attr != "close":
            raise _Unknown

    # -- rows --------------------------------------------------------------------------------------------------------

    def rows(self, node: ast.expr, depth: int) -> None:
        """Follow a list or iterator of rows."""
        holder = self.module.parent(node)
        if isinstance(holder, (ast.For, ast.AsyncFor, ast.comprehension)) and holder.iter is node:
            self.many = True
            self._target(holder.target, depth)
        elif isinstance(holder, ast.Call) and self._is_call(holder, node, _KEEPING):
            self._wrapped(holder, depth)
        elif isinstance(holder, ast.Call) and self._is_call(holder, node, tuple(_LOOKING)):
            self.many = True
        elif isinstance(holder, ast.Call):
            self._given(holder, node, depth)
        elif isinstance(holder, ast.Subscript) and holder.value is node and isinstance(holder.slice, ast.Constant):
            self.row(holder, depth)
        elif isinstance(holder, ast.Subscript) and holder.value is node and isinstance(holder.slice, ast.Slice):
            self.rows(holder, depth)
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

    def _given(self, call: ast.Call, node: ast.expr, depth: int) -> None:
        """`sorted(rows, key=lambda row: row[1])`, `max(rows, key=...)`, `map(lambda row: ..., rows)`, `next(rows)`."""
        name = call.func.id if isinstance(call.func, ast.Name) and self.module.is_builtin(call.func, call.func.id) else ""
        if name in ("map", "filter") and call.args[1:] == [node] and not call.keywords:
            self._lambda(call.args[0], depth)
        elif name in ("sorted", "max", "min") and call.args == [node]:
            key = [keyword.value for keyword in call.keywords if keyword.arg == "key"]
            if not key:
                raise _Unknown
            self._lambda(key[0], depth)
        elif name != "next" or call.args[0] is not node:
            raise _Unknown
        self.many = self.many or name != "next"
        if name in ("sorted", "filter"):
            self.rows(call, depth)
        elif name != "map":
            self.row(call, depth)

    def _lambda(self, function: ast.expr, depth: int) -> None:
        if not isinstance(function, ast.Lambda) or len(function.args.args) != 1:
            raise _Unknown
        item = function.args.args[0].arg
        for part in ast.walk(function.body):
            if isinstance(part, ast.Name) and part.id == item:
                self.row(part, depth - 1)

    # -- one row -----------------------------------------------------------------------------------------------------

    def row(self, node: ast.expr, depth: int) -> None:
        """Follow one row."""
        holder = self.module.parent(node)
        if isinstance(holder, ast.Subscript) and holder.value is node:
            self._column(holder.slice)
        elif isinstance(holder, ast.Attribute):
            call = self.module.parent(holder)
            if holder.attr == "get" and isinstance(call, ast.Call) and call.func is holder and call.args:
                return self._column(call.args[0])
            if holder.attr.startswith("_") or (isinstance(call, ast.Call) and call.func is holder):
                raise _Unknown
            self.keys.add(holder.attr)
        elif isinstance(holder, ast.Assign) and len(holder.targets) == 1 and holder.value is node:
            if isinstance(holder.targets[0], (ast.Tuple, ast.List)):
                self._target(holder.targets[0], depth)
            else:
                self._each_name(holder, node, self.row, depth)
        elif isinstance(holder, ast.NamedExpr) and holder.value is node:
            self._loads(holder.target, self.row, depth)
            self.row(holder, depth - 1)
        elif not self._is_tested(node, holder):
            raise _Unknown
        self.many = self.many or isinstance(holder, ast.While)

    def _column(self, key: ast.expr) -> None:
        """`row["name"]`, `row[-1]`."""
        inner = key.operand if isinstance(key, ast.UnaryOp) and isinstance(key.op, ast.USub) else key
        value = inner.value if isinstance(inner, ast.Constant) else None
        if not isinstance(value, (int, str)) or (inner is not key and isinstance(value, str)):
            raise _Unknown
        self.keys.add(value if inner is key or isinstance(value, str) else -value)

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


def use_of(value: ast.expr, shape: str, module: Module) -> RowUse | None:
    """How the value of an expression is read: `shape` says whether it is a "result", "rows" or one "row"."""
    reader = _Reader(module)
    follow = {"result": reader.result, "rows": reader.rows, "row": reader.row}[shape]
    try:
        follow(reader._awaited(value), _DEPTH)
    except _Unknown:
        return None
    return RowUse(frozenset(reader.keys), tuple(reader.unpacked), reader.whole, reader.many)


def _read(call: ast.Call, reader: _Reader, module: Module) -> None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    top: ast.AST | None = module.parent(call)
    if isinstance(top, ast.Await):
        top = module.parent(top)
    if name in ("fetchrow", "fetch_one"):
        return reader.row(reader._awaited(call), _DEPTH)
    if name in ("fetch", "fetch_all", "execute_fetchall", "iterate"):
        reader.whole = name != "iterate"
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
