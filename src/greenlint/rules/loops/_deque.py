"""Turns a local list that is used as a queue into a `collections.deque`, when every use of it means the same there."""

from __future__ import annotations

import ast

from greenlint.model.fix import Edit
from greenlint.rules.loops._imports import first_statement
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_SAME_METHODS = frozenset({"append", "clear", "count", "extend", "pop", "remove", "reverse"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def deque_edits(name: ast.Name, module: Module) -> tuple[Edit, ...] | None:
    """Edits of all bindings and uses of the list and of the imports; None when one of them would mean something else."""
    names = names_of(module)
    scope = names.scope(name)
    if not isinstance(scope, _FUNCTIONS):
        return None
    maker = _maker(module)
    if maker is None:
        return None
    edits: list[Edit] = []
    for binding in names.bindings(name.id, scope):
        edit = _bound(binding, maker[0], module)
        if edit is None:
            return None
        edits.append(edit)
    for use in names.loads(name.id, scope):
        edit = _used(use, module)
        if edit is None:
            return None
        edits.append(edit)
    edits = [edit for edit in edits if edit.start != edit.end]
    return (*edits, *maker[1])


def _maker(module: Module) -> tuple[str, tuple[Edit, ...]] | None:
    """How this file can say `deque`, and the import that it lacks."""
    for local, target in module.imports.items():
        if target == "collections.deque" and _imported_at_top(local, module):
            return local, ()
    for local, target in module.imports.items():
        if target == "collections" and _imported_at_top(local, module):
            return f"{local}.deque", ()
    if names_of(module).is_mentioned("deque"):
        return None
    start = first_statement(module)
    return None if start is None else ("deque", (Edit(start, start, "from collections import deque\n"),))


def _imported_at_top(local: str, module: Module) -> bool:
    """Whether an import of the module itself, not of one function, is all that binds the name."""
    bindings = names_of(module).bindings(local, module.tree)
    return len(bindings) == 1 and isinstance(bindings[0].node, ast.alias) and _in_body(bindings[0].node, module)


def _in_body(alias: ast.alias, module: Module) -> bool:
    return module.parent(module.statement(alias)) is module.tree


def _bound(binding: Binding, maker: str, module: Module) -> Edit | None:
    """`q = []`, `q = [a]`, `q = list(x)`; an empty edit where `q += [...]` stays as it is."""
    node, value = binding.node, binding.value
    if isinstance(node, ast.AugAssign):
        extends = isinstance(node.op, ast.Add) and isinstance(node.value, (ast.List, ast.ListComp, ast.Tuple))
        return Edit(0, 0, "") if extends else None
    if not (isinstance(node, ast.Assign) and len(node.targets) == 1 and value is not None):
        return None
    start, end = module.span(value)
    if isinstance(value, (ast.List, ast.ListComp)):
        empty = isinstance(value, ast.List) and not value.elts
        return Edit(start, end, f"{maker}()" if empty else f"{maker}({module.text(value)})")
    if isinstance(value, ast.Call) and module.is_builtin(value.func, "list") and len(value.args) < 2 and not value.keywords:
        start, end = module.span(value.func)
        return Edit(start, end, maker)
    return None


def _used(use: ast.Name, module: Module) -> Edit | None:
    """What a mention of the list becomes; an empty edit where it means the same for a deque, None where it does not."""
    same = Edit(0, 0, "")
    holder = module.parent(use)
    if isinstance(holder, ast.Attribute):
        return _method(holder, module)
    if isinstance(holder, ast.Call) and holder.args == [use] and module.is_builtin(holder.func, "len"):
        return same
    if isinstance(holder, (ast.While, ast.If, ast.IfExp)) and holder.test is use:
        return same
    if isinstance(holder, ast.UnaryOp) and isinstance(holder.op, ast.Not):
        return same
    if isinstance(holder, ast.BoolOp) and _is_tested(holder, module):
        return same
    if isinstance(holder, ast.Subscript) and isinstance(holder.ctx, ast.Load):
        return same if _is_end(holder.slice) else None
    if isinstance(holder, ast.Compare) and use in holder.comparators and isinstance(holder.ops[-1], (ast.In, ast.NotIn)):
        return same
    return None


def _is_tested(node: ast.BoolOp, module: Module) -> bool:
    holder = module.parent(node)
    if isinstance(holder, ast.BoolOp):
        return _is_tested(holder, module)
    return isinstance(holder, (ast.While, ast.If, ast.IfExp)) and holder.test is node


def _is_end(index: ast.expr) -> bool:
    if isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.USub):
        index = index.operand
    return isinstance(index, ast.Constant) and type(index.value) is int and index.value in (0, 1)


def _method(attribute: ast.Attribute, module: Module) -> Edit | None:
    """`pop(0)` becomes `popleft()`, `insert(0, x)` becomes `appendleft(x)`."""
    call = module.parent(attribute)
    if not (isinstance(call, ast.Call) and call.func is attribute) or call.keywords:
        return None
    if attribute.attr in ("pop", "insert") and call.args:
        first = call.args[0]
        if not (isinstance(first, ast.Constant) and type(first.value) is int and first.value == 0):
            return None
        return _at_front(attribute, call, module)
    return Edit(0, 0, "") if attribute.attr in _SAME_METHODS else None


def _at_front(attribute: ast.Attribute, call: ast.Call, module: Module) -> Edit | None:
    start, end = module.span(attribute.value)[1], module.span(call)[1]
    written = module.data[start:end].decode("utf-8")
    if attribute.attr == "pop":
        return Edit(start, end, ".popleft()") if len(call.args) == 1 and "#" not in written else None
    if len(call.args) != 2 or isinstance(call.args[1], (ast.Starred, ast.GeneratorExp, ast.Yield, ast.YieldFrom)):
        return None
    item = module.text(call.args[1])
    return Edit(start, end, f".appendleft({item})") if "#" not in written.replace(item, "") else None
