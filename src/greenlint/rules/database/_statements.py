"""The SELECT statements that a file holds as texts, and the calls that send them."""

from __future__ import annotations

import ast
import re
from operator import attrgetter

from greenlint.named_tuple import NamedTuple
from greenlint.rules.database._select import parse_select
from greenlint.rules.database._sql import sql_text
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.database._select import Select
    from greenlint.source.module import Module

_STARTS = re.compile(r"[\s(]*(?:/\*.*?\*/\s*|--[^\n]*\n\s*)*(?:select|with)\b", re.IGNORECASE | re.DOTALL)
_HAS_TABLE = re.compile(r"\bselect\b.*?\bfrom\b", re.IGNORECASE | re.DOTALL)
WORDS = frozenset({b"SELECT", b"elect"})
"""One of them stands in every file that has a statement."""
_WRAPPERS = frozenset({"text", "SQL", "dedent", "format", "strip", "cleandoc"})
SINKS = frozenset(
    {
        "execute",
        "execute_fetchall",
        "execute_sql",
        "exec_driver_sql",
        "executemany",
        "fetch",
        "fetch_all",
        "fetch_one",
        "fetchall",
        "fetchone",
        "fetchrow",
        "fetchval",
        "iterate",
        "query",
        "raw",
        "read_sql",
        "read_sql_query",
        "run_query",
        "select_all",
        "sql",
    }
)
"""The last names of the functions that send a statement to a database."""
_TALKING = frozenset(
    {"print", "debug", "info", "warning", "error", "exception", "critical", "log", "echo", "startswith", "compile"}
)
_DEPTH = 8


class Statement(NamedTuple):
    """A SELECT in a text.

    node   the whole string expression
    call   the call that sends it, None where this file shows none
    spoken whether it is only printed, compared or documented
    """

    node: ast.expr
    text: str
    select: Select
    call: ast.Call | None
    spoken: bool


def statements(module: Module) -> list[Statement]:
    """The SELECT statements of a file, found once."""
    notes = module.notes.setdefault("select-statements", {})
    if 0 not in notes:
        notes[0] = list(_statements(module))
    found: list[Statement] = notes[0]
    return found


def _statements(module: Module) -> Iterator[Statement]:
    seen: set[ast.expr] = set()
    constants: list[ast.Constant] = module.index.by_class.get(ast.Constant, [])  # type: ignore[assignment]
    strings = [node for node in constants if node.value.__class__ is str and "elect" in node.value.lower()]
    for node in sorted(strings, key=attrgetter("lineno", "col_offset")):
        if not _STARTS.match(node.value):  # type: ignore[arg-type]
            continue
        top = _whole(node, module)
        if top in seen:
            continue
        seen.add(top)
        text = sql_text(top, module)
        if text is None or not _STARTS.match(text) or not _HAS_TABLE.search(text):
            continue
        select = parse_select(text)
        if select is not None:
            call, spoken = _sender(top, module, _DEPTH)
            yield Statement(top, text, select, call, spoken)


def _whole(node: ast.expr, module: Module) -> ast.expr:
    """The string expression that a literal is a part of: `"select " + a`, an f-string."""
    holder = module.parent(node)
    while isinstance(holder, ast.JoinedStr) or (isinstance(holder, ast.BinOp) and isinstance(holder.op, (ast.Add, ast.Mod))):
        if isinstance(holder, ast.BinOp) and holder.left is not node and isinstance(holder.op, ast.Mod):
            break
        node, holder = holder, module.parent(holder)
    return node


def _sender(node: ast.expr, module: Module, depth: int) -> tuple[ast.Call | None, bool]:
    """The call that sends a text, through `text(...)` and through a name; and whether the text is no statement to send."""
    holder = module.parent(node)
    if isinstance(holder, ast.keyword):
        holder = module.parent(holder)
    if depth == 0:
        return None, False
    if isinstance(holder, ast.Attribute) and holder.attr in _WRAPPERS:
        call = module.parent(holder)
        return _sender(call, module, depth - 1) if isinstance(call, ast.Call) else (None, False)
    if isinstance(holder, ast.Call):
        name = holder.func.attr if isinstance(holder.func, ast.Attribute) else getattr(holder.func, "id", "")
        if name in _WRAPPERS:
            return _sender(holder, module, depth - 1)
        return (holder, False) if name in SINKS else (None, name in _TALKING)
    if isinstance(holder, (ast.Assign, ast.AnnAssign)):
        return _sender_of_name(holder, module, depth), False
    return None, isinstance(holder, (ast.Expr, ast.Compare, ast.Raise))


def _sender_of_name(assignment: ast.Assign | ast.AnnAssign, module: Module, depth: int) -> ast.Call | None:
    target = assignment.targets[0] if isinstance(assignment, ast.Assign) else assignment.target
    names = names_of(module)
    if not isinstance(target, ast.Name):
        return None
    scope = names.scope(target)
    if scope is None or len(names.bindings(target.id, scope)) != 1:
        return None
    for load in names.loads(target.id, scope):
        call, _ = _sender(load, module, depth - 1)
        if call is not None:
            return call
    return None
