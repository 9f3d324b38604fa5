"""Polls that have a blocking counterpart: what to call instead, and how sure it is that the object has it."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.source.infer import attribute_bindings, dotted
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.waiting._poll_loop import Question
    from greenlint.source.module import Module

_SURE, _LIKELY, _UNSURE = 95, 80, 50
_THREADS = frozenset({"threading", "multiprocessing", "subprocess", "concurrent", "queue", "billiard"})

_PYTHON_3 = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Nonlocal, ast.YieldFrom, ast.Match)


class Waitable(NamedTuple):
    """A poll with a blocking counterpart.

    remedy      the call to advise, in backquotes
    call        the statement that replaces a loop that asks nothing else; None where several are possible
    question    the poll
    """

    remedy: str
    confidence: int
    question: ast.Call
    call: str | None = None

    def is_whole(self, test: ast.expr) -> bool:
        """True when `test` asks nothing but this question."""
        if isinstance(test, ast.UnaryOp):
            test = test.operand
        if isinstance(test, ast.Compare):
            test = test.left
        return test is self.question


def waitable_of(question: Question, loop: ast.While, module: Module) -> Waitable | None:
    """The blocking counterpart of a poll, None where there is none for the answer that the loop waits for."""
    call = question.call
    if module.qualified_name(call.func) == "os.waitpid":
        return Waitable("`os.waitpid` without WNOHANG", _SURE, call)
    if not isinstance(call.func, ast.Attribute) or (call.keywords and call.func.attr != "acquire"):
        return None
    receiver, method = module.text(call.func.value), call.func.attr
    if "\n" in receiver or len(receiver) > 60:
        receiver = "..."
    is_async = _is_coroutine(loop, module)
    if method == "is_set" and not question.goes_on_when:
        return _event(receiver, call, is_async, module)
    if method == "done" and not question.goes_on_when:
        return _future(receiver, call, is_async, module)
    if is_async:
        return None
    timed = _is_timed(loop, module)
    return _blocking(receiver, call, question.goes_on_when, timed, module)


def _event(receiver: str, call: ast.Call, is_async: bool, module: Module) -> Waitable | None:
    """An event: in a coroutine only one of asyncio can be awaited."""
    text = f"await {receiver}.wait()" if is_async else f"{receiver}.wait()"
    if not is_async:
        return Waitable(f"`{text}`", _SURE, call, text)
    made_by = _maker(call.func.value, module)  # type: ignore[attr-defined]
    if made_by is None and module.packages.isdisjoint(_THREADS):
        return Waitable(f"`{text}`", _LIKELY, call, text)
    if made_by in ("asyncio.Event", "anyio.Event", "trio.Event"):
        return Waitable(f"`{text}`", _SURE, call, text)
    return None


def _future(receiver: str, call: ast.Call, is_async: bool, module: Module) -> Waitable:
    """A future or task: `done` is also the word of many other classes, which cannot be awaited."""
    if is_async:
        made_by = _maker(call.func.value, module) or ""  # type: ignore[attr-defined]
        known = made_by.startswith("asyncio.") or made_by.endswith((".create_task", ".ensure_future", ".submit"))
        return Waitable(f"`await {receiver}`", _LIKELY if known else _UNSURE, call)
    known = not module.packages.isdisjoint({"asyncio", "concurrent", "azure", "dask", "distributed"})
    return Waitable(f"`{receiver}.result()`", _LIKELY if known else _UNSURE, call)


def _blocking(receiver: str, call: ast.Call, goes_on_when: bool, timed: bool, module: Module) -> Waitable | None:
    method = call.func.attr  # type: ignore[attr-defined]
    if method in ("is_alive", "isAlive") and goes_on_when:
        return Waitable(f"`{receiver}.join()`", 90, call, f"{receiver}.join()")
    if method == "poll" and goes_on_when:
        if _is_test(module) or (timed and not _is_python_3_only(module)):
            return Waitable(f"`{receiver}.wait()`", _UNSURE, call)
        return Waitable(f"`{receiver}.wait()`", 90, call, f"{receiver}.wait()")
    if method == "ready" and not goes_on_when:
        known = not module.packages.isdisjoint({"multiprocessing", "billiard"})
        return Waitable(f"`{receiver}.wait()`", _LIKELY if known else _UNSURE, call, f"{receiver}.wait()")
    if method == "empty" and goes_on_when:
        known = not module.packages.isdisjoint({"queue", "multiprocessing", "Queue", "billiard"})
        return Waitable(f"`{receiver}.get()`", _LIKELY if known else _UNSURE, call)
    if method == "acquire" and not goes_on_when:
        return Waitable(f"`{receiver}.acquire()`", 90, call, f"{receiver}.acquire()")
    return None


def _is_timed(loop: ast.While, module: Module) -> bool:
    """Whether a condition compares anything but with None: a deadline, a count."""
    notes = module.notes.setdefault("timed-loop", {})
    if id(loop) not in notes:
        notes[id(loop)] = any(isinstance(node, ast.Compare) and not _asks_for_none(node) for node in _conditions(loop))
    return bool(notes[id(loop)])


def _asks_for_none(node: ast.Compare) -> bool:
    return all(isinstance(limit, ast.Constant) and limit.value is None for limit in node.comparators)


def _conditions(loop: ast.While) -> Iterator[ast.AST]:
    yield from ast.walk(loop.test)
    for statement in loop.body:
        if isinstance(statement, ast.If):
            yield from ast.walk(statement.test)


def _is_test(module: Module) -> bool:
    """Tests of processes ask them on purpose."""
    return "test" in module.path.rpartition("/")[2]


def _is_python_3_only(module: Module) -> bool:
    """Whether the file's own syntax rules out Python 2, where the wait of a process has no timeout."""
    by_class = module.index.by_class
    if any(by_class.get(kind) for kind in _PYTHON_3):
        return True
    return any(argument.annotation is not None for argument in module.nodes(ast.arg))


def _is_coroutine(loop: ast.While, module: Module) -> bool:
    return isinstance(module.function(loop), ast.AsyncFunctionDef)


def _maker(receiver: ast.expr, module: Module) -> str | None:
    """The qualified name of the class that the receiver was made from or is annotated with."""
    names = names_of(module)
    if isinstance(receiver, ast.Name):
        scope = names.scope(receiver)
        bindings = names.bindings(receiver.id, scope) if scope is not None else []
    else:
        bindings = attribute_bindings(receiver, module) if isinstance(receiver, ast.Attribute) else []
    for binding in bindings:
        if isinstance(binding.value, ast.Call):
            return module.qualified_name(binding.value.func) or dotted(binding.value.func)
        if binding.annotation is not None:
            return module.qualified_name(binding.annotation)
    return None
