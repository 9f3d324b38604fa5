"""GL512 no-http-cache."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.network._edits import mentions
from greenlint.source.calls import constant, is_open_ended, keyword, last_name
from greenlint.source.infer import kind_of
from greenlint.source.project import is_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_SENDERS = frozenset({"send_file", "send_from_directory"})
_AGES = frozenset({"SEND_FILE_MAX_AGE_DEFAULT", "WHITENOISE_MAX_AGE"})
_UNSAID = 30
_OFF = 50


class NoHttpCache(FileRule):
    """A web application sends the same file again and again, because nothing tells clients that they may keep it.

    ## Why it wastes

    Without `Cache-Control: max-age` a browser asks again at each visit, and without `ETag` or `Last-Modified` it is sent the whole file
    again. A file that changes with its name may be kept for a year; others for minutes, or asked after with a condition.

    ## When to leave it alone

    Where a server in front sets the headers, and for private or changing data. None of that can be seen in the file: the confidence is 65
    where `send_file` is told never to answer "not modified" (`etag=False`, `conditional=False`), 50 where the program lets nobody keep
    files (`max_age=0`, `SEND_FILE_MAX_AGE_DEFAULT = 0`) and 30 where it says nothing; the default threshold hides those two. The rule is silent for
    buffers in memory, for downloads by hand, for pages of errors and in tests.

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
    callees = _SENDERS
    packages = frozenset({"flask", "quart", "django", "whitenoise", "werkzeug"})
    examples = (
        Bad("from flask import send_file\n\ndef logo():\n    return send_file('logo.png', etag=False)\n", lines=(4,)),
        Good("from flask import send_file\n\ndef logo():\n    return send_file('logo.png', max_age=86400)\n", "kept for a day"),
    )

    def check(self, node: ast.Call | ast.Assign, module: Module) -> Iterator[Finding]:
        """Yield a finding where files are sent without leave to keep them."""
        if is_test(module.path):
            return
        if isinstance(node, ast.Assign):
            if _setting(node.targets[0]) in _AGES and _is_zero(node.value):
                message = "clients may not keep any static file: give files that do not change a `max-age`"
                yield self.finding(node, module, message, confidence=_OFF)
            return
        if last_name(node.func) not in _SENDERS or not (module.qualified_name(node.func) or "").startswith(
            ("flask.", "quart.")
        ):
            return
        if _is_passing(node, module):
            return
        age = keyword(node, "max_age") or keyword(node, "cache_timeout")
        if constant(keyword(node, "etag")) is False or constant(keyword(node, "conditional")) is False:
            yield self.finding(node, module, "the whole file is sent at each visit: leave `etag` and `conditional` on")
        elif _is_zero(age):
            yield self.finding(node, module, "clients may not keep this file: give it a `max_age`", confidence=_OFF)
        elif age is None and not is_open_ended(node) and not mentions(module, b"max-age") and not mentions(module, b"max_age"):
            message = "clients ask for this file at each visit: give it a `max_age` if it changes seldom"
            yield self.finding(node, module, message, confidence=_UNSAID)


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
