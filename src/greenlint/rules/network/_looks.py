"""Loops that look at the same address again and again: how they pause, how they end, and what the request says of it."""

from __future__ import annotations

import ast
import re

from greenlint.rules.network._blocks import nodes_of
from greenlint.rules.network._edits import mentions
from greenlint.rules.network._traffic import Request, session_of
from greenlint.rules.waiting._sleeps import is_sleep, number, seconds
from greenlint.source.calls import argument, constant, keyword, last_name
from greenlint.source.names import names_of
from greenlint.source.repeat import is_short_iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_LEAVING = (ast.Return, ast.Break, ast.Raise)
_EXITS = frozenset({"exit", "_exit", "quit"})
_EVENTS = frozenset({"threading", "asyncio", "multiprocessing", "trio", "anyio", "gevent", "eventlet", "concurrent"})
_ENDLESS = frozenset({"itertools.count", "itertools.cycle"})
_READS = frozenset({"json", "text", "content", "read"})
_CONDITIONS = ("if-none-match", "if-modified-since", "event-stream", "last-event-id", "prefer")
"""Headers, and values of them, with which an unchanged answer is short or held back."""
_HOLDS = frozenset({"wait", "timeout", "long_poll", "longpoll", "longpolling", "poll", "hang", "block", "watch", "index"})
"""Names of parameters that ask a server to hold its answer back until something happens."""
_TIMERS = {"Timer": (0, 1, 1.0), "call_later": (0, 1, 1.0), "after": (0, 1, 0.001), "enter": (0, 2, 1.0)}
"""What calls a function later: the places of the delay and of the function, and the unit of the delay in seconds."""
_LENGTHS = re.compile(r"interval|seconds|delay|period|pause|timeout|every|sleep", re.IGNORECASE)
_PLAIN = {"http.client.HTTPConnection": "http", "http.client.HTTPSConnection": "http"}


class LookLoop:
    """What one walk through a loop finds.

    stored   the names that a turn sets
    pauses   the calls that sleep, or wait for an event for some time
    changes  whether a pause depends on something that changes from turn to turn
    leaves   whether the loop may be left from inside
    reads    whether it is left because of what the answer says, not because an answer came
    """

    def __init__(self, loop: ast.While | ast.For, module: Module) -> None:
        nodes = list(nodes_of(loop.body))
        stored = {n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
        head = list(ast.walk(loop.test)) if isinstance(loop, ast.While) else []
        if isinstance(loop, ast.For):
            stored |= {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
        self.stored = frozenset(stored)
        self.pauses = [n for n in (*head, *nodes) if isinstance(n, ast.Call) and _pauses(n, module)]
        given = [part for pause in self.pauses for value in _given(pause) for part in ast.walk(value)]
        self.changes = any(
            (isinstance(n, ast.Call) and not _waits(n, module)) or (isinstance(n, ast.Name) and n.id in self.stored)
            for n in given
        )
        self.leaves = any(isinstance(n, _LEAVING) or (isinstance(n, ast.Call) and last_name(n.func) in _EXITS) for n in nodes)
        self.reads = any(isinstance(n, ast.If) and _leaves(n) and _reads_answer(n.test) for n in nodes)


def look_loop(loop: ast.While | ast.For, module: Module) -> LookLoop:
    """The facts about a loop, found once."""
    notes = module.notes.setdefault("polling-loop", {})
    if id(loop) not in notes:
        notes[id(loop)] = LookLoop(loop, module)
    found: LookLoop = notes[id(loop)]
    return found


def pause_of(call: ast.Call, module: Module) -> float | None:
    """Seconds that a pause lasts, where the file says it."""
    if is_sleep(call, module):
        return seconds(call, module)
    place = 1 if last_name(call.func) == "wait_for" else 0
    given = argument(call, place, "timeout")
    return number(given, module) if given is not None else None


def is_without_end(loop: ast.AST, module: Module) -> bool:
    """`while True`, and `for` loops over what has no end: `itertools.count()`, `iter(int, 1)`."""
    if isinstance(loop, ast.While):
        return isinstance(loop.test, ast.Constant)
    if not isinstance(loop, ast.For) or not isinstance(loop.iter, ast.Call):
        return False
    walks = loop.iter
    if module.is_builtin(walks.func, "iter"):
        return len(walks.args) == 2
    name = module.qualified_name(walks.func)
    return name in _ENDLESS or (name == "itertools.repeat" and len(walks.args) == 1 and not walks.keywords)


def only_counts(loop: ast.AST, module: Module) -> bool:
    """`for _ in range(1000):`, which has more than a few turns."""
    if not isinstance(loop, ast.For) or not isinstance(loop.iter, ast.Call) or not isinstance(loop.target, ast.Name):
        return False
    return module.is_builtin(loop.iter.func, "range") and not is_short_iterable(loop.iter, module)


def says_unchanged(call: ast.Call, module: Module) -> bool | None:
    """Whether the request lets the server answer shortly, or later, while nothing changes; None where the file does not show it."""
    if any(item.arg is None for item in call.keywords) or constant(keyword(call, "stream")) not in (None, False):
        return True
    if keyword(call, "etag") is not None or keyword(call, "modified") is not None or _holds(keyword(call, "params"), module):
        return True
    headers = keyword(call, "headers")
    if headers is None:
        return False
    if isinstance(headers, ast.Dict) and None not in headers.keys:
        texts = [str(constant(part)).lower() for part in (*headers.keys, *headers.values) if isinstance(part, ast.Constant)]
        if any(word in text for word in _CONDITIONS for text in texts):
            return True
        if all(isinstance(key, ast.Constant) for key in headers.keys):
            return False
    return True if any(mentions(module, word.encode()) for word in _CONDITIONS[:-1]) else None


def asked_otherwise(call: ast.Call, module: Module) -> Request | None:
    """Requests of libraries that other rules of this group do not follow: a plain connection, a reader of feeds."""
    name = module.qualified_name(call.func)
    if name == "feedparser.parse":
        return Request(name, "feedparser", "get", argument(call, 0, "url_file_stream_or_string"), kept=False)
    func = call.func
    if isinstance(func, ast.Attribute) and func.attr == "request" and session_of(func.value, module, _PLAIN) is not None:
        return Request(module.text(func)[-40:], "http", str(constant(argument(call, 0, "method"))).lower(), None, kept=True)
    return None


def changing(loop: ast.While | ast.For, module: Module) -> frozenset[str]:
    """The names that may be something else at each turn: not those bound again to the same, as `request = Request(url)`."""
    stored = look_loop(loop, module).stored
    return frozenset(name for name in stored if not _is_same(name, loop, stored))


def _is_same(name: str, loop: ast.While | ast.For, stored: frozenset[str]) -> bool:
    values = [n.value for n in nodes_of(loop.body) if isinstance(n, ast.Assign) and last_name(n.targets[0]) == name]
    places = [n for n in nodes_of(loop.body) if isinstance(n, ast.Name) and n.id == name and not isinstance(n.ctx, ast.Load)]
    if len(values) != 1 or len(places) != 1:
        return False
    value = values[0]
    if isinstance(value, ast.Call):
        if last_name(value.func) != "Request":
            return False
        parts = [part for given in _given(value) for part in ast.walk(given)]
    else:
        parts = list(ast.walk(value))
    return not any(isinstance(n, (ast.Call, ast.Await)) or (isinstance(n, ast.Name) and n.id in stored) for n in parts)


def calling_loops(call: ast.Call, module: Module) -> Iterator[tuple[ast.Call, ast.While | ast.For]]:
    """The loops of this file that call the function around a request, and their calls of it."""
    function = module.function(call)
    if function is None or module.loop(call) is not None:
        return
    holder = module.parent(function)
    for user in module.calls(function.name):
        func, loop = user.func, module.loop(user)
        if not isinstance(loop, (ast.While, ast.For)) or module.function(user) is function:
            continue
        if isinstance(holder, ast.ClassDef):
            own = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in ("cls", "self")
            if own and holder in module.ancestors(user):
                yield user, loop
        elif isinstance(func, ast.Name) and holder is module.tree:
            yield user, loop


def asks_again_later(call: ast.Call, module: Module) -> float | None:
    """Seconds after which the function around `call` has itself called again: `Timer(5, poll).start()`, `after(1000, poll)`."""
    function = module.function(call)
    if function is None or module.loop(call) is not None:
        return None
    for name, (delay, target, unit) in _TIMERS.items():
        for later in module.calls(name):
            if len(later.args) <= max(delay, target) or module.function(later) is not function:
                continue
            length = number(later.args[delay], module)
            if last_name(later.args[target]) == function.name and length is not None:
                return length * unit
    return None


def _pauses(call: ast.Call, module: Module) -> bool:
    return is_sleep(call, module) or _waits(call, module)


def _waits(call: ast.Call, module: Module) -> bool:
    """`stop.wait(5)`: an event that is waited for as long as a pause would last."""
    name = last_name(call.func)
    if name == "wait_for":
        return module.qualified_name(call.func) == "asyncio.wait_for" and pause_of(call, module) is not None
    if name != "wait" or not isinstance(call.func, ast.Attribute) or module.packages.isdisjoint(_EVENTS):
        return False
    given = argument(call, 0, "timeout")
    if given is None or len(call.args) > 1:
        return False
    return number(given, module) is not None or _LENGTHS.search(last_name(given)) is not None


def _given(call: ast.Call) -> Iterator[ast.expr]:
    yield from call.args
    yield from (item.value for item in call.keywords)


def _leaves(branch: ast.If) -> bool:
    return any(isinstance(n, _LEAVING) for n in nodes_of([*branch.body, *branch.orelse]))


def _reads_answer(test: ast.expr) -> bool:
    """Whether a condition looks into the answer (`r.json()["state"] == "done"`), and not only at whether it came (`r.ok`)."""
    for node in ast.walk(test):
        if isinstance(node, ast.Subscript) or (isinstance(node, ast.Attribute) and node.attr in _READS):
            return True
        if isinstance(node, ast.Compare) and any(_is_text(side) for side in (node.left, *node.comparators)):
            return True
    return False


def _is_text(node: ast.expr) -> bool:
    parts = node.elts if isinstance(node, (ast.Tuple, ast.List, ast.Set)) else [node]
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in parts)


def _holds(params: ast.expr | None, module: Module) -> bool:
    """Whether the parameters of the request ask for a long poll."""
    if isinstance(params, ast.Name):
        bindings = names_of(module).valid_bindings(params)
        params = bindings[0].value if len(bindings) == 1 else None
    keys = params.keys if isinstance(params, ast.Dict) else []
    return any(isinstance(key, ast.Constant) and str(key.value).lower() in _HOLDS for key in keys)
