"""Loops that look for something to take, and sleep when there is nothing."""

from __future__ import annotations

import ast

from greenlint.rules.waiting._idle import TELLING
from greenlint.rules.waiting._limits import does_not_wait, limit
from greenlint.rules.waiting._poll_loop import counted_poll
from greenlint.rules.waiting._polls import takes_without_waiting
from greenlint.rules.waiting._sleeps import is_sleep
from greenlint.source.calls import last_name
from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_TAKING = frozenset({"get", "get_nowait", "pop", "popleft", "popitem", "recv", "recv_bytes", "accept"})
_ASKING = frozenset({"empty", "qsize", "poll"})
_NOT_YET = frozenset({"Empty", "QueueEmpty", "BlockingIOError", "IndexError", "WouldBlock"})


def sleeps_when_empty(loop: ast.While, module: Module) -> bool:
    """Whether a turn of `loop` that finds nothing to take sleeps: what puts it there could wake the loop."""
    if _asks(loop.test, module, loop) and not isinstance(loop.test, ast.UnaryOp):
        return False  # it ends when there is nothing
    return any(_is_vain(statement, block, loop, module) for block in _blocks(loop.body) for statement in block)


def _blocks(block: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """The block and those of the `if`, `with` and `try` in it."""
    yield block
    for statement in block:
        if isinstance(statement, (ast.If, ast.With, ast.AsyncWith, ast.Try)):
            yield from _blocks(statement.body)
            yield from _blocks(getattr(statement, "orelse", []))


def _is_vain(statement: ast.stmt, block: list[ast.stmt], loop: ast.While, module: Module) -> bool:
    if isinstance(statement, ast.Try):
        return any(_only_sleeps(handler.body, module) and _tries(statement, handler, module) for handler in statement.handlers)
    if not isinstance(statement, ast.If) or not _asks(statement.test, module, loop):
        return False
    branches = (statement.body, statement.orelse)
    if any(_only_sleeps(branch, module) for branch in branches):
        return True
    others = [other for other in block if other is not statement]
    return bool(others) and not statement.orelse and _only_sleeps(others, module)


def _tries(statement: ast.Try, handler: ast.ExceptHandler, module: Module) -> bool:
    calls = [node for node in ast.walk(statement.body[0]) if isinstance(node, ast.Call)]
    if any(takes_without_waiting(call) or does_not_wait(call, module) for call in calls):
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    named = all(kind is not None and last_name(kind) in _NOT_YET for kind in kinds)
    return named and any(last_name(call.func) in _TAKING for call in calls)


def _only_sleeps(block: list[ast.stmt], module: Module) -> bool:
    """Whether a block sleeps, and beyond that says something at most."""
    values = [statement.value for statement in block if isinstance(statement, ast.Expr)]
    rest = [statement for statement in block if not isinstance(statement, (ast.Expr, ast.Continue, ast.Pass))]
    sleeps = [value for value in values if is_sleep(value, module)]
    said = [value for value in values if isinstance(value, ast.Call) and last_name(value.func) in TELLING]
    return bool(sleeps) and not rest and len(sleeps) + len(said) == len(values)


def _asks(test: ast.expr, module: Module, loop: ast.While) -> bool:
    """Whether `test` asks if there is something to take: `q.empty()`, `not jobs`, `conn.poll()`."""
    while isinstance(test, (ast.UnaryOp, ast.Compare)):
        test = test.operand if isinstance(test, ast.UnaryOp) else test.left
    if isinstance(test, ast.Call):
        if last_name(test.func) == "len" and len(test.args) == 1:
            return _is_taken_from(test.args[0], loop)
        if not isinstance(test.func, ast.Attribute) or test.func.attr not in _ASKING or test.keywords:
            return False
        return (not test.args or does_not_wait(test, module)) and _is_taken_from(test.func.value, loop)
    return isinstance(test, (ast.Name, ast.Attribute)) and _is_taken_from(test, loop)


def _is_taken_from(receiver: ast.expr, loop: ast.While) -> bool:
    path = dotted(receiver)
    calls = (node.func for node in ast.walk(loop) if isinstance(node, ast.Call)) if path is not None else ()
    return any(isinstance(f, ast.Attribute) and f.attr in _TAKING and dotted(f.value) == path for f in calls)


def asks_and_waits(loop: ast.While, module: Module) -> bool:
    """`while t.is_alive(): t.join(1)`: all that the loop does is to wait for what it asks, a while at a time."""
    only = loop.body[0].value if len(loop.body) == 1 and isinstance(loop.body[0], ast.Expr) else None
    if not isinstance(only, ast.Call) or not isinstance(only.func, ast.Attribute) or only.func.attr not in ("join", "wait"):
        return False
    asked = loop.test
    while isinstance(asked, (ast.UnaryOp, ast.Compare)):
        asked = asked.operand if isinstance(asked, ast.UnaryOp) else asked.left
    if not isinstance(asked, ast.Call) or not isinstance(asked.func, ast.Attribute):
        return False
    same = dotted(asked.func.value) is not None and dotted(asked.func.value) == dotted(only.func.value)
    return same and asked.func.attr in ("is_alive", "is_set", "poll") and bool(limit(only, module))


def counts_its_looks(loop: ast.For, module: Module) -> bool:
    """`for _ in range(100): if done.is_set(): break; sleep(0.1)`: a wait that gives up after so many looks."""
    if not isinstance(loop.iter, ast.Call) or not module.is_builtin(loop.iter.func, "range"):
        return False
    targets = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
    used = (node for statement in loop.body for node in ast.walk(statement) if isinstance(node, ast.Name))
    return not any(name.id in targets for name in used) and counted_poll(loop, module)
