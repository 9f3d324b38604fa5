"""The place of a statement in its block, looked up once for each block."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from typing import Any

    from greenlint.source.module import Module


def place_in_block(statement: ast.AST, module: Module) -> tuple[list[ast.stmt], int]:
    """The list of statements that holds this one, and its place there; an empty list for what is not a statement."""
    notes: dict[int, Any] = module.notes.setdefault("source.blocks", {})
    parent = module.parent(statement)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(parent, field, None)
        if not isinstance(block, list):
            continue
        places: dict[ast.AST, int] | None = notes.get(id(block))
        if places is None:
            places = notes[id(block)] = {each: number for number, each in enumerate(block)}
        if statement in places:
            return block, places[statement]
    return [], 0
