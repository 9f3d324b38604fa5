"""GL512 no-http-cache."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.network import _answers
from greenlint.rules.network._answers import reads, reads_a_file, same_answer
from greenlint.rules.network._cache_ages import (
    SENDERS,
    SETTERS,
    SETTINGS,
    forbids,
    is_zero,
    says_how_long,
    sets_age,
    sets_ages,
    setting,
)
from greenlint.source.calls import constant, is_open_ended, keyword, last_name
from greenlint.source.infer import kind_of
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNSAID = 30
_OFF = 50
_SAME_PAGE = 20
"""The template of a page without values may still ask who looks at it."""
_WHOLE = frozenset(
    {"django.http.FileResponse", "django.http.response.FileResponse", "fastapi.responses.FileResponse"}
    | {"starlette.responses.FileResponse", "litestar.response.File", "litestar.File"}
)
"""Answers that send the whole file whatever the client has of it."""
_ASKED_FOR = frozenset(
    {"aiohttp.web.FileResponse", "aiohttp.web_fileresponse.FileResponse", "bottle.static_file", "sanic.response.file"}
    | {"cherrypy.lib.static.serve_file", "cherrypy.lib.serve_file", "quart.helpers.send_file"}
)
"""Answers that may be "not modified", and are asked for all the same."""
_FOLDERS = frozenset(
    {"fastapi.staticfiles.StaticFiles", "starlette.staticfiles.StaticFiles", "aiohttp.web.static"}
    | {"litestar.static_files.create_static_files_router", "litestar.static_files.StaticFilesConfig"}
    | {"litestar.static_files.config.StaticFilesConfig"}
)
"""What serves a folder, and says of no file in it how long it lasts."""
_FOLDER_METHODS = {"add_static": "aiohttp", "static": "sanic", "add_static_route": "falcon"}
"""Methods of applications that do, by the package of the application."""
_HANDLER = ("tornado.web.StaticFileHandler", "tornado.web.Application")
_SENDS_STATIC = "send_static_file"
_NEVER = "django.views.decorators.cache.never_cache"
_PAGE_VIEWS = frozenset({"django.views.generic.TemplateView", "django.views.generic.base.TemplateView"})
_OF_A_PAGE = frozenset({"template_name", "content_type"})


class NoHttpCache(FileRule):
    """A web application sends the same file again and again, because nothing tells clients that they may keep it.

    ## Why it wastes

    Without `Cache-Control: max-age` a browser asks again at each visit, and without `ETag` or `Last-Modified` it is sent the whole file
    again. A file that changes with its name may be kept for a year; others for minutes, or asked after with a condition.

    ## When to leave it alone

    Where a server in front sets the headers, and for private or changing data. None of that can be seen in the file: the confidence is 65
    where `send_file` is told never to answer "not modified" (`etag=False`, `conditional=False`), 50 where the program lets nobody keep
    files (`max_age=0`, `SEND_FILE_MAX_AGE_DEFAULT = 0`, `no-store` beside the name of a static file, `never_cache` for a page without
    values), 30 where it says nothing, of a file or of a folder (`StaticFiles`, `add_static`, tornado's `StaticFileHandler`), and 20 for
    views whose answer is always the same (a template without values, a text, a table of literals) and of which nothing is said; the
    default threshold hides these three. What one view says of its own answer says nothing of others; what a middleware, a hook or a
    setting says holds for all, and the rule is silent. So it is for buffers in memory, for downloads by hand, for pages of errors, for
    what is `private` or needs a login, for signs of life (`/health`), and in tests.

    ## Evidence

    Whole processes, CPython 3.11.7, fifty visits for a file of 4 MB: 0.15 -> 0.09 s of CPU time, both sides together, and
    49 of 50 times the file not sent; files of 10 kB show no difference in time (`python benchmarks/rules/run.py GL512`).

    Open gate, therefore in preview: no finding at the default confidence in the packages and applications of the corpus.
    """

    code = "GL512"
    name = "no-http-cache"
    effect = Effect(
        EffectClass.TRANSFER, "the whole file at each visit (50 visits for 4 MB: 0.15 -> 0.09 s of CPU)", "bench GL512"
    )
    confidence = 65
    preview = True
    callees = (
        SENDERS
        | SETTERS
        | _answers.CALLEES
        | {"FileResponse", "File", "StaticFiles", "create_static_files_router", "StaticFilesConfig", "Application"}
        | {
            _SENDS_STATIC,
            "static_file",
            "file",
            "serve_file",
            "as_view",
            "update",
            "from_mapping",
            "WhiteNoise",
            *_FOLDER_METHODS,
        }
    )
    packages = frozenset(
        {"aiohttp", "flask", "quart", "django", "fastapi", "starlette", "whitenoise", "werkzeug", "rest_framework"}
        | {"bottle", "cherrypy", "falcon", "litestar", "sanic", "tornado"}
    )
    examples = (
        Bad("from flask import send_file\n\ndef logo():\n    return send_file('logo.png', etag=False)\n", lines=(4,)),
        Good("from flask import send_file\n\ndef logo():\n    return send_file('logo.png', max_age=86400)\n", "kept for a day"),
    )

    def check(
        self,
        node: ast.Call | ast.Assign | ast.Dict | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
        module: Module,
    ) -> Iterator[Finding]:
        """Yield a finding where files, or pages that are always the same, are sent without leave to keep them."""
        if is_test(module.path):
            return
        if isinstance(node, ast.ClassDef):
            found = self._page_of_class(node, module)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found = self._page(node, module)
        elif isinstance(node, (ast.Assign, ast.Dict)):
            found = self._setting(node, module)
        else:
            found = self._sent(node, module) or self._folder(node, module) or self._other(node, module)
        if found is not None:
            place, confidence, message = found
            yield self.finding(place, module, message, confidence=confidence)

    def _setting(self, node: ast.Assign | ast.Dict, module: Module) -> _Found | None:
        """What says of all files, or of one, that nobody may keep them."""
        if isinstance(node, ast.Assign):
            zero = setting(node.targets[0]) in SETTINGS and is_zero(node.value)
        else:
            zero = any(constant(key) in SETTINGS and is_zero(value) for key, value in zip(node.keys, node.values))
        if zero:
            return node, _OFF, "clients may not keep any static file: give files that do not change a `max-age`"
        return (node, _OFF, _FORBIDDEN) if self.least <= _OFF and forbids(node, module) else None

    def _sent(self, node: ast.Call, module: Module) -> _Found | None:
        """One file that is sent."""
        name = module.qualified_name(node.func) or ""
        if name in _WHOLE or name in _ASKED_FOR:
            aged = any(keyword(node, word) is not None for word in ("max_age", "headers", "expires"))
            if _is_passing(node, module) or is_open_ended(node) or aged or says_how_long(node, module) or sets_ages(module):
                return None
            if name in _WHOLE:
                return (
                    node,
                    _UNSAID,
                    "sends the whole file at each visit: give it a `Cache-Control` header if it changes seldom",
                )
            return (
                node,
                _UNSAID,
                "clients ask for this file at each visit: give it a `Cache-Control` header if it changes seldom",
            )
        if last_name(node.func) == _SENDS_STATIC and not module.packages.isdisjoint(("flask", "quart")):
            said = sets_age(node, module) or sets_ages(module)
            return None if said else (node, _UNSAID, "clients ask for this file at each visit: set `SEND_FILE_MAX_AGE_DEFAULT`")
        if reads_a_file(node, module):
            said = keyword(node, "headers") is not None or says_how_long(node, module) or sets_ages(module)
            return None if said else (node, _UNSAID, "sends the whole file at each visit: give it a `Cache-Control` header")
        if last_name(node.func) not in SENDERS or not name.startswith(("flask.", "quart.")) or _is_passing(node, module):
            return None
        age = keyword(node, "max_age") or keyword(node, "cache_timeout")
        if constant(keyword(node, "etag")) is False or constant(keyword(node, "conditional")) is False:
            return node, self.confidence, "the whole file is sent at each visit: leave `etag` and `conditional` on"
        if is_zero(age):
            return node, _OFF, "clients may not keep this file: give it a `max_age`"
        if age is None and not (is_open_ended(node) or sets_age(node, module) or sets_ages(module)):
            return node, _UNSAID, "clients ask for this file at each visit: give it a `max_age` if it changes seldom"
        return None

    def _folder(self, node: ast.Call, module: Module) -> _Found | None:
        """A folder whose files are sent."""
        if self.least > _UNSAID:
            return None
        name, last = module.qualified_name(node.func), last_name(node.func)
        place: ast.expr = node
        if name == _HANDLER[1]:
            handler = _static_handler(node, module)
            if handler is None:
                return None
            place = handler
        elif name not in _FOLDERS:
            package = _FOLDER_METHODS.get(last)
            if package not in module.packages or not isinstance(node.func, ast.Attribute) or name is not None:
                return None
            if last == "static" and len(node.args) < 2:
                return None
        if is_open_ended(node) or sets_ages(module):
            return None
        message = (
            "clients ask for each of these files at each visit: a server in front, or a middleware, can say how long they last"
        )
        return place, _UNSAID, message

    def _other(self, node: ast.Call, module: Module) -> _Found | None:
        """Settings and headers that are given by calls, and pages of Django that are views by themselves."""
        last = last_name(node.func)
        if last == "as_view":
            return self._page_by_call(node, module)
        zero = any(item.arg in SETTINGS and is_zero(item.value) for item in node.keywords)
        if zero or (last == "WhiteNoise" and is_zero(keyword(node, "max_age"))):
            return node, _OFF, "clients may not keep any static file: give files that do not change a `max-age`"
        if last in SETTERS and self.least <= _OFF and forbids(node, module):
            return node, _OFF, _FORBIDDEN
        return None

    def _page(self, node: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> _Found | None:
        """A view whose answer is always the same."""
        if self.least > _OFF:
            return None
        answer = same_answer(node, module)
        if answer is None:
            return None
        if any(module.qualified_name(decorator) == _NEVER for decorator in node.decorator_list):
            return answer, _OFF, _NEVER_KEPT
        if self.least > _SAME_PAGE or not reads(node) or says_how_long(answer, module) or sets_ages(module):
            return None
        return answer, _SAME_PAGE, _MADE_ANEW

    def _page_by_call(self, node: ast.Call, module: Module) -> _Found | None:
        """`path("faq/", TemplateView.as_view(template_name="faq.html"))`."""
        func = node.func
        if not isinstance(func, ast.Attribute) or module.qualified_name(func.value) not in _PAGE_VIEWS or not node.keywords:
            return None
        if self.least > _OFF or not {item.arg for item in node.keywords} <= _OF_A_PAGE:
            return None
        holder = module.parent(node)
        if isinstance(holder, ast.Call) and module.qualified_name(holder.func) == _NEVER:
            return node, _OFF, _NEVER_KEPT
        routed = isinstance(holder, ast.Call) and last_name(holder.func) in ("path", "re_path", "url")
        return (node, _SAME_PAGE, _MADE_ANEW) if routed and self.least <= _SAME_PAGE else None

    def _page_of_class(self, node: ast.ClassDef, module: Module) -> _Found | None:
        """`class Faq(TemplateView): template_name = "faq.html"`."""
        if len(node.bases) != 1 or module.qualified_name(node.bases[0]) not in _PAGE_VIEWS or self.least > _OFF:
            return None
        plain = (ast.Assign, ast.AnnAssign, ast.Expr)
        names = {setting(item.targets[0]) for item in node.body if isinstance(item, ast.Assign)}
        if not all(isinstance(item, plain) for item in node.body) or not names or not names <= _OF_A_PAGE:
            return None
        if any(_NEVER.rpartition(".")[2] in module.text(decorator) for decorator in node.decorator_list):
            return node, _OFF, _NEVER_KEPT
        if node.decorator_list or self.least > _SAME_PAGE or sets_ages(module):
            return None
        return node, _SAME_PAGE, _MADE_ANEW


_Found = tuple[ast.expr | ast.stmt, int, str]
_FORBIDDEN = "clients may not keep this file: `no-store` is for private answers; give it a `max-age`"
_NEVER_KEPT = "the page has no values, and no client may keep it: leave out `never_cache`, or give it a `max-age`"
_MADE_ANEW = "the answer is always the same and is made anew at each visit: a `Cache-Control` header lets clients keep it"


def _static_handler(node: ast.Call, module: Module) -> ast.expr | None:
    """The route of tornado's application that serves a folder."""
    routes = node.args[0] if node.args else keyword(node, "handlers")
    for route in routes.elts if isinstance(routes, (ast.List, ast.Tuple)) else ():
        parts = route.elts if isinstance(route, ast.Tuple) else route.args if isinstance(route, ast.Call) else []
        if any(module.qualified_name(part) == _HANDLER[0] for part in parts):
            return route
    return None


def _is_passing(node: ast.Call, module: Module) -> bool:
    """Whether it is made for this one answer: a buffer, a download by hand, the page of an error."""
    made = kind_of(node.args[0], module) == "memory-file" if node.args else False
    download = constant(keyword(node, "as_attachment")) is True or keyword(node, "download") is not None
    return made or download or isinstance(module.parent(node), ast.Tuple)
