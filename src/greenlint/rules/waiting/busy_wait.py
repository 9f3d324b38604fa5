"""GL701 busy-wait."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_POLLS = frozenset(
    [
        "done",
        "running",
        "cancelled",
        "is_alive",
        "is_set",
        "is_ready",
        "ready",
        "poll",
        "empty",
        "full",
        "qsize",
        "locked",
        "exists",
        "is_file",
        "is_dir",
        "isfile",
        "isdir",
    ]
)
"""Questions about the state of something else that answer at once, asked without arguments or about a path."""

_PATH_QUESTIONS = frozenset({"os.path.exists", "os.path.isfile", "os.path.isdir"})
_CLOCKS = frozenset(
    {"time.time", "time.monotonic", "time.perf_counter", "time.monotonic_ns", "time.perf_counter_ns", "time.time_ns"}
)
_PURE = frozenset({"len", "bool", "int", "float", "any", "all", "not"})


class BusyWait(FileRule):
    """A loop that asks the same question again and again without ever pausing.

    ## Why it wastes

    While it waits, the loop keeps a core at full speed, which no other program can use and which keeps the processor out of
    its sleep states. Waiting for the event itself (`event.wait()`, `process.wait()`, `thread.join()`, `queue.get()`,
    `future.result()`, a condition variable, or at least `time.sleep()`) costs next to nothing.

    ## When to leave it alone

    Spinning for microseconds, where a sleep would be too coarse. The rule is silent as soon as the loop calls anything that
    it does not know: that call may block, or make progress.

    ## Evidence

    `python benchmarks/rules/run.py GL701`; see benchmarks/rules/RESULTS.md.
    """

    code = "GL701"
    name = "busy-wait"
    effect = Effect(EffectClass.WAKE_UP, "keeps one core busy for as long as it waits", "bench GL701")
    confidence = 95
    examples = (
        Bad("while thread.is_alive():\n    pass\n", lines=(1,)),
        Bad("while not event.is_set():\n    continue\n"),
        Bad("import time\n\nend = time.time() + 5\nwhile time.time() < end:\n    pass\n", lines=(4,)),
        Bad("import os\n\nwhile not os.path.exists(path):\n    pass\n"),
        Bad("while True:\n    if process.poll() is not None:\n        break\n"),
        Bad("def wait(self):\n    while not self.ready:\n        pass\n"),
        Good("while not event.is_set():\n    time.sleep(0.1)\n", "it sleeps"),
        Good("while not event.wait(1):\n    pass\n", "it blocks in the question"),
        Good("while stream.readline():\n    pass\n", "the question makes progress"),
        Good("while poller.poll(100):\n    pass\n", "a poll with a timeout blocks"),
        Good("async def f():\n    while not task.done():\n        await step()\n", "it awaits"),
        Good("while not future.done():\n    work()\n", "it does something meanwhile"),
        Good("def gen():\n    while not done.is_set():\n        yield 1\n", "it hands control back"),
        Good("while queue.empty():\n    lock.acquire()\n", "it may block in the body"),
        Good("while x:\n    x = x.next\n", "it makes progress"),
        Good("i = 0\nwhile i < n:\n    pass\n", "a plain variable: endless, not waiting"),
    )

    def check(self, node: ast.While, module: Module) -> Iterator[Finding]:
        """Yield a finding when every expression of the loop only asks and no statement does anything."""
        questions = [node.test] if not isinstance(node.test, ast.Constant) else []
        for statement in node.body:
            if isinstance(statement, ast.If) and not statement.orelse and _only_leaves(statement.body):
                questions.append(statement.test)
            elif not _does_nothing(statement):
                return
        if not questions or not all(_only_asks(question, module) for question in questions):
            return
        if any(_asks_something_else(question) for question in questions):
            message = "busy wait: asks again and again without pausing; wait for the event, or sleep between the questions"
            yield self.finding(node.test if questions[0] is node.test else questions[0], module, message)


def _does_nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.Pass, ast.Continue)):
        return True
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _only_leaves(block: list[ast.stmt]) -> bool:
    return len(block) == 1 and (
        isinstance(block[0], ast.Break)
        or (
            isinstance(block[0], ast.Return)
            and (block[0].value is None or isinstance(block[0].value, (ast.Constant, ast.Name)))
        )
    )


def _only_asks(question: ast.expr, module: Module) -> bool:
    """Whether evaluating `question` neither blocks nor changes anything, as far as its calls are known."""
    for node in ast.walk(question):
        if isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr, ast.Lambda, ast.Subscript)):
            return False
        if isinstance(node, ast.Call) and not _known(node, module):
            return False
    return True


def _known(call: ast.Call, module: Module) -> bool:
    if module.qualified_name(call.func) in _PATH_QUESTIONS | _CLOCKS:
        return True
    if call.keywords:
        return False
    if isinstance(call.func, ast.Attribute):
        return not call.args and call.func.attr in _POLLS
    return isinstance(call.func, ast.Name) and call.func.id in _PURE


def _asks_something_else(question: ast.expr) -> bool:
    """Whether the answer can come from outside the loop: a poll, a clock, or an attribute that another thread may set."""
    calls = [node for node in ast.walk(question) if isinstance(node, ast.Call)]
    if any(not (isinstance(call.func, ast.Name) and call.func.id in _PURE) for call in calls):
        return True
    attributes = (node for node in ast.walk(question) if isinstance(node, ast.Attribute))
    return not calls and any(isinstance(node.value, ast.Name) and node.value.id in ("self", "cls") for node in attributes)
