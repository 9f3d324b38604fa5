"""What the names of a file refer to through its imports."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.source.module import Module


def import_table(module: Module) -> dict[str, str]:
    """Local name -> qualified name; a name that two imports bind to different things is left out."""
    table: dict[str, str] = {}
    conflicting: set[str] = set()

    def bind(local: str, target: str) -> None:
        if table.setdefault(local, target) != target:
            conflicting.add(local)

    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
    for node in by_class.get(ast.Import, ()):
        for alias in node.names:
            if alias.asname:
                bind(alias.asname, alias.name)
            else:
                top = alias.name.split(".")[0]
                bind(top, top)
    for node in by_class.get(ast.ImportFrom, ()):
        prefix = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name != "*":
                separator = "" if prefix.endswith(".") else "."
                bind(alias.asname or alias.name, f"{prefix}{separator}{alias.name}")
    for name in conflicting:
        del table[name]
    return table


def imported_packages(module: Module) -> frozenset[str]:
    """Top-level packages of all absolute imports, wherever in the file they stand."""
    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
    plain = {alias.name.partition(".")[0] for node in by_class.get(ast.Import, ()) for alias in node.names}
    others = {node.module.partition(".")[0] for node in by_class.get(ast.ImportFrom, ()) if node.module and not node.level}
    return frozenset(plain | others)
