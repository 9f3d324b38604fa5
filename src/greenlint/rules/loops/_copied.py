"""Copies of sequences in other words than `list(xs)`, and iterators that need no list to be walked."""

from __future__ import annotations

import ast

from greenlint.source.infer import dotted
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

MAKERS = words("os.listdir glob.glob re.findall re.split shlex.split random.sample")
"""Functions whose result nobody else holds."""
_ITERATORS = ("enumerate", "filter", "map", "reversed", "zip")


def copied_by_hand(walked: ast.expr, module: Module) -> ast.expr | None:
    """What `xs[:]`, `[*xs]`, `xs.copy()` and `copy.copy(xs)` copy."""
    if isinstance(walked, ast.Subscript) and isinstance(walked.slice, ast.Slice):
        part = walked.slice
        return walked.value if part.lower is None and part.upper is None and part.step is None else None
    if isinstance(walked, (ast.List, ast.Tuple)) and len(walked.elts) == 1 and isinstance(walked.elts[0], ast.Starred):
        return walked.elts[0].value
    if not isinstance(walked, ast.Call):
        return None
    if module.qualified_name(walked.func) == "copy.copy":
        return walked.args[0] if walked.args else None
    plain = isinstance(walked.func, ast.Attribute) and walked.func.attr == "copy" and not walked.args
    return walked.func.value if plain and isinstance(walked.func, ast.Attribute) else None


def source_of(value: ast.expr, module: Module) -> list[ast.Name] | None:
    """The names that an iterator reads, functions left out; None where it is none, or nobody knows what it reads."""
    if isinstance(value, ast.Call):
        if not any(module.is_builtin(value.func, name) for name in _ITERATORS):
            return None
        items = value.args[1:] if any(module.is_builtin(value.func, name) for name in ("filter", "map")) else value.args
        if not all(isinstance(item, ast.Name) for item in items):
            return None
        return [item for item in items if isinstance(item, ast.Name)]
    if not isinstance(value, ast.GeneratorExp) or any(part.is_async for part in value.generators):
        return None
    walked = value.generators[0].iter
    plain = isinstance(walked, ast.Name) or (isinstance(walked, ast.Call) and module.is_builtin(walked.func, "range"))
    inner = [part for part in ast.walk(value) if isinstance(part, ast.Call) and part is not walked]
    if not plain or any(dotted(call.func) is None for call in inner):
        return None
    return [walked] if isinstance(walked, ast.Name) else []


def waits(loop: ast.AST) -> bool:
    """Whether the loop lets other code run meanwhile."""
    return any(isinstance(part, (ast.Await, ast.Yield, ast.YieldFrom)) for part in ast.walk(loop))
