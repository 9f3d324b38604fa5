"""Follows a value from where it is made to where it is used up, as long as it has one name and one use."""

from __future__ import annotations

import ast

from greenlint.model.fix import Edit
from greenlint.source.names import names_of
from greenlint.source.repeat import next_statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

IterationSite = ast.For | ast.AsyncFor | ast.comprehension


def final_use(node: ast.expr, module: Module) -> ast.expr:
    """Where the value of `node` is used: `node` itself, or the one mention of the one name that it is given.

    A name that is bound twice, read twice, read in another function, or read in a loop that it was not made in, ends the walk.
    """
    holder = module.parent(node)
    while isinstance(holder, ast.Await):
        node, holder = holder, module.parent(holder)
    if not (isinstance(holder, ast.Assign) and len(holder.targets) == 1 and isinstance(holder.targets[0], ast.Name)):
        return node
    target = holder.targets[0]
    names = names_of(module)
    scope = names.scope(target)
    if scope is None or len(names.bindings(target.id, scope)) != 1:
        return node
    loads = names.loads(target.id, scope)
    if len(names.uses(target.id, scope)) != 2 or len(loads) != 1:
        return node
    load = loads[0]
    if module.scope(load) is not module.scope(target) or module.loop(load) is not module.loop(target):
        return node
    return final_use(load, module)


def iteration(node: ast.expr, module: Module) -> IterationSite | None:
    """The loop or comprehension that walks the value of `node`, directly or through `enumerate`."""
    holder = module.parent(node)
    if isinstance(holder, ast.Call) and holder.args and holder.args[0] is node and module.is_builtin(holder.func, "enumerate"):
        node, holder = holder, module.parent(holder)
    if isinstance(holder, (ast.For, ast.AsyncFor, ast.comprehension)) and holder.iter is node:
        return holder
    return None


def is_lazy(site: IterationSite, module: Module) -> bool:
    """True for a generator expression that is not used up on the spot, so that it may run after its source was closed."""
    holder = module.parent(site)
    if not isinstance(holder, ast.GeneratorExp):
        return False
    call = module.parent(holder)
    eager = ("all", "any", "dict", "frozenset", "list", "max", "min", "set", "sorted", "sum", "tuple")
    if isinstance(call, ast.Call) and call.args[:1] == [holder]:
        return not (
            any(module.is_builtin(call.func, name) for name in eager)
            or (isinstance(call.func, ast.Attribute) and call.func.attr in ("join", "extend", "update", "writelines"))
        )
    return True


def repeated_part(site: IterationSite, module: Module) -> list[ast.AST]:
    """What runs once per item: the body of the loop, or the rest of the comprehension."""
    if isinstance(site, ast.comprehension):
        holder = module.parents[site]
        return [child for child in ast.iter_child_nodes(holder) if child is not site] + list(site.ifs)
    return list(site.body)


def inline(node: ast.expr, use: ast.expr, text: str, module: Module) -> tuple[Edit, ...] | None:
    """Edits that put `text` where the value of `node` is used; `use` comes from `final_use(node)`.

    When the value had a name, its assignment must stand alone on the line before the loop, and goes.
    """
    start, end = module.span(use)
    if use is node:
        return (Edit(start, end, text),)
    assignment = module.statement(node)
    if not (isinstance(assignment, ast.Assign) and assignment.value is node):
        return None
    loop = module.statement(use)
    if next_statement(assignment, module) is not loop or "\n" in text:
        return None
    lines = module.lines
    if lines[assignment.lineno - 1][: assignment.col_offset].strip() or b"#" in b"".join(
        lines[assignment.lineno - 1 : loop.lineno - 1]
    ):
        return None
    if lines[loop.lineno - 1][: loop.col_offset].strip():
        return None
    first = module.offset(assignment.lineno, assignment.col_offset)
    return (Edit(first, module.offset(loop.lineno, loop.col_offset), ""), Edit(start, end, text))
