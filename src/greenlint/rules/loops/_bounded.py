"""Recognises lists that stay short however long the loop runs: windows, digits, parts of a path, literals that only shrink."""

from __future__ import annotations

import ast

from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.repeat import may_grow

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.names import Binding
    from greenlint.source.repeat import Loop

_GROWING = frozenset({"append", "appendleft", "extend", "insert"})
_CLIMBING = frozenset({"dirname", "rpartition", "rsplit"})
_UPWARDS = frozenset({"parent", "parents", "__cause__", "__context__", "f_back", "tb_next"})


def stays_short(
    node: ast.Call | ast.Delete, receiver: ast.expr, bindings: list[Binding], loop: Loop, module: Module, *, inserts: bool
) -> bool:
    """Whether the code around `xs.insert(0, x)`, `xs.pop(0)` or `del xs[0]` keeps the list short, or needs it sorted."""
    path = dotted(receiver) or ""
    if _climbs(loop, module) or _takes_digits(loop):
        return True
    if any(each.func.attr == "sort" for each in _calls(path, loop)):  # type: ignore[attr-defined]
        return True  # it needs a heap, not a deque
    if inserts:
        return _moves_to_front(path, loop)
    return _is_window(node, path, loop, module) or _only_shrinks(receiver, bindings, module)


def drains(path: str, loop: Loop) -> bool:
    """Whether the loop runs for as long as the list has items."""
    return isinstance(loop, ast.While) and any(dotted(node) == path for node in ast.walk(loop.test))


def _calls(path: str, holder: ast.AST) -> Iterator[ast.Call]:
    """Method calls on the list, within `holder`."""
    for node in ast.walk(holder):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and dotted(node.func.value) == path:
            yield node


def _climbs(loop: Loop, module: Module) -> bool:
    """A walk from a file or node up to its root takes a handful of steps."""
    if isinstance(loop, (ast.For, ast.AsyncFor)):
        return any(isinstance(node, ast.Attribute) and node.attr in _UPWARDS for node in ast.walk(loop.iter))
    if not isinstance(loop, ast.While):
        return False
    for node in ast.walk(loop):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name)):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if name in _CLIMBING or module.qualified_name(node.func) == "os.path.split":
                return True
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute) and node.value.attr in _UPWARDS:
            return True
    return False


def _takes_digits(loop: Loop) -> bool:
    """`while n: ...; n //= 10` runs once per digit."""
    if not isinstance(loop, ast.While):
        return False
    tested = {node.id for node in ast.walk(loop.test) if isinstance(node, ast.Name)}
    for node in ast.walk(loop):
        if isinstance(node, ast.AugAssign) and isinstance(node.op, (ast.FloorDiv, ast.RShift, ast.Div)):
            return isinstance(node.target, ast.Name) and node.target.id in tested
        if isinstance(node, ast.Assign) and _divides(node.value):
            return any(isinstance(n, ast.Name) and n.id in tested for target in node.targets for n in ast.walk(target))
    return False


def _divides(value: ast.expr) -> bool:
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, (ast.FloorDiv, ast.RShift))
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "divmod"


def _moves_to_front(path: str, loop: Loop) -> bool:
    """The loop takes the item out before it inserts it: the length stays as it was."""
    if any(isinstance(n, ast.Delete) and any(ast.unparse(t).startswith(f"{path}[") for t in n.targets) for n in ast.walk(loop)):
        return True
    return any(call.func.attr == "remove" or (call.func.attr == "pop" and call.args) for call in _calls(path, loop))  # type: ignore[attr-defined]


def _is_window(node: ast.AST, path: str, loop: Loop, module: Module) -> bool:
    """`if len(items) > n: items.pop(0)`, or a `for` that takes one item for each that it adds."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.If, ast.While)) and child is not ancestor.test and _compares_length(ancestor.test, path):
            return True
        if ancestor is loop:
            break
        child = ancestor
    if not isinstance(loop, (ast.For, ast.AsyncFor)):
        return False
    added = [each for each in _calls(path, loop) if each.func.attr in _GROWING]  # type: ignore[attr-defined]
    return bool(added) and all(each.func.attr == "append" and module.loop(each) is loop for each in added)  # type: ignore[attr-defined]


def _compares_length(test: ast.expr, path: str) -> bool:
    """`len(items) > n` for an n other than 0 and 1, which only ask whether there is something."""
    for compare in (node for node in ast.walk(test) if isinstance(node, ast.Compare)):
        if isinstance(compare.ops[0], (ast.Gt, ast.GtE, ast.Eq)) and ast.unparse(compare.left) == f"len({path})":
            limit = compare.comparators[0]
            return not (isinstance(limit, ast.Constant) and limit.value in (0, 1))
    return False


def _only_shrinks(receiver: ast.expr, bindings: list[Binding], module: Module) -> bool:
    """Whether the list is written out in full and nothing in this file makes it longer."""
    values = [binding.value for binding in bindings]
    if not values or not all(isinstance(value, ast.List) and value.elts for value in values):
        return False
    if isinstance(receiver, ast.Name):
        names = names_of(module)
        scope = names.scope(receiver)
        return scope is not None and not any(may_grow(load, module) for load in names.loads(receiver.id, scope))
    path = dotted(receiver)
    return not any(
        isinstance(each.func, ast.Attribute) and dotted(each.func.value) == path
        for method in _GROWING
        for each in module.calls(method)
    )
