"""Requests that open a connection of their own, and whether many of them go to the same place."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.source.names import names_of
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

VERBS = frozenset({"delete", "get", "head", "options", "patch", "post", "put", "request"})
CLIENTS = {"requests": "requests.Session", "httpx": "httpx.Client", "aiohttp": "aiohttp.ClientSession"}
"""Module whose functions open a connection for each call -> the class whose methods keep it."""
_PAUSES = frozenset({"sleep", "wait", "input"})
_ATTEMPTS = ("attempt", "retry", "retries", "tries", "try_", "redirect")


def one_off_request(call: ast.Call, module: Module) -> str | None:
    """The qualified name of a request without a session, as `requests.get`."""
    name = module.qualified_name(call.func)
    if name is None:
        return None
    package, _, verb = name.partition(".")
    return name if package in CLIENTS and verb in VERBS else None


def url_of(call: ast.Call, verb: str) -> ast.expr | None:
    """The address that a request goes to."""
    for keyword in call.keywords:
        if keyword.arg == "url":
            return keyword.value
    place = 1 if verb == "request" else 0
    return call.args[place] if len(call.args) > place and not isinstance(call.args[0], ast.Starred) else None


def request_loop(node: ast.AST, module: Module) -> Loop | None:
    """The innermost loop that repeats a request much; None where it only tries again until one succeeds."""
    for loop in repeating_loops(node, module):
        return None if _tries_again(node, loop, module) else loop
    return None


def calling_loop(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Loop | None:
    """A loop of this file that calls the function again and again."""
    holder = module.parent(function)
    for call in module.calls(function.name):
        func = call.func
        if isinstance(holder, ast.ClassDef):
            own = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in ("cls", "self")
            own = own and holder in module.ancestors(call)
        else:
            own = isinstance(func, ast.Name) and holder is module.tree
        loop = request_loop(call, module) if own else None
        if loop is not None:
            return loop
    return None


def _tries_again(node: ast.AST, loop: Loop, module: Module) -> bool:
    head = module.text(loop.test) if isinstance(loop, ast.While) else ""
    if isinstance(loop, (ast.For, ast.AsyncFor)):
        head = f"{module.text(loop.target)} {module.text(loop.iter)}"
    if any(word in head.lower() for word in _ATTEMPTS):
        return True
    if not isinstance(loop, (ast.While, ast.For)) or not any(isinstance(a, ast.Try) for a in _within(node, loop, module)):
        return False
    line: int = node.lineno  # type: ignore[attr-defined]
    return facts_of(loop, module).leaves >= line


def _within(node: ast.AST, loop: Loop, module: Module) -> list[ast.AST]:
    found = []
    for ancestor in module.ancestors(node):
        if ancestor is loop:
            break
        found.append(ancestor)
    return found


class LoopFacts(NamedTuple):
    """What one walk through a loop finds.

    stored    the names that a turn sets
    pauses    whether it sleeps or waits for a person, so that the server may close the connection
    leaves    the last line on which it breaks or returns, 0 for none
    requests  the requests without a session, in source order
    """

    stored: frozenset[str]
    pauses: bool
    leaves: int
    requests: list[ast.Call]


def facts_of(loop: Loop, module: Module) -> LoopFacts:
    """The facts about a loop, found once."""
    notes = module.notes.setdefault("request-loop", {})
    if id(loop) not in notes:
        nodes = list(ast.walk(loop))
        calls = [node for node in nodes if isinstance(node, ast.Call)]
        names = {f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in (call.func for call in calls)}
        requests = [call for call in calls if one_off_request(call, module)]
        notes[id(loop)] = LoopFacts(
            stored=frozenset([n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]),
            pauses=not names.isdisjoint(_PAUSES),
            leaves=max((n.lineno for n in nodes if isinstance(n, (ast.Break, ast.Return))), default=0),
            requests=sorted(requests, key=lambda call: (call.lineno, call.col_offset)),
        )
    found: LoopFacts = notes[id(loop)]
    return found


def same_host(url: ast.expr | None, changing: frozenset[str], module: Module, depth: int = 8) -> bool:
    """Whether the address begins with something that stays the same from turn to turn: a literal with a host, a name, `self.url`."""
    if url is None or depth == 0:
        return False
    if isinstance(url, ast.Constant):
        return isinstance(url.value, str) and _has_host(url.value)
    if isinstance(url, ast.JoinedStr) and url.values:
        first = url.values[0]
        if isinstance(first, ast.Constant):
            text = str(first.value)
            return _has_host(text) or (
                text.endswith("://") and len(url.values) > 1 and same_host(url.values[1], changing, module, depth - 1)
            )
        return same_host(first, changing, module, depth - 1)
    if isinstance(url, ast.FormattedValue):
        return same_host(url.value, changing, module, depth - 1)
    if isinstance(url, ast.BinOp):
        return same_host(url.left, changing, module, depth - 1)
    if isinstance(url, ast.Call) and isinstance(url.func, ast.Attribute) and url.func.attr == "format":
        return same_host(url.func.value, changing, module, depth - 1)
    if isinstance(url, ast.Call) and url.args and (module.qualified_name(url.func) or "").endswith("urljoin"):
        return same_host(url.args[0], changing, module, depth - 1)
    if isinstance(url, ast.Attribute):
        return same_host(url.value, changing, module, depth - 1)
    return _same_name(url, changing, module, depth)


def _same_name(url: ast.expr, changing: frozenset[str], module: Module, depth: int) -> bool:
    """A name that the loop leaves alone, or sets to an address of the same host."""
    if not isinstance(url, ast.Name):
        return False
    if url.id not in changing:
        return True
    names = names_of(module)
    scope = names.scope(url)
    values = [binding.value for binding in names.bindings(url.id, scope)] if scope is not None else []
    return bool(values) and all(value is not None and same_host(value, changing, module, depth - 1) for value in values)


def _has_host(text: str) -> bool:
    _, mark, rest = text.partition("://")
    return bool(mark) and "/" in rest and not rest.startswith(("/", "{", "%"))
