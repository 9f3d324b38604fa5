"""Whether a file says for how long clients may keep answers, or forbids them to."""

from __future__ import annotations

import ast
import re

from greenlint.rules.network._answers import is_view
from greenlint.rules.network._edits import mentions
from greenlint.rules.network._headers import header_value, is_header
from greenlint.source.calls import constant, keyword, last_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

SENDERS = frozenset({"send_file", "send_from_directory"})
SETTINGS = frozenset({"SEND_FILE_MAX_AGE_DEFAULT", "WHITENOISE_MAX_AGE"})
SETTERS = frozenset(
    {"set_header", "add_header", "send_header", "setdefault", "add", "patch_cache_control", "add_never_cache_headers"}
)
"""Methods and functions that give an answer a header."""
_CACHES = ("cache", "max-age", "max_age", "last_modified", "last-modified", "condition", "etag", "expires", "attachment")
"""Words of a function that says how long its answer lasts, or that it is fetched by hand."""
_STATIC = re.compile(
    r"""\.(?:avif|css|gif|html?|ico|jpe?g|js|json|map|mp3|mp4|pdf|png|svg|ttf|txt|webp|woff2?|zip)["']""", re.IGNORECASE
)
_ONE_FILE = (*sorted(SENDERS), "FileResponse", "static_file", "file")
_AGE = re.compile(rb"max[-_]age|cache[-_]control", re.IGNORECASE)
_REFUSALS = ("no_store", "no_cache")


def says_how_long(node: ast.AST, module: Module) -> bool:
    """Whether the function around the call, or a decorator of it, has one of these words."""
    function = module.function(node)
    if function is None:
        return any(mentions(module, word.encode()) for word in _CACHES)
    text = " ".join(module.text(part) for part in (*function.decorator_list, function)).lower()
    return any(word in text for word in _CACHES)


def sets_age(node: ast.AST, module: Module) -> bool:
    """Whether the function around the call says for how long its answer lasts."""
    function = module.function(node)
    if function is None:
        return False
    text = " ".join(module.text(part) for part in (*function.decorator_list, function))
    return _AGE.search(text.encode()) is not None or "expires" in text.lower() or "attachment" in text


def sets_ages(module: Module) -> bool:
    """Whether the file says for how long answers last in another way than for one answer: a middleware, a setting; found once."""
    notes: dict[Any, bool] = module.notes.setdefault("cache-ages", {})
    if "sets" not in notes:
        total = _ages_in(module.data)
        notes["sets"] = total > 0 and total > sum(_ages_in(module.data[start:end]) for start, end in _own(module))
    return notes["sets"]


def _own(module: Module) -> Iterator[tuple[int, int]]:
    """The parts of the file that speak of one answer, of none, or of zero; none of them overlap."""
    parts: list[ast.AST] = [call for sender in _ONE_FILE for call in module.calls(sender)]
    parts += module.nodes(ast.Import, ast.ImportFrom)
    for node in module.nodes(ast.Assign):
        if setting(node.targets[0]) in SETTINGS and is_zero(node.value):
            parts.append(node)
    spans = [module.span(part) for part in parts]
    for function in module.definitions():
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and is_view(function, module):
            starts = [module.span(item)[0] for item in function.decorator_list]
            start, end = module.span(function)
            spans.append((min([start, *starts]), end))
    reached = 0
    for start, end in sorted(spans):
        if start >= reached:
            yield start, end
            reached = end


def _ages_in(text: bytes) -> int:
    return len(_AGE.findall(text))


def forbids(node: ast.Assign | ast.Dict | ast.Call, module: Module) -> bool:
    """Whether it forbids clients to keep an answer, in a function that names a static file."""
    if isinstance(node, ast.Call):
        refused = _refuses(node)
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
        refused = _is_switched(node.targets[0], node.value)
    else:
        refused = _never(_header(node))
    function = module.function(node) if refused else None
    return function is not None and _STATIC.search(module.text(function)) is not None


def _header(node: ast.Assign | ast.Dict) -> object:
    value = header_value(node, "cache-control")
    if value is None and isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
        target = node.targets[0]  # Django: `response["Cache-Control"] = …`
        value = node.value if isinstance(target, ast.Subscript) and is_header(target.slice, "cache-control") else None
    return value.value if value is not None else None


def _never(text: object) -> bool:
    return isinstance(text, str) and "no-store" in text and "private" not in text


def _refuses(node: ast.Call) -> bool:
    """`set_header("Cache-Control", "no-store")`, `patch_cache_control(response, no_store=True)`."""
    name = last_name(node.func)
    if name == "add_never_cache_headers":
        return True
    if name == "patch_cache_control":
        return constant(keyword(node, "no_store")) is True and constant(keyword(node, "private")) is not True
    return len(node.args) == 2 and is_header(node.args[0], "cache-control") and _never(constant(node.args[1]))


def _is_switched(target: ast.Attribute, value: ast.expr) -> bool:
    """`response.cache_control.no_store = True`, `response.cache_control.max_age = 0`."""
    if last_name(target.value) != "cache_control":
        return False
    return (target.attr in _REFUSALS and constant(value) is True) or (target.attr == "max_age" and is_zero(value))


def setting(target: ast.expr) -> str:
    """The name of a setting: `NAME = …`, `app.config["NAME"] = …`, `app.send_file_max_age_default = …`."""
    if isinstance(target, ast.Subscript):
        return str(constant(target.slice) or "")
    return last_name(target).upper() if isinstance(target, ast.Attribute) else last_name(target)


def is_zero(node: ast.expr | None) -> bool:
    """`0` and below."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return True
    value = constant(node)
    return isinstance(value, int) and value == 0 and value is not False
