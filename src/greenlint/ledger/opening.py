"""Opens the ledger file: makes it, refuses what is none, brings an older one up to date, reads one that is protected."""

from __future__ import annotations

import os
import sys

from greenlint.errors import LedgerError
from greenlint.lean import sqlite3
from greenlint.ledger.failures import ANOTHER, failures
from greenlint.ledger.schema import MIGRATIONS, VERSION

BUSY_TIMEOUT_S = 30.0
SPOOL_ENDING = ".jsonl"
_STATE = """
SELECT user_version, (SELECT COUNT(*) FROM sqlite_master), EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'run')
FROM pragma_user_version
"""
"""One statement, for between two of them another process may have made the tables."""


class NoWriteAheadLog(Exception):
    """SQLite cannot keep its write-ahead log where this ledger lies; the text says why."""


def open_database(path: str, *, create: bool, busy_s: float | None = None) -> sqlite3.Connection:
    """A connection to a ledger of this version, which waits `busy_s` for other writers (None: BUSY_TIMEOUT_S).

    Raises LedgerError naming the file, which is then left as it was, and NoWriteAheadLog where a spool has to be used.
    """
    refuse_folder(path)
    if not os.path.exists(path):
        if not create:
            raise missing(path)
        _prepare_folder(path)
    with failures(path):
        try:
            return _connect(path, os.path.abspath(path), uri=False, busy_s=busy_s)
        except sqlite3.OperationalError as error:
            if "locking protocol" in str(error) or ("unable to open" in str(error) and _writable(path)):
                raise NoWriteAheadLog(str(error)) from error
            if create or _writable(path):
                raise
            return _snapshot_unless_current(path)


def refuse_folder(path: str) -> None:
    """Raise LedgerError for a folder that lies where the ledger should be."""
    if os.path.isdir(path):
        raise LedgerError(f"{path}: is a folder, not a ledger")


def missing(path: str) -> LedgerError:
    """The error of one who reads a ledger that is not there."""
    return LedgerError(f"{path}: no such ledger", "`pytest --energy` or `greenlint measure -- CMD` makes one")


def open_view(path: str) -> sqlite3.Connection:
    """A copy of the ledger in memory, of this version; an empty one where there is no file.

    For places where SQLite must not be used on the file itself, and for older ledgers that are read-only.
    Raises LedgerError for a file that is no ledger.
    """
    refuse_folder(path)
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        if os.path.exists(path) and os.path.getsize(path):
            with failures(path):
                _copy(path, database)
        with failures(path):
            _set_up(path, database)
    except BaseException:
        database.close()
        raise
    return database


def writable(path: str) -> bool:
    """Whether the file, or where there is none its folder, may be written by this process."""
    return _writable(path) if os.path.exists(path) else os.access(os.path.dirname(os.path.abspath(path)), os.W_OK)


def _prepare_folder(path: str) -> None:
    try:
        prepare_folder(os.path.dirname(os.path.abspath(path)))
    except OSError as error:
        raise LedgerError(f"{path}: cannot be created: {error.strerror}", ANOTHER) from error


def prepare_folder(folder: str) -> None:
    """Make the folder of a ledger; git shall not see what is in ".greenlint". Raises OSError."""
    os.makedirs(folder, exist_ok=True)
    ignore = os.path.join(folder, ".gitignore")
    if os.path.basename(folder) == ".greenlint" and not os.path.exists(ignore):
        with open(ignore, "w", encoding="utf-8") as file:
            file.write("*\n")


def spool_folder(ledger: str) -> str:
    """Where the transactions of processes that cannot use this ledger wait: `spool` beside "ledger.sqlite"."""
    folder, name = os.path.split(os.path.abspath(ledger))
    return os.path.join(folder, "spool" if name == "ledger.sqlite" else f"{name}.spool")


def spool_files(folder: str) -> list[str]:
    """The files of a spool, those of one run together, the one that began it first; [] when there are none."""
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.name.endswith(SPOOL_ENDING)]
    except OSError:
        return []
    return [os.path.join(folder, name) for name in sorted(names, key=lambda name: (name.split(".")[0], len(name), name))]


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


def _snapshot_unless_current(path: str) -> sqlite3.Connection:
    try:
        return _connect(path, _read_only(path), uri=True)
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error):
            raise
        return open_view(path)  # an older ledger: the copy is brought up to date instead


def _copy(path: str, target: sqlite3.Connection) -> None:
    """Copy a ledger that nobody writes to; its write-ahead log, if it left one, is read beside a copy of both files."""
    log = path + "-wal"
    if not (os.path.exists(log) and os.path.getsize(log)):
        _back_up(_read_only(path), target)
        return
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(prefix="greenlint-") as folder:
        copy = os.path.join(folder, "ledger.sqlite")
        shutil.copyfile(path, copy)
        shutil.copyfile(log, copy + "-wal")
        _back_up(f"file:{copy}", target)


def _back_up(address: str, target: sqlite3.Connection) -> None:
    source = sqlite3.connect(address, uri=True)
    try:
        source.backup(target)
    finally:
        source.close()


def _connect(path: str, address: str, *, uri: bool, busy_s: float | None = None) -> sqlite3.Connection:
    timeout_s = BUSY_TIMEOUT_S if busy_s is None else busy_s
    database = sqlite3.connect(address, timeout=timeout_s, isolation_level=None, uri=uri)
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
    mode = database.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode not in ("wal", "memory"):
        raise NoWriteAheadLog(f"its journal mode stays {mode!r}")
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


def note(text: str) -> None:
    """One line to stderr: what the ledger did of its own accord."""
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
    sys.stderr.write(f"greenlint: note: {shown}\n")
