"""The calls that open a connection to a database, and what a loop does with the connections."""

from __future__ import annotations

import ast

from greenlint.rules.database._loops import changing_names, mentions_any
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_CONNECTIONS = (
    "MySQLdb.connect",
    "aiomysql.connect",
    "aiosqlite.connect",
    "asyncpg.connect",
    "cx_Oracle.connect",
    "duckdb.connect",
    "mariadb.connect",
    "mysql.connector.connect",
    "oracledb.connect",
    "psycopg.AsyncConnection.connect",
    "psycopg.connect",
    "psycopg2.connect",
    "pymssql.connect",
    "pymysql.connect",
    "pyodbc.connect",
    "snowflake.connector.connect",
    "sqlite3.connect",
)
CLIENTS = frozenset(
    {
        "aiomysql.create_pool",
        "asyncpg.create_pool",
        "cassandra.cluster.Cluster",
        "clickhouse_connect.get_client",
        "elasticsearch.AsyncElasticsearch",
        "elasticsearch.Elasticsearch",
        "influxdb.InfluxDBClient",
        "influxdb_client.InfluxDBClient",
        "motor.motor_asyncio.AsyncIOMotorClient",
        "neo4j.GraphDatabase.driver",
        "psycopg2.pool.SimpleConnectionPool",
        "psycopg2.pool.ThreadedConnectionPool",
        "pymongo.MongoClient",
        "pymongo.mongo_client.MongoClient",
        "redis.Redis",
        "redis.StrictRedis",
        "redis.asyncio.Redis",
        "redis.asyncio.from_url",
        "redis.from_url",
        "sqlalchemy.create_engine",
        "sqlalchemy.ext.asyncio.create_async_engine",
    }
)
"""Clients and engines, which hold a pool of connections each."""
CONNECTS = CLIENTS.union(_CONNECTIONS)
_KEEPING = frozenset({"append", "add", "put", "setdefault", "insert", "appendleft", "put_nowait"})


def kept_value(node: ast.Call, module: Module) -> bool:
    """Whether the connection is used on the spot: given a name, opened by `with`, called; not put into a collection or handed out."""
    value: ast.AST = node
    holder = module.parent(value)
    while isinstance(holder, ast.Await) or (isinstance(holder, ast.Call) and holder.func is not value and _is_closing(holder)):
        value, holder = holder, module.parent(holder)
    if isinstance(holder, (ast.Assign, ast.AnnAssign)):
        targets = holder.targets if isinstance(holder, ast.Assign) else [holder.target]
        return all(isinstance(target, ast.Name) and not _is_handed_out(target, module) for target in targets)
    return isinstance(holder, (ast.withitem, ast.Attribute))


def _is_closing(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name == "closing"


def _is_handed_out(target: ast.Name, module: Module) -> bool:
    """Whether the function returns, yields, keeps or declares global what it connected."""
    scope = names_of(module).scope(target)
    if scope is None or scope is not (module.function(target) or module.tree):
        return True  # global or nonlocal
    notes = module.notes.setdefault(f"connections called {target.id}", {})
    if id(scope) not in notes:
        notes[id(scope)] = any(_hands_out(load, module) for load in names_of(module).loads(target.id, scope))
    found: bool = notes[id(scope)]
    return found


def _hands_out(load: ast.Name, module: Module) -> bool:
    holder = module.parent(load)
    if isinstance(holder, (ast.Call, ast.keyword)):
        return _is_kept(holder, module)
    return isinstance(holder, (ast.Return, ast.Yield, ast.Assign, ast.Tuple, ast.Dict, ast.List))


def _is_kept(holder: ast.Call | ast.keyword, module: Module) -> bool:
    """Whether what is handed to a call stays there: `pool.append(c)`, `return Wrapper(c)`, `self.x = Wrapper(c)`."""
    call = holder if isinstance(holder, ast.Call) else module.parent(holder)
    if not isinstance(call, ast.Call):
        return False
    if isinstance(call.func, ast.Attribute) and call.func.attr in _KEEPING:
        return True
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return isinstance(module.parent(call), (ast.Return, ast.Assign)) and name[:1].isupper()


def is_own_for_each(node: ast.Call, loop: ast.AST, module: Module) -> bool:
    """Whether the arguments of the call change from turn to turn: another database each time."""
    changing = changing_names(loop, module)
    values = [*node.args, *(keyword.value for keyword in node.keywords)]
    return any(mentions_any(value, changing) for value in values)
