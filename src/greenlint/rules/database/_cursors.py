"""What the rules about databases ask of a cursor: where it comes from, what shares its connection, who else uses them."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.source.flow import repeated_part
from greenlint.source.infer import attribute_bindings, dotted, kind_of
from greenlint.source.names import names_of
from greenlint.source.repeat import is_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.flow import IterationSite
    from greenlint.source.module import Module


_CATALOGUE = ("pragma ", "sqlite_master", "information_schema", "pg_", "show ", "describe ")


class Cursor(NamedTuple):
    """An expression that holds rows.

    known  whether this file shows that it is a cursor (from a driver's `connect`, `.cursor()`, `.execute()`, an annotation)
    roots  the names and attributes that the cursor and its connection go by: using one of them may disturb the cursor
    """

    known: bool
    roots: frozenset[str]


def cursor_of(node: ast.expr, module: Module) -> Cursor | None:
    """The cursor that `node` stands for; None for a value that is known to be something else."""
    kind = kind_of(node, module)
    if kind not in ("cursor", None):
        return None
    roots = frozenset(_roots(node, module, frozenset()))
    return Cursor(kind == "cursor", roots) if roots else None


def _roots(node: ast.expr, module: Module, seen: frozenset[str]) -> Iterator[str]:
    """`cur`, then what it was made from: `cur = self.db.cursor()` -> "cur", "self.db"."""
    while isinstance(node, ast.Await):
        node = node.value
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            yield from _roots(node.func.value, module, seen)
        for argument in node.args[:1]:
            if kind_of(argument, module) in ("cursor", "connection"):
                yield from _roots(argument, module, seen)
        return
    path = dotted(node)
    if path is None or path in seen:
        return
    yield path
    for value in _values(node, module):
        if isinstance(value, (ast.Call, ast.Await, ast.Name, ast.Attribute)):
            yield from _roots(value, module, seen | {path})


def _values(node: ast.expr, module: Module) -> list[ast.expr | None]:
    names = names_of(module)
    if isinstance(node, ast.Name):
        scope = names.scope(node)
        return [b.value for b in names.bindings(node.id, scope)] if scope is not None else []
    return [b.value for b in attribute_bindings(node, module)] if isinstance(node, ast.Attribute) else []


def is_catalogue_query(node: ast.expr, module: Module) -> bool:
    """Whether the rows describe the database itself (`PRAGMA`, `sqlite_master` ...): a few of them, whatever it holds."""
    while isinstance(node, ast.Await):
        node = node.value
    queries = [node] if isinstance(node, ast.Call) else []
    if not queries:
        queries = [value for value in _values(node, module) if isinstance(value, ast.Call)]
        queries += _last_execute(node, module)
    texts = [text for query in queries for argument in query.args[:1] for text in _strings(argument, module)]
    return any(word in text.lower() for text in texts for word in _CATALOGUE)


def query_of(cursor: ast.expr, module: Module) -> ast.Call | None:
    """The call that made the rows of a cursor: `conn.execute(...)` itself, or the nearest `cursor.execute(...)` before."""
    while isinstance(cursor, ast.Await):
        cursor = cursor.value
    if isinstance(cursor, ast.Call):
        return cursor
    calls = [value for value in _values(cursor, module) if isinstance(value, ast.Call) and value.args]
    return next(iter([*_last_execute(cursor, module), *calls]), None)


def _last_execute(cursor: ast.expr, module: Module) -> list[ast.Call]:
    """The nearest `cursor.execute(...)` before this place in the same function."""
    path = dotted(cursor)
    before = [
        call
        for call in module.calls("execute")
        if call.lineno <= cursor.lineno
        and module.scope(call) is module.scope(cursor)
        and isinstance(call.func, ast.Attribute)
        and dotted(call.func.value) == path
    ]
    return before[-1:]


def _strings(node: ast.expr, module: Module) -> Iterator[str]:
    """The string literals in an expression, also behind one name."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
    if isinstance(node, ast.Name):
        for value in _values(node, module):
            if value is not None and not isinstance(value, ast.Name):
                yield from _strings(value, module)


def is_touched(cursor: Cursor, site: IterationSite, module: Module) -> bool:
    """Whether the loop touches the cursor, its connection, or an object that holds one of them."""
    return any(_touches(node, cursor.roots, module) for part in repeated_part(site, module) for node in ast.walk(part))


def yields(site: IterationSite, module: Module) -> bool:
    """Whether the loop hands on control with a row."""
    kinds = (ast.Yield, ast.YieldFrom)
    return any(isinstance(node, kinds) for part in repeated_part(site, module) for node in ast.walk(part))


def _touches(node: ast.AST, roots: frozenset[str], module: Module) -> bool:
    """A mention of a root; for a root `self.db` also any method call on `self`, and `self` passed on."""
    if not isinstance(node, (ast.Name, ast.Attribute)):
        return False
    path = dotted(node)
    if path is None or path in roots:
        return path is not None
    if not any(root.startswith(f"{path}.") for root in roots):
        return False
    holder = module.parent(node)
    if not isinstance(holder, ast.Attribute):
        return True
    call = module.parent(holder)
    return isinstance(call, ast.Call) and call.func is holder


def is_needed_later(node: ast.Call, cursor: Cursor, site: IterationSite, module: Module) -> bool:
    """Whether something uses or closes the cursor between the query and the end of the loop.

    Also true when the loop may leave rows unread (`break`) and the cursor is used again after it.
    """
    statement = module.statement(node)
    holder = module.parents[site] if isinstance(site, ast.comprehension) else site
    loop = module.statement(holder)
    if statement is loop:
        return _stops_early(cursor, site, module)
    for ancestor in module.ancestors(statement):
        if isinstance(ancestor, (ast.With, ast.AsyncWith, ast.Try)) and not is_inside(loop, ancestor, module):
            return True
    first, last = statement.end_lineno or 0, loop.lineno
    between = (n for kind in (ast.Name, ast.Attribute) for n in module.nodes(kind) if first < n.lineno < last)
    return any(_touches(n, cursor.roots, module) for n in between) or _stops_early(cursor, site, module)


def _stops_early(cursor: Cursor, site: IterationSite, module: Module) -> bool:
    if isinstance(site, ast.comprehension) or not any(isinstance(n, ast.Break) for part in site.body for n in ast.walk(part)):
        return False
    scope = module.scope(site)
    last = site.end_lineno or 0
    return any(
        isinstance(n, (ast.Name, ast.Attribute)) and n.lineno > last and dotted(n) in cursor.roots for n in ast.walk(scope)
    )
