"""GL511 response-compression-off."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.network._compression import CALLEES, is_off, may_compress, remedy_of
from greenlint.source.calls import constant, keyword, last_name
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_SERVERS = ("run", "serve", "run_app")
_PROXY = 40
_TOLD = 50
_GZIP = "django.middleware.gzip.GZipMiddleware"


class ResponseCompressionOff(FileRule):
    """A web application sends its text uncompressed.

    ## Why it wastes

    JSON and HTML shrink to a fifth or less with gzip, for a fraction of a millisecond of CPU time per 100 kB; each byte saved need not
    travel through the server's card, the network and the radio of a phone. Add `GZipMiddleware` (Django, FastAPI, Starlette),
    Flask-Compress, `compress_response=True` (tornado), or `enable_compression` (aiohttp).

    ## When to leave it alone

    Where a proxy in front compresses (nginx, a content network): the rule cannot see it, so its confidence is 40, which the default
    threshold hides, 50 where the application is told not to (`compress_response=False`), and 60 where the same file serves the
    application to the network by itself (`host="0.0.0.0"`). Answers that hold a secret beside text from the request must not be compressed over https (BREACH). The rule is
    silent where the code of the file speaks of any compression that may be about this application, and in tests.

    ## Evidence

    CPython 3.11.7, client and server on this machine: 100 kB of JSON become 14 kB on the wire (86 %), for 1.5 ms more of CPU time on
    both sides together; 1 kB becomes 0.25 kB (`python benchmarks/rules/GL511/bench.py`). What the way costs was not measured: per MB
    saved it must be worth 20 ms of CPU time.

    Open gate, therefore in preview: whether a proxy compresses cannot be seen, and most findings are programs that answer little.
    """

    code = "GL511"
    name = "response-compression-off"
    effect = Effect(EffectClass.TRANSFER, "100 kB of JSON: 86 % fewer bytes for 1.5 ms of CPU", "bench GL511")
    confidence = 60
    preview = True
    callees = CALLEES | {"configure"}
    examples = (
        Bad(
            "import uvicorn\nfrom fastapi import FastAPI\n\napp = FastAPI()\nuvicorn.run(app, host='0.0.0.0', port=80)\n",
            lines=(4,),
        ),
        Good(
            "MIDDLEWARE = [\n    'django.middleware.gzip.GZipMiddleware',\n    'django.middleware.security.SecurityMiddleware',\n]\n",
            "compressed",
        ),
        Good(
            "from fastapi import FastAPI\nfrom fastapi.middleware.gzip import GZipMiddleware\n\napp = FastAPI()\n"
            "app.add_middleware(GZipMiddleware, minimum_size=1000)\n",
            "compressed",
        ),
    )

    def check(self, node: ast.Call | ast.ClassDef | ast.Assign | ast.AnnAssign, module: Module) -> Iterator[Finding]:
        """Yield a finding at the application, or at the list of its middleware."""
        place: ast.Call | ast.ClassDef | ast.Assign | ast.AnnAssign | ast.keyword = node
        fix = None
        if isinstance(node, (ast.Call, ast.ClassDef)):
            remedy = remedy_of(node, module)
            given = _configured(node, module) if remedy is None and isinstance(node, ast.Call) else None
            if given is not None:
                remedy, place = f"`{_GZIP}`", given
        else:
            remedy = (
                f"`{_GZIP}`"
                if _is_middleware(node.targets[0] if isinstance(node, ast.Assign) else node.target, node.value)
                else None
            )
        if remedy is None or is_test(module.path) or may_compress(node, module):
            return
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            fix = _fix(node, module)
        message = f"text is sent uncompressed unless a proxy compresses it: add {remedy}"
        confidence = self.confidence if isinstance(node, ast.Call) and place is node and _serves(module) else _PROXY
        if isinstance(node, ast.Call) and is_off(node, module):
            confidence = max(confidence, _TOLD)
        yield self.finding(place, module, message, confidence=confidence, fix=fix)


def _serves(module: Module) -> bool:
    """Whether the file itself serves an application on all addresses."""
    for name in _SERVERS:
        for call in module.calls(name):
            if constant(keyword(call, "host")) in ("0.0.0.0", "::"):
                return True
    return False


def _configured(node: ast.Call, module: Module) -> ast.keyword | None:
    """The setting of Django in a program of one file: `settings.configure(MIDDLEWARE=[…])`."""
    if module.qualified_name(node.func) != "django.conf.settings.configure":
        return None
    return next((item for item in node.keywords if item.arg == "MIDDLEWARE" and _lists_middleware(item.value)), None)


def _is_middleware(target: ast.expr, value: ast.expr | None) -> bool:
    """The setting of Django, written out."""
    return last_name(target) in ("MIDDLEWARE", "MIDDLEWARE_CLASSES") and _lists_middleware(value)


def _lists_middleware(value: ast.expr | None) -> bool:
    if not isinstance(value, (ast.List, ast.Tuple)):
        return False
    return any(isinstance(e, ast.Constant) and str(e.value).startswith("django.middleware.") for e in value.elts)


def _fix(node: ast.Assign | ast.AnnAssign, module: Module) -> Fix | None:
    first = node.value.elts[0]  # type: ignore[union-attr]
    if isinstance(first, ast.Starred):
        return None
    start, _ = module.span(first)
    line = module.lines[first.lineno - 1][: first.col_offset]
    gap = f"\n{line.decode()}" if not line.strip() else " "
    return Fix("Compress answers", (Edit(start, start, f'"{_GZIP}",{gap}'),), Applicability.UNSAFE)
