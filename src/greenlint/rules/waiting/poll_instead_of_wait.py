"""GL703 poll-instead-of-wait."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.waiting._poll_loop import poll_loop
from greenlint.rules.waiting._sleeps import PACKAGES, is_sleep, seconds
from greenlint.rules.waiting._vain_turns import asks_and_waits, counts_its_looks, sleeps_when_empty
from greenlint.rules.waiting._waitable import waitable_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.waiting._waitable import Waitable
    from greenlint.source.module import Module

_SOMETHING = 35
"""The loop waits for something that nothing here can wait for yet: it would take an event."""
_LOOKS = "looks and sleeps in turn: let what it waits for set an event, and wait for that"
_HEARTBEAT_S = 5
"""A line every so many seconds is a sign of life and not the waiting of a person."""
_INTERRUPTIBLE = 50
"""A loop inside `try ... except KeyboardInterrupt` may sleep in steps so that Ctrl-C gets through on Windows."""


class PollInsteadOfWait(FileRule):
    """A loop asks and sleeps in turn for something that has a call to wait for it.

    ## Why it wastes

    Every look wakes the processor from a sleep state, mostly for nothing, and the news is seen only at the next look. Events,
    threads, processes, queues, futures and locks all have a call that sleeps until they change: `event.wait()`,
    `thread.join()`, `process.wait()`, `queue.get()`, `future.result()`, `lock.acquire()`. With `timeout=` they also replace a
    loop that gives up after some time.

    ## When to leave it alone

    When the loop waits for several different things at once, or does something else between two looks: the rule is not sure as
    soon as the loop calls anything that it does not know, nor where no such call exists (waiting for an event
    to be cleared, for a thread to start, or in a coroutine for a thread). Under `except KeyboardInterrupt` the confidence is 50:
    on Windows a short sleep may be what lets Ctrl-C through. Confidence is 35, which the default threshold hides, for loops that look for
    what has no such call yet, that sleep while there is nothing to take (`get_nowait()` and a sleep under `except Empty`), that count
    their looks in a `for`, and that wait a while at a time (`while t.is_alive(): t.join(1)`).

    ## Evidence

    Whole processes, CPython 3.11.7, waiting 5 s for an event by looking every 10 ms: 0.019 -> 0.014 s of CPU time, start of the
    interpreter included, and one wake-up instead of 500; over 1 s the difference drowns in the noise
    (`python benchmarks/rules/run.py GL703`). Polling is common in small programs, and rare in maintained ones: in 18 million
    lines the rule found nine places.
    """

    code = "GL703"
    name = "poll-instead-of-wait"
    effect = Effect(
        EffectClass.WAKE_UP, "wakes up at every look (at 10 ms: 5 ms of CPU time more in 5 s of waiting)", "bench GL703"
    )
    confidence = 95
    packages = PACKAGES
    examples = (
        Bad(
            "import time\n\nwhile not ready.is_set():\n    time.sleep(0.1)\nuse()\n",
            fixed="import time\n\nready.wait()\nuse()\n",
            lines=(3,),
        ),
        Bad(
            "import time\nfrom subprocess import Popen\n\ndef run(command):\n    child = Popen(command)\n"
            "    while child.poll() is None:\n        time.sleep(1)\n    return child.returncode\n",
            fixed="import time\nfrom subprocess import Popen\n\ndef run(command):\n    child = Popen(command)\n"
            "    child.wait()\n    return child.returncode\n",
            lines=(6,),
        ),
        Bad(
            "from time import sleep, monotonic\n\ndef stop(worker, end):\n    while worker.is_alive() and monotonic() < end:\n"
            "        sleep(0.05)\n",
            lines=(4,),
        ),
        Bad(
            "import asyncio\n\nasync def f(started: asyncio.Event):\n    while not started.is_set():\n"
            "        await asyncio.sleep(0.01)\n",
            fixed="import asyncio\n\nasync def f(started: asyncio.Event):\n    await started.wait()\n",
        ),
        Good("import time\n\nwhile not ready.is_set():\n    work()\n    time.sleep(1)\n", "it works meanwhile"),
        Good("import time\n\nwhile ready.is_set():\n    time.sleep(1)\n", "no call waits for an event to be cleared"),
        Good("import time\n\nwhile not os.path.exists(path):\n    time.sleep(1)\n", "a file has no call to wait for it"),
    )

    def check(self, node: ast.While | ast.For, module: Module) -> Iterator[Finding]:
        """Yield a finding when all that the loop asks has a blocking counterpart."""
        found = _waitables(node, module) if isinstance(node, ast.While) else []
        if not isinstance(node, ast.While) or not found:
            message = _likely(node, module) if self.least <= _SOMETHING else ""
            if message:
                asked = node.test if isinstance(node, ast.While) else node.iter
                yield self.finding(asked, module, message, confidence=_SOMETHING)
            return
        first = found[0]
        confidence = _confidence(found, node, module)
        message = f"asks and sleeps in turn: {first.remedy} sleeps until it happens"
        yield self.finding(node.test, module, message, confidence=confidence, fix=_fix(node, first, module))


def _likely(node: ast.While | ast.For, module: Module) -> str:
    """What to say of loops that look and sleep, for something that may have no call to wait for it; "" for others."""
    if isinstance(node, ast.For):
        return _LOOKS if counts_its_looks(node, module) else ""
    if _only_sleeps(node, module) or (poll_loop(node, module) is not None and not _counts(node)):
        return _LOOKS
    if asks_and_waits(node, module):
        return "waits a while at a time for what one call waits for: leave the loop out"
    if sleeps_when_empty(node, module):
        return (
            "sleeps when there is nothing to take: a call that waits for it, such as `queue.get()`, wakes up only when there is"
        )
    return ""


def _counts(node: ast.While) -> bool:
    """Whether its condition reads nothing but what the loop itself assigns: it counts."""
    read = [
        part for part in ast.walk(node.test) if not isinstance(part, (ast.Constant, ast.expr_context, ast.cmpop, ast.operator))
    ]
    stored = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    plain = (ast.Name, ast.Compare, ast.UnaryOp, ast.unaryop, ast.BinOp)
    names = [part.id for part in read if isinstance(part, ast.Name)]
    return all(isinstance(part, plain) for part in read) and any(name in stored for name in names)


def _only_sleeps(node: ast.While, module: Module) -> bool:
    """Whether the body is one sleep, for a time or up to one."""
    only = node.body[0].value if len(node.body) == 1 and isinstance(node.body[0], ast.Expr) else None
    call = only.value if isinstance(only, ast.Await) else only
    if not isinstance(call, ast.Call):
        return False
    return is_sleep(call, module) or (module.qualified_name(call.func) or "").endswith((".sleep_until", ".sleep_forever"))


def is_better_waited_for(node: ast.While, module: Module) -> bool:
    """Whether this rule reports the loop, so that others need not."""
    found = _waitables(node, module)
    return bool(found) and _confidence(found, node, module) > _INTERRUPTIBLE


def _waitables(node: ast.While, module: Module) -> list[Waitable]:
    """The blocking counterparts of all that the loop asks; empty when it asks for something that has none."""
    loop = poll_loop(node, module)
    if loop is None or loop.others or loop.unknown:
        return []
    asked = [question for question in loop.questions if not _is_clock(question.call, module)]
    found = [waitable_of(question, node, module) for question in asked]
    waitables = [waitable for waitable in found if waitable is not None]
    return waitables if len(waitables) == len(found) else []


def _confidence(found: list[Waitable], node: ast.While, module: Module) -> int:
    if _expects_interrupt(node, module) or _reports(node, module):
        return _INTERRUPTIBLE
    return min(waitable.confidence for waitable in found)


def _reports(node: ast.While, module: Module) -> bool:
    """Whether every turn tells what it sees, or that it goes on: then it is there for its turns, and not only for what ends it."""
    calls = [s.value for s in node.body if isinstance(s, ast.Expr) and isinstance(s.value, ast.Call)]
    told = [call for call in calls if not is_sleep(call, module)]
    if any(isinstance(part, ast.FormattedValue) for call in told for part in ast.walk(call)):
        return True
    return bool(told) and any((seconds(call, module) or 0.0) >= _HEARTBEAT_S for call in calls if is_sleep(call, module))


def _is_clock(call: ast.Call, module: Module) -> bool:
    name = module.qualified_name(call.func) or ""
    plain = isinstance(call.func, ast.Name) and call.func.id in ("len", "int", "float", "bool", "min", "max")
    return plain or name.startswith(("time.", "datetime."))


def _expects_interrupt(node: ast.While, module: Module) -> bool:
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.Try):
            for handler in ancestor.handlers:
                if handler.type is None or "KeyboardInterrupt" in ast.unparse(handler.type):
                    return True
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return False
    return False


def _fix(node: ast.While, waitable: Waitable, module: Module) -> Fix | None:
    """One call instead of the loop, where the loop asks one question and its body is one sleep."""
    if waitable.call is None or len(node.body) != 1 or not isinstance(node.body[0], ast.Expr) or node.orelse:
        return None
    if not waitable.is_whole(node.test) or "#" in module.text(node):
        return None
    start, end = module.span(node)
    return Fix("Wait for it", (Edit(start, end, waitable.call),), Applicability.UNSAFE)
