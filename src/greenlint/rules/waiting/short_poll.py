"""GL702 short-poll."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.waiting import _limits
from greenlint.rules.waiting._lengths import usual_length
from greenlint.rules.waiting._poll_loop import poll_loop
from greenlint.rules.waiting._polls import Answer
from greenlint.rules.waiting._sleeps import PACKAGES, is_sleep, length, seconds
from greenlint.rules.waiting.poll_instead_of_wait import is_better_waited_for
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, ClassVar

    from greenlint.rules.waiting._poll_loop import PollLoop
    from greenlint.source.module import Module

_WORKS_TOO = 35
"""The loop does more than wait, has an end, or belongs to a test."""


class ShortPoll(FileRule):
    """A loop that only waits looks many times a second.

    ## Why it wastes

    Each look wakes the processor; a few hundred wake-ups a second keep it out of its deep sleep states, for as long as the
    loop waits. Waiting for an event, a condition variable or a change notification (`threading.Event().wait()`, `select`,
    inotify) needs none; where there is nothing to wait for, a longer sleep is enough unless somebody notices the delay.

    ## When to leave it alone

    Where the delay matters more than the wake-ups: control loops, games, hardware. The rule is sure of loops that do nothing but ask and
    sleep, that neither a clock nor a counter ends, outside tests, and where no call exists that waits (that is GL703). All other loops
    with a short sleep have confidence 35, which the default threshold hides; so have waits that give up soon in a loop
    (`queue.get(timeout=0.01)`, `stop.wait(0.005)`, `select(..., 0.001)`), lengths that are the default of a parameter or an attribute, and
    functions that start themselves again after a short time (`root.after(10, self.poll)`).
    `least`, in seconds, is the shortest sleep that it accepts.

    ## Evidence

    Whole processes, CPython 3.11.7, waiting 5 s for a flag: 0.066 s of CPU time when it is looked at every millisecond, 0.015 s when
    ten times a second, start of the interpreter included (`python benchmarks/rules/run.py GL702`).
    """

    code = "GL702"
    name = "short-poll"
    effect = Effect(
        EffectClass.WAKE_UP, "wakes up hundreds of times a second (5 s at 1 ms: 0.066 -> 0.015 s of CPU)", "bench GL702"
    )
    confidence = 85
    callees = _limits.CALLEES
    packages = PACKAGES | _limits.PACKAGES
    options: ClassVar[Mapping[str, Any]] = {"least": 0.1}
    examples = (
        Bad("import time\n\nwhile not server.started:\n    time.sleep(0.001)\n", lines=(4,)),
        Bad("import os, time\n\nwhile True:\n    if os.path.exists(path):\n        break\n    time.sleep(0.01)\n", lines=(6,)),
        Bad("from time import sleep\n\nPAUSE = 1 / 100\nwhile device.is_busy():\n    sleep(PAUSE)\n", lines=(5,)),
        Good("import time\n\nwhile not server.started:\n    time.sleep(0.5)\n", "twice a second"),
        Good("import time\n\nwhile running:\n    frame()\n    time.sleep(0.01)\n", "it works at each turn"),
        Good("import time\n\nwhile busy() and time.time() < end:\n    time.sleep(0.01)\n", "it does not last"),
    )

    def check(self, node: ast.While | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the loop does nothing but ask, with a short sleep in between."""
        if isinstance(node, ast.Call):
            yield from self._alone(node, module)
            return
        loop = self._polls(node, module)
        if loop is None:
            return
        shortest = min(seconds(call, module) or 0 for call in loop.sleeps)
        rate = round(1 / shortest)
        message = f"looks {rate:,} times a second: wait for an event, or sleep longer than {shortest:g} s"
        yield self.finding(loop.sleeps[0], module, message, confidence=65 if loop.unknown else self.confidence)

    def _polls(self, node: ast.While, module: Module) -> PollLoop | None:
        """The loop, when all it does is to look too often."""
        loop = poll_loop(node, module)
        if loop is None or loop.bounded or (loop.asked is Answer.DATA and not loop.others) or is_test(module.path):
            return None
        if _has_time_limit(node, module):
            return None
        shortest = min((seconds(call, module) or 0 for call in loop.sleeps), default=0)
        return loop if 0 < shortest < self.option["least"] and not is_better_waited_for(node, module) else None

    def _alone(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """A short sleep in any other loop, a wait that gives up soon, or a timer that goes off often."""
        if self.least > _WORKS_TOO:
            return
        around = module.loop(node)
        if is_sleep(node, module):
            polls = self._polls(around, module) if isinstance(around, ast.While) else None
            if around is None or (polls is not None and node in polls.sleeps):
                return
            given = length(node)
            lasts = usual_length(given, module) if given is not None else None
        else:
            waits = _limits.goes_on(around, node, module)
            lasts = _limits.limit(node, module) if waits else None
            lasts = _limits.period(node, module) if lasts is None else lasts
        if lasts is not None and 0 < lasts < self.option["least"]:
            message = "wakes up many times a second: wait for an event, or longer"
            yield self.finding(node, module, message, confidence=_WORKS_TOO)


def _has_time_limit(node: ast.While, module: Module) -> bool:
    """Whether a `with` or a handler around the loop is named after a time limit."""
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            return False
        if isinstance(ancestor, (ast.With, ast.AsyncWith)):
            limits: list[ast.expr] = [item.context_expr for item in ancestor.items]
        elif isinstance(ancestor, ast.Try):
            limits = [handler.type for handler in ancestor.handlers if handler.type is not None]
        else:
            continue
        if any(word in ast.unparse(limit).lower() for limit in limits for word in ("timeout", "fail_after", "move_on")):
            return True
    return False
