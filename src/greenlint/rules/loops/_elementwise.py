"""Whether a loop or a comprehension computes item by item what arrays compute as a whole."""

from __future__ import annotations

import ast

from greenlint.rules.loops._array_like import is_array
from greenlint.rules.loops._ufuncs import UFUNCS
from greenlint.source.infer import dotted
from greenlint.source.names import names_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_PARTS = (
    ast.Name, ast.Subscript, ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.Tuple, ast.Constant, ast.Attribute,
    ast.Call, ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.expr_context,
)  # fmt: skip
"""What arithmetic on items consists of."""
_BUILTINS = frozenset({"abs", "max", "min", "pow", "round"})
_TYPES = frozenset({"bool", "float", "int"})
_MORE = frozenset(
    {"where", "clip", "round", "around", "float32", "float64", "real", "imag", "conj", "mod", "add", "multiply", "subtract"}
)
_MOST = 4
"""Statements in the body: a longer one is more than arithmetic."""
_FOLLOWED = (ast.If, ast.Continue, ast.Pass)
_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_PLACES = frozenset({"at", "iat", "iloc", "loc", "values"})


class Items:
    """The names that a loop gives values to.

    items    those that stand for an item of an array
    indices  those that count
    others   those that take an item of something unknown beside an array
    """

    def __init__(self, target: ast.expr, iterable: ast.expr, module: Module) -> None:
        self.items: set[str] = set()
        self.indices: set[str] = set()
        self.others: set[str] = set()
        self._module = module
        self._read(target, iterable)

    @property
    def all(self) -> set[str]:
        """Every name that changes with each turn."""
        return self.items | self.indices | self.others

    def _read(self, target: ast.expr, iterable: ast.expr) -> None:
        module = self._module
        if isinstance(iterable, ast.Call):
            name = module.qualified_name(iterable.func) or ""
            if module.is_builtin(iterable.func, "range") or name in ("numpy.arange", "numpy.ndindex"):
                self.indices |= names_in(target)
            elif name == "numpy.ndenumerate" and isinstance(target, ast.Tuple):
                self.indices |= names_in(target.elts[0])
                self.items |= names_in(target.elts[-1])
            elif name == "numpy.nditer":
                self.items |= names_in(target)
            elif isinstance(target, ast.Tuple) and module.is_builtin(iterable.func, "enumerate") and iterable.args:
                self.indices |= names_in(target.elts[0])
                self._read(target.elts[-1], iterable.args[0])
            elif isinstance(target, ast.Tuple) and module.is_builtin(iterable.func, "zip"):
                for part, items in zip(target.elts, iterable.args):
                    self._read(part, items)
            elif module.is_builtin(iterable.func, "reversed") and iterable.args:
                self._read(target, iterable.args[0])
            else:
                self._take(target, iterable)
        else:
            self._take(target, iterable)

    def _take(self, target: ast.expr, iterable: ast.expr) -> None:
        if is_array(iterable, self._module):
            self.items |= names_in(target)
        else:
            self.others |= names_in(target)


def is_elementwise(loop: ast.For | ast.While, module: Module) -> bool:
    """Whether the body of the loop is arithmetic on the items of arrays, none of which needs what an earlier turn made."""
    body = list(loop.body)
    if loop.orelse or len(body) > _MOST + 1 or any(not isinstance(s, _FOLLOWED) and _value(s) is None for s in _flat(body)):
        return False
    if isinstance(loop, ast.While):
        counter = _counter(loop)
        if counter is None or counter not in body:
            return False
        body.remove(counter)
        given = Items(counter.target, ast.Constant(value=None), module)
        given.indices, given.others = given.others, set()
    else:
        given = Items(loop.target, loop.iter, module)
    if not 0 < len(body) <= _MOST:
        return False
    return _Body(given, body, module).computes()


def is_elementwise_comprehension(node: ast.ListComp | ast.GeneratorExp, module: Module) -> bool:
    """Whether each item that it makes is computed from items of arrays."""
    if len(node.generators) != 1 or not _is_arithmetic(node.elt):
        return False
    part = node.generators[0]
    given = Items(part.target, part.iter, module)
    if not given.items | given.indices:
        return False
    return _Body(given, [], module).suits(node.elt, [*part.ifs, node.elt])


def is_elementwise_map(node: ast.Call, module: Module) -> bool:
    """`map(lambda x: x * 2, array)`."""
    if len(node.args) != 2 or not isinstance(node.args[0], ast.Lambda) or not module.is_builtin(node.func, "map"):
        return False
    function, items = node.args
    names = [arg.arg for arg in function.args.args]  # type: ignore[attr-defined]
    if len(names) != 1 or not is_array(items, module):
        return False
    given = Items(ast.Name(names[0], ast.Store()), items, module)
    value: ast.expr = function.body  # type: ignore[attr-defined]
    return _Body(given, [], module).suits(value, [value])


def _counter(loop: ast.While) -> ast.AugAssign | None:
    """`i += 1` of a loop whose condition asks for `i`."""
    if not isinstance(loop.test, ast.Compare) or any(isinstance(part, ast.Subscript) for part in ast.walk(loop.test)):
        return None  # the items decide when it ends
    asked = names_in(loop.test)
    for statement in loop.body:
        if not isinstance(statement, ast.AugAssign) or not isinstance(statement.op, ast.Add):
            continue
        if (
            isinstance(statement.value, ast.Constant)
            and isinstance(statement.target, ast.Name)
            and statement.target.id in asked
        ):
            return statement
    return None


class _Body:
    """The statements of a loop."""

    def __init__(self, given: Items, body: list[ast.stmt], module: Module) -> None:
        self._given = given
        self._body = body
        self._module = module
        self._known: set[str] = set()  # temporaries of this turn
        self._arrays = False  # an item of an array is read, or one is set
        self._works = False

    def computes(self) -> bool:
        """Whether all statements are arithmetic, at least one of them on an item of an array."""
        kept = _kept(self._body)
        suits = kept is not None and not self._goes_on() and all(self._suits(s, kept) for s in self._body)
        return suits and self._arrays and self._works

    def suits(self, value: ast.expr, parts: list[ast.expr]) -> bool:
        """The same for the parts of a comprehension."""
        self._works = _is_arithmetic(value)
        return all(self._plain(part, set()) for part in parts) and self._arrays and self._works and self._varies(value)

    def _suits(self, statement: ast.stmt, kept: set[str], *, asked: bool = False) -> bool:
        if isinstance(statement, (ast.Continue, ast.Pass)):
            return True
        if isinstance(statement, ast.If):
            asked = asked or self._varies(statement.test)
            inner = [*statement.body, *statement.orelse]
            return self._plain(statement.test, kept) and all(self._suits(s, kept, asked=asked) for s in inner)
        value = _value(statement)
        if value is None:
            return False
        target = _target(statement)
        own = dotted(target) if isinstance(target, (ast.Name, ast.Attribute)) else None
        grows = isinstance(statement, ast.AugAssign) or (own is not None and own in _paths(value) and own not in self._known)
        if not self._plain(value, kept - ({own} if own is not None and _adds_to_itself(value, own) else set())):
            return False
        if isinstance(target, ast.Subscript):
            if not self._is_at_index(target):
                return False
            self._arrays |= is_array(_root(target), self._module)
        elif target is not None and not grows:
            self._known |= names_in(target)
        computes = _is_arithmetic(value)
        varies = self._varies(value) or (grows and (asked or not isinstance(target, ast.Name)))
        self._works |= (grows or computes) and varies
        return True

    def _varies(self, value: ast.expr) -> bool:
        """Whether the value changes with the turn."""
        return not (self._given.all | self._known).isdisjoint(names_in(value))

    def _plain(self, value: ast.expr, kept: set[str]) -> bool:
        for part in ast.walk(value):
            if not isinstance(part, _PARTS):
                return False
            if isinstance(part, ast.Constant) and not isinstance(part.value, (int, float, complex)):
                if not isinstance(self._module.parent(part), ast.Subscript):  # the name of a column
                    return False
                continue
            if isinstance(part, (ast.Name, ast.Attribute)) and dotted(part) in kept and dotted(part) not in self._known:
                return False  # made by the turn before
            if isinstance(part, ast.Tuple) and not isinstance(self._module.parent(part), ast.Subscript):
                return False
            if isinstance(part, ast.Call) and not self._is_numeric(part):
                return False
            if isinstance(part, ast.Name) and part.id in self._given.items:
                self._arrays = True
            if isinstance(part, ast.Subscript) and self._is_at_index(part) and is_array(_root(part), self._module):
                self._arrays = True
        return True

    def _is_numeric(self, call: ast.Call) -> bool:
        """`abs(x)`, `math.sqrt(x)`, `np.exp(x)`."""
        name = self._module.qualified_name(call.func) or ""
        if name.startswith(("math.", "cmath.")):
            return True
        if name.startswith("numpy."):
            return name.partition(".")[2] in UFUNCS | _MORE
        called = call.func
        known = isinstance(called, ast.Name) and called.id in _BUILTINS | _TYPES
        return known and self._module.is_builtin(called, called.id)  # type: ignore[attr-defined]

    def _is_at_index(self, node: ast.Subscript) -> bool:
        names: set[str] = set()
        part: ast.expr = node
        while isinstance(part, ast.Subscript):
            if any(isinstance(inner, ast.Slice) for inner in ast.walk(part.slice)):
                return False
            names |= names_in(part.slice)
            part = part.value
        return not self._given.indices.isdisjoint(names)

    def _goes_on(self) -> bool:
        """Whether a turn reads or sets other places of an array that it sets."""
        parts = [part for statement in self._body for part in ast.walk(statement) if isinstance(part, ast.Subscript)]
        places = [(ast.unparse(_root(part)), ast.unparse(part), part.ctx) for part in parts if not self._is_inner(part)]
        stored = {array: place for array, place, context in places if isinstance(context, ast.Store)}
        return any(stored.get(array, place) != place for array, place, _ in places)

    def _is_inner(self, part: ast.Subscript) -> bool:
        """`a[i]` in `a[i][j]`."""
        holder = self._module.parent(part)
        return isinstance(holder, ast.Subscript) and holder.value is part


def _is_arithmetic(value: ast.expr) -> bool:
    """Whether it computes, and does not only convert or choose."""
    for part in ast.walk(value):
        if isinstance(part, (ast.BinOp, ast.UnaryOp)) and not _is_index(part, value):
            return not (isinstance(part, ast.UnaryOp) and isinstance(part.operand, ast.Constant))
        if isinstance(part, ast.Call) and not (isinstance(part.func, ast.Name) and part.func.id in _TYPES):
            return True
        if isinstance(part, ast.IfExp) and any(isinstance(each, _ORDERS) for each in ast.walk(part.test)):
            return True
    return False


def _is_index(part: ast.expr, value: ast.expr) -> bool:
    """Whether it stands in the brackets of the value: `a[i + 1]`."""
    slices = (sub.slice for sub in ast.walk(value) if isinstance(sub, ast.Subscript))
    return any(inner is part for each in slices for inner in ast.walk(each))


def _root(node: ast.Subscript) -> ast.expr:
    """`a` in `a[i][j]`; `frame["x"]` in `frame["x"].iloc[i]`."""
    value = node.value
    while isinstance(value, ast.Subscript) and not (
        isinstance(value.slice, ast.Constant) and isinstance(value.slice.value, str)
    ):
        value = value.value
    return value.value if isinstance(value, ast.Attribute) and value.attr in _PLACES else value


def _flat(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        yield statement
        if isinstance(statement, ast.If):
            yield from _flat(statement.body)
            yield from _flat(statement.orelse)


def _kept(body: list[ast.stmt]) -> set[str] | None:
    """The names and attributes that the body gives values to; None where it does so to what the rule does not follow."""
    kept: set[str] = set()
    for statement in _flat(body):
        target = _target(statement)
        path = dotted(target) if isinstance(target, (ast.Name, ast.Attribute)) else None
        if isinstance(target, ast.Attribute) and (path is None or not isinstance(statement, ast.AugAssign)):
            return None
        if path is not None:
            kept.add(path)
    return kept


def _target(statement: ast.stmt) -> ast.expr | None:
    if isinstance(statement, ast.Assign):
        return statement.targets[0] if len(statement.targets) == 1 else None
    return statement.target if isinstance(statement, (ast.AugAssign, ast.AnnAssign)) else None


def _value(statement: ast.stmt) -> ast.expr | None:
    """What the statement computes, when it is one that stores or collects a number."""
    if isinstance(statement, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
        target = _target(statement)
        return statement.value if isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)) else None
    call = statement.value if isinstance(statement, ast.Expr) else None
    appends = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "append"
    return call.args[0] if appends and isinstance(call, ast.Call) and len(call.args) == 1 else None


def _paths(value: ast.expr) -> set[str | None]:
    return {dotted(part) for part in ast.walk(value) if isinstance(part, (ast.Name, ast.Attribute))}


def _adds_to_itself(value: ast.expr, path: str) -> bool:
    """`total + x`, `max(total, x)`: all that the turn before left is added to."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.Sub, ast.Mult)):
        return dotted(value.left) == path and path not in _paths(value.right)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in ("max", "min"):
        return [dotted(item) for item in value.args].count(path) == 1 and len(value.args) == 2
    return False
