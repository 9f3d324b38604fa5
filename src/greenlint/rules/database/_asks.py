"""Which calls may ask a database, by their names and what they are given."""

from __future__ import annotations

import ast
import re

from greenlint.rules.database._loops import changing_names, mentions_any, row_loop
from greenlint.rules.database._models import is_model_name
from greenlint.rules.database._sql import is_database, sql_text, statement_of
from greenlint.source.infer import dotted
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_DRIVERS = frozenset(
    {"sqlite3", "psycopg2", "psycopg", "mysql", "MySQLdb", "pymysql", "cx_Oracle", "oracledb", "pyodbc", "pymssql"}
)
_WORDS = frozenset(
    {
        *("ALTER", "ANALYZE", "ATTACH", "BEGIN", "CALL", "COMMIT", "COPY", "CREATE", "DECLARE", "DELETE", "DESCRIBE", "DROP"),
        *("EXEC", "EXECUTE", "EXPLAIN", "FETCH", "GRANT", "INSERT", "LOCK", "MERGE", "PRAGMA", "REPLACE", "ROLLBACK", "SELECT"),
        *("SET", "SHOW", "TRUNCATE", "UPDATE", "UPSERT", "USE", "VACUUM", "VALUES", "WITH"),
    }
)
"""What statements begin with."""
BATCHED = re.compile(r"\bIN\s*\(|= *ANY\b|\bIN\s+%s|\bIN\s+:|\bLIMIT\b.*\bOFFSET\b", re.IGNORECASE | re.DOTALL)
OF_THE_DATABASE = re.compile(r"sqlite_master|information_schema|pragma|pg_|system\.|show ", re.IGNORECASE)


def may_ask(node: ast.Call, func: ast.Attribute, module: Module) -> bool:
    """Whether the call asks a database, by its name and its receiver; the outermost call of a chain speaks for it."""
    if func.attr == "get" and len(node.args) == 2 and is_model_name(node.args[0]):
        return is_database(func.value, module)
    if isinstance(module.parent(node), ast.Attribute):  # what `execute(...)` gives goes on: `.all()`, `.fetchone()`
        if func.attr not in ("execute", "scalars") or isinstance(func.value, ast.Call) or not node.args:
            return False
        loop = row_loop(node, module) or module.loop(node)
        changing = changing_names(loop, module) if loop is not None else frozenset()
        known = is_database(func.value, module) or _is_built(node.args[0], module)
        return known and mentions_any(node, changing) and _is_one_select(node.args[0], module)
    if func.attr in ("execute", "fetch", "fetchrow", "fetchval", "query", "scalar", "scalars"):
        if is_database(func.value, module) or (node.args and _is_built(node.args[0], module)):
            return True
        return func.attr == "execute" and not _DRIVERS.isdisjoint(module.packages) and _may_be_sql(node, module)
    current: ast.expr = func.value
    while isinstance(current, ast.Call) and isinstance(current.func, ast.Attribute):
        if current.func.attr == "query":
            return True
        if current.func.attr in ("execute", "scalars") and is_database(current.func.value, module):
            return False  # which speaks for itself
        current = current.func.value
    if isinstance(current, ast.Attribute) and current.attr == "objects":
        return True
    return func.attr == "all" and isinstance(current, ast.Attribute) and not node.args and not node.keywords


def _may_be_sql(node: ast.Call, module: Module) -> bool:
    """Whether what is executed may be a statement: there is something, and it does not begin with another word."""
    text = sql_text(node.args[0], module) if node.args else None
    word = statement_of(text) if text is not None else ""
    return bool(node.args or node.keywords) and (not word.isalpha() or word in _WORDS)


def _is_built(statement: ast.expr, module: Module) -> bool:
    """`select(Model).where(...)`, also through a name: only a database takes that."""
    statement = _behind(statement, module)
    while isinstance(statement, ast.Call) and isinstance(statement.func, ast.Attribute) and statement.func.attr != "select":
        statement = statement.func.value
    return isinstance(statement, ast.Call) and (dotted(statement.func) or "").rpartition(".")[2] == "select"


def _behind(statement: ast.expr, module: Module) -> ast.expr:
    """The one value that a name is given."""
    bindings = names_of(module).valid_bindings(statement) if isinstance(statement, ast.Name) else []
    return bindings[0].value or statement if len(bindings) == 1 else statement


def _is_one_select(statement: ast.expr, module: Module) -> bool:
    """Whether a statement is a SELECT for one key: a text, or `select(Model).where(Model.key == key)`."""
    text = sql_text(statement, module)
    if text is not None:
        return statement_of(text) == "SELECT" and not BATCHED.search(text) and not OF_THE_DATABASE.search(text)
    values: list[ast.expr] = []
    current = _behind(statement, module)
    while isinstance(current, ast.Call) and isinstance(current.func, ast.Attribute):
        values += current.args
        current = current.func.value
    return _is_built(statement, module) and not compares(values)


def compares(values: list[ast.expr]) -> bool:
    """Whether a condition is more than equality, or its values come from a constant table, which keeps them few."""
    for value in values:
        for node in ast.walk(value):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("in_", "any_", "like", "ilike", "contains", "Q", "F", "or_"):
                    return True
            elif (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id.isupper()) or (
                isinstance(node, ast.Compare) and not all(isinstance(op, ast.Eq) for op in node.ops)
            ):
                return True
    return False
