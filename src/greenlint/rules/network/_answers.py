"""Views of web applications: which functions are views, and which answers are the same for everybody at each visit."""

from __future__ import annotations

import ast
import re

from greenlint.source.calls import constant, is_open_ended, keyword, last_name
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

Function = ast.FunctionDef | ast.AsyncFunctionDef
_READING = frozenset({"route", "get", "api_route", "add_route"})
_HOOKS = re.compile(
    r"middleware|after|before|hook|^on_|teardown|context|response|listener|exception|errorhandler", re.IGNORECASE
)
"""Decorators of functions that see all answers."""
_PASSES_ON = frozenset({"call_next", "get_response", "handler", "response"})
"""Parameters of such functions."""
_REQUESTS = frozenset({"request", "req", "_request"})
_VIEWS = re.compile(r"(?:View|Handler|Resource|Endpoint|ViewSet)$")
_PLAIN = frozenset({"require_GET", "require_safe", "csrf_exempt", "gzip_page", "api_view"})
_PAGES = frozenset({"flask.render_template", "quart.render_template", "bottle.template", "django.shortcuts.render"})
_TEMPLATES = frozenset({"TemplateResponse"})
_ANSWERS = frozenset(
    {
        "django.http.HttpResponse",
        "django.http.JsonResponse",
        "django.http.response.HttpResponse",
        "rest_framework.response.Response",
    }
    | {"flask.jsonify", "flask.Response", "flask.make_response", "quart.jsonify", "quart.Response", "aiohttp.web.Response"}
    | {"aiohttp.web.json_response", "sanic.response.json", "sanic.response.html", "sanic.response.text"}
    | {
        f"{package}.responses.{kind}"
        for package in ("fastapi", "starlette")
        for kind in ("HTMLResponse", "JSONResponse", "PlainTextResponse", "Response", "ORJSONResponse")
    }
)
"""What makes an answer of a text or of plain values."""
CALLEES = frozenset(name.rpartition(".")[2] for name in _ANSWERS)
_BODIES = ("content", "text", "data", "body", "response")
_SIGNS = re.compile(
    r"health|ping|ready|alive|live|status|heartbeat|version|time|token|session|login|secret|random|nonce", re.IGNORECASE
)
"""Names of views that are asked for what is so at this moment."""
_LONG = 40
"""Characters of a text, and values of a table, from which on it is content, and not a sign."""
_VALUES = 3
_READS = frozenset({"read", "read_text", "read_bytes"})


def is_view(function: Function, module: Module) -> bool:
    """Whether the function answers requests of its own, so that what it says of caches holds for nothing else."""
    arguments = [item.arg for item in (*function.args.posonlyargs, *function.args.args)]
    called = [item.func if isinstance(item, ast.Call) else item for item in function.decorator_list]
    if any(_HOOKS.search(last_name(item)) for item in called):
        return False
    if any(isinstance(item, ast.Call) and isinstance(item.func, ast.Attribute) for item in function.decorator_list):
        return True
    if not _PASSES_ON.isdisjoint(arguments):
        return False
    holder = module.parent(function)
    if isinstance(holder, ast.ClassDef):
        return any(_VIEWS.search(last_name(base)) for base in holder.bases)
    return bool(arguments) and arguments[0] in _REQUESTS


def reads(function: Function) -> bool:
    """Whether it is asked by GET alone and open to all: its decorators, if any, say nothing but the address and the method."""
    arguments = [item.arg for item in (*function.args.posonlyargs, *function.args.args)]
    if not function.decorator_list:
        asked = arguments[1:2] if function.name == "get" else arguments[:1]
        return bool(asked) and asked[0] in _REQUESTS and not _SIGNS.search(function.name)
    if _SIGNS.search(function.name):
        return False
    return all(_only_addresses(item) for item in function.decorator_list)


def _only_addresses(decorator: ast.expr) -> bool:
    call = decorator if isinstance(decorator, ast.Call) else None
    name = last_name(call.func if call is not None else decorator)
    if name in _PLAIN or name == "require_http_methods":
        return call is None or not call.args or _has_get(call.args[0])
    if call is None or name not in _READING or not isinstance(call.func, ast.Attribute):
        return False
    path = constant(call.args[0]) if call.args else None
    if isinstance(path, str) and _SIGNS.search(path):
        return False
    methods = keyword(call, "methods") or keyword(call, "method")
    return methods is None or _has_get(methods)


def _has_get(methods: ast.expr) -> bool:
    """Only those that read."""
    given = methods.elts if isinstance(methods, (ast.List, ast.Tuple, ast.Set)) else [methods]
    return all(str(constant(item)).upper() in ("GET", "HEAD", "OPTIONS") for item in given)


def same_answer(function: Function, module: Module) -> ast.expr | None:
    """What a function returns when it is the same at each visit: a template without values, a text, a table of literals."""
    body = [item for item in function.body if not (isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant))]
    last = body[-1] if body else None
    value = last.value if isinstance(last, ast.Return) else None
    if isinstance(value, ast.Name) and len(body) == 2 and isinstance(body[0], ast.Assign):  # `html = render(…)`, `return html`
        value, body = body[0].value if last_name(body[0].targets[0]) == value.id else None, body[1:]
    if value is None or len(body) != 1:
        return None
    value = value.value if isinstance(value, ast.Await) else value
    if not isinstance(value, ast.Call):
        routed = any(isinstance(item, ast.Call) for item in function.decorator_list)
        return value if routed and _is_content(value, module) else None
    name = module.qualified_name(value.func)
    if is_open_ended(value):
        return None
    if name in _PAGES or last_name(value.func) in _TEMPLATES:
        return value if _has_no_values(value) else None
    if name not in _ANSWERS or constant(keyword(value, "status") or keyword(value, "status_code")) not in (None, 200):
        return None
    given = value.args[0] if value.args else next((item.value for item in value.keywords if item.arg in _BODIES), None)
    return value if given is not None and len(value.args) <= 1 and _is_content(given, module) else None


def _has_no_values(call: ast.Call) -> bool:
    """Whether a template gets nothing but its name and the request."""
    names = 0
    for given in (*call.args, *(item.value for item in call.keywords if item.arg not in ("content_type", "request"))):
        if isinstance(given, ast.Dict):
            if any(constant(key) != "request" for key in given.keys):
                return False
        elif isinstance(given, ast.Constant):
            names += 1
        elif not (isinstance(given, ast.Name) and given.id in _REQUESTS):
            return False
    return names == 1


def _is_content(node: ast.expr, module: Module) -> bool:
    """Whether it is made of literals, and more than a word that says that the server is there."""
    text = _literal_text(node, module)
    if text is not None:
        return "<" in text or "\n" in text or len(text) >= _LONG
    values = list(_values(node, module))
    return len(values) >= _VALUES and None not in values


def _literal_text(node: ast.expr, module: Module) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        parts = [_literal_text(part, module) for part in node.values]
        return "".join(part or "" for part in parts) if None not in parts else None
    if isinstance(node, ast.FormattedValue):
        return _literal_text(node.value, module)
    bound = _constant_of(node, module)
    return _literal_text(bound, module) if bound is not None else None


def _constant_of(node: ast.expr, module: Module) -> ast.expr | None:
    """What a constant of the file is bound to, once and at the top."""
    if not isinstance(node, ast.Name) or not node.id.isupper():
        return None
    names = names_of(module)
    bindings = names.bindings(node.id, module.tree) if names.scope(node) is module.tree else []
    value = bindings[0].value if len(bindings) == 1 else None
    return None if isinstance(value, ast.Name) else value


def _values(node: ast.expr, module: Module) -> Iterator[ast.Constant | None]:
    """The literals in a table; None for anything else."""
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        for item in node.elts:
            yield from _values(item, module)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _values(value, module)
    elif isinstance(node, ast.Constant):
        yield node
    else:
        bound = _constant_of(node, module)
        if bound is None or isinstance(bound, ast.Call):
            yield None
        else:
            yield from _values(bound, module)


def reads_a_file(call: ast.Call, module: Module) -> bool:
    """Whether it answers with what it reads from a file: `Response(open("site.css").read())`."""
    if module.qualified_name(call.func) not in _ANSWERS:
        return False
    given = call.args[0] if call.args else next((item.value for item in call.keywords if item.arg in _BODIES), None)
    return isinstance(given, ast.Call) and isinstance(given.func, ast.Attribute) and given.func.attr in _READS
