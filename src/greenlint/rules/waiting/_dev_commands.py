"""Command lines that start a web server which watches its own source files."""

from __future__ import annotations

import ast

from greenlint.source.calls import constant, last_name
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_PROCESSES = ("run", "Popen", "call", "check_call", "check_output", "getoutput", "getstatusoutput")
_REPLACED = ("execl", "execle", "execlp", "execv", "execve", "execvp", "spawnl", "spawnlp", "spawnv", "spawnvp")
_SHELLS = (
    frozenset(f"subprocess.{name}" for name in _PROCESSES)
    | frozenset(f"os.{name}" for name in ("system", "popen", *_REPLACED))
    | {"asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "uvicorn.main"}
)
_DJANGO = frozenset({"call_command", "execute_from_command_line"})
CALLEES = _DJANGO | frozenset(name.rpartition(".")[2] for name in _SHELLS)
"""Last names of what runs a command."""
_KEPT_OFF = ("--noreload", "--no-reload", "--without-threads")
_RELOADING = frozenset(
    {"uvicorn", "gunicorn", "hypercorn", "granian", "fastapi", "flask", "quart", "litestar", "sanic", "pserve"}
)
"""Programs that have the switch `--reload`."""
_SWITCHES = {"litestar": ("-r",), "sanic": ("--dev", "--auto-reload", "-r"), "flask": ("--debug",), "quart": ("--debug",)}
"""Other switches of the same effect."""
_WATCHERS = {"watchmedo": "auto-restart", "adev": "runserver", "fastapi": "dev"}
"""Program -> the command of it that restarts a program, or serves one, when a file changes."""
_RUNSERVER = ("runserver", "runserver_plus")
_ENVIRONMENT = ("FLASK_DEBUG=1", "FLASK_ENV=development")


def commanded(node: ast.Call, module: Module) -> str | None:
    """The part of a command line that starts such a server: "runserver", "--reload"."""
    qualified, name = module.qualified_name(node.func), last_name(node.func)
    if qualified not in _SHELLS and name not in _DJANGO:
        return None
    if any(constant(item.value) is False for item in node.keywords if item.arg == "use_reloader"):
        return None
    words = _words(node, module)
    if any(word in _KEPT_OFF for word in words):
        return None
    if any(word in words for word in _RUNSERVER) and (name in _DJANGO or any(_is_django(word) for word in words)):
        return "runserver"
    programs = {word.rpartition("/")[2] for word in words} | ({"uvicorn"} if qualified == "uvicorn.main" else set())
    return _switch(words, programs)


def _switch(words: list[str], programs: set[str]) -> str | None:
    if "--reload" in words and programs & _RELOADING:
        return "--reload"
    for program, switches in _SWITCHES.items():
        found = next((word for word in words if word in switches), None) if program in programs else None
        if found is not None and (program == "sanic" or "run" in words):
            return f"{program} run {found}" if program != "sanic" else f"sanic {found}"
    for program, command in _WATCHERS.items():
        if program in programs and command in words:
            return f"{program} {command}"
    if "flask" in programs and "run" in words:
        return next((word for word in words if word in _ENVIRONMENT), None)
    return None


def _is_django(word: str) -> bool:
    return word.endswith("manage.py") or word in ("django", "django-admin")


def _words(node: ast.Call, module: Module) -> list[str]:
    """The words of the command, as far as its text, or that of the one binding of a name, shows them."""
    return [word for given in node.args for part in _parts(given, module) for word in part.split()]


def _parts(given: ast.expr, module: Module, depth: int = 3) -> list[str]:
    if isinstance(given, ast.Name) and depth:
        bindings = names_of(module).valid_bindings(given)
        value = bindings[0].value if len(bindings) == 1 else None
        return _parts(value, module, depth - 1) if value is not None else []
    if isinstance(given, (ast.List, ast.Tuple)):
        return [part for each in given.elts for part in _parts(each, module, 0)]
    if isinstance(given, ast.JoinedStr):
        return ["".join(str(constant(value)) if isinstance(value, ast.Constant) else "?" for value in given.values)]
    if isinstance(given, ast.Call) and last_name(given.func) == "split" and depth:
        text = given.args[0] if given.args else given.func.value if isinstance(given.func, ast.Attribute) else given
        return _parts(text, module, depth - 1)
    return [str(constant(given) or "")]
