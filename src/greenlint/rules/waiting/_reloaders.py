"""Calls and commands that start a web server which watches its own source files."""

from __future__ import annotations

import ast

from greenlint.source.calls import constant, keyword, last_name
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_FRAMEWORKS = frozenset({"flask", "quart", "sanic", "dash", "bottle", "flask_socketio", "uvicorn", "werkzeug", "nicegui"})
_RELOADS = frozenset({"use_reloader", "reloader", "reload", "auto_reload", "autoreload"})
_APPLICATIONS = frozenset(
    {"app", "application", "server", "socketio", "webapp", "web_app", "wsgi_app", "flask_app", "dash_app"}
)
_FACTORIES = frozenset({"create_app", "make_app", "get_app", "build_app", "create_application", "make_application"})
_STARTS = frozenset({"run", "run_server", "run_simple", "serve"})
_NOT_SERVERS = frozenset({"asyncio", "subprocess", "trio", "anyio", "unittest", "invoke", "pytest", "docker"})
_SHELLS = frozenset(
    {f"subprocess.{name}" for name in ("run", "Popen", "call", "check_call", "check_output")}
    | {"os.system", "os.execvp", "os.execv"}
)
_DJANGO = frozenset({"call_command", "execute_from_command_line"})
_KEPT_OFF = ("--noreload", "--no-reload", "--without-threads")


def switched_on(node: ast.Call, module: Module) -> ast.keyword | None:
    """The keyword by which this call switches the reloader of a server on."""
    name = last_name(node.func)
    given = {item.arg: item for item in node.keywords if item.arg is not None and constant(item.value) is True}
    if not given:
        return None
    if module.qualified_name(node.func) == "tornado.web.Application":
        return given.get("autoreload") or (given.get("debug") if keyword(node, "autoreload") is None else None)
    if name not in _STARTS or not _starts_server(node.func, module):
        return None
    for switch in _RELOADS:
        if switch in given:
            return given[switch]
    refused = any(constant(item.value) is False for item in node.keywords if item.arg in _RELOADS)
    return None if refused else given.get("debug")


def _starts_server(func: ast.expr, module: Module) -> bool:
    qualified = module.qualified_name(func)
    if qualified is not None and qualified.partition(".")[0] in _FRAMEWORKS:
        return True
    if not isinstance(func, ast.Attribute):
        return last_name(func) == "run_simple"
    origin = module.qualified_name(func.value)
    if origin is not None and origin.partition(".")[0] in _NOT_SERVERS:
        return False
    receiver = last_name(func.value.func if isinstance(func.value, ast.Call) else func.value)
    return (
        receiver in _FACTORIES
        or receiver in _APPLICATIONS
        or (isinstance(func.value, ast.Name) and _is_application(func.value, module))
    )


def _is_application(receiver: ast.Name, module: Module) -> bool:
    """Whether the name is bound to what a web framework makes."""
    names = names_of(module)
    scope = names.scope(receiver)
    values = [binding.value for binding in names.bindings(receiver.id, scope)] if scope is not None else []
    makers = [module.qualified_name(value.func) for value in values if isinstance(value, ast.Call)]
    return any(maker is not None and maker.partition(".")[0] in _FRAMEWORKS for maker in makers)


def commanded(node: ast.Call, module: Module) -> str | None:
    """The part of a command line that starts such a server: "runserver", "--reload"."""
    qualified, name = module.qualified_name(node.func), last_name(node.func)
    if qualified not in _SHELLS and name not in _DJANGO:
        return None
    if any(constant(item.value) is False for item in node.keywords if item.arg == "use_reloader"):
        return None
    words = _words(node)
    if any(word in _KEPT_OFF for word in words):
        return None
    if "runserver" in words and (name in _DJANGO or any(word.endswith("manage.py") or word == "django" for word in words)):
        return "runserver"
    programs = {word.rpartition("/")[2] for word in words}
    if "--reload" in words and programs & {"uvicorn", "gunicorn", "hypercorn", "granian", "fastapi", "flask"}:
        return "--reload"
    if "flask" in programs and "run" in words and "--debug" in words:
        return "flask run --debug"
    return None


def _words(node: ast.Call) -> list[str]:
    """The words of the command, as far as its text shows them."""
    values: list[ast.expr] = []
    for given in node.args:
        values += given.elts if isinstance(given, (ast.List, ast.Tuple)) else [given]
    return [word for value in values for word in str(constant(value) or "").split()]
