"""GL404 fetchall-then-iterate."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Good

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_STATEFUL = frozenset(
    ["execute", "executemany", "executescript", "commit", "rollback", "close", "fetchone", "fetchmany", "fetchall"]
)


class FetchallThenIterate(FileRule):
    """All rows of a query are loaded to be walked once.

    ## Why it wastes

    `for row in cursor.fetchall()` builds a list of every row before the first is used. A cursor gives the same rows one at a
    time; with a server-side cursor they do not even leave the server at once.

    ## When to leave it alone

    When rows are needed more than once, or when the loop runs statements on the same connection: that would disturb the open
    cursor, so the rule is silent there. It is silent too where it cannot tell that the object is a database cursor.

    ## Evidence

    `python benchmarks/rules/run.py GL404`; see benchmarks/rules/RESULTS.md.
    """

    code = "GL404"
    name = "fetchall-then-iterate"
    effect = Effect(EffectClass.MEMORY, "holds every row in memory instead of one", "bench GL404")
    confidence = 90
    callees = frozenset({"fetchall"})
    examples = (
        Bad(
            "cur = con.cursor()\ncur.execute(q)\nfor row in cur.fetchall():\n    print(row)\n",
            fixed="cur = con.cursor()\ncur.execute(q)\nfor row in cur:\n    print(row)\n",
            lines=(3,),
        ),
        Bad(
            "import sqlite3\n\ncon = sqlite3.connect(p)\nn = [r[0] for r in con.execute(q).fetchall()]\n",
            fixed="import sqlite3\n\ncon = sqlite3.connect(p)\nn = [r[0] for r in con.execute(q)]\n",
        ),
        Bad(
            "def f(con):\n    cur = con.cursor()\n    rows = cur.execute(q).fetchall()\n    for r in rows:\n        print(r)\n",
            fixed="def f(con):\n    cur = con.cursor()\n    rows = cur.execute(q)\n    for r in rows:\n        print(r)\n",
            lines=(3,),
        ),
        Good("cur = con.cursor()\nrows = cur.fetchall()\nprint(len(rows))\nfor r in rows:\n    print(r)\n", "used twice"),
        Good("cur = con.cursor()\nfor r in cur.fetchall():\n    cur.execute(u, r)\n", "the loop uses the cursor"),
        Good("cur = con.cursor()\nfor r in cur.fetchall():\n    con.commit()\n", "the loop uses the connection"),
        Good("cur = con.cursor()\nrows = cur.fetchall()\nreturn_rows(rows)\n", "handed on"),
        Good("for r in api.fetchall():\n    print(r)\n", "not known to be a cursor"),
        Good(
            "def f(con):\n    cur = con.cursor()\n    for r in cur.fetchall():\n        save(con, r)\n",
            "the connection is handed on",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the list of rows is only walked."""
        from greenlint.source.infer import kind_of

        func = node.func
        if not isinstance(func, ast.Attribute) or node.args or node.keywords or kind_of(func.value, module) != "cursor":
            return
        loop = self._loop(node, module)
        if loop is None or _disturbs(loop, func.value, module):
            return
        fix = self.replace(node, module.text(func.value), module, "Iterate over the cursor", Applicability.UNSAFE)
        yield self.finding(node, module, "`fetchall()` loads every row; iterate over the cursor itself", fix=fix)

    def _loop(self, node: ast.Call, module: Module) -> ast.For | ast.comprehension | None:
        """The loop that walks the rows, directly or through a name that is used for nothing else."""
        holder = module.parent(node)
        if isinstance(holder, (ast.For, ast.comprehension)) and holder.iter is node:
            return holder
        if not (isinstance(holder, ast.Assign) and len(holder.targets) == 1 and isinstance(holder.targets[0], ast.Name)):
            return None
        from greenlint.source.names import names_of

        name, names = holder.targets[0], names_of(module)
        scope = names.scope(name)
        if scope is None or isinstance(scope, ast.Module) or len(names.bindings(name.id, scope)) != 1:
            return None
        loads = names.loads(name.id, scope)
        if len(loads) != 1 or module.loop(node) is not None:
            return None
        walker = module.parent(loads[0])
        return walker if isinstance(walker, (ast.For, ast.comprehension)) and walker.iter is loads[0] else None


def _disturbs(loop: ast.For | ast.comprehension, receiver: ast.expr, module: Module) -> bool:
    """Whether the loop may touch the open cursor: it mentions cursor or connection, or runs any statement."""
    body: list[ast.AST] = list(loop.body) if isinstance(loop, ast.For) else [module.parents[loop]]
    origin = {n.id for n in ast.walk(receiver) if isinstance(n, ast.Name)}
    for name in list(origin):
        for binding in module.bindings(name, module.scope(receiver)):
            value = getattr(binding, "value", None)
            if value is not None:
                origin |= {n.id for n in ast.walk(value) if isinstance(n, ast.Name)}
    inside = [n for item in body for n in ast.walk(item)]
    if isinstance(loop, ast.comprehension):
        own = {id(n) for n in ast.walk(loop.iter)}
        inside = [n for n in inside if id(n) not in own]
    return any(
        (isinstance(n, ast.Name) and n.id in origin) or (isinstance(n, ast.Attribute) and n.attr in _STATEFUL) for n in inside
    )
