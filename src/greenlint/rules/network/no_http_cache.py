"""GL512 no-http-cache."""

from __future__ import annotations

import ast
import re

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.network._edits import mentions
from greenlint.rules.network._headers import header_value, is_header
from greenlint.source.calls import constant, is_open_ended, keyword, last_name
from greenlint.source.infer import kind_of
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_SENDERS = frozenset({"send_file", "send_from_directory"})
_AGES = frozenset({"SEND_FILE_MAX_AGE_DEFAULT", "WHITENOISE_MAX_AGE"})
_UNSAID = 30
_OFF = 50
_SAME_PAGE = 20
"""The template of a page without values may still ask who looks at it."""
_FILE_ANSWERS = frozenset(
    {
        "django.http.FileResponse",
        "django.http.response.FileResponse",
        "fastapi.responses.FileResponse",
        "starlette.responses.FileResponse",
    }
)
"""Answers that send the whole file whatever the client has of it."""
_FOLDERS = frozenset({"fastapi.staticfiles.StaticFiles", "starlette.staticfiles.StaticFiles", "aiohttp.web.static"})
"""What serves a folder, and says of no file in it how long it lasts."""
_CACHES = ("cache", "max-age", "max_age", "last_modified", "last-modified", "condition", "etag", "expires", "attachment")
"""Words of a function that says how long its answer lasts, or that it is fetched by hand."""
_STATIC = re.compile(
    r"""\.(?:avif|css|gif|html?|ico|jpe?g|js|json|map|mp3|mp4|pdf|png|svg|ttf|txt|webp|woff2?|zip)["']""", re.IGNORECASE
)
_ONE_FILE = (*sorted(_SENDERS), "FileResponse")
_AGE = re.compile(rb"max[-_]age|cache[-_]control", re.IGNORECASE)
_RENDER = "django.shortcuts.render"
_NEVER = "django.views.decorators.cache.never_cache"


class NoHttpCache(FileRule):
    """A web application sends the same file again and again, because nothing tells clients that they may keep it.

    ## Why it wastes

    Without `Cache-Control: max-age` a browser asks again at each visit, and without `ETag` or `Last-Modified` it is sent the whole file
    again. A file that changes with its name may be kept for a year; others for minutes, or asked after with a condition.

    ## When to leave it alone

    Where a server in front sets the headers, and for private or changing data. None of that can be seen in the file: the confidence is 65
    where `send_file` is told never to answer "not modified" (`etag=False`, `conditional=False`), 50 where the program lets nobody keep
    files (`max_age=0`, `SEND_FILE_MAX_AGE_DEFAULT = 0`, `no-store` beside the name of a static file, `never_cache` for a page without
    values), 30 where it says nothing, of a file or of a folder (`StaticFiles`, `add_static`), and 20 for Django pages without values of which nothing is said; the default threshold hides
    these three. The rule is silent for buffers in memory, for downloads by hand, for pages of errors, for what is `private`, and in tests.

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
    callees = _SENDERS | {"FileResponse", "StaticFiles", "add_static", "static"}
    packages = frozenset({"aiohttp", "flask", "quart", "django", "fastapi", "starlette", "whitenoise", "werkzeug"})
    examples = (
        Bad("from flask import send_file\n\ndef logo():\n    return send_file('logo.png', etag=False)\n", lines=(4,)),
        Good("from flask import send_file\n\ndef logo():\n    return send_file('logo.png', max_age=86400)\n", "kept for a day"),
    )

    def check(
        self, node: ast.Call | ast.Assign | ast.Dict | ast.FunctionDef | ast.AsyncFunctionDef, module: Module
    ) -> Iterator[Finding]:
        """Yield a finding where files, or pages that are always the same, are sent without leave to keep them."""
        if is_test(module.path):
            return
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if self.least <= _OFF:
                yield from self._page(node, module)
            return
        if isinstance(node, (ast.Assign, ast.Dict)):
            if isinstance(node, ast.Assign) and _setting(node.targets[0]) in _AGES and _is_zero(node.value):
                message = "clients may not keep any static file: give files that do not change a `max-age`"
                yield self.finding(node, module, message, confidence=_OFF)
            elif self.least <= _OFF and _forbids(node, module):
                message = "clients may not keep this file: `no-store` is for private answers; give it a `max-age`"
                yield self.finding(node, module, message, confidence=_OFF)
            return
        name = module.qualified_name(node.func)
        if name in _FOLDERS or (last_name(node.func) == "add_static" and "aiohttp" in module.packages):
            if self.least <= _UNSAID and not is_open_ended(node) and not _sets_ages(module):
                message = "clients ask for each of these files at each visit: a server in front, or a middleware, can say how long they last"
                yield self.finding(node, module, message, confidence=_UNSAID)
            return
        if name in _FILE_ANSWERS:
            if not (_is_passing(node, module) or is_open_ended(node) or _says_how_long(node, module)):
                message = "sends the whole file at each visit: give it a `Cache-Control` header if it changes seldom"
                yield self.finding(node, module, message, confidence=_UNSAID)
            return
        if last_name(node.func) not in _SENDERS or not (name or "").startswith(("flask.", "quart.")):
            return
        if _is_passing(node, module):
            return
        age = keyword(node, "max_age") or keyword(node, "cache_timeout")
        if constant(keyword(node, "etag")) is False or constant(keyword(node, "conditional")) is False:
            yield self.finding(node, module, "the whole file is sent at each visit: leave `etag` and `conditional` on")
        elif _is_zero(age):
            yield self.finding(node, module, "clients may not keep this file: give it a `max_age`", confidence=_OFF)
        elif age is None and not is_open_ended(node) and not _sets_ages(module):
            message = "clients ask for this file at each visit: give it a `max_age` if it changes seldom"
            yield self.finding(node, module, message, confidence=_UNSAID)

    def _page(self, node: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Iterator[Finding]:
        """A view of Django that answers with a template and no values."""
        last = node.body[-1]
        call = last.value if isinstance(last, ast.Return) and len(node.body) <= 2 else None
        if not isinstance(call, ast.Call) or module.qualified_name(call.func) != _RENDER:
            return
        if len(call.args) != 2 or call.keywords or not isinstance(call.args[1], ast.Constant):
            return
        never = any(module.qualified_name(decorator) == _NEVER for decorator in node.decorator_list)
        if never:
            message = "the page has no values, and no client may keep it: leave out `never_cache`, or give it a `max-age`"
            yield self.finding(call, module, message, confidence=_OFF)
        elif not node.decorator_list and not _says_how_long(call, module):
            message = "the page has no values and is made anew at each visit: `cache_control` lets clients keep it"
            yield self.finding(call, module, message, confidence=_SAME_PAGE)


def _says_how_long(node: ast.Call, module: Module) -> bool:
    """Whether the function around the call, or a decorator of it, has one of these words."""
    function = module.function(node)
    if function is None:
        return any(mentions(module, word.encode()) for word in _CACHES)
    text = " ".join(module.text(part) for part in (*function.decorator_list, function)).lower()
    return any(word in text for word in _CACHES)


def _sets_ages(module: Module) -> bool:
    """Whether the file says for how long answers last, in another way than as the `max_age` of one file that it sends."""
    single = (module.data[slice(*module.span(call))] for sender in _ONE_FILE for call in module.calls(sender))
    return _ages_in(module.data) > sum(_ages_in(text) for text in single)


def _ages_in(text: bytes) -> int:
    return len(_AGE.findall(text))


def _forbids(node: ast.Assign | ast.Dict, module: Module) -> bool:
    """Whether it forbids clients to keep an answer, in a function that names a static file."""
    value = header_value(node, "cache-control")
    if value is None and isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
        target = node.targets[0]  # Django: `response["Cache-Control"] = …`
        value = node.value if isinstance(target, ast.Subscript) and is_header(target.slice, "cache-control") else None
    text = value.value if value is not None else None
    if not isinstance(text, str) or "no-store" not in text or "private" in text:
        return False
    function = module.function(node)
    return function is not None and _STATIC.search(module.text(function)) is not None


def _is_passing(node: ast.Call, module: Module) -> bool:
    """Whether it is made for this one answer: a buffer, a download by hand, the page of an error."""
    made = kind_of(node.args[0], module) == "memory-file" if node.args else False
    return made or constant(keyword(node, "as_attachment")) is True or isinstance(module.parent(node), ast.Tuple)


def _setting(target: ast.expr) -> str:
    """The name of a setting: `NAME = …`, `app.config["NAME"] = …`."""
    if isinstance(target, ast.Subscript):
        return str(constant(target.slice) or "")
    return last_name(target)


def _is_zero(node: ast.expr | None) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return True
    value = constant(node)
    return isinstance(value, int) and value == 0
