"""GL712 leaked-thread-or-timer."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.calls import argument, constant, keyword, last_name
from greenlint.source.names import names_of
from greenlint.source.places import is_test
from greenlint.source.repeat import LOOPS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_DAEMON = 45
"""It ends with the process, but not with what it was started for."""
_KEPT = 60
_ALONE = 30
"""It may end by itself soon; nobody says so."""
_STARTING = frozenset({"start", "daemon", "name", "setName", "setDaemon"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class LeakedThreadOrTimer(FileRule):
    """A timer that starts itself anew, or a thread that never ends, with no way to stop it.

    ## Why it wastes

    What is started and cannot be stopped goes on when nobody needs it any more: it wakes the processor each time, holds its
    objects in memory, and, unless it is a daemon, keeps the process alive. A handle and a `cancel()`, an event that the loop asks for, or
    `thread.join()` after it end the work with its use.

    ## When to leave it alone

    For work that belongs to the whole life of the process. The rule reports timers that start themselves anew and whose handle nobody
    keeps (70) or nobody cancels (60), and threads other than daemons whose function of the same file holds a loop
    without an end, and that nobody joins (60). Daemons get 45, and other threads and timers whose handle nobody uses again 30, which the
    default threshold hides. It is silent in tests.

    ## Evidence

    Whole processes, CPython 3.11.7: a timer that looks every millisecond, 600 times after its use, 0.129 -> 0.016 s of CPU time; 100
    times 0.021 -> 0.013 s (`python benchmarks/rules/run.py GL712`).

    In preview: four findings at the default confidence in the standard library, 40 packages and the applications from GitHub, two of
    which work for as long as the process does.
    """

    code = "GL712"
    name = "leaked-thread-or-timer"
    preview = True
    effect = Effect(EffectClass.WAKE_UP, "wakes up for ever (0.2 ms of CPU time each time)", "bench GL712")
    confidence = 70
    callees = frozenset({"Thread", "Timer"})
    packages = frozenset({"threading"})
    examples = (
        Bad(
            "import threading\n\ndef tick():\n    look()\n    threading.Timer(5, tick).start()\n",
            lines=(5,),
        ),
        Bad(
            "import threading\n\ndef watch():\n    while True:\n        look()\n\nthreading.Thread(target=watch).start()\n",
            lines=(7,),
        ),
        Good(
            "import threading\n\nclass A:\n    def tick(self):\n        self.timer = threading.Timer(5, self.tick)\n        self.timer.start()\n\n"
            "    def stop(self):\n        self.timer.cancel()\n",
            "it can be stopped",
        ),
        Good(
            "import threading\n\ndef watch(stop):\n    while not stop.is_set():\n        look()\n\nthreading.Thread(target=watch).start()\n",
            "it ends",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` starts background work that nothing ends."""
        name = module.qualified_name(node.func)
        if name not in ("threading.Thread", "threading.Timer") or is_test(module.path):
            return
        timer = name == "threading.Timer"
        target = argument(node, 1, "function" if timer else "target")
        function = _function(target, node, module)
        if not _is_started(node, module):
            return
        daemon = constant(keyword(node, "daemon")) is True or _is_made_daemon(module)
        found = None
        if function is not None:
            found = self._timer(node, function, module) if timer else self._thread(node, function, module)
        if found is None and not daemon and target is not None and not _is_looked_after(node, module):
            end = "cancel" if timer else "join"
            message = f"nobody keeps this {'timer' if timer else 'thread'} to `{end}()` it: it holds the process until it ends by itself"
            found = _ALONE, message
        if found is not None:
            confidence, message = found
            yield self.finding(node, module, message, confidence=_DAEMON if daemon else confidence)

    def _timer(self, node: ast.Call, function: ast.AST, module: Module) -> tuple[int, str] | None:
        if module.function(node) is not function or _is_ended("cancel", node, module):
            return None
        if _gives_up(function, node, module):
            return None
        handle = isinstance(module.parent(node), (ast.Assign, ast.AnnAssign))
        message = "the timer starts itself anew for ever; keep its handle and `cancel()` it, or ask an event whether to go on"
        return (_KEPT if handle else self.confidence), message

    def _thread(self, node: ast.Call, function: ast.AST, module: Module) -> tuple[int, str] | None:
        if not _never_ends(function, module) or _is_ended("join", node, module):
            return None
        return _KEPT, "the loop of this thread has no end and nobody joins it; let it ask an event, set that, and `join()`"


def _function(target: ast.expr | None, node: ast.Call, module: Module) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """The function of this file that is meant: a plain name, or a method of the class around the call."""
    if isinstance(target, ast.Name):
        found = [each for each in module.definitions() if each.name == target.id and isinstance(each, _FUNCTIONS)]
        found = [each for each in found if not isinstance(module.parent(each), ast.ClassDef)]
    elif isinstance(target, ast.Attribute) and last_name(target.value) == "self":
        owner = next((holder for holder in module.ancestors(node) if isinstance(holder, ast.ClassDef)), None)
        found = [each for each in owner.body if isinstance(each, _FUNCTIONS) and each.name == target.attr] if owner else []
    else:
        return None
    only = found[0] if len(found) == 1 else None
    return only if isinstance(only, _FUNCTIONS) else None


def _is_started(node: ast.Call, module: Module) -> bool:
    """Whether the file starts anything at all: without it, a thread that is handed on is started elsewhere."""
    holder = module.parent(node)
    if isinstance(holder, ast.Attribute):
        return holder.attr == "start"
    return isinstance(holder, (ast.Assign, ast.AnnAssign)) and "start" in module.index.calls


def _is_looked_after(node: ast.Call, module: Module) -> bool:
    """Whether the handle is used for more than `start()`: joined, cancelled, stored elsewhere, handed on."""
    holder = module.parent(node)
    if isinstance(holder, ast.Attribute):
        return False  # `Thread(...).start()` leaves no handle
    targets = holder.targets if isinstance(holder, ast.Assign) else [getattr(holder, "target", None)]
    if len(targets) != 1:
        return True
    if isinstance(targets[0], ast.Attribute):
        name = targets[0].attr
        uses: list[ast.expr] = [n for n in module.index.attributes.get(name, ()) if isinstance(n.ctx, ast.Load)]
    elif isinstance(targets[0], ast.Name):
        names = names_of(module)
        scope = names.scope(targets[0])
        uses = [*names.loads(targets[0].id, scope)] if scope is not None else []
    else:
        return True
    return any(not (isinstance(user := module.parent(use), ast.Attribute) and user.attr in _STARTING) for use in uses)


def _is_made_daemon(module: Module) -> bool:
    return "setDaemon" in module.index.calls or any(
        isinstance(node.ctx, ast.Store) for node in module.index.attributes.get("daemon", ())
    )


def _is_ended(method: str, node: ast.Call, module: Module) -> bool:
    """Whether the handle goes elsewhere, or something in the file ends work of this kind (`cancel`, `join` with no text to join)."""
    holder = module.parent(node)
    if isinstance(holder, ast.Attribute):
        return False
    return any(len(call.args) <= 1 and not isinstance(_receiver(call), ast.Constant) for call in module.calls(method))


def _receiver(call: ast.Call) -> ast.expr | None:
    return call.func.value if isinstance(call.func, ast.Attribute) else None


def _gives_up(function: ast.AST, node: ast.AST, module: Module) -> bool:
    """Whether the function starts the timer only under a condition, or may return before."""
    for holder in module.ancestors(node):
        if holder is function:
            break
        if isinstance(holder, (ast.If, ast.While, ast.Try, ast.ExceptHandler)):
            return True
    return any(isinstance(part, ast.Return) for part in ast.walk(function))


def _never_ends(function: ast.AST, module: Module) -> bool:
    """Whether a `while True:` of the function has no `break`, `return`, `raise`, and nothing that could raise its end."""
    for loop in ast.walk(function):
        if isinstance(loop, ast.While) and constant(loop.test) in (True, 1) and module.function(loop) is function:
            leaving = [part for part in ast.walk(loop) if isinstance(part, (ast.Break, ast.Return, ast.Raise))]
            return not any(_leaves(part, loop, module) for part in leaving)
    return False


def _leaves(part: ast.AST, loop: ast.While, module: Module) -> bool:
    if not isinstance(part, ast.Break):
        return module.function(part) is module.function(loop)
    inner = next((holder for holder in module.ancestors(part) if isinstance(holder, LOOPS)), None)
    return inner is loop
