"""The SQLite ledger: append-only, safe for parallel writers and for being killed at any moment."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from greenlint.errors import LedgerError
from greenlint.lean import sqlite3
from greenlint.ledger.batch import all_rows, insert, insert_missing, of_run, of_samples, of_status, of_verdicts
from greenlint.ledger.failures import failures, readable
from greenlint.ledger.filesystem import network_file_system
from greenlint.ledger.opening import (
    NoWriteAheadLog,
    missing,
    note,
    open_database,
    open_view,
    refuse_folder,
    spool_files,
    spool_folder,
    writable,
)
from greenlint.ledger.rows import measurement_of, run_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from typing_extensions import Self

    from greenlint.ledger.batch import Batch
    from greenlint.ledger.intake import Taken
    from greenlint.ledger.spool import Spool
    from greenlint.model.annotation import Annotation
    from greenlint.model.budget import Verdict
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run

_SELECT_RUN = """
SELECT run.*, machine.class, machine.cpu_model, machine.logical_cpus, machine.ram_bytes, machine.virtualised, machine.os,
       machine.kernel, commit_.parent, commit_.author_time, commit_.branch, commit_.subject,
       (SELECT status FROM run_status WHERE run_status.run_id = run.id ORDER BY run_status.rowid DESC LIMIT 1) AS status
FROM run JOIN machine ON machine.id = run.machine_id LEFT JOIN commit_ ON commit_.sha = run.commit_sha
"""


class Ledger:
    """An open ledger; a context manager. Every method raises LedgerError, naming the file, when the store fails.

    Where SQLite's write-ahead log cannot be used, what is written goes to a spool beside the file (`spooled` says why), and
    what is read comes from a copy in memory of the file and all that waits in the spool.
    """

    def __init__(self, path: str, database: sqlite3.Connection | None, spool: Spool | None = None) -> None:
        self.path = path
        self._connection = database
        self._spool = spool
        self._next: dict[str, int] = {}

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, create: bool = True, busy_s: float | None = None) -> Ledger:
        """Open the ledger at `path`, bringing an older version up to date and taking in what waits in its spool.

        With `create=False` a missing file is an error, and one that may not be written is opened for reading. `busy_s` is
        how long each transaction waits while others write, 30 s when it is not said; 0 does not wait. Raises
        LedgerError for a file that is no ledger, is of a newer version, or cannot be opened; nothing is deleted.
        """
        name = os.fspath(path)
        waiting = bool(spool_files(spool_folder(name)))
        if not create and not waiting and not os.path.exists(name):
            raise missing(name)
        kind = network_file_system(_existing_folder(name))
        if kind:
            return _spooling(cls, name, kind, create=create)
        if waiting and not create and not writable(name):
            return cls(name, _view(name))
        try:
            database = open_database(name, create=create or waiting, busy_s=busy_s)
        except NoWriteAheadLog as error:
            return _spooling(cls, name, str(error), create=create)
        ledger = cls(name, database)
        if waiting:
            taken = ledger.take_in(spool_folder(name), remove=True)
            if taken.rows or taken.problems:
                note(f"{name}: {taken}")
        return ledger

    @staticmethod
    def exists(path: str) -> bool:
        """Whether there is anything to read at `path`: the file, or a spool that belongs to it."""
        return os.path.exists(path) or bool(spool_files(spool_folder(path)))

    @property
    def spooled(self) -> str:
        """Why this ledger writes to a spool, such as "nfs4"; "" when it does not."""
        return self._spool.reason if self._spool else ""

    @property
    def _database(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _view(self.path)
        return self._connection

    def begin(self, run: Run) -> None:
        """Record a run with its machine and commit; recording the same run again changes nothing."""
        with self._transaction() as put:
            for batch in of_run(run):
                put(batch)
        if self._spool is not None and self._spool.began(run.run_id):
            self._next.setdefault(run.run_id, 0)

    def knows_commit(self, sha: str) -> bool:
        """Whether an earlier run has recorded this commit; False where the ledger is a spool, which is only written to."""
        if self._spool is not None:
            return False
        with failures(self.path):
            return self._database.execute("SELECT 1 FROM commit_ WHERE sha = ?", (sha,)).fetchone() is not None

    def append(self, run_id: str, measurements: Sequence[Measurement]) -> None:
        """Add measurements to a run in one transaction: all of them are stored, or none."""
        with self._transaction() as put:
            first = self._next.get(run_id)
            if first is None:
                query = "SELECT COALESCE(MAX(seq) + 1, 0) FROM sample WHERE run_id = ?"
                first = int(self._database.execute(query, (run_id,)).fetchone()[0])
            put(of_samples(run_id, first, measurements))
        self._next[run_id] = first + len(measurements)

    def finish(self, run_id: str, status: str = "complete") -> None:
        """Say how a run ended; a run without an ending was killed and stays "open"."""
        with self._transaction() as put:
            put(of_status(run_id, status))

    def add_verdicts(self, run_id: str, verdicts: Sequence[Verdict]) -> None:
        """Record what was found about budgets."""
        with self._transaction() as put:
            put(of_verdicts(run_id, verdicts))

    def add_missing(self, batches: Iterable[Batch]) -> dict[str, int]:
        """Add the rows that are not there yet, all or none; returns how many were new by table.

        Raises LedgerError as well for a measurement whose number in its run another one has.
        """
        added: dict[str, int] = {}
        with self._transaction() as put:
            for batch in batches:
                count = insert_missing(self._database, batch)
                added[batch.table] = added.get(batch.table, 0) + count
                if self._spool is not None and count:
                    put(batch)
        return added

    def batches(self) -> Iterator[Batch]:
        """Everything that is in this ledger, in the order in which rows refer to each other."""
        with failures(self.path):
            yield from all_rows(self._database)

    def rows_of(self, table: str, run_id: str) -> list[dict[str, Any]]:
        """The rows about a run in "run_status" or "verdict", oldest first, as they are stored."""
        with failures(self.path):
            found = self._database.execute(f"SELECT * FROM {table} WHERE run_id = ? ORDER BY rowid", (run_id,))
            return [{name: row[name] for name in row.keys() if name != "run_id"} for row in found]  # noqa: SIM118

    def size(self, run_id: str) -> int:
        """How many rows there are about a run."""
        tables = ("sample", "run_status", "verdict")
        with failures(self.path):
            counts = [
                self._database.execute(f"SELECT COUNT(*) FROM {table} WHERE run_id = ?", (run_id,)).fetchone()[0]
                for table in tables
            ]
        return int(sum(counts))

    def runs(
        self, kind: str | None = None, limit: int | None = None, project: str | None = None, since: str | None = None
    ) -> list[Run]:
        """Runs, newest first; `since` is an ISO date or time in UTC."""
        conditions = {"run.kind = ?": kind, "run.project = ?": project, "run.started_utc >= ?": since}
        chosen = {text: value for text, value in conditions.items() if value is not None}
        where = " WHERE " + " AND ".join(chosen) if chosen else ""
        query = f"{_SELECT_RUN}{where} ORDER BY run.started_utc DESC, run.rowid DESC LIMIT ?"
        with failures(self.path):
            rows = self._database.execute(query, (*chosen.values(), -1 if limit is None else limit)).fetchall()
        with readable(self.path):
            return [run_of(row) for row in rows]

    def run(self, run_id: str) -> Run | None:
        """The run with this id or unique beginning of one; None when there is no such run or several."""
        with failures(self.path):
            rows = self._database.execute(f"{_SELECT_RUN} WHERE run.id LIKE ? LIMIT 2", (run_id + "%",)).fetchall()
        with readable(self.path):
            return run_of(rows[0]) if len(rows) == 1 else None

    def latest_run(self, kind: str | None = None) -> Run | None:
        """The newest run of a kind."""
        found = self.runs(kind=kind, limit=1)
        return found[0] if found else None

    def measurements(self, run_id: str) -> list[Measurement]:
        """The measurements of a run in the order in which they were added."""
        with failures(self.path), readable(self.path):
            rows = self._database.execute("SELECT * FROM sample WHERE run_id = ? ORDER BY seq", (run_id,))
            return [measurement_of(row) for row in rows]

    def annotations(self) -> list[Annotation]:
        """What people said about commits, oldest first."""
        from greenlint.model.annotation import Annotation

        with failures(self.path):
            names = ",".join(Annotation._fields)
            return [Annotation(*row) for row in self._database.execute(f"SELECT {names} FROM annotation ORDER BY rowid")]

    def by_commit(self, sha: str) -> list[Run]:
        """All runs of one commit, newest first."""
        with failures(self.path), readable(self.path):
            query = f"{_SELECT_RUN} WHERE run.commit_sha = ? ORDER BY run.started_utc DESC, run.rowid DESC"
            return [run_of(row) for row in self._database.execute(query, (sha,))]

    def check(self) -> list[str]:
        """What is wrong with the file, one line each: its structure, its references, its rows, ids that no longer fit."""
        from greenlint.ledger.checks import problems

        with failures(self.path):
            return list(problems(self._database, _SELECT_RUN))

    def counts(self) -> tuple[int, int]:
        """How many runs there are, and how many of them never finished."""
        with failures(self.path):
            query = "SELECT COUNT(*), COALESCE(SUM(id NOT IN (SELECT run_id FROM run_status)), 0) FROM run"
            runs, unfinished = self._database.execute(query).fetchone()
        return int(runs), int(unfinished)

    @contextmanager
    def locked(self) -> Iterator[sqlite3.Connection]:
        """The database, in which nobody else can write until the block ends; what it did then stands, or none of it."""
        with self._transaction():
            yield self._database

    def shrink(self) -> bool:
        """Give the space of removed rows back to the file system; False when others hold the file for too long."""
        try:
            self._database.execute("VACUUM")
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise LedgerError(f"{self.path}: the runs are removed, but the file is not shrunk: {error}") from error
            return False
        return True

    def close(self) -> None:
        """Close the file; its write-ahead log is folded in."""
        if self._connection is not None:
            self._connection.close()

    def take_in(self, folder: str, *, remove: bool) -> Taken:
        """Add what waits in the spool files of `folder`; with `remove` they are deleted once it is on disk."""
        from greenlint.ledger.intake import take_in

        if self._spool is not None:
            raise LedgerError(f"{self.path}: is itself a spool ({self.spooled})", "merge where SQLite can be used")
        with failures(self.path):
            return take_in(self._database, self.path, folder=folder, remove=remove)

    @contextmanager
    def _transaction(self) -> Iterator[Callable[[Batch], object]]:
        """Gives what puts rows into the store; they are all in it after the block, or none of them when it fails."""
        if self._spool is not None:
            batches: list[Batch] = []
            yield batches.append
            self._spool.write(batches)
            if self._connection is not None:
                for batch in batches:
                    insert_missing(self._connection, batch)
            return
        with failures(self.path):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield partial(insert, self._database)
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _spooling(cls: type[Ledger], path: str, reason: str, *, create: bool) -> Ledger:
    from greenlint.ledger.spool import Spool

    if not create and not Ledger.exists(path):
        raise missing(path)
    refuse_folder(path)
    return cls(path, None, Spool(path, reason))


def _existing_folder(path: str) -> str:
    folder = os.path.dirname(os.path.abspath(path))
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder


def _view(path: str) -> sqlite3.Connection:
    """The ledger in memory, with what waits in its spool, which stays where it is."""
    from greenlint.ledger.intake import take_in

    database = open_view(path)
    with failures(path):
        taken = take_in(database, path, remove=False)
    if taken.problems:
        note(f"{path}: {'; '.join(taken.problems)}")
    return database
