"""GL502 request-without-timeout."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.network._edits import add_argument
from greenlint.rules.network._traffic import CALLEES, PACKAGES, literal_url, request_of
from greenlint.source.calls import is_open_ended, keyword
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.network._traffic import Request
    from greenlint.source.module import Module

_CLIENTS = frozenset({"httpx.Client", "httpx.AsyncClient", "httpx.stream"})
_WATCHED = 50
_NONE = 80
"""Somebody wrote `timeout=None`, perhaps on purpose."""
_PLACES = {"urlopen": 2}
"""The place of the timeout among the arguments."""


class RequestWithoutTimeout(FileRule):
    """A request may wait for its answer for ever.

    ## Why it wastes

    `requests` and `urlopen` have no limit of their own: a server that takes the connection and never answers holds the thread or process,
    its memory and its socket until somebody kills it, and workers that hang are replaced by new ones.

    ## When to leave it alone

    Where something else ends the wait: `socket.setdefaulttimeout`, which silences the rule when the file calls it, an adapter with a
    timeout of its own, a job with a deadline. `httpx` and `aiohttp` have a limit by default: there only `timeout=None` is reported.
    In tests, which somebody watches, and for hosts without a dot, which are near or made up, the confidence is 50. The fix is unsafe: 30 seconds may be too short.

    ## Evidence

    Whole processes, CPython 3.11.7, 800 requests in 1.2 s to a server on this machine that never answers: 44 MB
    of memory without a limit, 23 MB with one of 50 ms (`python benchmarks/rules/run.py GL502`).
    """

    code = "GL502"
    name = "request-without-timeout"
    effect = Effect(
        EffectClass.MEMORY,
        "holds a thread, its memory and its socket while the server is silent (800 requests: 44 -> 23 MB)",
        "bench GL502",
    )
    confidence = 90
    pedantic = True
    callees = CALLEES | {"Client", "AsyncClient", "stream"}
    packages = PACKAGES
    examples = (
        Bad(
            "import requests\n\nrequests.get('https://example.org')\n",
            fixed="import requests\n\nrequests.get('https://example.org', timeout=30)\n",
            lines=(3,),
        ),
        Bad(
            "from urllib.request import urlopen\n\nwith urlopen(url) as answer:\n    use(answer)\n",
            fixed="from urllib.request import urlopen\n\nwith urlopen(url, timeout=30) as answer:\n    use(answer)\n",
            lines=(3,),
        ),
        Bad("import httpx\n\nhttpx.get(url, timeout=None)\n", fixed="import httpx\n\nhttpx.get(url, timeout=30)\n", lines=(3,)),
        Good("import requests\n\nrequests.get('https://example.org', timeout=9)\n", "a limit"),
        Good("import httpx\n\nhttpx.get('https://example.org')\n", "five seconds by default"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when nothing limits the wait."""
        given = keyword(node, "timeout")
        if module.qualified_name(node.func) in _CLIENTS and given is not None and _is_none(given):
            fix: Fix | None = self.replace(given, "30", module, "Limit the wait", Applicability.UNSAFE)
            message = "requests of this client may wait for ever: give it a timeout"
            yield self.finding(node, module, message, confidence=_NONE, fix=fix)
            return
        request = request_of(node, module)
        if request is None or module.calls("setdefaulttimeout") or request.name.endswith("urlretrieve"):
            return
        if given is not None:
            if not _is_none(given):
                return
            fix = self.replace(given, "30", module, "Limit the wait", Applicability.UNSAFE)
        else:
            if request.library not in ("requests", "urllib") or is_open_ended(node) or _by_place(node, request):
                return
            edit = add_argument(node, "timeout=30", module)
            fix = Fix("Limit the wait", (edit,), Applicability.UNSAFE) if edit else None
        message = f"`{request.name}` may wait for ever: give it a timeout"
        confidence = self.confidence if given is None else _NONE
        if _is_short_host(literal_url(request.url, module)):
            confidence = _WATCHED
        yield self.finding(node, module, message, confidence=_WATCHED if is_test(module.path) else confidence, fix=fix)


def _is_short_host(url: str | None) -> bool:
    """Whether the address has a host without a dot: one of a closed network, or made up for an example."""
    return url is not None and "." not in url.partition("://")[2].partition("/")[0]


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _by_place(node: ast.Call, request: Request) -> bool:
    place = _PLACES.get(request.name)
    return place is not None and len(node.args) > place
