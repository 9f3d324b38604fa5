"""GL709 schedule-too-frequent."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.waiting._periods import CALLEES, period, said_by, scheduled, uses_scheduler
from greenlint.source.calls import last_name
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, ClassVar

    from greenlint.source.module import Module

_DAY = 86400
_GRAPHS = frozenset({"DAG", "dag"})
"""Their calls have many lines: the finding stands at the one that says when."""
_TIMERS = frozenset({"PeriodicCallback"})
_IN_PROCESS = 35
"""A timer of the event loop: no queue and no worker, and often what a server does to stay alive."""
_MINUTELY = 45
"""Once a minute is what cron does at most, and what many jobs are content with."""


class ScheduleTooFrequent(FileRule):
    """A scheduler starts a job several times a minute, around the clock.

    ## Why it wastes

    A job every five seconds runs 17,280 times a day, whether there is anything to do or not: each run wakes the scheduler, goes through the
    queue, wakes a worker, and asks a database or a service that mostly has nothing new. What must be done at once is
    better started by the change itself (a signal, a message, a webhook, `LISTEN`/`NOTIFY`); what may wait is done every few minutes.

    ## When to leave it alone

    Where the data do change that fast and nothing tells about it. The rule speaks of periods below `least` seconds (60); for exactly
    once a minute the confidence is 45, and 35 for timers of an event loop (tornado's `PeriodicCallback`), which the default threshold
    hides. It is silent where the period comes from
    the settings, and in tests.

    ## Evidence

    Whole processes, CPython 3.11.7: a job that asks an empty table of SQLite every 5 s and every 300 s: 0.168 -> 0.017 s of CPU
    time for a week of runs, 0.038 -> 0.014 s for a day; a scheduler, a queue and a worker come on top (`python benchmarks/rules/run.py GL709`).

    In preview: no finding at the default confidence in the standard library, 40 packages and the applications from GitHub.
    """

    code = "GL709"
    name = "schedule-too-frequent"
    preview = True
    effect = Effect(EffectClass.AVOIDED_RUN, "runs for nothing (every 5 s: 120,960 runs a week)", "bench GL709")
    confidence = 65
    callees = CALLEES
    options: ClassVar[Mapping[str, Any]] = {"least": 60}
    examples = (
        Bad(
            "from apscheduler.schedulers.background import BackgroundScheduler\n\ns = BackgroundScheduler()\n"
            "s.add_job(check, 'interval', seconds=5)\n",
            lines=(4,),
        ),
        Bad(
            "from celery import Celery\n\napp = Celery()\napp.conf.beat_schedule = {\n"
            "    'check': {'task': 'shop.check', 'schedule': 10.0},\n}\n",
            lines=(5,),
        ),
        Bad("import schedule\n\nschedule.every(2).seconds.do(check)\n", lines=(3,)),
        Good("import schedule\n\nschedule.every(10).minutes.do(check)\n", "a few times an hour"),
        Good("import schedule\n\nschedule.every(SECONDS_FROM_SETTINGS()).seconds.do(check)\n", "as the settings say"),
    )

    def check(self, node: ast.Call | ast.Dict, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` schedules a job several times a minute."""
        if isinstance(node, ast.Dict):
            if len(node.keys) < 2 or not _may_be_entry(node):
                return
            seconds = scheduled(node, module)
        else:
            seconds = period(node, module) if uses_scheduler(module) else None
        if seconds is None or not 0 < seconds <= self.option["least"] or is_test(module.path):
            return
        runs = f"{_DAY / seconds:,.0f}"
        message = f"runs every {seconds:g} s, {runs} times a day; start it when something changes, or less often"
        confidence = self.confidence if seconds < self.option["least"] else _MINUTELY
        if isinstance(node, ast.Call) and last_name(node.func) in _TIMERS:
            confidence = _IN_PROCESS
        place = said_by(node) if isinstance(node, ast.Dict) or last_name(node.func) in _GRAPHS else None
        yield self.finding(place or node, module, message, confidence=confidence)


def _may_be_entry(node: ast.Dict) -> bool:
    return any(isinstance(key, ast.Constant) and key.value == "schedule" for key in node.keys)
