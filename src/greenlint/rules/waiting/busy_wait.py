"""GL701 busy-wait."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.waiting._idle import idle_round
from greenlint.rules.waiting._limits import does_not_wait
from greenlint.rules.waiting._polls import CLOCKS, REMEDIES, Answer
from greenlint.source.calls import last_name
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_MOVING = frozenset(
    {
        *("accept", "advance", "consume", "drain", "next", "pop", "popleft", "read", "read1", "readinto", "readline", "recv"),
        *("recv_into", "recvfrom", "send", "skip", "step", "wait"),
    }
)
"""Methods that wait, or bring something on: the loop goes on while they do."""
_WAITING = frozenset({"acquire", "join", "poll", "select", "wait"})
"""Methods that wait for what they are asked, or for as long as they are told."""
_EMPTY = 40
"""The condition may block, or be all that is to be done."""


class BusyWait(FileRule):
    """A loop that asks the same question again and again without a pause.

    A loop is reported when there is a way round it on which it does nothing but ask: whether a thread is alive, an event is
    set, a process has ended, a queue is empty, a file exists, a time has come, or what an attribute that another thread
    sets says. The rest of the loop may work: `while True: if not q.empty(): handle(q.get())` spins while the queue is empty.

    ## Why it wastes

    While it waits, the loop keeps one core at full speed. That core can serve nobody else and stays out of its sleep states,
    and under CPython the loop competes for the interpreter lock with the very thread that it waits for. Waiting for the
    event itself (`event.wait()`, `process.wait()`, `thread.join()`, `queue.get()`, `future.result()`, a condition variable)
    costs next to nothing and ends sooner; where there is no event, `time.sleep()` between two looks is the next best.

    ## When to leave it alone

    Spinning for microseconds where a sleep would be too coarse (hardware protocols, benchmarks), and tests that burn CPU time
    on purpose: delays by the clock alone get a lower confidence. The rule is silent as soon as the way round holds a call that
    it does not know, an `await`, a `yield` or a `with`: that may block or make progress; where the condition alone is such a call, the
    confidence is 40, except for what waits or moves on by its name (`wait(5)`, `read(n)`, `recv(n)`). It is 40 also where the way round holds
    messages, or calls that are told not to wait (`event.wait(0)`, `select(..., 0)`). A loop that goes on while it succeeds
    (`while lock.acquire(False)`) makes progress too.

    ## Evidence

    `python benchmarks/rules/run.py GL701`, waiting 3 s for an event, CPython 3.11: 3.02 s of CPU time before, 0.01 s after,
    start of the interpreter included. On 7.2 million lines (the standard library, 69 installed packages, 27 projects from
    GitHub) the rule found nine places, all of them spinning; four, in tests, do so on purpose.
    """

    code = "GL701"
    name = "busy-wait"
    effect = Effect(
        EffectClass.WAKE_UP, "keeps one core at full speed for as long as it waits: 1 s of CPU time per second", "bench GL701"
    )
    confidence = 95
    examples = (
        Bad("while thread.is_alive():\n    pass\n", lines=(1,)),
        Bad("while not event.is_set(): continue\n", lines=(1,)),
        Bad("import time\n\nend = time.time() + 5\nwhile time.time() < end:\n    pass\n", lines=(4,)),
        Bad("import os\n\nwhile not os.path.exists(path):\n    pass\n", lines=(3,)),
        Bad("while True:\n    if process.poll() is not None:\n        break\n", lines=(1,)),
        Bad("def wait(self):\n    while not self.ready:\n        pass\n", lines=(2,)),
        Bad("while True:\n    if not queue.empty():\n        handle(queue.get())\n", lines=(1,)),
        Bad(
            "while not stop.is_set():\n    try:\n        item = q.get_nowait()\n    except Empty:\n        continue\n"
            "    handle(item)\n",
            lines=(1,),
        ),
        Bad("while not lock.acquire(blocking=False):\n    pass\n", lines=(1,)),
        Bad(
            "from time import monotonic\n\nlast = monotonic()\nwhile True:\n    now = monotonic()\n"
            "    if now - last > 1:\n        tick()\n        last = now\n",
            lines=(4,),
        ),
        Bad("while (code := process.poll()) is None:\n    spins = 1\n", lines=(1,)),
        Bad("async def f(task):\n    while not task.done():\n        pass\n", lines=(2,)),
        Bad(
            "ready = False\n\n\ndef start():\n    global ready\n    ready = True\n\n\nwhile not ready:\n    pass\n",
            lines=(9,),
        ),
        Bad("while thread.is_alive():\n    try:\n        alive = 1\n    finally:\n        alive = 2\n", lines=(1,)),
        Good("while not event.is_set():\n    time.sleep(0.1)\n", why="it sleeps"),
        Good("while not event.wait(1):\n    pass\n", why="it blocks in the question"),
        Good("while stream.readline():\n    pass\n", why="the question makes progress"),
        Good("while poller.poll(100):\n    pass\n", why="a poll with a timeout blocks"),
        Good("while not poller.poll():\n    pass\n", why="the poll of a selector blocks"),
        Good("async def f():\n    while not task.done():\n        await step()\n", why="it awaits"),
        Good("while not future.done():\n    work()\n", why="it does something meanwhile"),
        Good("def gen():\n    while not done.is_set():\n        yield 1\n", why="it hands control back"),
        Good("while queue.empty():\n    lock.acquire()\n", why="it may block in the body"),
        Good("while not queue.empty():\n    handle(queue.get())\n", why="it works the queue off"),
        Good("while lock.acquire(False):\n    pass\n", why="it goes on while it succeeds"),
        Good("while True:\n    try:\n        q.get_nowait()\n    except Empty:\n        break\n", why="it drains and leaves"),
        Good(
            "while not q.empty():\n    try:\n        item = q.get(False)\n    except Empty:\n        continue\n    use(item)\n",
            why="empty means done",
        ),
        Good("while x:\n    x = x.next\n", why="it makes progress"),
        Good("while i < n:\n    if i % 2:\n        work(i)\n    i += 1\n", why="it counts"),
        Good(
            "class Job:\n    def done(self):\n        return self.step()\n\n    def run(self):\n        while not self.done():\n"
            "            pass\n",
            why="a method of this file may do the work",
        ),
        Good("while not event.is_set():\n    with lock:\n        count = 1\n", why="a lock may block"),
    )

    def check(self, node: ast.While, module: Module) -> Iterator[Finding]:
        """Yield a finding when the loop can go round without doing anything but ask."""
        idle = idle_round(node, module)
        if idle is not None and idle.asked is Answer.POLL:
            confidence = 75 if _only_clocks(node, module) else self.confidence if idle.complete else 90
        elif idle is not None and idle.complete and (idle.asked is Answer.STATE or _set_elsewhere(node, module)):
            confidence = 80
        else:
            yield from self._empty(node, module)
            return
        message = f"busy wait: asks again and again without a pause; {_remedy(node)}"
        yield self.finding(node.test, module, message, confidence=confidence)

    def _empty(self, node: ast.While, module: Module) -> Iterator[Finding]:
        """A loop of which nothing but the condition does anything, or that may go round with messages and vain attempts alone."""
        if self.least > _EMPTY or (isinstance(node.test, ast.Call) and last_name(node.test.func) in _MOVING):
            return
        asked = node.test.operand if isinstance(node.test, ast.UnaryOp) else None
        if isinstance(asked, ast.Call) and _may_wait(asked) and not does_not_wait(asked, module):
            return
        idle = all(isinstance(part, (ast.Pass, ast.Continue)) or _is_ellipsis(part) for part in node.body)
        if not idle:
            likely = idle_round(node, module, lenient=True)
            idle = likely is not None and likely.asked is not Answer.DATA
        if idle:
            message = "busy wait: the loop goes round without a pause; wait for an event, or sleep between two looks"
            yield self.finding(node.test, module, message, confidence=_EMPTY)


def _may_wait(call: ast.Call) -> bool:
    """`not event.wait(5)`, `not lock.acquire(timeout=1)`: it waits as long as it is told."""
    told = [argument for argument in (*call.args, *(item.value for item in call.keywords)) if not _is_off(argument)]
    return last_name(call.func) in _WAITING and len(told) == len(call.args) + len(call.keywords)


def _is_off(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Constant) and not argument.value


def _is_ellipsis(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _remedy(loop: ast.While) -> str:
    for node in ast.walk(loop):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in REMEDIES:
                return f"use {REMEDIES[name]}"
    return "wait for an event, or sleep between two looks"


def _only_clocks(loop: ast.While, module: Module) -> bool:
    """True for a delay: the loop looks at nothing but the time, perhaps on purpose."""
    names = {module.qualified_name(node.func) for node in ast.walk(loop) if isinstance(node, ast.Call)}
    return names <= CLOCKS


def _set_elsewhere(loop: ast.While, module: Module) -> bool:
    """True when another function assigns a variable that the condition reads."""
    names, here = names_of(module), module.function(loop)
    for node in ast.walk(loop):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            scope = names.scope(node)
            bound = names.bindings(node.id, scope) if scope is not None else []
            if any(isinstance(b.node, ast.stmt) and module.function(b.node) is not here for b in bound if b.node is not here):
                return True
    return False
