"""GL509 keepalive-off."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.network._headers import header_value
from greenlint.rules.network._traffic import PACKAGES, session_of
from greenlint.source.calls import constant, keyword, last_name
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_CONNECTORS = frozenset({"aiohttp.TCPConnector", "aiohttp.UnixConnector", "aiohttp.connector.TCPConnector"})
_NOTHING_KEPT = {
    "httpx.Limits": ("max_keepalive_connections", "keepalive_expiry"),
    **dict.fromkeys(_CONNECTORS, ("keepalive_timeout",)),
}
"""Class -> its options that keep no connection when they are 0."""
_ONE_CALL = 35


class KeepaliveOff(FileRule):
    """A client closes its connection after each request.

    ## Why it wastes

    The next request to the same host opens a connection again: a handshake, with TLS and certificates for https, on both sides. Clients
    keep connections open by default; `Connection: close`, `force_close=True` and `max_keepalive_connections=0` turn that off.

    ## When to leave it alone

    For the only request of a program, and for servers that cannot do better. The header in a call or a dictionary of its own gets
    confidence 35, which the default threshold hides: whether more requests follow cannot be seen. So does a server's handler that says
    HTTP/1.0. Silent in tests. The fix is unsafe.

    ## Evidence

    Whole processes, CPython 3.11.7, plain http, 600 requests to a server on this machine: 0.27 -> 0.12 s of CPU time, both
    sides together (`python benchmarks/rules/run.py GL509`).

    Open gate, therefore in preview: three findings in the packages and applications of the corpus, and all may be on purpose.
    """

    code = "GL509"
    name = "keepalive-off"
    effect = Effect(
        EffectClass.TRANSFER,
        "a new connection per request (600 over plain http: 0.27 -> 0.12 s of CPU, both sides)",
        "bench GL509",
    )
    confidence = 75
    preview = True
    callees = frozenset({"TCPConnector", "UnixConnector", "Limits", "update"})
    packages = PACKAGES | {"http"}
    examples = (
        Bad(
            "import aiohttp\n\nconnector = aiohttp.TCPConnector(limit=9, force_close=True)\n",
            fixed="import aiohttp\n\nconnector = aiohttp.TCPConnector(limit=9, force_close=False)\n",
            lines=(3,),
        ),
        Bad("import requests\n\nsession = requests.Session()\nsession.headers['Connection'] = 'close'\n", lines=(4,)),
        Good("import aiohttp\n\nconnector = aiohttp.TCPConnector(limit=9)\n", "kept open"),
        Good("import requests\n\nsession = requests.Session()\nsession.headers['Accept'] = 'text/html'\n", "kept open"),
    )

    def check(self, node: ast.Call | ast.Dict | ast.Assign, module: Module) -> Iterator[Finding]:
        """Yield a finding where a client, or a server, is told to close its connections."""
        if is_test(module.path):
            return
        if isinstance(node, ast.Call):
            yield from self._setting(node, module)
            return
        if isinstance(node, ast.Assign) and last_name(node.targets[0]) == "protocol_version":
            if constant(node.value) == "HTTP/1.0":
                message = (
                    "HTTP/1.0 closes the connection after each answer: `HTTP/1.1` keeps it, where answers say their length"
                )
                yield self.finding(node, module, message, confidence=_ONE_CALL)
            return
        value = header_value(node, "connection")
        if value is None or str(value.value).lower() != "close" or _is_answer(node, module):
            return
        confidence = self.confidence if _is_of_session(node, module) else _ONE_CALL
        message = "closes the connection after each request: leave `Connection` out, so that the next one can use it"
        yield self.finding(value, module, message, confidence=confidence)

    def _setting(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        name = module.qualified_name(node.func)
        closing = keyword(node, "force_close") if name in _CONNECTORS else None
        if closing is not None and constant(closing) is True:
            fix: Fix = self.replace(closing, "False", module, "Keep connections open", Applicability.UNSAFE)
            message = "`force_close=True` closes the connection after each request: leave it out"
            yield self.finding(closing, module, message, fix=fix)
        for option in _NOTHING_KEPT.get(name or "", ()):
            kept = keyword(node, option)
            if isinstance(kept, ast.Constant) and type(kept.value) in (int, float) and kept.value == 0:
                message = f"`{option}=0` closes the connection after each request: leave it out"
                yield self.finding(kept, module, message)


def _is_of_session(node: ast.Dict | ast.Assign, module: Module) -> bool:
    """`session.headers["…"] = …`, `session.headers.update({…})`, `Session(headers={…})`, and calls in a loop."""
    if isinstance(node, ast.Assign):
        target = node.targets[0]
        holder = target.value if isinstance(target, ast.Subscript) else target
        return isinstance(holder, ast.Attribute) and session_of(holder.value, module) is not None
    call = module.parent(node)
    if isinstance(call, ast.keyword):
        call = module.parent(call)
    if not isinstance(call, ast.Call):
        return False
    if session_of(call, module) is not None:
        return True
    headers = call.func.value if isinstance(call.func, ast.Attribute) and call.func.attr == "update" else None
    return isinstance(headers, ast.Attribute) and headers.attr == "headers" and session_of(headers.value, module) is not None


def _is_answer(node: ast.Dict | ast.Assign, module: Module) -> bool:
    """Whether the headers belong to what a server answers."""
    text = module.text(module.statement(node)).lower()
    return "response" in text or "answer" in text or last_name(node) == "resp" or "event-stream" in text
