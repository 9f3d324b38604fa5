"""GL513 http-polling."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.network._looks import (
    asked_otherwise,
    asks_again_later,
    calling_loops,
    changing,
    is_without_end,
    look_loop,
    only_counts,
    pause_of,
    says_unchanged,
)
from greenlint.rules.network._retries import retry_of
from greenlint.rules.network._traffic import CALLEES, PACKAGES, is_likely_request, request_of
from greenlint.source.calls import last_name
from greenlint.source.project import is_test

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


class HttpPolling(FileRule):
    """A loop asks the same address again and again, at a fixed pace.

    ## Why it wastes

    Nearly all answers of a poll say what the one before said, and each costs a request, an answer and their way. A server that can hold
    the answer back until something happens (long poll, server-sent events, a web socket) or call back (web hook) needs one; with
    `If-None-Match` an unchanged answer has no body; and a pace that slows down while nothing changes asks less.

    ## When to leave it alone

    Where the server offers nothing else and the delay matters. The confidence is 65 up to 2 seconds between two looks in a loop without
    end, 45 for longer ones, for loops that end by a condition and for a function that has a timer call it again, and 35 where
    the file does not say how long it sleeps or what the headers hold, where a `for` loop only counts the looks, where a loop of the file calls the function that asks, or where only the name
    of the client says that it asks a server. The rule is silent where the pause is longer than the option `least` (60 seconds) or grows,
    where the request has a condition (`If-None-Match`, `If-Modified-Since`) or asks the server to wait (`params={"wait": …}`, a
    stream), for attempts that end with success (GL504, GL505), and in tests.

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
    callees = CALLEES | {"parse"}
    packages = PACKAGES | {"feedparser", "http"}
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
        request = request_of(node, module) or asked_otherwise(node, module)
        if request is not None:
            name, verb = request.name, request.verb
        elif self.least <= _UNKNOWN and is_likely_request(node):
            name, verb = module.text(node.func)[-40:], last_name(node.func)
        else:
            return
        if verb not in ("get", "head") or is_test(module.path):
            return
        short = says_unchanged(node, module)
        if short is True:
            return
        found = self._pace(node, module)
        if found is None:
            return
        pace, confidence = found
        how = "at a fixed pace" if pace is None else f"every {pace:g} s"
        message = f"`{name}` asks {how}: use a long poll, a web hook or If-None-Match, or ask less often"
        if request is None or short is None:
            confidence = min(confidence, _UNKNOWN)
        yield self.finding(node, module, message, confidence=confidence)

    def _pace(self, node: ast.Call, module: Module) -> tuple[float | None, int] | None:
        """Seconds between two looks (None: the file does not say) and how sure it is that these are looks; None: they are not."""
        loop = module.loop(node)
        if loop is None:
            again = asks_again_later(node, module)
            if again is not None:
                return (again, _SLOW) if 0 < again < self.option["least"] else None
            for user, outer in calling_loops(node, module) if self.least <= _UNKNOWN else ():
                found = self._in_loop(user, outer, module)
                if found is not None:
                    return found[0], _UNKNOWN
            return None
        return self._in_loop(node, loop, module)

    def _in_loop(self, node: ast.Call, loop: ast.AST, module: Module) -> tuple[float | None, int] | None:
        endless = is_without_end(loop, module)
        counted = not endless and self.least <= _UNKNOWN and only_counts(loop, module)
        if not isinstance(loop, (ast.While, ast.For)) or (isinstance(loop, ast.For) and not (endless or counted)):
            return None
        facts = look_loop(loop, module)
        retry = retry_of(loop, module)
        if (retry is not None and retry.sure) or not facts.pauses or changing(loop, module) & _names(node):
            return None
        times = [pause_of(pause, module) for pause in facts.pauses]
        pace = None if None in times else max(time or 0 for time in times)
        if facts.changes if pace is None else pace >= self.option["least"]:
            return None
        if counted and facts.leaves and not facts.reads:
            return None  # attempts
        if pace is None or counted:
            return pace, _UNKNOWN
        return pace, self.confidence if endless and not facts.leaves and pace <= _TIGHT else _SLOW


def _names(node: ast.Call) -> frozenset[str]:
    given = [*node.args, *(item.value for item in node.keywords)]
    return frozenset(n.id for value in given for n in ast.walk(value) if isinstance(n, ast.Name))
