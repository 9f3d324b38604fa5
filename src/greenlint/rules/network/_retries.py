"""Loops that try the same request or connection again until it succeeds: whether they end, and how they pause."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.network._blocks import LEAVING, after_the_try, always_leaves, may_leave, nodes_of, tries
from greenlint.rules.network._traffic import is_likely_request, request_of
from greenlint.rules.waiting._sleeps import is_sleep, seconds
from greenlint.source.calls import constant, last_name
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

TriedLoop = ast.While | ast.For
PACKAGES = frozenset(
    {
        "requests",
        "httpx",
        "aiohttp",
        "urllib",
        "urllib3",
        "http",
        "socket",
        "websocket",
        "websockets",
        "redis",
        "psycopg2",
        "pymysql",
    }
    | {
        "pymongo",
        "pika",
        "kafka",
        "smtplib",
        "ftplib",
        "paramiko",
        "grpc",
        "boto3",
        "botocore",
        "sqlalchemy",
        "MySQLdb",
        "asyncpg",
    }
)
_CONNECTS = frozenset(
    {"connect", "create_connection", "open_connection", "ws_connect", "urlopen", "urlretrieve", "getresponse"}
)
_FAILURES = (
    "Connection",
    "URLError",
    "HTTPError",
    "RequestException",
    "ConnectTimeout",
    "ReadTimeout",
    "ClientError",
    "ServerError",
)
_PAUSES = frozenset(
    {"sleep", "wait", "pause", "delay", "backoff", "usleep", "sleep_for", "input", "wait_for", "poll", "select"}
)
_HARMLESS = frozenset(
    {
        "debug",
        "info",
        "warning",
        "warn",
        "error",
        "exception",
        "critical",
        "log",
        "print",
        "format",
        "str",
        "repr",
        "close",
        "write",
    }
)
_LIMITS = ("attempt", "retr", "tries", "count", "deadline", "timeout", "expire", "give_up", "giveup", "max_", "limit")
_CLOCKS = frozenset({"time", "monotonic", "perf_counter", "now", "utcnow", "elapsed"})


class Retry(NamedTuple):
    """A loop that tries again.

    call      what it tries
    attempts  how often at most, where the loop's text says it
    endless   True when nothing but success ends it, False when a counter, a clock or the handler may, None when something may that
              this loop does not show
    pauses    the sleeps between two attempts; `waits` says whether it waits by other means
    grows     whether a pause depends on something that changes from turn to turn
    sure      False where the answer also decides whether it asks again, so that it may wait for a state rather than for the server,
              and where the client that asks is not known
    """

    call: ast.Call
    attempts: int | None
    endless: bool | None
    pauses: list[ast.Call]
    waits: bool
    grows: bool
    sure: bool


def retry_of(loop: TriedLoop, module: Module) -> Retry | None:
    """What `loop` tries again and again; None when it does something else."""
    notes = module.notes.setdefault("retry-loop", {})
    if id(loop) not in notes:
        notes[id(loop)] = _Loop(loop, module).result()
    found: Retry | None = notes[id(loop)]
    return found


class _Loop:
    """One loop, and the `try` in it that makes it one of retries."""

    def __init__(self, loop: TriedLoop, module: Module) -> None:
        self._loop = loop
        self._module = module
        self._try = next(tries(loop.body), None)
        asks = isinstance(loop, ast.For) and isinstance(loop.iter, ast.Call) and len(loop.body) > 1
        self._nodes = list(nodes_of(loop.body)) if self._try is not None or asks else []
        self._stored = frozenset(
            node.id for node in self._nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
        )

    def result(self) -> Retry | None:
        tried = self._try
        if not self._repeats_itself():
            return None
        if tried is None:
            return self._asks_until_content()
        goes_on = [handler for handler in tried.handlers if not always_leaves(handler.body)]
        if not goes_on or not (self._ends_with_success(tried) or may_leave(tried)):
            return None
        call = self._tried_call(tried, goes_on)
        if call is None or self._asks_something_else(call):
            return None
        sure = self._ends_with_success(tried) and not self._is_guess(call, goes_on)
        return self._retry(call, self._endless(tried, goes_on), sure=sure)

    def _asks_until_content(self) -> Retry | None:
        """`for _ in range(5): answer = get(url)`, left by a condition on the answer."""
        if not isinstance(self._loop, ast.For):
            return None
        asked, name = None, ""
        for statement in self._loop.body:
            value = statement.value if isinstance(statement, ast.Assign) else None
            value = value.value if isinstance(value, ast.Await) else value
            if isinstance(statement, ast.Assign) and isinstance(value, ast.Call) and self._is_request(value):
                asked, name = value, last_name(statement.targets[0])
            elif asked is not None and isinstance(statement, ast.If) and always_leaves(statement.body):
                mentioned = any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(statement.test))
                if mentioned and not self._asks_something_else(asked):
                    return self._retry(asked, False, sure=False)
        return None

    def _is_request(self, call: ast.Call) -> bool:
        return request_of(call, self._module) is not None or is_likely_request(call)

    def _retry(self, call: ast.Call, endless: bool | None, *, sure: bool) -> Retry:
        pauses = [node for node in self._nodes if isinstance(node, ast.Call) and is_sleep(node, self._module)]
        waits = any(isinstance(node, ast.Call) and last_name(node.func).strip("_") in _PAUSES for node in self._nodes)
        named = any(isinstance(node, ast.Call) and "sleep" in last_name(node.func).lower() for node in self._nodes)
        return Retry(
            call,
            self._attempts(),
            endless,
            pauses,
            (waits or named) and not pauses,
            any(self._changes(pause) for pause in pauses),
            sure,
        )

    def _repeats_itself(self) -> bool:
        loop = self._loop
        if isinstance(loop, ast.While):
            return True
        if not isinstance(loop.iter, ast.Call):
            return False
        name = self._module.qualified_name(loop.iter.func)
        return self._module.is_builtin(loop.iter.func, "range") or name == "itertools.count"

    def _ends_with_success(self, tried: ast.Try) -> bool:
        """Whether the loop is left right after the try, or a flag in its head is set there."""
        if always_leaves(tried.body) or always_leaves(tried.orelse):
            return True
        after = after_the_try(tried, self._loop.body)
        if after and always_leaves(after):
            return True
        if not isinstance(self._loop, ast.While):
            return False
        names = {node.id for node in ast.walk(self._loop.test) if isinstance(node, ast.Name)}
        set_there = {
            n.id for n in nodes_of([*tried.body, *tried.orelse]) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        return bool(names & set_there)

    def _tried_call(self, tried: ast.Try, goes_on: list[ast.ExceptHandler]) -> ast.Call | None:
        calls = [node for node in nodes_of(tried.body) if isinstance(node, ast.Call)]
        calls.sort(key=lambda call: (call.lineno, call.col_offset))
        for call in calls:
            if request_of(call, self._module) or last_name(call.func) in _CONNECTS:
                return call
        if calls and self._catches_failures(goes_on):
            return calls[0]
        return next(filter(is_likely_request, calls), None)

    def _catches_failures(self, handlers: list[ast.ExceptHandler]) -> bool:
        caught = " ".join(self._module.text(handler.type) for handler in handlers if handler.type is not None)
        return any(word in caught for word in _FAILURES)

    def _is_guess(self, call: ast.Call, handlers: list[ast.ExceptHandler]) -> bool:
        known = request_of(call, self._module) is not None or last_name(call.func) in _CONNECTS
        return not known and not self._catches_failures(handlers)

    def _asks_something_else(self, call: ast.Call) -> bool:
        """Whether the arguments change from turn to turn: it searches for a server that answers."""
        changing = set(self._stored)
        if isinstance(self._loop, ast.For):
            changing |= {node.id for node in ast.walk(self._loop.target) if isinstance(node, ast.Name)}
        given = [*call.args, *(item.value for item in call.keywords if item.arg != "timeout")]
        before = [
            n for n in nodes_of(self._try.body if self._try else []) if isinstance(n, ast.Call) and n.lineno < call.lineno
        ]
        given += [argument for earlier in before for argument in earlier.args]
        return any(isinstance(node, ast.Name) and node.id in changing for value in given for node in ast.walk(value))

    def _attempts(self) -> int | None:
        if not isinstance(self._loop, ast.For) or not isinstance(self._loop.iter, ast.Call):
            return None
        ends = [_number(argument, self._module) for argument in self._loop.iter.args]
        known = [end for end in ends if end is not None]
        if not known or len(known) < len(ends) or len(known) > 2:
            return None
        return max(0, known[-1] - (known[0] if len(known) == 2 else 0))

    def _endless(self, tried: ast.Try, goes_on: list[ast.ExceptHandler]) -> bool | None:
        loop = self._loop
        if isinstance(loop, ast.For):
            return not self._module.is_builtin(loop.iter.func, "range")  # type: ignore[attr-defined]
        if self._has_limit():
            return False
        handlers = [handler for handler in goes_on if not any(isinstance(node, LEAVING) for node in nodes_of(handler.body))]
        if not handlers:
            return False
        unknown = any(not self._is_harmless(node) for handler in handlers for node in nodes_of(handler.body))
        if isinstance(loop.test, ast.Constant):
            return None if unknown else True
        names = [node for node in ast.walk(loop.test) if isinstance(node, (ast.Name, ast.Attribute, ast.Call))]
        flags = all(isinstance(node, ast.Name) and node.id in self._stored for node in names)
        return None if unknown or not flags else True

    def _has_limit(self) -> bool:
        """A condition that a counter, a clock, or a name like one decides, and any exit outside of the try."""
        assert self._try is not None
        tests = [node.test for node in self._nodes if isinstance(node, (ast.If, ast.While, ast.IfExp))]
        if isinstance(self._loop, ast.While):
            tests.append(self._loop.test)
        counted = {
            node.target.id for node in self._nodes if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
        }
        for node in (part for test in tests for part in ast.walk(test)):
            name = last_name(node.func if isinstance(node, ast.Call) else node)
            if name in counted or any(word in name.lower() for word in _LIMITS):
                return True
            if isinstance(node, ast.Call) and name in _CLOCKS:
                return True
        inside = {id(node) for part in (self._try.body, self._try.orelse, self._try.handlers) for node in nodes_of(part)}
        after = after_the_try(self._try, self._loop.body)
        ending = set(map(id, after[-1:])) if after and always_leaves(after) else set()
        return any(isinstance(n, LEAVING) and id(n) not in inside | ending for n in self._nodes)

    def _is_harmless(self, node: ast.AST) -> bool:
        """Anything but a call that may raise or end the program."""
        if isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom)):
            return isinstance(node, ast.Await) and is_sleep(node, self._module)
        if not isinstance(node, ast.Call):
            return True
        return is_sleep(node, self._module) or last_name(node.func) in _HARMLESS

    def _changes(self, pause: ast.Call) -> bool:
        if seconds(pause, self._module) is not None:
            return False
        target = (
            {n.id for n in ast.walk(self._loop.target) if isinstance(n, ast.Name)} if isinstance(self._loop, ast.For) else set()
        )
        given = [*pause.args, *(item.value for item in pause.keywords)]
        for node in (part for value in given for part in ast.walk(value)):
            if isinstance(node, ast.Call) or (isinstance(node, ast.Name) and node.id in self._stored | target):
                return True
        return False


def _number(node: ast.expr, module: Module) -> int | None:
    """A literal, a name that is bound to one alone, or the sum or difference of such."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        left, right = _plain(node.left, module), _plain(node.right, module)
        if left is None or right is None:
            return None
        return left + right if isinstance(node.op, ast.Add) else left - right
    return _plain(node, module)


def _plain(node: ast.expr, module: Module) -> int | None:
    if isinstance(node, ast.Name):
        bindings = names_of(module).valid_bindings(node)
        node = bindings[0].value or node if len(bindings) == 1 else node
    value = constant(node)
    return value if isinstance(value, int) else None
