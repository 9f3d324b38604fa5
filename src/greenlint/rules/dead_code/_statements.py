"""The edit that takes out one whole statement."""

from __future__ import annotations

import ast

from greenlint.rules.base import Edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_WITH_BODIES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def whole_statement(statement: ast.stmt, module: Module) -> Edit | None:
    """Deletes the lines of a statement that has them to itself; `pass` where its block would be empty; None elsewhere.

    A comment would go with it, so there is no edit where there is one, unless it is part of a function or class.
    """
    if not module.utf8:
        return None
    decorators = getattr(statement, "decorator_list", None)
    first = decorators[0].lineno if decorators else statement.lineno
    last = statement.end_lineno or statement.lineno
    lines = module.lines[first - 1 : last]
    before, after = lines[0][: statement.col_offset], lines[-1][statement.end_col_offset or 0 :]
    commented = not isinstance(statement, _WITH_BODIES) and any(b"#" in line for line in lines)
    if before.strip() or after.strip() or commented:
        return None
    if first > 1 and module.lines[first - 2].endswith(b"\\"):
        return None
    holder = module.parents[statement]
    block = next(b for b in (getattr(holder, f, None) or [] for f in ("body", "orelse", "finalbody")) if statement in b)
    if len(block) == 1 and not isinstance(holder, ast.Module):
        return Edit(module.offset(first, statement.col_offset), module.span(statement)[1], "pass")
    return Edit(module.offset(first, 0), module.offset(last + 1, 0), "")
