"""Calls and settings that start a web server which watches its own source files."""

from __future__ import annotations

import ast

from greenlint.source.calls import constant, keyword, last_name
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_FRAMEWORKS = frozenset({"flask", "quart", "sanic", "dash", "bottle", "flask_socketio", "uvicorn", "werkzeug", "nicegui"})
_RELOADS = frozenset({"use_reloader", "reloader", "reload", "auto_reload", "autoreload", "dev_tools_hot_reload"})
_APPLICATIONS = frozenset(
    {"app", "application", "server", "socketio", "webapp", "web_app", "wsgi_app", "flask_app", "dash_app"}
)
_FACTORIES = frozenset({"create_app", "make_app", "get_app", "build_app", "create_application", "make_application"})
_STARTS = frozenset({"run", "run_server", "run_simple", "serve", "prepare"})
_NOT_SERVERS = frozenset({"asyncio", "subprocess", "trio", "anyio", "unittest", "invoke", "pytest", "docker"})
_MADE = frozenset(
    {"uvicorn.Config", "uvicorn.config.Config", "granian.Granian", "granian.server.Granian", "flask_script.Server"}
    | {"panel.serve", "panel.io.serve", "pywebio.start_server", "pywebio.platform.tornado.start_server"}
)
"""What else takes such a switch."""
_WATCHERS = frozenset(
    {"hupper.start_reloader", "werkzeug.serving.run_with_reloader", "django.utils.autoreload.run_with_reloader"}
    | {"tornado.autoreload.start", "watchfiles.run_process", "watchfiles.arun_process", "watchgod.run_process"}
)
"""Functions that do nothing else."""
_DEBUG_PLACE = {"run": 2, "run_simple": 3}
"""Where flask's `run(host, port, debug)` and werkzeug's `run_simple(host, port, app, use_reloader)` have it without its name."""
CALLEES = frozenset(
    {"run", "run_server", "run_simple", "serve", "prepare", "Application", "start", "update", "setdefault"}
) | frozenset(name.rpartition(".")[2] for name in _MADE | _WATCHERS)
"""Last names of what starts or sets up a server."""
_VARIABLES = {"FLASK_DEBUG": ("1", "true", "True"), "FLASK_ENV": ("development",), "QUART_DEBUG": ("1", "true")}


def watches(node: ast.Call, module: Module) -> bool:
    """Whether the call starts a reloader and nothing else."""
    return module.qualified_name(node.func) in _WATCHERS


def switched_on(node: ast.Call, module: Module) -> ast.keyword | None:
    """The keyword by which this call switches the reloader of a server on."""
    name = last_name(node.func)
    qualified = module.qualified_name(node.func)
    given = {item.arg: item for item in node.keywords if item.arg is not None and is_on(item.value, module)}
    if not given:
        return None
    if qualified == "tornado.web.Application":
        return given.get("autoreload") or (given.get("debug") if keyword(node, "autoreload") is None else None)
    if qualified not in _MADE and (name not in _STARTS or not _starts_server(node.func, module)):
        return None
    for switch in _RELOADS:
        if switch in given:
            return given[switch]
    refused = any(constant(item.value) is False for item in node.keywords if item.arg in _RELOADS)
    return None if refused or (qualified or "").startswith(("uvicorn.", "granian.")) else given.get("debug")


def placed(node: ast.Call, module: Module) -> ast.expr | None:
    """The same switch without its name: `app.run("0.0.0.0", 80, True)` of flask."""
    place = _DEBUG_PLACE.get(last_name(node.func))
    if place is None or len(node.args) <= place or not is_on(node.args[place], module):
        return None
    if any(isinstance(item, ast.Starred) for item in node.args) or constant(keyword(node, "use_reloader")) is False:
        return None
    if last_name(node.func) == "run_simple":
        return node.args[place] if module.qualified_name(node.func) == "werkzeug.serving.run_simple" else None
    func = node.func
    known = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and _is_application(func.value, module)
    return node.args[place] if known and "flask" in module.packages else None


def is_on(value: ast.expr, module: Module) -> bool:
    """`True`, `1`, or the name of a constant of this file that is nothing else."""
    if isinstance(value, ast.Name) and value.id.isupper():
        bindings = names_of(module).valid_bindings(value)
        value = bindings[0].value or value if len(bindings) == 1 else value
    return isinstance(value, ast.Constant) and value.value in (True, 1) and not isinstance(value.value, float)


def set_up(node: ast.Assign | ast.Call, module: Module) -> bool:
    """Whether it switches the reloader on for a server that the same file starts: `app.debug = True`, `app.config["DEBUG"] = True`."""
    if isinstance(node, ast.Call):
        return _set_by_call(node, module)
    target = node.targets[0]
    if isinstance(target, ast.Subscript):
        name, said = constant(target.slice), constant(node.value)
        if last_name(target.value) == "environ":
            return isinstance(name, str) and str(said) in _VARIABLES.get(name, ())
        return name == "DEBUG" and said is True and _runs_config(target.value, module)
    if isinstance(node.value, ast.Dict) and "gunicorn" in module.packages:
        return any(
            constant(key) == "reload" and constant(value) is True for key, value in zip(node.value.keys, node.value.values)
        )
    if constant(node.value) is not True:
        return False
    if isinstance(target, ast.Name):
        file = module.path.rpartition("/")[2]
        return target.id == "reload" and file.startswith("gunicorn") and module.function(node) is None
    if not isinstance(target, ast.Attribute):
        return False
    if target.attr == "use_reloader":
        return "hypercorn" in module.packages
    return target.attr == "debug" and _runs(target.value, module)


def _set_by_call(node: ast.Call, module: Module) -> bool:
    func = node.func
    if not isinstance(func, ast.Attribute) or func.attr not in ("update", "setdefault"):
        return False
    if func.attr == "setdefault":
        name, said = (constant(item) for item in node.args) if len(node.args) == 2 else (None, None)
        return last_name(func.value) == "environ" and isinstance(name, str) and str(said) in _VARIABLES.get(name, ())
    if "cherrypy" in module.packages and node.args and isinstance(node.args[0], ast.Dict):
        pairs = zip(node.args[0].keys, node.args[0].values)
        return any(constant(key) == "engine.autoreload.on" and constant(value) is True for key, value in pairs)
    return constant(keyword(node, "DEBUG")) is True and _runs_config(func.value, module)


def _runs_config(config: ast.expr, module: Module) -> bool:
    return isinstance(config, ast.Attribute) and config.attr == "config" and _runs(config.value, module)


def _runs(application: ast.expr, module: Module) -> bool:
    """Whether this file starts the server of the application, and does not say there whether it watches."""
    known = isinstance(application, ast.Name) and _is_application(application, module)
    if not known and last_name(application) not in _APPLICATIONS:
        return False
    text = ast.dump(application)  # the same words, stored or read
    for call in module.calls("run"):
        if isinstance(call.func, ast.Attribute) and ast.dump(call.func.value) == text:
            said = {item.arg for item in call.keywords}
            return said.isdisjoint({None, "debug", *_RELOADS}) and len(call.args) <= _DEBUG_PLACE["run"]
    return False


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
