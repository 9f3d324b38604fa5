"""Whether the rows of a query reach the answer to a request: returned by an endpoint, put into a response or a page."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.network._endpoints import ANSWERS, PAGES, is_context, is_routed, takes_pages
from greenlint.rules.network._table_queries import KEEPS, chain
from greenlint.source.calls import last_name
from greenlint.source.names import names_of
from greenlint.source.repeat import is_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.network._table_queries import Table
    from greenlint.source.module import Module

_CONVERTS = frozenset(
    {
        "list",
        "tuple",
        "sorted",
        "set",
        "reversed",
        "enumerate",
        "map",
        "zip",
        "dict",
        "dumps",
        "dump",
        "serialize",
        "from_queryset",
    }
    | {"sync_to_async", "jsonable_encoder", "model_to_dict", "parse_obj_as", "validate_python", "model_validate", "from_orm"}
    | {
        "str",
        "append",
        "extend",
        "update",
        "join",
        "write",
        "finish",
        "DataFrame",
        "marshal",
        "to_json",
        "to_dict",
        "dump_python",
    }
)
"""Calls that hand on all that they are given."""
_REDUCES = frozenset(
    {
        "all",
        "any",
        "bool",
        "choice",
        "filter",
        "first",
        "hash",
        "islice",
        "isinstance",
        "len",
        "max",
        "min",
        "next",
        "print",
        "sample",
    }
    | {"sum", "get_object_or_404", "aget_object_or_404", "groupby", "Counter", "info", "debug", "Paginator", "Prefetch", "type"}
)
_FIELDS = frozenset({"data", "Items", "docs", "body", "text", "media"})
_DEPTH = 12


class Exit(NamedTuple):
    """Where the rows leave.

    page      whether they fill a page, which may show few of them
    function  what answers
    """

    page: bool
    function: ast.AST | None


def exit_of(table: Table, others: set[ast.expr], module: Module) -> Exit | None:
    """Where the rows of the query become an answer.

    None where they do not, where the endpoint knows pages, and where they pass through one of `others`, which speaks for them.
    """
    walk = _Walk(module)
    found = next(walk.exits(table.node, lazy=table.lazy, depth=_DEPTH), None)
    if found is None or not walk.seen.isdisjoint(others - {table.node}):
        return None
    return None if _knows_pages(table.node, module) or _knows_pages(found.function, module) else found


def _knows_pages(node: ast.AST | None, module: Module) -> bool:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    function = node if isinstance(node, functions) else module.function(node) if node is not None else None
    return function is not None and takes_pages(function)


class _Walk:
    """Follows a value upwards through the expressions, and through the names that hold it."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.seen: set[ast.AST] = set()

    def exits(self, node: ast.expr, *, lazy: bool, depth: int) -> Iterator[Exit]:
        """The places where `node` is handed out."""
        while depth and node not in self.seen:
            self.seen.add(node)
            depth -= 1
            holder = self.module.parent(node)
            if isinstance(holder, ast.keyword):
                holder = self.module.parent(holder)
            if isinstance(holder, ast.Call) and holder.func is not node:
                name = last_name(holder.func)
                if name in ANSWERS:
                    yield Exit(name in PAGES, self.module.function(node))
                    return
                if not _hands_on(holder, name, lazy=lazy):
                    return
                if name in ("write", "finish"):
                    yield from self._written(holder)
                    return
                if name in ("append", "extend", "update") and isinstance(holder.func, ast.Attribute):
                    yield from self._collected(holder.func.value, depth)
                    return
                node = holder
            elif isinstance(holder, ast.comprehension):
                outer = self.module.parent(holder)
                if holder.iter is not node or not isinstance(outer, ast.expr) or (holder.ifs and lazy):
                    return
                node, lazy = outer, False
            elif isinstance(holder, ast.Attribute):
                top, names = chain(node, self.module)
                if top is node and holder.attr in _FIELDS:
                    top = holder
                elif not names or not KEEPS.issuperset(names):
                    return
                node = top
            elif isinstance(holder, ast.Subscript):
                if not (isinstance(holder.slice, ast.Constant) and isinstance(holder.slice.value, str)):
                    return
                node = holder
            elif isinstance(holder, _PASSES):
                node = holder
            elif isinstance(holder, (ast.stmt, ast.withitem)):
                yield from self._statement(node, holder, lazy=lazy, depth=depth)
                return
            else:
                return

    def _statement(self, node: ast.expr, holder: ast.AST, *, lazy: bool, depth: int) -> Iterator[Exit]:
        function = self.module.function(node)
        routed = function is not None and is_routed(function, self.module)
        if isinstance(holder, ast.Return) and function is not None:
            yield from self._returned(function, lazy=lazy, depth=depth)
        elif isinstance(holder, ast.Expr) and isinstance(node, (ast.Yield, ast.YieldFrom)) and function is not None:
            yield from self._returned(function, lazy=False, depth=depth)
        elif isinstance(holder, (ast.Assign, ast.AnnAssign)):
            for target in holder.targets if isinstance(holder, ast.Assign) else [holder.target]:
                if isinstance(target, ast.Name):
                    yield from self._named(target, lazy=lazy, depth=depth)
                elif isinstance(target, ast.Subscript):
                    yield from self._collected(target.value, depth)
                elif routed and isinstance(target, ast.Attribute) and target.attr in _FIELDS:
                    yield Exit(page=False, function=function)
        elif isinstance(holder, (ast.For, ast.AsyncFor)) and holder.iter is node:
            yield from self._walked(holder, depth)

    def _returned(self, function: ast.FunctionDef | ast.AsyncFunctionDef, *, lazy: bool, depth: int) -> Iterator[Exit]:
        if is_routed(function, self.module):
            yield Exit(page=False, function=function)
        elif is_context(function):
            yield Exit(page=True, function=function)
        elif self.module.parent(function) is self.module.tree:
            for call in self.module.calls(function.name):
                if isinstance(call.func, ast.Name):
                    top: ast.expr = call
                    yield from self.exits(top, lazy=lazy, depth=depth)

    def _written(self, call: ast.Call) -> Iterator[Exit]:
        """`self.write(…)` of a handler."""
        function = self.module.function(call)
        if function is not None and is_routed(function, self.module) and isinstance(call.func, ast.Attribute):
            yield Exit(page=False, function=function)

    def _named(self, target: ast.Name, *, lazy: bool, depth: int) -> Iterator[Exit]:
        names = names_of(self.module)
        scope = names.scope(target)
        if scope is None or isinstance(scope, (ast.Module, ast.ClassDef)):
            return
        if any(not _is_same(binding.value, target.id, self.module) for binding in names.bindings(target.id, scope)):
            return
        loads = names.loads(target.id, scope)
        if any(_cuts(load, self.module) for load in loads):
            return
        for load in loads:
            yield from self.exits(load, lazy=lazy, depth=depth)

    def _collected(self, collection: ast.expr, depth: int) -> Iterator[Exit]:
        """What becomes of a list or a dict that the rows are put into."""
        if not isinstance(collection, ast.Name):
            return
        names = names_of(self.module)
        scope = names.scope(collection)
        loads = names.loads(collection.id, scope) if scope is not None and scope is not self.module.tree else []
        if any(_cuts(load, self.module) for load in loads):
            return
        for load in loads:
            if load is not collection:
                yield from self.exits(load, lazy=False, depth=depth)

    def _walked(self, loop: ast.For | ast.AsyncFor, depth: int) -> Iterator[Exit]:
        """A loop that puts each row into a collection, or gives it out."""
        function = self.module.function(loop)
        for part in (part for statement in loop.body for part in ast.walk(statement)):
            if isinstance(part, (ast.Yield, ast.YieldFrom)) and function is not None:
                yield from self._returned(function, lazy=False, depth=depth)
            elif (
                isinstance(part, ast.Call)
                and isinstance(part.func, ast.Attribute)
                and part.func.attr in ("append", "extend", "add")
            ):
                if not _is_asked(part, loop, self.module):
                    yield from self._collected(part.func.value, depth)
            elif isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store) and not _is_asked(part, loop, self.module):
                yield from self._collected(part.value, depth)


_PASSES = (
    ast.Await, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.IfExp, ast.BoolOp, ast.Starred, ast.FormattedValue, ast.JoinedStr,
    ast.NamedExpr, ast.Yield, ast.YieldFrom,
)  # fmt: skip
"""Expressions that hold what they are made of."""


def _hands_on(call: ast.Call, name: str, *, lazy: bool) -> bool:
    """Whether the rows that the call is given are in its result, as far as its name tells."""
    if name in _CONVERTS or name.endswith(("Serializer", "Schema", "Response")):
        return True
    if any(item.arg == "many" for item in call.keywords):
        return True
    return not lazy and name not in _REDUCES


def _is_same(value: ast.expr | None, name: str, module: Module) -> bool:
    """Whether a binding gives the name a value of its own, or leaves all rows of what it held in."""
    if value is None:
        return False
    for part in ast.walk(value):
        if isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Load):
            top, names = chain(part, module)
            if top is not value or not KEEPS.issuperset(names):
                return False
    return True


def _cuts(load: ast.Name, module: Module) -> bool:
    """Whether some of the rows are taken from the name, by a slice, a page or a condition."""
    holder = module.parent(load)
    if isinstance(holder, ast.Subscript) and holder.value is load:
        return isinstance(holder.slice, ast.Slice)
    return isinstance(holder, ast.Call) and last_name(holder.func) == "Paginator"


def _is_asked(part: ast.AST, loop: ast.AST, module: Module) -> bool:
    """Whether a condition in the loop decides about the part."""
    return any(isinstance(holder, ast.If) and is_inside(holder, loop, module) for holder in module.ancestors(part))
