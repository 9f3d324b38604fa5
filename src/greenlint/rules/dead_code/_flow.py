"""Whether control can pass a statement: the part of control-flow analysis that needs no graph.

A statement "leaves" when what follows it in its block cannot run. In doubt it does not: a `with` block may swallow an
exception, a call may return, a condition may go either way.
"""

from __future__ import annotations

import ast

from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

EXITS = words("sys.exit os._exit os.abort os.execl os.execle os.execlp os.execv os.execve os.execvp os.execvpe")
"""Functions of the standard library that never return."""

EXIT_NAMES = frozenset(name.rpartition(".")[2] for name in EXITS) | {"quit"}
"""Last parts of the names of calls that may never return."""

JUMPS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_NEVER = ("NoReturn", "Never")


def leaves(statement: ast.stmt, module: Module, *, calls: bool = True) -> bool:
    """True when no execution gets past `statement`; `calls` False trusts no call to end the program."""
    kind = statement.__class__.__name__
    if isinstance(statement, JUMPS):
        return True
    if kind == "Expr":
        value = statement.value  # type: ignore[attr-defined]
        return calls and isinstance(value, ast.Call) and never_returns(value, module)
    if isinstance(statement, ast.If):
        return _if_leaves(statement, module, calls)
    if isinstance(statement, ast.While):
        return constant_truth(statement.test) is True and not has_break(statement)
    if isinstance(statement, ast.Match):
        return _is_exhaustive(statement.cases) and all(_any_leaves(c.body, module, calls) for c in statement.cases)
    if kind in ("Try", "TryStar"):
        return _try_leaves(statement, module, calls)
    return False


def _any_leaves(block: list[ast.stmt], module: Module, calls: bool) -> bool:
    return any(leaves(statement, module, calls=calls) for statement in reversed(block))


def _if_leaves(statement: ast.If, module: Module, calls: bool) -> bool:
    while True:  # along a chain of `elif`, which may be longer than the stack is deep
        known = constant_truth(statement.test)
        if known is True:
            return _any_leaves(statement.body, module, calls)
        if known is None and not _any_leaves(statement.body, module, calls):
            return False
        if not (len(statement.orelse) == 1 and isinstance(statement.orelse[0], ast.If)):
            return _any_leaves(statement.orelse, module, calls)
        statement = statement.orelse[0]


def _try_leaves(statement: Any, module: Module, calls: bool) -> bool:
    if _any_leaves(statement.finalbody, module, calls):
        return True
    body = _any_leaves(statement.body, module, calls) or _any_leaves(statement.orelse, module, calls)
    return body and all(_any_leaves(handler.body, module, calls) for handler in statement.handlers)


def never_returns(call: ast.Call, module: Module) -> bool:
    """True for calls that end the program, and for functions of this file annotated `-> NoReturn`."""
    callee = call.func
    if module.qualified_name(callee) in EXITS:
        return True
    if not isinstance(callee, ast.Name):
        return False
    if callee.id in ("exit", "quit"):
        return module.is_builtin(callee, callee.id)
    bound = module.bindings(callee.id, module.tree)
    return len(bound) == 1 and is_never(bound[0]) and _is_global(callee, module)


def is_never(node: ast.AST) -> bool:
    """True for a plain `def` annotated `-> NoReturn` or `-> Never`."""
    if not isinstance(node, ast.FunctionDef) or node.returns is None:
        return False
    annotation = node.returns
    if isinstance(annotation, ast.Constant):
        return isinstance(annotation.value, str) and annotation.value.rpartition(".")[2] in _NEVER
    name = annotation.attr if isinstance(annotation, ast.Attribute) else getattr(annotation, "id", "")
    return name in _NEVER


def _is_global(name: ast.Name, module: Module) -> bool:
    """True when no function around `name` binds it."""
    return not any(isinstance(scope, SCOPES) and module.bindings(name.id, scope) for scope in module.ancestors(name))


def constant_truth(test: ast.expr) -> bool | None:
    """The truth value of a condition that a constant decides (`0`, `not 1`, `x and False`); None for all others.

    `__debug__`, `TYPE_CHECKING` and comparisons with `sys.version_info` differ between runs and are no constants.
    """
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = constant_truth(test.operand)
        return None if inner is None else not inner
    if isinstance(test, ast.BoolOp):
        decisive = isinstance(test.op, ast.Or)  # one true operand decides an `or`, one false operand an `and`
        if any(constant_truth(operand) is decisive for operand in test.values):
            return decisive
    return None


def has_break(loop: ast.While) -> bool:
    """True when a `break` leaves `loop` itself."""
    return any(isinstance(node, ast.Break) for node in _of_this_loop(loop.body))


def _of_this_loop(block: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements below `block` whose `break` would leave the loop around it."""
    stack: list[Any] = list(block)
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, SCOPES):
            continue
        fields = ("orelse",) if isinstance(node, _LOOPS) else ("body", "handlers", "orelse", "finalbody", "cases")
        for field in fields:
            stack.extend(getattr(node, field, None) or ())


def _is_exhaustive(cases: list[ast.match_case]) -> bool:
    """True when the last case matches everything: `case _` or `case name` without a guard."""
    last = cases[-1]
    return last.guard is None and isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None


def block_of(statement: ast.stmt, module: Module) -> list[ast.stmt]:
    """The statement list that holds `statement`."""
    holder = module.parents[statement]
    for field in ("body", "orelse", "finalbody"):
        block: Any = getattr(holder, field, None)
        if isinstance(block, list) and statement in block:
            return block
    raise ValueError("the module itself is in no block")


def is_reached(statement: ast.stmt, module: Module) -> bool:
    """False when a statement before it, or before one that holds it, leaves, or a constant condition skips it."""
    node: ast.AST = statement
    while True:
        if isinstance(node, ast.stmt):
            block = block_of(node, module)
            if block.index(node) > _first_leaving(block, module):
                return False
        holder = module.parents[node]
        if isinstance(holder, (ast.If, ast.While)) and node in dead_branch(holder):
            return False
        if isinstance(holder, ast.Module):
            return True
        node = holder


def _first_leaving(block: list[ast.stmt], module: Module) -> int:
    """Where in `block` control first cannot go on; its length when it always can. Asked once per block of a file."""
    known = module.notes.setdefault("first leaving", {})
    first = known.get(id(block))
    if first is None:
        first = known[id(block)] = next((i for i, before in enumerate(block) if leaves(before, module)), len(block))
    return int(first)


def dead_branch(node: ast.If | ast.While) -> list[ast.stmt]:
    """The block that the constant condition of `node` never lets run; empty for other conditions."""
    known = constant_truth(node.test)
    return [] if known is None else node.orelse if known else node.body
