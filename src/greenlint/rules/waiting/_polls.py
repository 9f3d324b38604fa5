"""Which expressions only ask for the state of something else, at once and without changing anything.

Silence is the rule: a call that is not known here may block or make progress, and makes the whole expression "work".
"""

from __future__ import annotations

import ast
from enum import IntEnum

from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.source.module import Module


class Answer(IntEnum):
    """Where the value of an expression comes from, from "cannot change by itself" to "certainly somebody else's state"."""

    DATA = 0  # names and constants
    STATE = 1  # attributes and items: another thread may set them
    POLL = 2  # a call whose only purpose is to ask


REMEDIES = {
    "is_set": "`.wait()` on the event",
    "is_alive": "`.join()`",
    "poll": "`.wait()`",
    "waitpid": "`os.waitpid` without WNOHANG",
    "done": "`.result()`, or `concurrent.futures.wait`",
    "running": "`.result()`, or `concurrent.futures.wait`",
    "ready": "`.wait()` or `.get()`",
    "empty": "`.get()`, which waits",
    "get_nowait": "`.get()`, which waits",
    "full": "`.put()`, which waits",
    "locked": "`with lock:`",
    "acquire": "`.acquire()` without `False`",
    "select": "a timeout instead of 0",
    "active_count": "`.join()` on the threads",
}
"""What waits instead of a poll, by the name of the poll; clocks and files have no event and need a sleep."""

_METHODS = words("""is_set is_alive isAlive done running cancelled ready empty full qsize locked is_ready is_running is_done is_finished
    is_complete is_completed is_busy isBusy get_busy isRunning isReady is_connected inWaiting exists is_file is_dir""")
_FUNCTIONS = words("""time.time time.monotonic time.perf_counter time.time_ns time.monotonic_ns time.perf_counter_ns
    datetime.datetime.now datetime.datetime.utcnow datetime.now datetime.utcnow
    os.path.exists os.path.lexists os.path.isfile os.path.isdir os.path.getsize os.path.getmtime
    threading.active_count threading.enumerate multiprocessing.active_children psutil.pid_exists
    pygame.time.get_ticks""")
CLOCKS = frozenset(name for name in _FUNCTIONS if name.startswith(("time.", "datetime.", "pygame.time.")))
_NEUTRAL = words("len bool int float str abs min max round any all sum isinstance")
_NEUTRAL_TYPES = frozenset({"pathlib.Path", "datetime.timedelta"})
_OPAQUE = (
    ast.Await,
    ast.Yield,
    ast.YieldFrom,
    ast.Lambda,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.Starred,
)
_ASKING_EACH = (ast.ListComp, ast.SetComp, ast.GeneratorExp)


def answer(expression: ast.expr, module: Module, names: Mapping[str, Answer | None], *, each: bool = False) -> Answer | None:
    """Where the value of `expression` comes from; None when it does something or may block.

    `names` says the same of names that the loop assigns; None for those that it moves on by itself. With `each`, a comprehension asks
    what it asks each item; to walk through the items may block, too.
    """
    found = Answer.DATA
    stack: list[ast.AST] = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, _OPAQUE) and not (each and isinstance(node, _ASKING_EACH)):
            return None
        if isinstance(node, ast.Name):
            known = names.get(node.id, Answer.DATA)
            if known is None:
                return None
            found = max(found, known)
        if isinstance(node, ast.Call):
            asked = _call(node, module)
            if asked is None:
                return None
            found = max(found, asked)
            stack.extend((*node.args, *(keyword.value for keyword in node.keywords)))
            if isinstance(node.func, ast.Attribute) and module.qualified_name(node.func) is None:
                stack.append(node.func.value)
            continue
        if isinstance(node, ast.NamedExpr):
            stack.append(node.value)
            continue
        if isinstance(node, (ast.Attribute, ast.Subscript)):
            if isinstance(node, ast.Attribute) and _defined_here(node.attr, module):
                return None
            found = max(found, Answer.STATE)
        stack.extend(ast.iter_child_nodes(node))
    return found


def _call(call: ast.Call, module: Module) -> Answer | None:
    callee = call.func
    name = module.qualified_name(callee)
    if name in _FUNCTIONS:
        return Answer.POLL
    if name in _NEUTRAL_TYPES:
        return Answer.DATA
    if _answers_at_once(call, module):
        return Answer.POLL
    if isinstance(callee, ast.Name):
        return Answer.DATA if callee.id in _NEUTRAL and module.is_builtin(callee, callee.id) else None
    if not isinstance(callee, ast.Attribute) or call.args or call.keywords or _defined_here(callee.attr, module):
        return None
    if callee.attr == "poll":
        return Answer.POLL if _is_process_poll(call, module) else None
    return Answer.POLL if callee.attr in _METHODS else None


def _answers_at_once(call: ast.Call, module: Module) -> bool:
    """True for `not lock.acquire(False)`, `waitpid(pid, WNOHANG) == (0, 0)` and `select(r, w, x, 0)`.

    Where the first two succeed they take something: a loop that goes on while they do makes progress.
    """
    callee, arguments = call.func, call.args
    name = module.qualified_name(callee)
    if name == "select.select":
        return len(arguments) == 4 and isinstance(arguments[3], ast.Constant) and arguments[3].value == 0
    if name == "os.waitpid":
        asked = len(arguments) == 2 and module.qualified_name(arguments[1]) == "os.WNOHANG"
    else:
        asked = isinstance(callee, ast.Attribute) and callee.attr == "acquire" and _is_false(call, "blocking")
    return asked and _must_fail(call, module)


def _must_fail(call: ast.Call, module: Module) -> bool:
    holder = module.parents.get(call)
    while isinstance(holder, ast.Subscript):
        holder = module.parents.get(holder)
    if isinstance(holder, ast.Compare):
        return isinstance(holder.ops[0], ast.Eq)
    return isinstance(holder, ast.UnaryOp) and isinstance(holder.op, ast.Not)


def takes_without_waiting(call: ast.Call) -> bool:
    """True for `get_nowait()`, `put_nowait(x)` and `get(False)`: they raise where the blocking form would wait."""
    if not isinstance(call.func, ast.Attribute):
        return False
    return call.func.attr in ("get_nowait", "put_nowait") or (call.func.attr == "get" and _is_false(call, "block"))


def _is_false(call: ast.Call, keyword: str) -> bool:
    given = [item.value for item in call.keywords if item.arg == keyword] or call.args[:1]
    return bool(given) and isinstance(given[0], ast.Constant) and given[0].value is False


def _is_process_poll(call: ast.Call, module: Module) -> bool:
    """`Popen.poll()` is compared with None or has a receiver named so; `poll()` of selectors and message clients waits."""
    holder = module.parents.get(call)
    if isinstance(holder, ast.NamedExpr):
        holder = module.parents.get(holder)
    if isinstance(holder, ast.Compare):
        return any(isinstance(operand, ast.Constant) and operand.value is None for operand in holder.comparators)
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    name = receiver.attr if isinstance(receiver, ast.Attribute) else getattr(receiver, "id", "")
    return isinstance(holder, ast.Assign) and ("proc" in name.lower() or name in ("p", "popen", "child"))


def _defined_here(name: str, module: Module) -> bool:
    """True when this file defines a function or property of that name: nobody knows what it does when asked."""
    notes = module.notes.setdefault("defined-here", {})
    if 0 not in notes:
        by_class = module.index.by_class
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        notes[0] = frozenset([node.name for kind in kinds for node in by_class.get(kind, ())])  # type: ignore[attr-defined]
    return name in notes[0]
