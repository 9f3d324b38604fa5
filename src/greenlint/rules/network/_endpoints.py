"""Which functions answer requests: by their decorators, by their class, or by the answers that they make."""

from __future__ import annotations

import ast
import re

from greenlint.source.calls import last_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

    Function = ast.FunctionDef | ast.AsyncFunctionDef

FRAMEWORKS = frozenset(
    {
        "aiohttp",
        "apiflask",
        "ariadne",
        "blacksheep",
        "bottle",
        "cherrypy",
        "django",
        "falcon",
        "fastapi",
        "fastapi_utils",
        "flask",
    }
    | {
        "flask_appbuilder",
        "flask_classful",
        "flask_openapi3",
        "flask_restful",
        "flask_restplus",
        "flask_restx",
        "flask_smorest",
    }
    | {"graphene", "graphene_django", "hug", "litestar", "microdot", "ninja", "ninja_extra", "pyramid", "quart", "responder"}
    | {"rest_framework", "robyn", "sanic", "starlette", "starlite", "strawberry", "strawberry_django", "tornado"}
)
_ROUTES = frozenset({"route", "get", "api_view", "api_route", "action", "list_route", "view_config", "expose", "http_get"})
_FIELDS = frozenset({"strawberry", "strawberry_django", "ariadne"})
"""Packages whose `@x.field` makes a function answer queries."""
_RESOLVED = frozenset({"graphene", "graphene_django", "ariadne"})
_METHODS = frozenset({"get", "list", "on_get", "GET"})
_HOLDERS = ("View", "ViewSet", "ViewSetMixin", "Resource", "Handler", "Endpoint", "Controller", "APIView", "Namespace")
PAGES = frozenset(
    {"render", "render_template", "render_template_string", "render_to_response", "TemplateResponse", "HTMLResponse"}
)
ANSWERS = PAGES | frozenset(
    {"HttpResponse", "JSONResponse", "JsonResponse", "ORJSONResponse", "PlainTextResponse", "Response", "StreamingHttpResponse"}
    | {"StreamingResponse", "UJSONResponse", "json_response", "jsonify", "make_response", "send_json"}
)
"""Calls whose arguments go to the client."""
_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_BOUNDS = frozenset(
    {
        "batch",
        "chunk",
        "limit",
        "limited",
        "offset",
        "page",
        "pages",
        "paged",
        "paginate",
        "paginated",
        "paginates",
        "paginating",
    }
    | {"pagination", "paginator", "pager", "perpage", "pagesize", "skip", "slice"}
)
_BOUND_PARAMETERS = frozenset(
    {"after", "before", "count", "cursor", "first", "last", "max", "n", "num", "size", "start", "take", "top", "end"}
)


def is_routed(function: Function, module: Module) -> bool:
    """Whether all that the function returns is an answer: a decorated endpoint, or the method of a view that lists."""
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = last_name(called)
        if name in _ROUTES and (isinstance(decorator, ast.Call) or name == "expose"):
            return True
        if name == "field" and not _FIELDS.isdisjoint(module.packages):
            return True
    if function.name.startswith("resolve_") and not _RESOLVED.isdisjoint(module.packages):
        return True
    owner = module.parent(function)
    if not isinstance(owner, ast.ClassDef) or function.name not in _METHODS:
        return False
    return function.name == "on_get" or any(last_name(base).endswith(_HOLDERS) for base in owner.bases)


def is_context(function: Function) -> bool:
    """Whether it makes what a page of a view is filled with."""
    return function.name == "get_context_data"


def takes_pages(function: Function) -> bool:
    """Whether a name in the function, its parameters, its annotations or its decorators speaks of a page or a limit."""
    arguments = function.args
    for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if each.arg.lower() in _BOUND_PARAMETERS:
            return True
    return any(_speaks_of_pages(name) for name in _names(function))


def _speaks_of_pages(name: str) -> bool:
    return not _BOUNDS.isdisjoint(part.lower() for part in _PARTS.findall(name))


def _names(function: Function) -> Iterator[str]:
    for part in ast.walk(function):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.Attribute):
            yield part.attr
        elif isinstance(part, (ast.arg, ast.keyword)):
            yield part.arg or ""
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.isidentifier():
            yield part.value
