"""What takes the items of a container one by one, so that it needs no container, and what the container may be needed for."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.data._lazy import only_looked_at
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_USERS = frozenset({"all", "any", "dict", "frozenset", "list", "max", "min", "set", "sorted", "sum", "tuple"})
"""Builtins that use their items up at once."""
_PASSING = frozenset({"enumerate", "filter", "iter", "map", "zip"})
"""Builtins that pass them on, one by one."""
_FUNCTIONS = frozenset(
    {
        *("collections.Counter", "collections.OrderedDict", "collections.deque", "functools.reduce"),
        *("heapq.nlargest", "heapq.nsmallest", "math.fsum", "math.prod", "numpy.fromiter"),
    }
)
_METHODS = frozenset(
    {
        *("difference_update", "extend", "extendleft", "fromkeys", "intersection_update", "isdisjoint", "issuperset", "join"),
        *("symmetric_difference_update", "update", "writelines", "writerows"),
    }
)
"""Methods of lists, sets, dicts, texts, files and writers of tables, which are known by their name alone."""
_SET_METHODS = frozenset({"difference", "intersection", "symmetric_difference", "union"})
"""Those of sets that an index of pandas has as well, which wants a list."""
_SHELTERS = (ast.With, ast.AsyncWith, ast.Try)
_ANY = frozenset({(ast.Gt, 0), (ast.GtE, 1), (ast.NotEq, 0), (ast.Eq, 0), (ast.Lt, 1), (ast.LtE, 0)})
"""Comparisons of a length that ask no more than whether there is an item."""


class Taker(NamedTuple):
    """What takes the items.

    name      how it is called
    is_sure   whether the function is known, and uses them up on the spot
    receiver  what the items are put into, for a method
    """

    name: str
    is_sure: bool = False
    receiver: ast.expr | None = None


def taker(value: ast.expr, module: Module) -> Taker | None:
    """What takes the items of `value`, a container or its only mention, one by one; None where the container is needed."""
    holder = module.parent(value)
    if isinstance(holder, ast.Call):
        return _call(holder, value, module)
    if isinstance(holder, ast.YieldFrom):
        return Taker("yield from")
    if isinstance(holder, ast.Compare) and isinstance(holder.ops[-1], (ast.In, ast.NotIn)):
        return Taker("in") if holder.comparators[-1] is value else None
    if isinstance(holder, ast.Assign) and len(holder.targets) == 1 and isinstance(holder.targets[0], (ast.List, ast.Tuple)):
        return Taker("=")
    return None


def _call(call: ast.Call, value: ast.expr, module: Module) -> Taker | None:
    func = call.func
    if value not in call.args:
        return None
    place = call.args.index(value)
    name = module.qualified_name(func) or ""
    if isinstance(func, ast.Name) and func.id in _USERS | _PASSING and module.is_builtin(func, func.id):
        if func.id in ("map", "filter") or place:
            return Taker(func.id) if (func.id in ("map", "filter") and place) or func.id == "zip" else None
        alone = len(call.args) == 1 or func.id in ("enumerate", "sum", "zip")
        return Taker(func.id, is_sure=func.id in _USERS) if alone else None
    if name in _FUNCTIONS:
        last = 0 if name not in ("functools.reduce", "heapq.nlargest", "heapq.nsmallest") else 1
        return Taker(name.rpartition(".")[2], is_sure=True) if place == last else None
    if name.startswith("itertools."):
        return Taker(name) if name != "itertools.repeat" else None
    if not isinstance(func, ast.Attribute) or place or (name and name != "dict.fromkeys"):
        return None
    known = func.attr in _METHODS or (func.attr in _SET_METHODS and "pandas" not in module.packages)
    return Taker(func.attr, receiver=func.value) if known else None


def asks_for_one(value: ast.expr, module: Module) -> bool:
    """Whether nothing is asked of `value` but whether it has an item: `if [...]:`, `not list(...)`, `len([...]) > 0`."""
    holder = module.parent(value)
    if isinstance(holder, (ast.If, ast.IfExp, ast.While)):
        return holder.test is value
    if isinstance(holder, ast.UnaryOp):
        return isinstance(holder.op, ast.Not)
    if not (isinstance(holder, ast.Call) and holder.args == [value] and not holder.keywords):
        return False
    if module.is_builtin(holder.func, "bool"):
        return True
    test = module.parent(holder)
    if not (module.is_builtin(holder.func, "len") and isinstance(test, ast.Compare) and test.left is holder):
        return False
    other = test.comparators[0]
    return len(test.ops) == 1 and isinstance(other, ast.Constant) and (type(test.ops[0]), other.value) in _ANY


def is_kept(node: ast.expr, value: ast.expr, read: list[ast.Name], module: Module) -> bool:
    """Whether the container holds on to something meanwhile: to what is `read`, which is touched, or to an open file or a handled error.

    `value` is the mention by which the container `node` is used.
    """
    if value is node:
        return False
    later = set(module.ancestors(value))
    if any(isinstance(holder, _SHELTERS) and holder not in later for holder in module.ancestors(node)):
        return True
    names = names_of(module)
    first, last = (node.end_lineno or node.lineno, node.end_col_offset or 0), (value.lineno, value.col_offset)
    for name in read:
        scope = names.scope(name)
        for use in names.uses(name.id, scope) if scope is not None else ():
            if first < (use.lineno, use.col_offset) < last and not only_looked_at(use, module):
                return True
    return False
