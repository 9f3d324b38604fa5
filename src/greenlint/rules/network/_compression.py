"""Whether a file compresses the answers of an application: by a middleware, a setting, or by hand."""

from __future__ import annotations

import ast
import re

from greenlint.rules.network._edits import mentions
from greenlint.source.calls import constant, is_open_ended, last_name
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

APPS = {
    "fastapi.FastAPI": "`GZipMiddleware`",
    "fastapi.applications.FastAPI": "`GZipMiddleware`",
    "starlette.applications.Starlette": "`GZipMiddleware`",
    "flask.Flask": "`flask_compress.Compress`",
    "apiflask.APIFlask": "`flask_compress.Compress`",
    "flask_openapi3.OpenAPI": "`flask_compress.Compress`",
    "quart.Quart": "`quart_compress.Compress`",
    "aiohttp.web.Application": "`response.enable_compression()`",
    "sanic.Sanic": "`sanic_compress.Compress`",
    "tornado.web.Application": "`compress_response=True`",
    "litestar.Litestar": "`compression_config`",
    "falcon.App": "a middleware that compresses",
    "falcon.API": "a middleware that compresses",
    "falcon.asgi.App": "a middleware that compresses",
    "bottle.Bottle": "a middleware that compresses",
    "blacksheep.Application": "`use_gzip_compression`",
    "dash.Dash": "`compress=True`",
    "pyramid.config.Configurator": "a middleware that compresses",
}
"""What makes an application, and what compresses its answers."""
CALLEES = frozenset(name.rpartition(".")[2] for name in APPS)
_WORDS = (b"gzip", b"compress", b"brotli", b"zstd", b"deflate")
_WORD = re.compile(r"gzip|(?<!de)compress|brotli|zstd|deflate", re.IGNORECASE)
_LIBRARIES = frozenset({"gzip", "zlib", "bz2", "zstandard", "brotli", "zstd"})
_READING = frozenset({"open", "decompress", "decompressobj", "GzipFile", "BadGzipFile", "ZstdDecompressor"})
"""What compressed files are read with: that says nothing of answers."""
_BELOW = frozenset({"mount", "Mount", "add_subapp", "DispatcherMiddleware", "register_blueprint"})
"""What puts an application below another one, whose middleware it then has."""
_TORNADO = "tornado.web.Application"


def is_off(node: ast.Call, module: Module) -> bool:
    """Whether the application is told not to compress."""
    return module.qualified_name(node.func) == _TORNADO and any(
        item.arg in ("compress_response", "gzip") and constant(item.value) is False for item in node.keywords
    )


def may_compress(app: ast.AST, module: Module) -> bool:
    """Whether anything in the file that speaks of compression may be about this application."""
    made = app if isinstance(app, ast.Call) else _made_by_class(app, module)
    if made is not None and (made is not app or module.qualified_name(made.func) == _TORNADO) and _is_unknown(made, module):
        return True
    if not any(mentions(module, word) for word in _WORDS):
        return False
    used = _mentions(module)
    if not used:
        return any(_WORD.search(whole) and whole.partition(".")[0] not in _LIBRARIES for whole in module.imports.values())
    others = [
        call for name in CALLEES for call in module.calls(name) if call is not app and module.qualified_name(call.func) in APPS
    ]
    if not others or not isinstance(app, ast.Call) or _is_below(app, module):
        return True
    return any(_is_about(node, app, others, module) for node in used)


def remedy_of(node: ast.Call | ast.ClassDef, module: Module) -> str | None:
    """What compresses the answers of the application that the call makes, or that the class is a kind of; None for all else."""
    if isinstance(node, ast.Call):
        return APPS.get(module.qualified_name(node.func) or "")
    return next((APPS[name] for base in node.bases if (name := module.qualified_name(base) or "") in APPS), None)


def _made_by_class(app: ast.AST, module: Module) -> ast.Call | None:
    """`super().__init__(handlers, **settings)` in a kind of application."""
    calls = module.calls("__init__") if isinstance(app, ast.ClassDef) else []
    return next((call for call in calls if app in module.ancestors(call)), None)


def _is_unknown(app: ast.Call, module: Module) -> bool:
    """Whether tornado's settings come from where the file does not show them."""
    if not is_open_ended(app):
        return False
    for item in app.keywords:
        if item.arg is None:
            bindings = names_of(module).valid_bindings(item.value) if isinstance(item.value, ast.Name) else []
            if len(bindings) != 1 or not isinstance(bindings[0].value, (ast.Dict, ast.Call)):
                return not isinstance(item.value, (ast.Dict, ast.Call))
    return False


def _mentions(module: Module) -> list[ast.AST]:
    """The names, keywords and texts of the code that speak of compression, without comments and documentation; found once."""
    notes: dict[object, list[ast.AST]] = module.notes.setdefault("compression", {})  # type: ignore[assignment]
    if "nodes" not in notes:
        notes["nodes"] = list(_speaking(module))
    return notes["nodes"]


def _speaking(module: Module) -> Iterator[ast.AST]:
    for name in module.nodes(ast.Name, ast.Attribute):
        if _WORD.search(last_name(name)) and not _reads(name, module):
            yield name
    for text in module.nodes(ast.Constant):
        if isinstance(text.value, str) and _WORD.search(text.value) and not _is_nothing(text, module):
            yield text
    for item in module.nodes(ast.Call):
        yield from (k.value for k in item.keywords if k.arg and _WORD.search(k.arg) and constant(k.value) is not False)
    for definition in module.definitions():
        if _WORD.search(definition.name):
            yield definition


def _reads(name: ast.AST, module: Module) -> bool:
    """`gzip.open`, and the name of such a library in it."""
    holder = module.parent(name)
    if isinstance(name, ast.Attribute):
        return name.attr in _READING
    return (
        isinstance(name, ast.Name) and name.id in _LIBRARIES and isinstance(holder, ast.Attribute) and holder.attr in _READING
    )


def _is_nothing(text: ast.Constant, module: Module) -> bool:
    """Documentation, and the key of an entry that is off."""
    holder = module.parent(text)
    if isinstance(holder, ast.Dict):
        return any(key is text and constant(value) is False for key, value in zip(holder.keys, holder.values))
    return isinstance(holder, ast.Expr)


def _is_below(app: ast.Call, module: Module) -> bool:
    names = _targets(app, module)
    for holder in _BELOW:
        for call in module.calls(holder):
            given = [*call.args, *(item.value for item in call.keywords)]
            if any(last_name(item) in names for item in given):
                return True
    return False


def _targets(app: ast.AST, module: Module) -> set[str]:
    """The names that are given to the application where it is made."""
    holder = module.parent(app)
    targets = holder.targets if isinstance(holder, ast.Assign) else [holder.target] if isinstance(holder, ast.AnnAssign) else []
    return {last_name(target) for target in targets}


def _is_about(node: ast.AST, app: ast.Call, others: list[ast.Call], module: Module) -> bool:
    """Whether what speaks of compression may mean this application: not when it stands with another one, or names another one."""
    function, own = module.function(node), module.function(app)
    if function is not own and function is not None and any(module.function(other) is function for other in others):
        return False
    statement = module.statement(node)
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return not any(statement in module.ancestors(other) for other in others)  # `def compressed_app():` is about its own
    named = {last_name(part) for part in ast.walk(statement) if isinstance(part, (ast.Name, ast.Attribute))}
    beside = [other for other in others if module.function(other) is own]
    rivals = set[str]().union(*[_targets(other, module) for other in beside])
    made = any(part is other for part in ast.walk(statement) for other in beside)
    return not (made or (named & rivals)) or bool(named & _targets(app, module))
