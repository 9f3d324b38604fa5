"""Turns a local list that is only searched into a set."""

from __future__ import annotations

import ast

from greenlint.model.fix import Edit
from greenlint.source.names import FUNCTIONS, names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_METHODS = {"append": "add", "extend": "update"}
_SAME = Edit(0, 0, "")


def set_edits(name: ast.Name, module: Module) -> tuple[Edit, ...] | None:
    """Edits of the bindings and uses of the list; None when one of them needs its order, its duplicates or its positions."""
    names = names_of(module)
    scope = names.scope(name)
    if not isinstance(scope, FUNCTIONS):
        return None
    edits: list[Edit] = []
    for edit in (
        *(_bound(binding, module) for binding in names.bindings(name.id, scope)),
        *(_used(use, module) for use in names.loads(name.id, scope)),
    ):
        if edit is None:
            return None
        edits.append(edit)
    return tuple(edit for edit in edits if edit is not _SAME) or None


def _bound(binding: Binding, module: Module) -> Edit | None:
    value = binding.value
    if not (isinstance(binding.node, ast.Assign) and len(binding.node.targets) == 1 and value is not None):
        return None
    start, end = module.span(value)
    if isinstance(value, (ast.ListComp, ast.List)):
        inner = module.data[start + 1 : end - 1].decode("utf-8")
        return Edit(start, end, f"{{{inner}}}" if isinstance(value, ast.ListComp) or value.elts else "set()")
    if isinstance(value, ast.Call) and not value.keywords and len(value.args) < 2:
        made = module.is_builtin(value.func, "list") or module.is_builtin(value.func, "sorted")
        return Edit(*module.span(value.func), "set") if made else None
    return None


def _used(use: ast.Name, module: Module) -> Edit | None:
    holder = module.parent(use)
    if isinstance(holder, ast.Compare):
        only = use in holder.comparators and all(isinstance(op, (ast.In, ast.NotIn)) for op in holder.ops)
        return _SAME if only else None
    if isinstance(holder, (ast.If, ast.While, ast.IfExp)):
        return _SAME if holder.test is use else None
    if isinstance(holder, ast.UnaryOp):
        return _SAME if isinstance(holder.op, ast.Not) else None
    return _method(holder, module) if isinstance(holder, ast.Attribute) else None


def _method(attribute: ast.Attribute, module: Module) -> Edit | None:
    """`append` becomes `add`, `extend` becomes `update`."""
    call = module.parent(attribute)
    if attribute.attr not in _METHODS or not (isinstance(call, ast.Call) and call.func is attribute and len(call.args) == 1):
        return None
    if not isinstance(module.parent(call), ast.Expr):
        return None
    end = module.span(attribute)[1]
    return Edit(end - len(attribute.attr), end, _METHODS[attribute.attr])
