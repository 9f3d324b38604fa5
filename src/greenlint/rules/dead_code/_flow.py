"""Whether control can pass a statement: the part of control-flow analysis that needs no graph.

A statement "leaves" when what follows it in its block cannot run. In doubt it does not: a `with` block may swallow an
exception, a call may return, a condition may go either way.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

EXITS = frozenset({"sys.exit", "os._exit", "os.abort", "os.execv", "os.execve", "os.execvp", "os.execvpe", "os.execl"})
"""Functions of the standard library that never return."""

_BUILTIN_EXITS = ("exit", "quit")
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_TRIES: tuple[type[ast.stmt], ...] = (ast.Try, ast.TryStar) if hasattr(ast, "TryStar") else (ast.Try,)
_NEVER = ("NoReturn", "Never")


class Flow:
    """Answers for one file."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self._never = {
            node.name
            for node in module.tree.body
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and not isinstance(node, ast.AsyncFunctionDef)
            and _is_never(node.returns)
        }

    def leaves(self, statement: ast.stmt) -> bool:
        """True when no execution gets past `statement`."""
        match statement:
            case ast.Return() | ast.Raise() | ast.Continue() | ast.Break():
                return True
            case ast.Expr(value=ast.Call() as call):
                return self.never_returns(call)
            case ast.If(test=test, body=body, orelse=orelse):
                known = constant_truth(test)
                if known is not None:
                    return self._block_leaves(body if known else orelse)
                return self._block_leaves(body) and self._block_leaves(orelse)
            case ast.While(test=test, orelse=[]):
                return constant_truth(test) is True and not has_break(statement)
            case ast.Match(cases=cases):
                return _is_exhaustive(cases) and all(self._block_leaves(case.body) for case in cases)
        if isinstance(statement, _TRIES):
            return self._try_leaves(statement)
        return False

    def _block_leaves(self, block: list[ast.stmt]) -> bool:
        return any(self.leaves(statement) for statement in reversed(block))

    def _try_leaves(self, statement: ast.Try) -> bool:  # type: ignore[name-defined]
        if self._block_leaves(statement.finalbody):
            return True
        body = self._block_leaves(statement.body) or self._block_leaves(statement.orelse)
        return body and all(self._block_leaves(handler.body) for handler in statement.handlers)

    def never_returns(self, call: ast.Call) -> bool:
        """True for calls of functions known to raise, exit or run for ever."""
        callee = call.func
        if self._module.qualified_name(callee) in EXITS:
            return True
        if not isinstance(callee, ast.Name):
            return False
        if callee.id in self._never:
            return len(self._module.bindings(callee.id, self._module.tree)) == 1 and self._is_global(callee)
        return callee.id in _BUILTIN_EXITS and self._module.is_builtin(callee, callee.id)

    def _is_global(self, name: ast.Name) -> bool:
        """True when no function around `name` binds it."""
        return not any(
            isinstance(scope, _SCOPES) and self._module.bindings(name.id, scope)
            for scope in self._module.ancestors(name)
        )


def constant_truth(test: ast.expr) -> bool | None:
    """The truth value of a condition written as a constant, `not` included; None for all others.

    `__debug__`, `TYPE_CHECKING` and comparisons with `sys.version_info` differ between runs and are no constants.
    """
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = constant_truth(test.operand)
        return None if inner is None else not inner
    return None


def has_break(loop: ast.While) -> bool:
    """True when a `break` leaves `loop` itself."""
    return any(isinstance(node, ast.Break) for node in _own_statements(loop.body))


def _own_statements(block: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements below `block` whose `break` would leave the loop around it."""
    for statement in block:
        yield statement
        if isinstance(statement, _SCOPES):
            continue
        if isinstance(statement, _LOOPS):
            yield from _own_statements(statement.orelse)
            continue
        for field in ("body", "orelse", "finalbody"):
            yield from _own_statements(getattr(statement, field, None) or [])
        for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
            yield from _own_statements(part.body)


def _is_exhaustive(cases: list[ast.match_case]) -> bool:
    """True when the last case matches everything: `case _` or `case name` without a guard."""
    last = cases[-1]
    return last.guard is None and isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None


def _is_never(annotation: ast.expr | None) -> bool:
    if isinstance(annotation, ast.Constant):
        return isinstance(annotation.value, str) and annotation.value.rpartition(".")[2] in _NEVER
    if isinstance(annotation, ast.Attribute):
        return annotation.attr in _NEVER
    return isinstance(annotation, ast.Name) and annotation.id in _NEVER
