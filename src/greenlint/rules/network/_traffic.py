"""Calls that go over the network: one-off requests, requests through a session, and plain connections."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.network._clients import CLIENTS, VERBS, url_of
from greenlint.source.calls import argument, last_name
from greenlint.source.infer import attribute_bindings
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.source.module import Module

SESSIONS = {
    "requests.Session": "requests",
    "requests.session": "requests",
    "requests.sessions.Session": "requests",
    "httpx.Client": "httpx",
    "httpx.AsyncClient": "httpx",
    "aiohttp.ClientSession": "aiohttp",
    "aiohttp.client.ClientSession": "aiohttp",
    "urllib3.PoolManager": "urllib3",
}
"""Class whose objects make requests -> the library it belongs to."""
_OPENERS = {
    "urllib.request.urlopen": "urllib",
    "urllib.request.urlretrieve": "urllib",
    "urllib3.request": "urllib3",
    "aiohttp.request": "aiohttp",
}
_MANY = 50
"""A name that is bound more often is not followed: each of its uses would ask about all of them."""
_CLIENT_NAMES = ("api", "client", "conn", "http", "session")
_ADDRESS_NAMES = ("address", "endpoint", "href", "uri", "url")
PACKAGES = frozenset({"requests", "httpx", "aiohttp", "urllib", "urllib3"})
CALLEES = VERBS | {"urlopen", "urlretrieve"}


class Request(NamedTuple):
    """One call that asks a server for something.

    name     as the message shows it: "requests.get", "session.get"
    library  the package that makes it
    verb     the method in lower case; "get" for `urlopen` without data, "" where it is not known
    url      the address, as far as the call shows it
    kept     whether it goes through a session
    """

    name: str
    library: str
    verb: str
    url: ast.expr | None
    kept: bool


def request_of(call: ast.Call, module: Module) -> Request | None:
    """What `call` asks for, when it is known to make a request."""
    name = module.qualified_name(call.func)
    if name in _OPENERS:
        return _opened(call, name)
    package, _, verb = (name or "").partition(".")
    if package in CLIENTS and verb in VERBS:
        return Request(f"{package}.{verb}", package, _verb(call, verb), url_of(call, verb), kept=False)
    if name is None and isinstance(call.func, ast.Attribute) and call.func.attr in VERBS:
        library = session_of(call.func.value, module)
        if library is not None:
            verb = call.func.attr
            return Request(module.text(call.func)[-40:], library, _verb(call, verb), url_of(call, verb), kept=True)
    return None


def is_likely_request(call: ast.Call) -> bool:
    """Whether it seems to ask a server through a client of unknown kind: `client.get("https://…")`, `self.http.post(url)`."""
    func = call.func
    if not (isinstance(func, ast.Attribute) and func.attr in VERBS):
        return False
    client = last_name(func.value).lower()
    return any(word in client for word in _CLIENT_NAMES) and _is_address(url_of(call, func.attr))


def _is_address(url: ast.expr | None) -> bool:
    if isinstance(url, ast.JoinedStr):
        url = url.values[0] if url.values else None
    if isinstance(url, ast.FormattedValue):
        url = url.value
    while isinstance(url, ast.BinOp):
        url = url.left
    if isinstance(url, ast.Constant):
        return isinstance(url.value, str) and ("://" in url.value or url.value.startswith("/"))
    name = last_name(url.func if isinstance(url, ast.Call) else url).lower() if url is not None else ""
    return any(word in name for word in _ADDRESS_NAMES)


def session_of(receiver: ast.expr, module: Module, classes: Mapping[str, str] = SESSIONS) -> str | None:
    """The library of the session that `receiver` is, when all its bindings are sessions of one (or objects of other `classes`)."""
    if isinstance(receiver, ast.Call):
        return classes.get(module.qualified_name(receiver.func) or "")
    if isinstance(receiver, ast.Name):
        bindings = names_of(module).valid_bindings(receiver)
    elif isinstance(receiver, ast.Attribute):
        stores = names_of(module).attribute_stores.get(receiver.attr, [])
        bindings = attribute_bindings(receiver, module) if len(stores) <= _MANY else []
    else:
        return None
    found: set[str | None] = set()
    for binding in bindings if len(bindings) <= _MANY else ():
        if isinstance(binding.value, ast.Constant) and binding.value.value is None:
            continue
        made = binding.value.func if isinstance(binding.value, ast.Call) else None
        place = made if made is not None else binding.annotation
        found.add(classes.get(module.qualified_name(place) or "") if place is not None else None)
    return found.pop() if len(found) == 1 else None


def _opened(call: ast.Call, name: str) -> Request:
    library = _OPENERS[name]
    short = name.rpartition(".")[2]
    if library != "urllib":
        return Request(name, library, _verb(call, "request"), argument(call, 1, "url"), kept=False)
    verb = "get" if short == "urlretrieve" or argument(call, 1, "data") is None else "post"
    return Request(short, library, verb, argument(call, 0, "url"), kept=False)


def _verb(call: ast.Call, verb: str) -> str:
    if verb != "request":
        return verb
    method = argument(call, 0, "method")
    return str(method.value).lower() if isinstance(method, ast.Constant) else ""


def literal_url(url: ast.expr | None, module: Module) -> str | None:
    """The address as text, where the call holds it or a name that is bound to one text alone."""
    if isinstance(url, ast.Name):
        bindings = names_of(module).valid_bindings(url)
        url = bindings[0].value if len(bindings) == 1 else None
    if isinstance(url, ast.Constant) and isinstance(url.value, str):
        return url.value if url.value.startswith(("http://", "https://", "ftp://")) else None
    return None
