"""Opens the ledger file: makes it, refuses what is none, brings an older one up to date, reads one that is protected."""

from __future__ import annotations

import os
import sqlite3

from greenlint.errors import LedgerError
from greenlint.ledger.failures import ANOTHER, failures
from greenlint.ledger.schema import MIGRATIONS, VERSION

BUSY_TIMEOUT_S = 30.0
_STATE = """
SELECT user_version, (SELECT COUNT(*) FROM sqlite_master), EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'run')
FROM pragma_user_version
"""
"""One statement, for between two of them another process may have made the tables."""


def open_database(path: str, *, create: bool) -> sqlite3.Connection:
    """A connection to a ledger of this version. Raises LedgerError naming the file, which is then left as it was."""
    if os.path.isdir(path):
        raise LedgerError(f"{path}: is a folder, not a ledger")
    if not os.path.exists(path):
        if not create:
            raise LedgerError(f"{path}: no such ledger", "`pytest --energy` or `greenlint measure -- CMD` makes one")
        _prepare_folder(path)
    with failures(path):
        try:
            return _connect(path, os.path.abspath(path), uri=False)
        except sqlite3.OperationalError:
            if create or _writable(path):
                raise
            return _connect(path, _read_only(path), uri=True)


def _prepare_folder(path: str) -> None:
    folder = os.path.dirname(os.path.abspath(path))
    try:
        os.makedirs(folder, exist_ok=True)
        ignore = os.path.join(folder, ".gitignore")
        if os.path.basename(folder) == ".greenlint" and not os.path.exists(ignore):
            with open(ignore, "w", encoding="utf-8") as file:
                file.write("*\n")
    except OSError as error:
        raise LedgerError(f"{path}: cannot be created: {error.strerror}", ANOTHER) from error


def _writable(path: str) -> bool:
    return os.access(path, os.W_OK) and os.access(os.path.dirname(os.path.abspath(path)), os.W_OK)


def _read_only(path: str) -> str:
    """The address under which SQLite reads a ledger beside which it may not put its files.

    "immutable" leaves out the write-ahead log, so it is used only where the log holds nothing.
    """
    from urllib.parse import quote

    log = path + "-wal"
    immutable = "" if os.path.exists(log) and os.path.getsize(log) else "&immutable=1"
    return f"file:{quote(os.fsencode(os.path.abspath(path)))}?mode=ro{immutable}"


def _connect(path: str, address: str, *, uri: bool) -> sqlite3.Connection:
    database = sqlite3.connect(address, timeout=BUSY_TIMEOUT_S, isolation_level=None, uri=uri)
    try:
        _set_up(path, database)
    except BaseException:
        database.close()
        raise
    return database


def _set_up(path: str, database: sqlite3.Connection) -> None:
    database.row_factory = sqlite3.Row
    version, tables, ours = database.execute(_STATE).fetchone()
    if version > VERSION:
        raise LedgerError(
            f"{path}: is of ledger version {version}, this greenlint knows {VERSION}", "upgrade greenlint; nothing was changed"
        )
    if tables and not (version and ours):
        raise LedgerError(f"{path}: is an SQLite file, but not a greenlint ledger")
    database.execute("PRAGMA foreign_keys=ON")
    if version == VERSION:
        database.execute("PRAGMA synchronous=NORMAL")
        return
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=NORMAL")
    _migrate_once(database)


def _migrate_once(database: sqlite3.Connection) -> None:
    """Migrate unless another process has just done so: the first to get the write lock does it for all."""
    database.execute("BEGIN IMMEDIATE")
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version < VERSION:
        for statement in _statements(version):
            database.execute(statement)
        database.execute(f"PRAGMA user_version={VERSION}")
    database.execute("COMMIT")


def _statements(version: int) -> list[str]:
    return [part for step in MIGRATIONS[version:] for part in step.split(";") if part.strip()]
