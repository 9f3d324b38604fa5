"""Loops that do nothing but put items into one list, set or dict, and how a comprehension says the same."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_METHODS = {"append": "list", "add": "set"}
_LONGEST = 100
"""Columns of the longest line that a fix writes before it takes several."""


class Collected(NamedTuple):
    """What a loop fills.

    kind     "list", "set" or "dict"
    place    the name or attribute that holds it
    items    the element, or key and value
    tests    the conditions in their order, and whether each must hold
    """

    kind: str
    place: ast.expr
    items: tuple[ast.expr, ...]
    tests: tuple[tuple[ast.expr, bool], ...]


def collected(loop: ast.For | ast.AsyncFor) -> Collected | None:
    """What the loop fills, when it does nothing else."""
    tests: list[tuple[ast.expr, bool]] = []
    body = loop.body
    while isinstance(body[0], ast.If) and not body[0].orelse:
        first = body[0]
        if len(body) == 1:
            tests.append((first.test, True))
            body = first.body
        elif len(first.body) == 1 and isinstance(first.body[0], ast.Continue):
            tests.append((first.test, False))
            body = body[1:]
        else:
            return None
    if loop.orelse or len(body) != 1:
        return None
    filled = _filled(body[0])
    if filled is None or dotted(filled[1]) is None:
        return None
    return Collected(*filled, tuple(tests))


def _filled(statement: ast.stmt) -> tuple[str, ast.expr, tuple[ast.expr, ...]] | None:
    """`out.append(x)`, `out += [x]`, `seen.add(x)`, `table[key] = x`."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        func = call.func
        if isinstance(func, ast.Attribute) and func.attr in _METHODS and len(call.args) == 1 and not call.keywords:
            item = call.args[0]
            return None if isinstance(item, ast.Starred) else (_METHODS[func.attr], func.value, (item,))
    if isinstance(statement, ast.AugAssign) and isinstance(statement.op, ast.Add) and isinstance(statement.value, ast.List):
        items = statement.value.elts
        if len(items) == 1 and not isinstance(items[0], ast.Starred):
            return "list", statement.target, (items[0],)
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Subscript):
        target = statement.targets[0]
        if not any(isinstance(part, ast.Slice) for part in ast.walk(target.slice)):
            return "dict", target.value, (target.slice, statement.value)
    return None


def comprehension_text(found: Collected, loop: ast.For, column: int, module: Module) -> str:
    """The comprehension that gives what the loop fills, for a statement whose value starts at `column`."""
    opening, closing = ("[", "]") if found.kind == "list" else ("{", "}")
    element = ": ".join(_operand(item, module, bare=(ast.IfExp, ast.Lambda)) for item in found.items)
    target = module.text(loop.target)
    parts = [element, f"for {target} in {_operand(loop.iter, module)}"]
    for test, holds in found.tests:
        condition = _operand(test, module)
        parts.append(f"if {condition}" if holds else f"if {_negated(test, condition, module)}")
    line = opening + " ".join(parts) + closing
    if column + len(line) <= _LONGEST and "\n" not in line:
        return line
    margin = " " * (len(line_start(loop, module)))
    inner = "".join(f"\n{margin}    {part}" for part in parts)
    return f"{opening}{inner}\n{margin}{closing}"


def line_start(node: ast.AST, module: Module) -> bytes:
    """What stands before a statement on its line."""
    return module.lines[node.lineno - 1][: node.col_offset]  # type: ignore[attr-defined]


def _operand(node: ast.expr, module: Module, bare: tuple[type[ast.AST], ...] = ()) -> str:
    """The text of an expression as it may stand in a comprehension."""
    text = module.text(node)
    closed = text.startswith("(") and isinstance(node, (ast.Tuple, ast.GeneratorExp))
    loose = (ast.IfExp, ast.Lambda, ast.NamedExpr, ast.Tuple, ast.GeneratorExp, ast.Starred)
    broken = "\n" in text and isinstance(node, (ast.BinOp, ast.BoolOp, ast.Compare, ast.UnaryOp))
    return f"({text})" if (isinstance(node, loose) and not isinstance(node, bare) and not closed) or broken else text


def _negated(test: ast.expr, text: str, module: Module) -> str:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _operand(test.operand, module)
    plain = isinstance(test, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)) or text.startswith("(")
    return f"not {text}" if plain else f"not ({text})"
