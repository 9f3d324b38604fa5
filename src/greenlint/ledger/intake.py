"""Takes the transactions of a spool into a ledger: again and again without doubling anything, and without losing a line."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from greenlint.errors import LedgerError
from greenlint.lean import sqlite3
from greenlint.ledger.batch import insert_missing
from greenlint.ledger.opening import spool_files, spool_folder
from greenlint.ledger.spool import put_away, read_spool
from greenlint.model.text import counted
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.ledger.batch import Batch

_ABANDONED_AFTER_S = 86400.0
_DAMAGED = ".damaged"


class Taken(NamedTuple):
    """What was found in a spool: files, runs that were new, and what was wrong with some of the files."""

    files: int = 0
    runs: int = 0
    rows: int = 0
    problems: tuple[str, ...] = ()

    def __str__(self) -> str:
        """ "2 runs (340 rows) taken in from 3 spool files; x.jsonl: …"."""
        text = f"{counted(self.runs, 'run')} ({counted(self.rows, 'row')}) taken in from {counted(self.files, 'spool file')}"
        return "; ".join([text, *self.problems])


def take_in(database: sqlite3.Connection, ledger: str, *, folder: str = "", remove: bool = True) -> Taken:
    """Add what waits in the spool of `ledger` (or in `folder`) and, with `remove`, delete what is safely in it.

    Raises sqlite3.Error when the database itself fails; a file that cannot be taken in is named and left where it is.
    """
    files = spool_files(folder or spool_folder(ledger))
    if not files:
        return Taken()
    runs = rows = 0
    problems: list[str] = []
    database.execute("PRAGMA synchronous=FULL")  # on the disk before a file is removed
    try:
        for path in files:
            added, found = _take_file(database, path, remove=remove)
            runs, rows = runs + added[0], rows + added[1]
            problems += found
    finally:
        database.execute("PRAGMA synchronous=NORMAL")
    return Taken(len(files), runs, rows, tuple(problems))


def _take_file(database: sqlite3.Connection, path: str, *, remove: bool) -> tuple[tuple[int, int], list[str]]:
    """Returns (new runs, new rows) and what was wrong with the file."""
    name = os.path.basename(path)
    try:
        content = read_spool(path)
        added, bad = _add_all(database, content.found)
    except LedgerError as error:
        return (0, 0), [f"{name} left alone: {error}"]
    problems = []
    if content.torn and added[1]:
        problems.append(f"{name}: its last transaction was cut off and never counted")
    if content.damaged:
        bad = f"line {content.damaged[0]}"
    if bad:
        problems.append(f"{name}: {bad} is damaged, the rest is in; the file is kept as {name}{_DAMAGED}")
    if remove and (_finished(database, path) or _older_than_a_day(path)):
        put_away(path, content.size, f"{path}{_DAMAGED}" if bad else "")
    return added, problems


def _add_all(database: sqlite3.Connection, transactions: Sequence[Sequence[Batch]]) -> tuple[tuple[int, int], str]:
    """Add all transactions of a file; returns (new runs, new rows) and the first that the ledger refused."""
    runs = rows = 0
    bad = ""
    database.execute("BEGIN IMMEDIATE")
    try:
        for number, batches in enumerate(transactions, 1):
            added = _add_one(database, batches)
            if added is None:
                bad = bad or f"transaction {number}"
                continue
            runs += sum(count for table, count in added if table == "run")
            rows += sum(count for _, count in added)
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    return (runs, rows), bad


def _add_one(database: sqlite3.Connection, batches: Sequence[Batch]) -> list[tuple[str, int]] | None:
    """Add a transaction; None when its rows break a rule of the tables. Raises LedgerError for tables of a newer version."""
    database.execute("SAVEPOINT one")
    added: list[tuple[str, int]] | None
    try:
        added = [(batch.table, insert_missing(database, batch)) for batch in batches]
    except (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError):
        database.execute("ROLLBACK TO one")
        added = None
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error) and "no column named" not in str(error):
            raise
        raise LedgerError(f"it is of a newer version: {error}", "upgrade greenlint") from error
    database.execute("RELEASE one")
    return added


def _finished(database: sqlite3.Connection, path: str) -> bool:
    """Whether the run of a file has ended; true as well for a file that belongs to no run."""
    run_id = os.path.basename(path).split(".")[0]
    known, ended = database.execute(
        "SELECT EXISTS (SELECT 1 FROM run WHERE id = ?1), EXISTS (SELECT 1 FROM run_status WHERE run_id = ?1)", (run_id,)
    ).fetchone()
    return bool(ended) or not known


def _older_than_a_day(path: str) -> bool:
    try:
        return time.time() - os.stat(path).st_mtime > _ABANDONED_AFTER_S
    except OSError:
        return False
