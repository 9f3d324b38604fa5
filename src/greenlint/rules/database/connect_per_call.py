"""GL409 connect-per-call."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._connects import CLIENTS, CONNECTS, is_own_for_each, kept_value
from greenlint.rules.database._loops import facts_of, is_aside, mentions_any
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_WAITING = frozenset({"sleep", "wait", "accept", "recv", "input"})
_ROUTES = frozenset({"route", "get", "post", "put", "patch", "delete", "websocket", "api_view"})
_CACHES = frozenset({"cache", "lru_cache", "cached_property", "cached", "contextmanager", "asynccontextmanager", "fixture"})


class ConnectPerCall(FileRule):
    """A new connection, engine or client of a database for each turn of a loop or each request.

    ## Why it wastes

    Each connection costs a handshake, mostly with TLS and a password hash, a process or thread of the server, and empty caches of
    statements and schema; an engine or client brings a whole pool. Made once before the loop, or once for the application, it serves all.

    ## When to leave it alone

    Where each turn speaks to another database (the arguments change from turn to turn), where the loop tries again after a
    failure, waits between turns, or fills a pool. For a function that a loop of the same file calls, the confidence is 65; for
    requests it is 65 with clients and engines, which pool by themselves, and 40 with plain connections, which a server may hand to one
    request on purpose. Tests stay below 60.

    ## Evidence

    Whole processes, CPython 3.11.7, a file of SQLite: 5,000 questions, 0.248 -> 0.048 s of CPU time (`python benchmarks/rules/run.py GL409`).
    A server adds its handshake, which was not measured here.
    In preview: 2 findings in the labelled corpus (`python benchmarks/rules/precision.py CORPUS GL409`), both right, are
    too few to know the precision.
    """

    code = "GL409"
    name = "connect-per-call"
    effect = Effect(
        EffectClass.AVOIDED_RUN,
        "a new connection each time (5,000 questions to SQLite: 0.248 -> 0.048 s of CPU; a server adds its handshake)",
        "bench GL409",
    )
    confidence = 85
    preview = True
    callees = frozenset(name.rpartition(".")[2] for name in CONNECTS)
    packages = frozenset(name.partition(".")[0] for name in CONNECTS)
    examples = (
        Bad(
            "import sqlite3\n\ndef save(rows, path):\n    for row in rows:\n        db = sqlite3.connect(path)\n"
            "        db.execute('insert into t values (?)', row)\n        db.commit()\n        db.close()\n",
            lines=(5,),
        ),
        Bad(
            "from pymongo import MongoClient\n\ndef find(key):\n    return MongoClient(URL).shop.items.find_one(key)\n\n\n"
            "def all_of(keys):\n    return [find(key) for key in keys]\n",
            lines=(4,),
        ),
        Good(
            "import sqlite3\n\ndef save(rows, path):\n    db = sqlite3.connect(path)\n    for row in rows:\n"
            "        db.execute('insert into t values (?)', row)\n    db.commit()\n",
            "one connection",
        ),
        Good(
            "import sqlite3\n\ndef sizes(paths):\n    for path in paths:\n        db = sqlite3.connect(path)\n        use(db)\n",
            "another database each time",
        ),
        Good(
            "import psycopg2\n\ndef wait(dsn):\n    while True:\n        try:\n            return psycopg2.connect(dsn)\n"
            "        except psycopg2.OperationalError:\n            pause()\n",
            "until it is there",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when this connection is made again and again."""
        name = module.qualified_name(node.func)
        if name not in CONNECTS:
            return
        loop = next(repeating_loops(node, module), None)
        if loop is not None:
            confidence = self._in_loop(node, loop, module)
            message = "a new connection for each turn of the loop: make one before it"
        else:
            confidence, message = self._in_function(node, name, module)
        if confidence:
            yield self.finding(node, module, message, confidence=min(confidence, 50) if is_aside(module.path) else confidence)

    def _in_loop(self, node: ast.Call, loop: Loop, module: Module) -> int:
        if not isinstance(loop, (ast.For, ast.AsyncFor, ast.While)) or not kept_value(node, module):
            return 0
        if is_own_for_each(node, loop, module) or _is_tried(node, loop, module):
            return 0
        waits = isinstance(loop, ast.While) or not facts_of(loop, module).called.isdisjoint(_WAITING)
        return 50 if waits else self.confidence

    def _in_function(self, node: ast.Call, name: str, module: Module) -> tuple[int, str]:
        function = module.function(node)
        if function is None or _decorators(function) & _CACHES or not kept_value(node, module):
            return 0, ""
        if _decorators(function) & _ROUTES:
            return 65 if name in CLIENTS else 40, "a new connection for each request: make one for the application"
        loop = _calling_loop(function, module)
        if loop is None:
            return 0, ""
        message = f"a new connection for each call of `{function.name}`, which a loop calls: hand one in"
        return 40 if _takes_arguments(node, function, module) else 65, message


def _decorators(function: ast.FunctionDef | ast.AsyncFunctionDef) -> frozenset[str]:
    names = [dotted(d.func if isinstance(d, ast.Call) else d) or "" for d in function.decorator_list]
    return frozenset(name.rpartition(".")[2] for name in names)


def _is_tried(node: ast.AST, loop: Loop, module: Module) -> bool:
    """Whether the loop connects again after a failure: the call stands in a `try` or a handler of the loop."""
    child: ast.AST = node
    for ancestor in module.ancestors(node):
        if ancestor is loop:
            return False
        if isinstance(ancestor, ast.ExceptHandler):
            return True
        if isinstance(ancestor, ast.Try) and child in ancestor.body and len(ancestor.body) < 3 and ancestor.handlers:
            return True
        if isinstance(ancestor, ast.If):
            return True
        child = ancestor
    return False


def _calling_loop(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Loop | None:
    """A `for` or comprehension of this file that calls the function once per item."""
    is_method = isinstance(module.parent(function), ast.ClassDef)
    for call in module.calls(function.name):
        callee = dotted(call.func)
        if callee != (f"self.{function.name}" if is_method else function.name) or module.function(call) is function:
            continue
        for loop in repeating_loops(call, module):
            if not isinstance(loop, ast.While) and facts_of(loop, module).called.isdisjoint(_WAITING):
                return loop
    return None


def _takes_arguments(node: ast.Call, function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> bool:
    """Whether where it connects to comes from the caller."""
    arguments = function.args
    given = {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)} - {"self", "cls"}
    values = [*node.args, *(keyword.value for keyword in node.keywords)]
    names = names_of(module)
    for part in (part for value in values for part in ast.walk(value) if isinstance(part, ast.Name)):
        own = names.scope(part) is function and part.id not in ("self", "cls")
        if own and (part.id in given or any(_mentions(b.value, given) for b in names.bindings(part.id, function))):
            return True
    return False


def _mentions(value: ast.expr | None, given: set[str]) -> bool:
    return value is None or mentions_any(value, frozenset(given))
