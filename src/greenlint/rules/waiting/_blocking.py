"""Calls that keep their thread waiting, and the functions of a file that make one whenever they are called."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.source.module import Module

_REQUEST = "use an asynchronous client, or `asyncio.to_thread`"
_PROCESS = "use `asyncio.create_subprocess_exec`, or `asyncio.to_thread`"
_VERBS = ("delete", "get", "head", "options", "patch", "post", "put", "request")


class Blocker(NamedTuple):
    """A call that blocks.

    name    its qualified name
    remedy  what to do instead
    """

    name: str
    remedy: str


BLOCKING: Mapping[str, Blocker] = {
    "time.sleep": Blocker("time.sleep", "use `await asyncio.sleep`"),
    **{f"requests.{verb}": Blocker(f"requests.{verb}", _REQUEST) for verb in _VERBS},
    **{f"httpx.{verb}": Blocker(f"httpx.{verb}", "use `httpx.AsyncClient`") for verb in (*_VERBS, "stream")},
    "urllib.request.urlopen": Blocker("urllib.request.urlopen", _REQUEST),
    "urllib.request.urlretrieve": Blocker("urllib.request.urlretrieve", _REQUEST),
    **{f"subprocess.{name}": Blocker(f"subprocess.{name}", _PROCESS) for name in ("run", "call", "check_call", "check_output")},
    "os.system": Blocker("os.system", _PROCESS),
    "os.wait": Blocker("os.wait", _PROCESS),
    "socket.create_connection": Blocker("socket.create_connection", "use `asyncio.open_connection`"),
    "socket.gethostbyname": Blocker("socket.gethostbyname", "use `loop.getaddrinfo`"),
    "socket.getaddrinfo": Blocker("socket.getaddrinfo", "use `loop.getaddrinfo`"),
}
"""Qualified name -> what it is."""


def blocking_call(call: ast.Call, module: Module) -> Blocker | None:
    """What `call` is, when it blocks; a sleep of no time does not."""
    found = BLOCKING.get(module.qualified_name(call.func) or "")
    if found is not None and found.name == "time.sleep" and call.args:
        given = call.args[0]
        if isinstance(given, ast.Constant) and given.value == 0:
            return None
    return found


class LocalBlockers:
    """The functions and methods of one file whose own body blocks, whatever their arguments."""

    def __init__(self, module: Module) -> None:
        self._functions: dict[tuple[ast.AST | None, str], Blocker] = {}
        for name in {name.rpartition(".")[2] for name in BLOCKING}:
            for call in module.calls(name):
                found = blocking_call(call, module)
                function = module.function(call)
                if found is not None and isinstance(function, ast.FunctionDef) and module.scope(call) is function:
                    self._add(function, call, found, module)

    @property
    def names(self) -> frozenset[str]:
        """How the functions are called."""
        return frozenset(name for _, name in self._functions)

    def _add(self, function: ast.FunctionDef, call: ast.Call, found: Blocker, module: Module) -> None:
        """Only what the function does at once: not under a condition, and not as a generator, which runs later."""
        for ancestor in module.ancestors(call):
            if ancestor is function:
                break
            if isinstance(ancestor, (ast.If, ast.IfExp, ast.ExceptHandler, ast.While, ast.For, ast.BoolOp)):
                return
        if any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in ast.walk(function)) or function.decorator_list:
            return
        holder = module.parent(function)
        if isinstance(holder, (ast.Module, ast.ClassDef)):
            self._functions[holder if isinstance(holder, ast.ClassDef) else None, function.name] = found

    def called(self, call: ast.Call, module: Module) -> Blocker | None:
        """The blocker in the function or method of this file that `call` calls."""
        if not self._functions:
            return None
        func = call.func
        if isinstance(func, ast.Name):
            blocker = self._functions.get((None, func.id))
            return blocker if blocker and len(names_of(module).bindings(func.id, module.tree)) == 1 else None
        if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "self":
            function = module.function(call)
            owner = module.parent(function) if function is not None else None
            return self._functions.get((owner, func.attr)) if isinstance(owner, ast.ClassDef) else None
        return None


def local_blockers(module: Module) -> LocalBlockers:
    """The blocking functions of a file, found once."""
    notes = module.notes.setdefault("local-blockers", {})
    if 0 not in notes:
        notes[0] = LocalBlockers(module)
    found: LocalBlockers = notes[0]
    return found
