"""GL504 unbounded-retry."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.network._retries import PACKAGES, retry_of
from greenlint.rules.network._retry_helpers import CALLEES, endless_decorator, endless_helper, pause_grows
from greenlint.rules.network._retry_helpers import PACKAGES as HELPERS
from greenlint.rules.waiting._sleeps import seconds
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_SLOW = 1.0
"""Seconds between two attempts from which a loop rather waits for its server than storms it."""
_ON_PURPOSE = 45
"""It pauses for long, or something may end it: a service that waits for its server."""


class UnboundedRetry(FileRule):
    """A request is tried again without end while the server does not answer.

    ## Why it wastes

    When the server is gone, or refuses the request for good, every further attempt is for nothing: it costs both sides until somebody
    notices. An attempt that fails is also the cheapest one, so that such a loop runs as fast as it can.

    ## When to leave it alone

    A service that has nothing to do without its server may wait for it, with pauses of a second or more: such loops get confidence 45, which the
    default threshold hides, as do loops that something else may end (a stop event, a call in the handler) and loops where the answer
    itself decides whether to ask again, or only the client's name says that a server is asked. The rule is silent where a counter, a clock or the handler ends the loop, and in tests.

    ## Evidence

    Whole processes, CPython 3.11.7, a port on this machine that refuses: 0.95 s of CPU time in 0.9 s, against
    0.06 s for five attempts with pauses, start of the interpreter included (`python benchmarks/rules/run.py GL504`).

    Open gate, therefore in preview: fewer than five findings in the packages and applications of the corpus, too few to judge its precision.
    """

    code = "GL504"
    name = "unbounded-retry"
    effect = Effect(
        EffectClass.WAKE_UP,
        "tries again for as long as the server is away (0.9 s at a closed port: 0.95 -> 0.06 s of CPU)",
        "bench GL504",
    )
    confidence = 80
    preview = True
    callees = CALLEES
    packages = PACKAGES | HELPERS
    examples = (
        Bad(
            "import requests\n\ndef fetch(url):\n    while True:\n        try:\n            return requests.get(url, timeout=9)\n"
            "        except requests.ConnectionError:\n            pass\n",
            lines=(4,),
        ),
        Bad("from tenacity import retry, wait_fixed\n\n@retry(wait=wait_fixed(1))\ndef fetch():\n    call()\n", lines=(3,)),
        Bad("from urllib3.util.retry import Retry\n\nforever = Retry(total=None)\n", lines=(3,)),
        Good(
            "import requests\n\ndef fetch(url):\n    for attempt in range(5):\n        try:\n"
            "            return requests.get(url, timeout=9)\n        except requests.ConnectionError:\n            pause(2**attempt)\n",
            "five attempts",
        ),
        Good(
            "import requests, time\n\ndef fetch(url):\n    end = time.monotonic() + 60\n    while True:\n        try:\n"
            "            return requests.get(url, timeout=9)\n        except requests.ConnectionError:\n"
            "            if time.monotonic() > end:\n                raise\n",
            "a clock ends it",
        ),
        Good(
            "from tenacity import retry, stop_after_attempt\n\n@retry(stop=stop_after_attempt(5))\ndef fetch():\n    call()\n",
            "five attempts",
        ),
    )

    def check(
        self, node: ast.While | ast.For | ast.Call | ast.FunctionDef | ast.AsyncFunctionDef, module: Module
    ) -> Iterator[Finding]:
        """Yield a finding when only success ends the attempts."""
        if isinstance(node, ast.Call):
            yield from self._helper(node, endless_helper(node, module), module)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for decorator in node.decorator_list:
                if not isinstance(decorator, ast.Call):
                    yield from self._helper(decorator, endless_decorator(decorator, module), module)
        else:
            yield from self._loop(node, module)

    def _helper(self, node: ast.expr, missing: str | None, module: Module) -> Iterator[Finding]:
        if missing is not None and not is_test(module.path):
            grows = isinstance(node, ast.Call) and pause_grows(node)
            yield self.finding(node, module, f"tries again for ever: give {missing}", confidence=_ON_PURPOSE if grows else 90)

    def _loop(self, node: ast.While | ast.For, module: Module) -> Iterator[Finding]:
        retry = retry_of(node, module)
        if retry is None or retry.endless is False or is_test(module.path):
            return
        slow = any((seconds(pause, module) or _SLOW) >= _SLOW for pause in retry.pauses)
        certain = retry.endless and retry.sure and not slow and not retry.waits
        message = f"tries line {retry.call.lineno} again until it succeeds, for ever: count the attempts, or set a deadline"
        # the head alone: the whole loop would be too long a place
        yield self.finding(_head(node), module, message, confidence=self.confidence if certain else _ON_PURPOSE)


def _head(node: ast.While | ast.For) -> ast.expr:
    return node.test if isinstance(node, ast.While) else node.iter
