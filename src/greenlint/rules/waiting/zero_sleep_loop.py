"""GL706 zero-sleep-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.waiting._lengths import usual_length
from greenlint.rules.waiting._poll_loop import poll_loop
from greenlint.rules.waiting._sleeps import PACKAGES, is_sleep, length, seconds
from greenlint.rules.waiting.poll_instead_of_wait import is_better_waited_for
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.waiting._poll_loop import PollLoop
    from greenlint.source.module import Module

_LETS_OTHERS_RUN = 30
"""It lets other tasks run, and what else the loop does may be what takes the time."""


class ZeroSleepLoop(FileRule):
    """A loop that only waits sleeps for no time at all between two looks.

    ## Why it wastes

    `time.sleep(0)` gives other threads a turn and comes back at once; `await asyncio.sleep(0)` does the same for other tasks.
    The loop still keeps a core at full speed for as long as it waits, and takes the interpreter, or the event loop, from those
    that it waits for.

    ## When to leave it alone

    Where the wait is known to take microseconds, as in tests that let other tasks run: the rule is silent there, and where a call exists
    that waits (that is GL703). Where the loop does more than ask and sleep, the confidence is 30; so it is for trio and anyio anywhere, which have
    a checkpoint for that. `asyncio.sleep(0)` between two items of a `for` loop is left alone.

    ## Evidence

    Whole processes, CPython 3.11.7: a coroutine that waits 3 s with `asyncio.sleep(0)` takes 0.646 s of CPU time on a shared machine,
    0.071 s when it looks ten times a second (`python benchmarks/rules/run.py GL706`). Open gate: outside tests, 18 million lines
    of real code hold three such loops, too few for a precision.
    """

    code = "GL706"
    name = "zero-sleep-loop"
    effect = Effect(EffectClass.WAKE_UP, "spins while it waits (3 s: 0.646 -> 0.071 s of CPU)", "bench GL706")
    confidence = 90
    preview = True
    callees = frozenset({"sleep"})
    packages = PACKAGES
    examples = (
        Bad("import time\n\nwhile not self.ready:\n    time.sleep(0)\n", lines=(4,)),
        Bad("import asyncio\n\nasync def f(box):\n    while not box.full():\n        await asyncio.sleep(0)\n", lines=(5,)),
        Good("import time\n\nwhile not self.ready:\n    time.sleep(0.2)\n", "it sleeps"),
        Good(
            "import asyncio\n\nasync def f(rows):\n    while rows:\n        use(rows.pop())\n        await asyncio.sleep(0)\n",
            "it works",
        ),
    )

    def check(self, node: ast.While | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the loop does nothing but ask, with sleeps of no time."""
        if isinstance(node, ast.Call):
            yield from self._alone(node, module)
            return
        loop = _spinning(node, module)
        if loop is None:
            return
        message = "`sleep(0)` comes back at once: the loop keeps a core busy; wait for an event, or sleep for some milliseconds"
        yield self.finding(loop.sleeps[0], module, message, confidence=70 if loop.unknown else self.confidence)

    def _alone(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """A sleep of no time in a loop that does more, and of trio and anyio anywhere: they have `checkpoint()`."""
        if not is_sleep(node, module) or self.least > _LETS_OTHERS_RUN:
            return
        given = length(node)
        if (usual_length(given, module) if given is not None else seconds(node, module)) != 0:
            return
        around = module.loop(node)
        spinning = _spinning(around, module) if isinstance(around, ast.While) else None
        if spinning is not None and spinning.sleeps[0] is node:
            return
        name = module.qualified_name(node.func) or ""
        if name == "asyncio.sleep" and not isinstance(around, ast.While):
            return  # asyncio has no other way to let others run between two items
        if around is not None or name.startswith(("trio.", "anyio.")):
            message = "`sleep(0)` comes back at once; wait for an event, or let others run with a checkpoint"
            yield self.finding(node, module, message, confidence=_LETS_OTHERS_RUN)


def _spinning(node: ast.While, module: Module) -> PollLoop | None:
    """The loop, when all its sleeps take no time."""
    loop = poll_loop(node, module)
    if loop is None or is_test(module.path) or is_better_waited_for(node, module):
        return None
    return loop if all(seconds(call, module) == 0 for call in loop.sleeps) else None
