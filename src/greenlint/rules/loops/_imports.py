"""How a fix can name a standard module: by the import that the file has at its top, or by one that is added there."""

from __future__ import annotations

import ast

from greenlint.model.fix import Edit
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module


def import_of(module_name: str, module: Module) -> tuple[str, tuple[Edit, ...]] | None:
    """The local name of a module and the edit that imports it; None when the name means something else here."""
    names = names_of(module)
    for local, target in module.imports.items():
        if target == module_name:
            bindings = names.bindings(local, module.tree)
            top = len(bindings) == 1 and module.parent(module.statement(bindings[0].node)) is module.tree
            if top:
                return local, ()
    if names.is_mentioned(module_name):
        return None
    place = first_statement(module)
    if place is None:
        return None
    return module_name, (Edit(place, place, f"import {module_name}\n"),)


def first_statement(module: Module) -> int | None:
    """Where a new import may stand: before the first statement that is neither the docstring nor a __future__ import."""
    for statement in module.tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            continue
        if statement is module.tree.body[0] and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        line = statement.decorator_list[0].lineno if getattr(statement, "decorator_list", None) else statement.lineno  # type: ignore[attr-defined]
        if module.lines[line - 1][:1].isspace() or statement.col_offset:
            return None
        return module.offset(line, 0)
    return None
