"""Builtins in files that give one of their names another meaning somewhere: where the name still means the builtin."""

from __future__ import annotations

import ast
import builtins

from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from greenlint.model.finding import Finding
    from greenlint.source.module import Module

_DOUBTED = 40
"""The most confidence in a finding about a builtin whose name the file also uses for something else."""


def is_builtin_here(node: ast.AST, name: str, module: Module) -> bool:
    """Whether `node` is the bare name `name` and nothing in its own scopes binds it before it is used here."""
    if not isinstance(node, ast.Name) or node.id != name:
        return False
    if module.is_builtin(node, name):
        return True
    names = names_of(module)
    scope = names.scope(node)
    if scope is None:
        return True
    if scope is not module.tree or module.scope(node) is not module.tree:
        return False
    return all(getattr(binding.node, "lineno", 0) > node.lineno for binding in names.bindings(name, scope))


def doubted(findings: Iterable[Finding], node: ast.AST, module: Module) -> Iterator[Finding]:
    """`findings` about `node`, with less confidence and no fix where a name that it calls has another meaning elsewhere."""
    for finding in findings:
        called = _called(node)
        if finding.confidence > _DOUBTED and not all(module.is_builtin(name, name.id) for name in called):
            yield finding._replace(confidence=_DOUBTED, fix=None)
        else:
            yield finding


def _called(node: ast.AST) -> list[ast.Name]:
    """The names of builtins that the calls use at the top of an expression: `sorted` and `list` in `sorted(list(x))[0]`."""
    found: list[ast.Name] = []
    part: ast.AST | None = node.value if isinstance(node, ast.Subscript) else node
    while isinstance(part, ast.Call):
        if isinstance(part.func, ast.Name) and hasattr(builtins, part.func.id):
            found.append(part.func)
        part = part.args[0] if part.args else None
    return found
