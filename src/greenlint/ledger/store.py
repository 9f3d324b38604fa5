"""The SQLite ledger: append-only, safe for parallel writers and for being killed at any moment."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from greenlint.errors import LedgerError
from greenlint.ledger.rows import SAMPLE_COLUMNS, measurement_of, run_of, sample_row
from greenlint.ledger.schema import MIGRATIONS, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typing_extensions import Self

    from greenlint.model.budget import Verdict
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run

BUSY_TIMEOUT_S = 30.0
_INSERT_SAMPLE = f"INSERT INTO sample ({','.join(SAMPLE_COLUMNS)}) VALUES ({','.join('?' * len(SAMPLE_COLUMNS))})"
_SELECT_RUN = """
SELECT run.*, machine.class, machine.cpu_model, machine.logical_cpus, machine.ram_bytes, machine.virtualised, machine.os,
       machine.kernel, commit_.parent, commit_.author_time, commit_.branch, commit_.subject,
       (SELECT status FROM run_status WHERE run_status.run_id = run.id ORDER BY run_status.rowid DESC LIMIT 1) AS status
FROM run JOIN machine ON machine.id = run.machine_id LEFT JOIN commit_ ON commit_.sha = run.commit_sha
"""


class Ledger:
    """An open ledger; a context manager. Every method raises LedgerError, naming the file, when the store fails."""

    def __init__(self, path: str, database: sqlite3.Connection) -> None:
        self.path = path
        self._database = database
        self._next: dict[str, int] = {}

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, create: bool = True) -> Ledger:
        """Open the ledger at `path`, bringing an older version up to date.

        With `create=False` a missing file is an error. Raises LedgerError for a file that is no ledger, is of a newer
        version, or cannot be opened; nothing is deleted.
        """
        name = os.fspath(path)
        if os.path.isdir(name):
            raise LedgerError(f"{name}: is a folder, not a ledger")
        if not os.path.exists(name):
            if not create:
                raise LedgerError(f"{name}: no such ledger", "`pytest --energy` or `greenlint measure -- CMD` makes one")
            _prepare_folder(name)
        with _failures(name):
            database = sqlite3.connect(name, timeout=BUSY_TIMEOUT_S, isolation_level=None)
            try:
                _set_up(name, database)
            except BaseException:
                database.close()
                raise
        return cls(name, database)

    def begin(self, run: Run) -> None:
        """Record a run with its machine and commit; recording the same run again changes nothing."""
        with self._transaction():
            self._insert_run(run)

    def add_run(self, run: Run, measurements: Sequence[Measurement]) -> None:
        """Record a whole run of another ledger in one transaction: all of it is stored, or nothing."""
        with self._transaction():
            self._insert_run(run)
            rows = [sample_row(run.run_id, number, m) for number, m in enumerate(measurements)]
            self._database.executemany(_INSERT_SAMPLE, rows)
            if run.status != "open":
                self._database.execute("INSERT INTO run_status VALUES (?,?,?)", (run.run_id, run.status, _now()))

    def append(self, run_id: str, measurements: Sequence[Measurement]) -> None:
        """Add measurements to a run in one transaction: all of them are stored, or none."""
        with self._transaction():
            first = self._next.get(run_id)
            if first is None:
                query = "SELECT COALESCE(MAX(seq) + 1, 0) FROM sample WHERE run_id = ?"
                first = int(self._database.execute(query, (run_id,)).fetchone()[0])
            rows = [sample_row(run_id, first + number, m) for number, m in enumerate(measurements)]
            self._database.executemany(_INSERT_SAMPLE, rows)
        self._next[run_id] = first + len(rows)

    def finish(self, run_id: str, status: str = "complete") -> None:
        """Say how a run ended; a run without an ending was killed and stays "open"."""
        with self._transaction():
            self._database.execute("INSERT INTO run_status VALUES (?,?,?)", (run_id, status, _now()))

    def add_verdicts(self, run_id: str, verdicts: Sequence[Verdict]) -> None:
        """Record what was found about budgets."""
        rows = [
            (
                run_id,
                _now(),
                v.budget.scope,
                v.budget.selector,
                v.budget.quantity,
                v.budget.limit,
                v.subject,
                v.outcome.value,
                v.value,
                v.low,
                v.high,
                v.mark,
                v.reason,
            )
            for v in verdicts
        ]
        with self._transaction():
            self._database.executemany(f"INSERT INTO verdict VALUES ({','.join('?' * 13)})", rows)

    def runs(
        self, kind: str | None = None, limit: int | None = None, project: str | None = None, since: str | None = None
    ) -> list[Run]:
        """Runs, newest first; `since` is an ISO date or time in UTC."""
        conditions = {"run.kind = ?": kind, "run.project = ?": project, "run.started_utc >= ?": since}
        chosen = {text: value for text, value in conditions.items() if value is not None}
        where = " WHERE " + " AND ".join(chosen) if chosen else ""
        query = f"{_SELECT_RUN}{where} ORDER BY run.started_utc DESC, run.rowid DESC LIMIT ?"
        with _failures(self.path):
            rows = self._database.execute(query, (*chosen.values(), -1 if limit is None else limit)).fetchall()
        return [run_of(row) for row in rows]

    def run(self, run_id: str) -> Run | None:
        """The run with this id or unique beginning of one; None when there is no such run or several."""
        with _failures(self.path):
            rows = self._database.execute(f"{_SELECT_RUN} WHERE run.id LIKE ? LIMIT 2", (run_id + "%",)).fetchall()
        return run_of(rows[0]) if len(rows) == 1 else None

    def latest_run(self, kind: str | None = None) -> Run | None:
        """The newest run of a kind."""
        found = self.runs(kind=kind, limit=1)
        return found[0] if found else None

    def measurements(self, run_id: str) -> list[Measurement]:
        """The measurements of a run in the order in which they were added."""
        with _failures(self.path):
            rows = self._database.execute("SELECT * FROM sample WHERE run_id = ? ORDER BY seq", (run_id,))
            return [measurement_of(row) for row in rows]

    def by_commit(self, sha: str) -> list[Run]:
        """All runs of one commit, newest first."""
        with _failures(self.path):
            query = f"{_SELECT_RUN} WHERE run.commit_sha = ? ORDER BY run.started_utc DESC, run.rowid DESC"
            return [run_of(row) for row in self._database.execute(query, (sha,))]

    def check(self) -> list[str]:
        """What SQLite finds wrong with the file; empty when nothing is."""
        with _failures(self.path):
            found = [row[0] for row in self._database.execute("PRAGMA integrity_check")]
            found += [
                f"{row[0]} row {row[1]} refers to a missing {row[2]}"
                for row in self._database.execute("PRAGMA foreign_key_check")
            ]
        return [text for text in found if text != "ok"]

    def close(self) -> None:
        """Close the file; its write-ahead log is folded in."""
        self._database.close()

    def _insert_run(self, run: Run) -> None:
        machine, commit = run.machine, run.commit
        self._database.execute(
            "INSERT OR IGNORE INTO machine VALUES (?,?,?,?,?,?,?,?)",
            (
                machine.machine_id,
                machine.machine_class,
                machine.cpu_model,
                machine.logical_cpus,
                machine.ram_bytes,
                machine.virtualised,
                machine.os,
                machine.kernel,
            ),
        )
        if commit is not None:
            self._database.execute(
                "INSERT OR IGNORE INTO commit_ VALUES (?,?,?,?,?)",
                (commit.sha, commit.parent, commit.author_time, commit.branch, commit.subject),
            )
        self._database.execute(
            "INSERT OR IGNORE INTO run VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                run.run_id,
                run.kind,
                run.started_utc,
                machine.machine_id,
                commit.sha if commit else None,
                commit.dirty if commit else None,
                run.tool_version,
                run.provider,
                run.method,
                run.project,
                json.dumps(run.args),
                json.dumps(run.notes),
                json.dumps(run.facts, default=str),
            ),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _failures(self.path):
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _prepare_folder(path: str) -> None:
    folder = os.path.dirname(os.path.abspath(path))
    try:
        os.makedirs(folder, exist_ok=True)
        ignore = os.path.join(folder, ".gitignore")
        if os.path.basename(folder) == ".greenlint" and not os.path.exists(ignore):
            with open(ignore, "w", encoding="utf-8") as file:
                file.write("*\n")
    except OSError as error:
        raise LedgerError(
            f"{path}: cannot be created: {error.strerror}", "choose another place with --energy-ledger"
        ) from error


def _set_up(path: str, database: sqlite3.Connection) -> None:
    database.row_factory = sqlite3.Row
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise LedgerError(
            f"{path}: is of ledger version {version}, this greenlint knows {VERSION}", "upgrade greenlint; nothing was changed"
        )
    if version == 0 and database.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
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


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


@contextmanager
def _failures(path: str) -> Iterator[None]:
    """Turn what SQLite says into one line that names the file and the remedy."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        text = str(error)
        hint = "see `greenlint ledger verify`"
        for part, remedy in _REMEDIES.items():
            if part in text:
                hint = remedy
        raise LedgerError(f"{path}: {text}", hint) from error


_REMEDIES = {
    "file is not a database": "it is not a ledger; move it away or name another with --energy-ledger",
    "malformed": "the file is damaged; move it away, a new one is made",
    "disk is full": "free some space; what was recorded before is safe",
    "readonly": "the file or its folder is read-only; choose another place with --energy-ledger",
    "unable to open": "check the folder and its permissions, or choose another place with --energy-ledger",
    "locked": "another process holds it; try again when that has finished",
}
