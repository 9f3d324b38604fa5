"""The SQLite ledger: append-only, safe for parallel writers and for being killed at any moment."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from greenlint.ledger.failures import failures, readable
from greenlint.ledger.opening import open_database
from greenlint.ledger.rows import SAMPLE_COLUMNS, measurement_of, run_of, sample_row, storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from typing_extensions import Self

    from greenlint.model.budget import Verdict
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run

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

        With `create=False` a missing file is an error, and one that may not be written is opened for reading. Raises
        LedgerError for a file that is no ledger, is of a newer version, or cannot be opened; nothing is deleted.
        """
        name = os.fspath(path)
        return cls(name, open_database(name, create=create))

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

    def by_commit(self, sha: str) -> list[Run]:
        """All runs of one commit, newest first."""
        with failures(self.path), readable(self.path):
            query = f"{_SELECT_RUN} WHERE run.commit_sha = ? ORDER BY run.started_utc DESC, run.rowid DESC"
            return [run_of(row) for row in self._database.execute(query, (sha,))]

    def check(self) -> list[str]:
        """What is wrong with the file: its structure, its references, and rows that hold no run or measurement."""
        with failures(self.path):
            found = [row[0] for row in self._database.execute("PRAGMA integrity_check")]
            found += [
                f"{row[0]} row {row[1]} refers to a missing {row[2]}"
                for row in self._database.execute("PRAGMA foreign_key_check")
            ]
            found += [
                f"run {row['id']} cannot be read" for row in self._database.execute(_SELECT_RUN) if not _decodes(run_of, row)
            ]
            samples = self._database.execute("SELECT * FROM sample")
            found += [f"sample row {row['id']} cannot be read" for row in samples if not _decodes(measurement_of, row)]
        return [text for text in found if text != "ok"]

    def counts(self) -> tuple[int, int]:
        """How many runs there are, and how many of them never finished."""
        with failures(self.path):
            query = "SELECT COUNT(*), COALESCE(SUM(id NOT IN (SELECT run_id FROM run_status)), 0) FROM run"
            runs, unfinished = self._database.execute(query).fetchone()
        return int(runs), int(unfinished)

    def close(self) -> None:
        """Close the file; its write-ahead log is folded in."""
        self._database.close()

    def _insert_run(self, run: Run) -> None:
        machine, commit = run.machine, run.commit
        self._insert(
            "machine",
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
            self._insert("commit_", (commit.sha, commit.parent, commit.author_time, commit.branch, commit.subject))
        self._insert(
            "run",
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
                json.dumps([storable(text) for text in run.args]),
                json.dumps([storable(text) for text in run.notes]),
                json.dumps(run.facts, default=str),
            ),
        )

    def _insert(self, table: str, values: tuple[object, ...]) -> None:
        """Insert a row unless its key is there already."""
        row = [storable(value) if isinstance(value, str) else value for value in values]
        self._database.execute(f"INSERT OR IGNORE INTO {table} VALUES ({','.join('?' * len(row))})", row)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with failures(self.path):
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


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def _decodes(decode: Callable[[sqlite3.Row], object], row: sqlite3.Row) -> bool:
    try:
        decode(row)
    except (ValueError, TypeError, KeyError):
        return False
    return True
