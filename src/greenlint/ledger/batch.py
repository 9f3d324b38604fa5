"""Rows on their way into a table: the one form in which they are inserted, spooled and taken in."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from greenlint.errors import LedgerError
from greenlint.ledger.rows import SAMPLE_COLUMNS, sample_row
from greenlint.model.text import encodable
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from greenlint.model.budget import Verdict
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run

_SAMPLE = tuple(SAMPLE_COLUMNS)
_MACHINE = ("id", "class", "cpu_model", "logical_cpus", "ram_bytes", "virtualised", "os", "kernel")
_COMMIT = ("sha", "parent", "author_time", "branch", "subject")
_RUN = (
    *("id", "kind", "started_utc", "machine_id", "commit_sha", "dirty", "tool_version", "provider", "method", "project"),
    *("args", "notes", "facts"),
)
_STATUS = ("run_id", "status", "at_utc")
VERDICT_COLUMNS = (
    *("run_id", "at_utc", "scope", "selector", "quantity", "limit_", "subject", "outcome", "value", "low", "high"),
    *("mark", "reason"),
)
_BY_KEY = ("machine", "commit_", "run")
"""Tables whose key is a hash of the row: the same key is the same row."""

_REFERRED = (*_BY_KEY, "sample")
_BLOCK = 1000


class Batch(NamedTuple):
    """Rows of one table; every row has a value for each of the columns."""

    table: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def of_run(run: Run) -> list[Batch]:
    """A run with its machine and commit, in the order in which they refer to each other."""
    machine, commit = run.machine, run.commit
    batches = [
        Batch(
            "machine",
            _MACHINE,
            [
                (
                    machine.machine_id,
                    machine.machine_class,
                    machine.cpu_model,
                    machine.logical_cpus,
                    machine.ram_bytes,
                    int(machine.virtualised),
                    machine.os,
                    machine.kernel,
                )
            ],
        )
    ]
    if commit is not None:
        row = (commit.sha, commit.parent, commit.author_time, commit.branch, commit.subject)
        batches.append(Batch("commit_", _COMMIT, [row]))
    batches.append(Batch("run", _RUN, [_run_row(run)]))
    return [batch._replace(rows=[_storable(row) for row in batch.rows]) for batch in batches]


def _run_row(run: Run) -> tuple[Any, ...]:
    return (
        run.run_id,
        run.kind,
        run.started_utc,
        run.machine.machine_id,
        run.commit.sha if run.commit else None,
        int(run.commit.dirty) if run.commit else None,
        run.tool_version,
        run.provider,
        run.method,
        run.project,
        json.dumps([encodable(text) for text in run.args]),
        json.dumps([encodable(text) for text in run.notes]),
        json.dumps(run.facts, default=str),
    )


def _storable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(encodable(value) if isinstance(value, str) else value for value in row)


def of_samples(run_id: str, first: int, measurements: Sequence[Measurement]) -> Batch:
    """Measurements of a run, numbered from `first`."""
    return Batch("sample", _SAMPLE, [sample_row(run_id, first + number, m) for number, m in enumerate(measurements)])


def of_status(run_id: str, status: str, at_utc: str = "") -> Batch:
    """How a run ended."""
    return Batch("run_status", _STATUS, [(run_id, encodable(status), at_utc or now())])


def of_verdicts(run_id: str, verdicts: Sequence[Verdict]) -> Batch:
    """What was found about budgets."""
    at_utc = now()
    rows = [
        _storable(
            (
                *(run_id, at_utc, v.budget.scope, v.budget.selector, v.budget.quantity, v.budget.limit, v.subject),
                *(v.outcome.value, v.value, v.low, v.high, v.mark, v.reason),
            )
        )
        for v in verdicts
    ]
    return Batch("verdict", VERDICT_COLUMNS, rows)


def now() -> str:
    """The time in UTC, to the millisecond."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def insert(database: sqlite3.Connection, batch: Batch) -> None:
    """Add the rows; those known by the hash of their content are there already when their key is."""
    if not batch.rows:
        return
    columns, rows = _given(batch)
    marks = ",".join("?" * len(columns))
    known = " ON CONFLICT DO NOTHING" if batch.table in _BY_KEY else ""
    database.executemany(f"INSERT INTO {batch.table} ({','.join(columns)}) VALUES ({marks}){known}", rows)


def _given(batch: Batch) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    """The columns that any row fills, and the rows without the others: `sqlite3` takes as long for None as for ten numbers."""
    empty = {place for place, values in enumerate(zip(*batch.rows)) if values[0] is None and set(values) == {None}}
    if not empty:
        return batch.columns, batch.rows
    kept = [place for place in range(len(batch.columns)) if place not in empty]
    return [batch.columns[place] for place in kept], map(itemgetter(*kept), batch.rows)


def insert_missing(database: sqlite3.Connection, batch: Batch) -> int:
    """Add the rows that are not there, and say how many: taking in the same rows again changes nothing.

    Raises LedgerError for a measurement whose number in its run another measurement has.
    """
    names = ",".join(batch.columns)
    marks = ",".join("?" * len(batch.columns))
    before = database.total_changes
    if batch.table in _BY_KEY or batch.table == "sample":
        statement = f"INSERT INTO {batch.table} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING"
        database.executemany(statement, batch.rows)
    else:
        same = " AND ".join(f"{name} IS ?" for name in batch.columns)
        statement = f"INSERT INTO {batch.table} ({names}) SELECT {marks} WHERE NOT EXISTS "
        query = f"{statement}(SELECT 1 FROM {batch.table} WHERE {same})"
        database.executemany(query, [row + row for row in batch.rows])
    added = database.total_changes - before
    if batch.table == "sample" and added < len(batch.rows):
        _refuse_other_samples(database, batch, names)
    return added


def _refuse_other_samples(database: sqlite3.Connection, batch: Batch, names: str) -> None:
    run, seq = batch.columns.index("run_id"), batch.columns.index("seq")
    for row in batch.rows:
        there = database.execute(f"SELECT {names} FROM sample WHERE run_id = ? AND seq = ?", (row[run], row[seq])).fetchone()
        if there is not None and tuple(there) != tuple(row):
            raise LedgerError(f"run {row[run]} holds another measurement number {row[seq]}", "the files are not of one ledger")


def all_rows(database: sqlite3.Connection) -> Iterator[Batch]:
    """Every row of every table, in blocks, without the numbers that a table gives to its rows: they mean nothing elsewhere."""
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")]
    for name in [*_REFERRED, *(name for name in names if name not in _REFERRED and not name.startswith("sqlite_"))]:
        info = database.execute(f"PRAGMA table_info({name})").fetchall()
        columns = tuple(row[1] for row in info if not (row[5] and row[2].upper() == "INTEGER"))
        cursor = database.execute(f"SELECT {','.join(columns)} FROM {name} ORDER BY rowid")
        while rows := [tuple(row) for row in cursor.fetchmany(_BLOCK)]:
            yield Batch(name, columns, rows)
