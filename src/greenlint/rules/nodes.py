"""Reads off a rule which nodes of the syntax tree it wants to see."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.rules.base import FileRule


def node_kinds(rule: FileRule | type[FileRule]) -> tuple[type[ast.AST], ...]:
    """The node classes named by the annotation of `check`'s `node` parameter.

    Raises TypeError naming the rule when the annotation does not consist of `ast` classes.
    """
    annotation = rule.check.__annotations__.get("node", "")
    if not isinstance(annotation, str):
        raise TypeError(f"{rule.code}: the rule's file lacks `from __future__ import annotations`")
    kinds = []
    for part in annotation.split("|"):
        kind = getattr(ast, part.strip().removeprefix("ast."), None)
        if not (isinstance(kind, type) and issubclass(kind, ast.AST)):
            raise TypeError(f"{rule.code}: `check(node: {annotation})` does not name nodes of ast")
        kinds.append(kind)
    return tuple(kinds)
