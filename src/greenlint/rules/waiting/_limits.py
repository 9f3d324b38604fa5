"""Calls that wait for something and give up after a given time, or that start their own function again after it."""

from __future__ import annotations

import ast

from greenlint.rules.waiting._lengths import usual_length
from greenlint.source.calls import argument, constant, keyword, last_name
from greenlint.source.infer import attribute_bindings
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_MILLI = 0.001
_PLACES = {"wait": 0, "join": 0, "result": 0, "exception": 0, "acquire": 1, "get": 1, "put": 2, "select": 0, "poll": 0}
"""Method -> the place of its time limit, which may also be given by name."""
_MORE = frozenset({"communicate", "get_message", "wait_for"})
"""Methods that take the limit by name alone."""
_FUNCTIONS: dict[str, tuple[int, str, float]] = {
    "select.select": (3, "timeout", 1.0),
    "asyncio.wait_for": (1, "timeout", 1.0),
    "asyncio.wait": (1, "timeout", 1.0),
    "asyncio.timeout": (0, "delay", 1.0),
    "async_timeout.timeout": (0, "delay", 1.0),
    "trio.move_on_after": (0, "seconds", 1.0),
    "trio.fail_after": (0, "seconds", 1.0),
    "anyio.move_on_after": (0, "delay", 1.0),
    "anyio.fail_after": (0, "delay", 1.0),
    "concurrent.futures.wait": (1, "timeout", 1.0),
    "multiprocessing.connection.wait": (1, "timeout", 1.0),
    "gevent.wait": (1, "timeout", 1.0),
    "signal.sigtimedwait": (1, "timeout", 1.0),
    "pygame.time.wait": (0, "milliseconds", _MILLI),
    "pygame.time.delay": (0, "milliseconds", _MILLI),
    "wx.MilliSleep": (0, "milliseconds", _MILLI),
    "time.sleep_ms": (0, "ms", _MILLI),
    "utime.sleep_ms": (0, "ms", _MILLI),
    "uasyncio.sleep_ms": (0, "t", _MILLI),
    "asyncio.sleep_ms": (0, "t", _MILLI),
    "utime.sleep": (0, "seconds", 1.0),
    "uasyncio.sleep": (0, "t", 1.0),
}
"""Qualified name -> the place and the name of the time, and its unit in seconds."""
_QT = frozenset({"PyQt4", "PyQt5", "PyQt6", "PySide2", "PySide6", "PySide", "qtpy"})
_TIMERS = {"Timer": 1.0, "call_later": 1.0, "after": _MILLI, "singleShot": _MILLI, "timeout_add": _MILLI}
"""What calls a function once after a time: a function that does so with itself goes on and on."""
_IN_MILLISECONDS = frozenset({"select.poll", "zmq.Poller", "zmq.asyncio.Poller", "select.devpoll"})
_OWN = frozenset(name.rpartition(".")[2] for name in _FUNCTIONS)
CALLEES = frozenset(_PLACES) | _MORE | _OWN | frozenset(_TIMERS) | {"msleep", "usleep", "start"}
"""How the calls end."""
PACKAGES = _QT | frozenset(
    {
        "threading",
        "multiprocessing",
        "queue",
        "Queue",
        "select",
        "selectors",
        "subprocess",
        "concurrent",
        "zmq",
        "tkinter",
        "gi",
    }
    | {"utime", "uasyncio", "pygame", "wx", "async_timeout", "signal", "redis", "confluent_kafka", "kafka", "billiard"}
)


def limit(call: ast.Call, module: Module) -> float | None:
    """How long `call` waits at most, in seconds, where it waits for something and the file says so."""
    if not call.args and not call.keywords:
        return None
    name = module.qualified_name(call.func)
    known = _FUNCTIONS.get(name or "")
    if known is not None:
        return _length(argument(call, known[0], known[1]), known[2], module)
    if not isinstance(call.func, ast.Attribute):
        return None
    method = call.func.attr
    if method in ("msleep", "usleep"):
        unit = _MILLI if method == "msleep" else 1e-6
        return _length(call.args[0], unit, module) if call.args and not module.packages.isdisjoint(_QT) else None
    if name is not None or (method not in _PLACES and method not in _MORE):
        return None  # a function of some module, and no method of an object that can be waited for
    if method == "get" and (len(call.args) > 2 or any(constant(value) is not True for value in call.args[:1])):
        return None  # of a dictionary or a client, and not of a queue
    milliseconds = keyword(call, "timeout_ms")
    if milliseconds is not None:
        return _length(milliseconds, _MILLI, module)
    given = keyword(call, "timeout") or _placed(call, method)
    return _length(given, _MILLI if method == "poll" and _is_in_milliseconds(call, module) else 1.0, module)


def does_not_wait(call: ast.expr, module: Module) -> bool:
    """`event.wait(0)`, `select(..., 0)`, and `poll()` of a connection: they answer at once."""
    if not isinstance(call, ast.Call):
        return False
    if limit(call, module) == 0:
        return True
    at_once = last_name(call.func) == "poll" and not call.args and not call.keywords
    return at_once and not module.packages.isdisjoint({"multiprocessing", "billiard", "subprocess"})


def _placed(call: ast.Call, method: str) -> ast.expr | None:
    """The time limit by its place, where the other arguments are those of a call that waits."""
    place = _PLACES.get(method)
    if place is None or len(call.args) != place + 1 or call.keywords:
        return None
    return call.args[place] if place == 0 or constant(call.args[place - 1]) is True else None


def _length(given: ast.expr | None, unit: float, module: Module) -> float | None:
    found = usual_length(given, module) if given is not None else None
    return found * unit if found is not None else None


def _is_in_milliseconds(call: ast.Call, module: Module) -> bool:
    """`select.poll()` and pollers of ZeroMQ count in milliseconds; epoll, connections and message clients in seconds."""
    receiver = call.func.value  # type: ignore[attr-defined]
    made = _makers(receiver, module)
    if made:
        return bool(made & _IN_MILLISECONDS)
    return "zmq" in module.packages and "poll" in last_name(receiver)


def _makers(receiver: ast.expr, module: Module) -> set[str]:
    """The qualified names of what the receiver was made by."""
    bindings = []
    if isinstance(receiver, ast.Name):
        names = names_of(module)
        scope = names.scope(receiver)
        bindings = names.bindings(receiver.id, scope) if scope is not None else []
    elif isinstance(receiver, ast.Attribute):
        bindings = attribute_bindings(receiver, module)
    calls = [binding.value.func for binding in bindings if isinstance(binding.value, ast.Call)]
    return {module.qualified_name(func) or "" for func in calls} - {""}


def goes_on(loop: ast.AST | None, call: ast.Call, module: Module) -> bool:
    """Whether the loop waits again and again for the same: a `while`, or a `for` that counts."""
    if isinstance(loop, ast.While):
        return True
    if not isinstance(loop, ast.For) or not isinstance(loop.iter, ast.Call):
        return False
    counts = module.is_builtin(loop.iter.func, "range") or module.qualified_name(loop.iter.func) == "itertools.count"
    targets = {part.id for part in ast.walk(loop.target) if isinstance(part, ast.Name)}
    return counts and not any(isinstance(part, ast.Name) and part.id in targets for part in ast.walk(call.func))


def period(call: ast.Call, module: Module) -> float | None:
    """After how many seconds a timer calls the function again that sets it, or a timer of Qt goes off again and again."""
    name = last_name(call.func)
    if name == "start":
        is_timer = len(call.args) == 1 and isinstance(call.func, ast.Attribute) and not module.packages.isdisjoint(_QT)
        made = _makers(call.func.value, module) if is_timer else set()  # type: ignore[attr-defined]
        return _length(call.args[0], _MILLI, module) if any(maker.endswith(".QTimer") for maker in made) else None
    unit = _TIMERS.get(name)
    if unit is None or (name == "Timer" and module.qualified_name(call.func) != "threading.Timer"):
        return None
    first = keyword(call, "interval") or (call.args[0] if call.args else None)
    back = keyword(call, "function") or (call.args[1] if len(call.args) > 1 else None)
    if first is None or back is None or not _is_around(back, call, module):
        return None
    return _length(first, unit, module)


def _is_around(back: ast.expr, call: ast.Call, module: Module) -> bool:
    """Whether the function that is called later is the one that says so."""
    if isinstance(back, ast.Lambda) and isinstance(back.body, ast.Call):
        back = back.body.func
    function = module.function(call)
    if function is None or last_name(back) != function.name:
        return False
    return not isinstance(back, ast.Attribute) or isinstance(module.parent(function), ast.ClassDef)
