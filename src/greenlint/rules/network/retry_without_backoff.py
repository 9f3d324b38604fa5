"""GL505 retry-without-backoff."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.network._edits import add_argument
from greenlint.rules.network._retries import PACKAGES, retry_of
from greenlint.rules.network._retry_helpers import CALLEES, is_urllib3_retry, most_attempts, steady_helper, steady_pause
from greenlint.rules.network._retry_helpers import PACKAGES as HELPERS
from greenlint.rules.waiting._sleeps import seconds
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.network._retries import Retry
    from greenlint.source.module import Module

_FEW = 5
"""So many attempts cost little at any rate."""
_SHORT = 1.0
"""A steady pause of up to so many seconds in a loop without end is short."""
_STEADY = 40
_FAST = 65


class RetryWithoutBackoff(FileRule):
    """A failed request is tried again at once, or at a steady rate.

    ## Why it wastes

    A server that refuses now refuses a millisecond later too: attempts without a pause fail as fast as the machine can make them, and
    meet the server when it can least afford them. Pauses that double (with some chance added) need a handful of attempts for the
    same wait.

    ## When to leave it alone

    One or two further attempts on a connection that was closed while idle. The rule says 65 for steady pauses of up to a second
    without an end, 40 for other steady pauses, for up to five attempts, and where only the answer's content or the client's name says
    that a request is tried again; the default threshold hides those. It is silent where the pause grows or comes from elsewhere, and
    in tests. The fixes are unsafe: they wait longer.

    ## Evidence

    Whole processes, CPython 3.11.7, a server on this machine that takes 0.5 s to start: 0.43 -> 0.07 s of CPU time, start
    of the interpreter included (`python benchmarks/rules/run.py GL505`).

    Open gate, therefore in preview: fewer than five findings in the packages and applications of the corpus, too few to judge its precision.
    """

    code = "GL505"
    name = "retry-without-backoff"
    effect = Effect(
        EffectClass.WAKE_UP, "fails as fast as it can (0.5 s until the server is up: 0.43 -> 0.07 s of CPU)", "bench GL505"
    )
    confidence = 85
    preview = True
    callees = CALLEES
    packages = PACKAGES | HELPERS
    examples = (
        Bad(
            "import requests\n\ndef fetch(url):\n    for attempt in range(10):\n        try:\n"
            "            return requests.get(url, timeout=9)\n        except requests.ConnectionError:\n            continue\n",
            lines=(4,),
        ),
        Bad(
            "from urllib3.util import Retry\n\nretries = Retry(total=8, status_forcelist=[502, 503])\n",
            fixed="from urllib3.util import Retry\n\nretries = Retry(total=8, status_forcelist=[502, 503], backoff_factor=1)\n",
            lines=(3,),
        ),
        Bad(
            "import tenacity\n\n@tenacity.retry(stop=tenacity.stop_after_attempt(9))\ndef fetch():\n    call()\n",
            lines=(3,),
        ),
        Good(
            "import requests, time\n\ndef fetch(url):\n    for attempt in range(10):\n        try:\n"
            "            return requests.get(url, timeout=9)\n        except requests.ConnectionError:\n"
            "            time.sleep(2**attempt)\n",
            "the pause doubles",
        ),
        Good("from urllib3.util import Retry\n\nretries = Retry(total=5, backoff_factor=0.5)\n", "the pause doubles"),
    )

    def check(self, node: ast.While | ast.For | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when nothing makes the pauses grow."""
        if is_test(module.path):
            return
        if isinstance(node, ast.Call):
            missing = steady_helper(node, module)
            if missing is not None:
                confidence = _STEADY if (most_attempts(node) or _FEW + 1) <= _FEW else None
                message = f"tries again at once: give {missing}"
                yield self.finding(node, module, message, confidence=confidence, fix=_fix(node, module))
            steady = steady_pause(node, module)
            if steady is not None:
                yield self.finding(node, module, f"tries again at a steady rate: use {steady}", confidence=_STEADY)
            return
        retry = retry_of(node, module)
        if retry is None or retry.waits or retry.grows:
            return
        how = "at a steady rate" if retry.pauses else "at once"
        message = f"tries line {retry.call.lineno} again {how}: pause longer after each failure"
        head = node.test if isinstance(node, ast.While) else node.iter
        yield self.finding(head, module, message, confidence=self._confidence(retry, module))

    def _confidence(self, retry: Retry, module: Module) -> int:
        if not retry.sure or (retry.attempts is not None and retry.attempts <= _FEW):
            return _STEADY
        if not retry.pauses:
            return self.confidence
        longest = max(seconds(pause, module) or _SHORT + 1 for pause in retry.pauses)
        return _FAST if retry.endless and longest <= _SHORT else _STEADY


def _fix(call: ast.Call, module: Module) -> Fix | None:
    if not is_urllib3_retry(call.func, module):
        return None
    edit = add_argument(call, "backoff_factor=1", module)
    return Fix("Pause longer after each failure", (edit,), Applicability.UNSAFE) if edit else None
