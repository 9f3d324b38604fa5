"""GL513 http-polling."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.network._blocks import nodes_of
from greenlint.rules.network._retries import retry_of
from greenlint.rules.network._traffic import CALLEES, PACKAGES, is_likely_request, request_of
from greenlint.rules.waiting._sleeps import is_sleep, seconds
from greenlint.source.calls import last_name
from greenlint.source.project import is_test
from greenlint.source.repeat import is_short_iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, ClassVar

    from greenlint.source.module import Module

_TIGHT = 2.0
"""Seconds between two looks below which hardly any server changes its answer."""
_SLOW = 45
_UNKNOWN = 35
"""How long it sleeps is said elsewhere."""
_LEAVING = (ast.Return, ast.Break, ast.Raise)
_EXITS = frozenset({"exit", "_exit", "quit"})


class HttpPolling(FileRule):
    """A loop asks the same address again and again, at a fixed pace.

    ## Why it wastes

    Nearly all answers of a poll say what the one before said, and each costs a request, an answer and their way. A server that can hold
    the answer back until something happens (long poll, server-sent events, a web socket) or call back (web hook) needs one; with
    `If-None-Match` an unchanged answer has no body; and a pace that slows down while nothing changes asks less.

    ## When to leave it alone

    Where the server offers nothing else and the delay matters. The confidence is 65 up to 2 seconds between two looks in a loop without
    end, 45 for longer ones and for loops that end by a condition, and 35 where
    the file does not say how long it sleeps, where a `for` loop only counts the looks, or where only the name of the client says that it asks a server. The rule is silent where the pause is longer than the option
    `least` (60 seconds) or grows, where the request has headers, for attempts that end with success (GL504, GL505), and in tests.

    ## Evidence

    Whole processes, CPython 3.11.7, a server on this machine that changes its answer after 0.9 s, asked
    every 10 ms or once: 0.15 -> 0.07 s of CPU time
    (`python benchmarks/rules/run.py GL513`).

    Open gate, therefore in preview: no finding at the default confidence in the packages and applications of the corpus.
    """

    code = "GL513"
    name = "http-polling"
    effect = Effect(
        EffectClass.WAKE_UP, "one request and answer per look (0.9 s at 10 ms: 0.15 -> 0.07 s of CPU)", "bench GL513"
    )
    confidence = 65
    preview = True
    callees = CALLEES
    packages = PACKAGES
    options: ClassVar[Mapping[str, Any]] = {"least": 60}
    examples = (
        Bad(
            "import requests, time\n\nwhile True:\n    show(requests.get(URL, timeout=9).json())\n    time.sleep(1)\n",
            lines=(4,),
        ),
        Good(
            "import requests, time\n\nwhile True:\n    show(requests.get(URL, timeout=9).json())\n    time.sleep(3600)\n",
            "once an hour",
        ),
        Good(
            "import requests, time\n\nfor page in pages:\n    show(requests.get(URL, params=page, timeout=9).json())\n"
            "    time.sleep(1)\n",
            "another page each time",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the loop around this request only sleeps between two looks."""
        request = request_of(node, module)
        if request is not None:
            name, verb = request.name, request.verb
        elif self.least <= _UNKNOWN and is_likely_request(node):
            name, verb = module.text(node.func)[-40:], last_name(node.func)
        else:
            return
        loop = module.loop(node) if verb in ("get", "head") else None
        counted = self.least <= _UNKNOWN and isinstance(loop, ast.For) and _only_counts(loop, module)
        if (
            not (isinstance(loop, ast.While) or (counted and isinstance(loop, ast.For)))
            or is_test(module.path)
            or _has_headers(node)
        ):
            return
        facts = _facts(loop, module)
        retry = retry_of(loop, module)
        if (retry is not None and retry.sure) or not facts.pauses or facts.stored & _names(node):
            return
        times = [seconds(pause, module) for pause in facts.pauses]
        pace = None if None in times else max(time or 0 for time in times)
        if facts.changes if pace is None else pace >= self.option["least"]:
            return
        if counted and facts.leaves:
            return  # attempts
        endless = isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant) and not facts.leaves
        how = "at a fixed pace" if pace is None else f"every {pace:g} s"
        message = f"`{name}` asks {how}: use a long poll, a web hook or If-None-Match, or ask less often"
        confidence = self.confidence if endless and pace is not None and pace <= _TIGHT else _SLOW
        if pace is None or request is None or counted:
            confidence = _UNKNOWN
        yield self.finding(node, module, message, confidence=confidence)


class _Loop:
    """What one walk through a loop finds: the names it sets, its sleeps, whether they change, and whether it may be left."""

    def __init__(self, loop: ast.While | ast.For, module: Module) -> None:
        nodes = list(nodes_of(loop.body))
        self.stored = frozenset(n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load))
        self.pauses = [n for n in nodes if isinstance(n, ast.Call) and is_sleep(n, module)]
        given = [part for pause in self.pauses for argument in pause.args for part in ast.walk(argument)]
        self.changes = any(isinstance(n, ast.Call) or (isinstance(n, ast.Name) and n.id in self.stored) for n in given)
        self.leaves = any(isinstance(n, _LEAVING) or (isinstance(n, ast.Call) and last_name(n.func) in _EXITS) for n in nodes)


def _only_counts(loop: ast.For, module: Module) -> bool:
    """`for _ in range(1000):`, whose number nothing reads, and which has more than a few turns."""
    walks = isinstance(loop.iter, ast.Call) and module.is_builtin(loop.iter.func, "range")
    if not walks or not isinstance(loop.target, ast.Name) or is_short_iterable(loop.iter, module):
        return False
    return not any(isinstance(node, ast.Name) and node.id == loop.target.id for node in nodes_of(loop.body))


def _facts(loop: ast.While | ast.For, module: Module) -> _Loop:
    notes = module.notes.setdefault("polling-loop", {})
    if id(loop) not in notes:
        notes[id(loop)] = _Loop(loop, module)
    found: _Loop = notes[id(loop)]
    return found


def _names(node: ast.Call) -> frozenset[str]:
    given = [*node.args, *(item.value for item in node.keywords)]
    return frozenset(n.id for value in given for n in ast.walk(value) if isinstance(n, ast.Name))


def _has_headers(node: ast.Call) -> bool:
    """Headers may hold a condition, and `stream` waits for events."""
    return any(item.arg in ("headers", "stream", None) for item in node.keywords)
