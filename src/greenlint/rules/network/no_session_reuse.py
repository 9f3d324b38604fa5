"""GL501 no-session-reuse."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.network._clients import (
    CLIENTS,
    VERBS,
    calling_loop,
    facts_of,
    one_off_request,
    request_loop,
    same_host,
    url_of,
)
from greenlint.rules.network._traffic import SESSIONS
from greenlint.source.calls import last_name
from greenlint.source.names import names_of
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_OTHER_HOSTS = 50
"""The addresses may all lie on different hosts, where a session saves nothing."""
_OPENED = 40
"""A session of its own for each turn may be meant, and `urlopen` cannot do better."""
_FROM_AFAR = 30
"""The loop is elsewhere in the file, or the clients of a server are what repeats it."""
_PLAIN = frozenset({"urllib.request.urlopen", "urllib.request.urlretrieve"})
_ROUTES = frozenset({"api_view", "delete", "get", "patch", "post", "put", "route", "websocket"})
_ROUTERS = ("api", "app", "blueprint", "bp", "router", "server")
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class NoSessionReuse(FileRule):
    """A loop opens a new connection for each request to the same host.

    ## Why it wastes

    `requests.get` makes a session, a connection and, for https, a handshake with its certificates, uses them once and throws them
    away. `requests.Session` and `httpx.Client` keep the connection open for the next request.

    ## When to leave it alone

    Where the requests go to different hosts, or are so rare that the server closes the connection meanwhile. The rule speaks
    where the address begins with something that stays the same in the loop; otherwise, and where the loop sleeps, the confidence is
    50. A session that is opened anew in each turn, which may be meant, and `urlopen`, which has no session, get 40; a function that a
    loop of the file or the framework of a server calls for each item gets 30. All three are hidden by the default threshold. It is
    silent for loops that try again until one request succeeds, in tests, and for short loops. The fix is unsafe: a session also keeps
    cookies.

    ## Evidence

    Whole processes with a server in a process of its own, CPython 3.11.7, plain http: 200 requests 0.347 -> 0.294 s of CPU time, most
    of both for importing `requests` and for the server; 20 requests show no difference (`python benchmarks/rules/run.py GL501`).
    The handshakes of https come on top and were not measured here.
    """

    code = "GL501"
    name = "no-session-reuse"
    effect = Effect(
        EffectClass.TRANSFER,
        "a new connection per request (200 over plain http: 0.347 -> 0.294 s of CPU, server included)",
        "bench GL501",
    )
    confidence = 90
    callees = VERBS | {name.rpartition(".")[2] for name in {*SESSIONS, *_PLAIN}}
    packages = frozenset({*CLIENTS, "urllib", "urllib3"})
    examples = (
        Bad(
            "import requests\n\ndef fetch(ids):\n    out = []\n    for i in ids:\n"
            "        out.append(requests.get(f'https://example.org/api/{i}', timeout=9).json())\n    return out\n",
            fixed="import requests\n\ndef fetch(ids):\n    out = []\n    session = requests.Session()\n    for i in ids:\n"
            "        out.append(session.get(f'https://example.org/api/{i}', timeout=9).json())\n    return out\n",
            lines=(6,),
        ),
        Bad(
            "import httpx\n\ndef fetch(base, names):\n    return [httpx.get(base + name).text for name in names]\n", lines=(4,)
        ),
        Good(
            "import requests\n\ndef fetch(ids):\n    with requests.Session() as session:\n        for i in ids:\n"
            "            use(session.get(f'https://example.org/{i}'))\n",
            "one connection",
        ),
        Good(
            "import requests\n\ndef fetch(urls):\n    return [requests.get(url) for url in urls]\n", "perhaps different hosts"
        ),
        Good(
            "import requests\n\ndef fetch(url):\n    while True:\n        try:\n            return requests.get(url)\n"
            "        except OSError:\n            log()\n",
            "it tries again",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when a loop makes this request many times."""
        name = one_off_request(node, module)
        if is_test(module.path):
            return
        loop = request_loop(node, module) if name is not None else None
        if name is None or loop is None:
            if self.least <= _OPENED:
                yield from self._perhaps(node, module)
            return
        package, _, verb = name.partition(".")
        facts = facts_of(loop, module)
        sure = (
            same_host(url_of(node, verb), facts.stored, module) and not _changes_proxy(node, facts.stored) and not facts.pauses
        )
        message = f"`{name}` opens a new connection each time: use one `{CLIENTS[package]}()` for the loop"
        confidence = self.confidence if sure else _OTHER_HOSTS
        yield self.finding(
            node,
            module,
            message,
            confidence=confidence,
            fix=_fix(loop, package, module) if sure and node is facts.requests[0] else None,
        )

    def _perhaps(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Sessions that do not outlive one turn, `urlopen`, and requests in functions that are called again and again."""
        name = module.qualified_name(node.func) or ""
        session = name in SESSIONS
        if not (name in _PLAIN or one_off_request(node, module) or (session and _is_for_a_moment(node, module))):
            return
        opens = (
            f"opens a new session, `{name}`," if session else f"`{name.removeprefix('urllib.request.')}` opens a new connection"
        )
        if request_loop(node, module) is not None:
            instead = (
                "open it once before the loop" if session else "a session of a client such as `requests` or `httpx` keeps it"
            )
            yield self.finding(node, module, f"{opens} each time: {instead}", confidence=_OPENED)
            return
        function = module.function(node)
        if function is None or module.loop(node) is not None:
            return
        if _answers(function):
            message = f"{opens} for each request that `{function.name}` answers: keep one session for the application"
            yield self.finding(node, module, message, confidence=_OPENED if session else _FROM_AFAR)
            return
        loop = calling_loop(function, module)
        if loop is not None:
            message = f"{opens} each time that line {loop.lineno} calls `{function.name}`: hand one session to it"
            yield self.finding(node, module, message, confidence=_FROM_AFAR)


def _is_for_a_moment(node: ast.Call, module: Module) -> bool:
    """Whether the session serves what stands beside it alone: it is not handed on, and no loop of its own uses it."""
    holder = module.parent(node)
    if isinstance(holder, ast.withitem):
        block = module.parent(holder)
        return block is not None and not any(isinstance(part, _LOOPS) for part in ast.walk(block))
    if isinstance(holder, ast.Assign):
        return isinstance(holder.targets[0], ast.Name)
    return isinstance(holder, ast.Attribute)


def _answers(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a framework calls the function for each request: `@app.get("/")`, `@router.post("/x")`."""
    calls = [decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call)]
    return any(
        isinstance(func, ast.Attribute)
        and func.attr in _ROUTES
        and any(word in last_name(func.value).lower() for word in _ROUTERS)
        for func in calls
    )


def _changes_proxy(node: ast.Call, changing: frozenset[str]) -> bool:
    given = [k.value for k in node.keywords if k.arg in ("proxies", "proxy", "cert")]
    return any(isinstance(n, ast.Name) and n.id in changing for value in given for n in ast.walk(value))


def _fix(loop: Loop, package: str, module: Module) -> Fix | None:
    """A session before the loop, and its methods in the loop; the first request of the loop carries it for all."""
    if package != "requests" or not isinstance(loop, (ast.For, ast.While)) or module.imports.get("requests") != "requests":
        return None
    if names_of(module).is_mentioned("session"):
        return None
    line = module.lines[loop.lineno - 1]
    indent = line[: loop.col_offset]
    if indent.strip():
        return None
    start = module.offset(loop.lineno, loop.col_offset)
    edits = [Edit(start, start, f"session = requests.Session()\n{indent.decode()}")]
    for call in facts_of(loop, module).requests:
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            edits.append(Edit(*module.span(call.func.value), "session"))
    edits.sort(key=lambda edit: edit.start)
    return Fix("Use one session", tuple(edits), Applicability.UNSAFE)
