"""GL408 row-by-row-write."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._asks_each import ALCHEMY
from greenlint.rules.database._loops import changing_names, facts_of, mentions_any, row_loop
from greenlint.rules.database._models import is_plain_model
from greenlint.rules.database._sql import HOLE, is_database, sql_text, statement_of
from greenlint.rules.database._writes_each import ATTRIBUTES, writes_each
from greenlint.source.infer import dotted
from greenlint.source.names import COMPREHENSIONS, names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_WRITES = frozenset({"INSERT", "REPLACE", "UPDATE", "DELETE", "MERGE", "UPSERT"})
_OBJECTS = frozenset({"add", "save"})
_CHANGES = frozenset({"add", "add_all", "delete", "execute", "executemany", "merge", "save", "insert", "setattr"})
_SLOW = frozenset({"get", "post", "urlopen", "run", "check_output", "download", "sleep", "send", "fetch", "rollback", "input"})

_UNSURE = 40
"""Nothing shows what is written, how many rows there are, or whether the next depends on this one."""


class RowByRowWrite(FileRule):
    """A loop writes one row at a time to a database, or commits after each.

    ## Why it wastes

    Each `execute` is parsed, bound and answered on its own, over the network where there is one; `executemany` does it once.
    Each `commit` waits until the disk has the row for certain: a loop that commits per row makes as many disk writes as rows,
    where one transaction makes a few. Django has `bulk_create` and `bulk_update`, SQLAlchemy takes a list of rows in one
    `session.execute(insert(T), rows)`.

    ## When to leave it alone

    A model of Django that another file defines may do more in `save()` or in signals: such findings have a confidence of 50.
    Where each row must survive a crash on the spot, where rows depend on the number that the database gave the one before
    (`lastrowid`, `RETURNING`), and for a handful of rows. The rule is silent for those two uses, for loops over batches,
    tables, attempts or short literals, for loops that wait for people or the network between two commits or roll back single
    rows, for commits at every n-th row, and in tests and migrations. All other writes in loops have a confidence of 40, those of MongoDB, DynamoDB and other libraries
    (`insert_one`, `put_item`) among them; what is added to
    a session that is committed once after the loop is written at once, and left alone.

    ## Evidence

    Whole processes, CPython 3.11.7, SQLite in a file: 1,000 rows written and committed one by one take 0.230 s of CPU time and 16 J
    (the disk makes the process wait), in one statement and one transaction 0.027 s and 0.9 J
    (`python benchmarks/rules/run.py GL408`).
    """

    code = "GL408"
    name = "row-by-row-write"
    effect = Effect(
        EffectClass.ASYMPTOTIC,
        "one round trip, or one wait for the disk, per row (1,000 commits: 0.230 -> 0.027 s of CPU)",
        "bench GL408",
    )
    confidence = 90
    callees = frozenset({"execute", "commit", "create", "acreate"}) | _OBJECTS | ATTRIBUTES
    examples = (
        Bad(
            "def save(db, rows):\n    for row in rows:\n        db.execute('insert into t values (?, ?)', row)\n        db.commit()\n",
            lines=(4,),
        ),
        Bad(
            "def save(cur, rows):\n    for a, b in rows:\n        cur.execute('INSERT INTO t VALUES (%s, %s)', (a, b))\n",
            lines=(3,),
        ),
        Bad(
            "from django.db import models\n\nclass Tag(models.Model):\n    name = models.TextField()\n\n\n"
            "def save(names):\n    for name in names:\n        Tag.objects.create(name=name)\n",
            lines=(9,),
        ),
        Good("def save(cur, rows):\n    cur.executemany('insert into t values (?, ?)', rows)\n", "all at once"),
        Good(
            "def save(cur, rows):\n    for row in rows:\n        cur.execute('insert into t values (?)', row)\n"
            "        link(cur.lastrowid)\n",
            "the next statement needs the number of the row",
        ),
        Good("def save(db, rows):\n    for row in rows:\n        db.add(row)\n    db.commit()\n", "one commit"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when a loop runs this write, or this commit, once per row."""
        func = node.func
        if not isinstance(func, ast.Attribute) or module.loop(node) is None:
            return
        found = False
        for finding in self._written(node, func, module):
            found = True
            yield finding
        if not found and self.least <= _UNSURE and (_may_write(node, func, module) or writes_each(node, func, module)):
            message = "writes one row at a time: collect them, for `executemany`, `add_all` or `bulk_create`, and commit once"
            yield self.finding(node, module, message, confidence=_UNSURE)

    def _written(self, node: ast.Call, func: ast.Attribute, module: Module) -> Iterator[Finding]:
        if func.attr in _OBJECTS or not isinstance(module.statement(node), ast.Expr):
            return
        loop = row_loop(node, module)
        if not isinstance(loop, ast.For) or not _is_whole_statement(node, module):
            return
        if func.attr == "commit":
            if not node.args and is_database(func.value, module) and _commits_each(node, loop, module):
                yield self.finding(node, module, "commits after each row: commit once after the loop")
        elif func.attr == "execute":
            if _writes_each(node, loop, module):
                message = "writes one row at a time: collect the rows and use `executemany`"
                yield self.finding(node, module, message, confidence=80)
        elif _creates_each(node, func, loop, module):
            message = "writes one row at a time: collect the objects and use `bulk_create`"
            yield self.finding(node, module, message, confidence=75 if is_plain_model(func.value, module) else 50)


def _may_write(node: ast.Call, func: ast.Attribute, module: Module) -> bool:
    """Whether the call by its name and receiver writes to a database: a session, a manager of Django, an object of a model."""
    if func.attr == "save":
        return not node.args
    if func.attr in ("acreate", "create"):
        return isinstance(func.value, ast.Attribute) and func.value.attr == "objects"
    if func.attr not in ("add", "commit", "execute", "delete") or not is_database(func.value, module):
        return False
    if func.attr == "execute":
        text = sql_text(node.args[0], module) if node.args else None
        return text is not None and statement_of(text) in _WRITES
    if func.attr == "delete" and (len(node.args) != 1 or not _is_session(func.value, module)):
        return False  # the delete of a cache or of another store of keys
    return func.attr not in ("add", "delete") or not _is_committed_once(node, func.value, module)


def _is_session(receiver: ast.expr, module: Module) -> bool:
    return (dotted(receiver) or "").lower().endswith("session") or not module.packages.isdisjoint(ALCHEMY)


def _is_committed_once(node: ast.Call, session: ast.expr, module: Module) -> bool:
    """Whether the session writes all that the loop has added to it at once, as it is committed after the loop."""
    loop, name = module.loop(node), dotted(session)
    if loop is None or not facts_of(loop, module).called.isdisjoint({"commit", "flush"}):
        return False
    function = module.function(node)
    commits = (c for c in module.calls("commit") if isinstance(c.func, ast.Attribute) and dotted(c.func.value) == name)
    return any(module.function(c) is function and module.loop(c) is None and c.lineno > node.lineno for c in commits)


def _is_whole_statement(node: ast.Call, module: Module) -> bool:
    holder = module.parent(node)
    return isinstance(holder, ast.Expr) or (isinstance(holder, ast.Await) and isinstance(module.parent(holder), ast.Expr))


def _commits_each(node: ast.Call, loop: ast.For, module: Module) -> bool:
    """Whether every turn writes something small and commits it."""
    called = facts_of(loop, module).called
    if called.isdisjoint(_CHANGES) or not called.isdisjoint(_SLOW):
        return False
    child: ast.AST = module.statement(node)
    for ancestor in module.ancestors(child):
        if ancestor is loop:
            return not facts_of(loop, module).pauses
        if isinstance(ancestor, (ast.If, ast.Try, ast.While)):
            return False
    return False


def _writes_each(node: ast.Call, loop: ast.For, module: Module) -> bool:
    """Whether the loop sends the same statement with other values, and nothing reads what the row got."""
    if not 1 < len(node.args) + len(node.keywords) < 4 or not node.args:
        return False
    text = sql_text(node.args[0], module)
    if text is None or statement_of(text) not in _WRITES or "RETURNING" in text.upper():
        return False
    changing = changing_names(loop, module)
    if HOLE in text or mentions_any(node.args[0], changing) or not any(mentions_any(a, changing) for a in _values(node)):
        return False
    facts = facts_of(loop, module)
    if facts.executes > 1 or facts.numbers:
        return False
    called = facts_of(loop, module).called
    if "commit" in called or "rollback" in called or _is_guarded(node, loop, module):
        return False
    return not any(_depends_on_before(name, loop, module) for value in _values(node) for name in ast.walk(value))


def _depends_on_before(name: ast.AST, loop: ast.For, module: Module) -> bool:
    """Whether a value comes from a method of the same object within the loop: it may look at what was written before."""
    if not isinstance(name, ast.Name):
        return isinstance(name, ast.Call) and isinstance(name.func, ast.Attribute) and dotted(name.func.value) == "self"
    scope = names_of(module).scope(name)
    bindings = names_of(module).bindings(name.id, scope) if scope is not None else []
    return any(
        isinstance(b.value, ast.Call) and isinstance(b.value.func, ast.Attribute) and dotted(b.value.func.value) == "self"
        for b in bindings
        if loop.lineno <= b.node.lineno <= (loop.end_lineno or 0)  # type: ignore[attr-defined]
    )


def _values(node: ast.Call) -> list[ast.expr]:
    return [*node.args[1:], *(keyword.value for keyword in node.keywords)]


def _is_guarded(node: ast.AST, loop: ast.For, module: Module) -> bool:
    """Whether an error of one row is handled within the loop."""
    for ancestor in module.ancestors(node):
        if ancestor is loop:
            return False
        if isinstance(ancestor, (ast.Try, ast.While, *COMPREHENSIONS)):
            return True
    return False


def _creates_each(node: ast.Call, func: ast.Attribute, loop: ast.For, module: Module) -> bool:
    """`Model.objects.create(...)` of one fixed model, its result dropped."""
    manager = func.value
    if not (func.attr == "create" and isinstance(manager, ast.Attribute) and manager.attr == "objects"):
        return False
    if mentions_any(manager, changing_names(loop, module)) or not isinstance(manager.value, (ast.Name, ast.Attribute)):
        return False
    return not _is_guarded(node, loop, module) and any(
        mentions_any(a, changing_names(loop, module)) for a in [*node.args, *_values(node)]
    )
