"""Names that a block defines or imports, and then defines or imports again."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

    _Again = tuple[Any, Any, str]

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTS = (ast.Import, ast.ImportFrom)
_BUILDING = ("overload", "setter", "getter", "deleter", "register")


def bound_again(holder: Any, module: Module) -> Iterator[_Again]:
    """The statement that binds first, the part that binds again, and the name."""
    known: dict[str, Any] = dict(_of_the_module(module)) if isinstance(holder, _DEFINITIONS[:2]) else {}
    for statement in holder.body:
        for name, part in _bound(statement):
            before = known.get(name)
            if before is not None and not (_builds_on(part, name) or _builds_on(before, name)):
                yield before, part, name
            known[name] = part


def _of_the_module(module: Module) -> dict[str, Any]:
    """What the imports at the top of the file bind, found once."""
    notes: dict[Any, Any] = module.notes.setdefault("imports of the module", {})
    if 0 not in notes:
        notes[0] = {name: part for one in module.tree.body if isinstance(one, _IMPORTS) for name, part in _bound(one)}
    found: dict[str, Any] = notes[0]
    return found


def _bound(statement: ast.stmt) -> Iterator[tuple[str, Any]]:
    if isinstance(statement, _DEFINITIONS):
        if statement.name.strip("_"):
            yield statement.name, statement
    elif isinstance(statement, _IMPORTS):
        for alias in statement.names:
            name = alias.asname or (alias.name if isinstance(statement, ast.ImportFrom) else alias.name.partition(".")[0])
            adds = "." in alias.name and not alias.asname  # `import a.b` and `import a.c` add to one name
            if name != "*" and not adds:
                yield name, alias


def _builds_on(part: Any, name: str) -> bool:
    """Whether a decorator registers it, or makes it one of several that belong together."""
    for decorator in getattr(part, "decorator_list", ()):
        text = ast.unparse(decorator)
        if text.startswith(f"{name}.") or any(word in text for word in _BUILDING):
            return True
    return False
