"""What `greenlint ledger verify` looks at: the file, its references, every row, and the ids that hash what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.lean import sqlite3
from greenlint.ledger.ids import content_id
from greenlint.ledger.rows import measurement_of, run_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GAPS = """
SELECT run_id, COUNT(*) AS rows, MIN(seq) AS first, MAX(seq) AS last FROM sample GROUP BY run_id
HAVING MIN(seq) <> 0 OR MAX(seq) <> COUNT(*) - 1
"""
_ORPHANS = "SELECT rowid, run_id FROM {table} WHERE run_id NOT IN (SELECT id FROM run)"


def problems(database: sqlite3.Connection, select_run: str) -> Iterator[str]:
    """What is wrong and where, one line each; `select_run` joins runs with machine, commit and status.

    A page that cannot be read ends the look at the rows behind it, and is itself a line.
    """
    for part in (_structure, _references, lambda opened: _runs(opened, select_run), _samples):
        try:
            yield from part(database)
        except sqlite3.DatabaseError as error:
            yield f"cannot be read to its end: {error}"


def _structure(database: sqlite3.Connection) -> Iterator[str]:
    for (text,) in database.execute("PRAGMA integrity_check"):
        if text != "ok":
            yield text


def _references(database: sqlite3.Connection) -> Iterator[str]:
    for row in database.execute("PRAGMA foreign_key_check"):
        yield f"{row[0]} row {row[1]} refers to a missing {row[2]}"
    for rowid, run_id in database.execute(_ORPHANS.format(table="verdict")):
        yield f"verdict row {rowid} refers to a missing run {run_id}"


def _runs(database: sqlite3.Connection, select_run: str) -> Iterator[str]:
    for row in database.execute(select_run):
        name = row["id"]
        if not _decodes(run_of, row):
            yield f"run {name} cannot be read"
            continue
        run = run_of(row)
        if run.machine.machine_id != row["machine_id"]:
            yield f"run {name}: its machine {row['machine_id']} has been changed"
        expected = content_id(run)
        if expected not in ("", name):
            yield f"run {name} has been changed: its content has the id {expected}"


def _samples(database: sqlite3.Connection) -> Iterator[str]:
    for row in database.execute("SELECT * FROM sample"):
        if not _decodes(measurement_of, row):
            yield f"sample row {row['id']} cannot be read"
    for run_id, rows, first, last in database.execute(_GAPS):
        yield f"run {run_id} has {rows} measurements, numbered {first} to {last}: {last + 1 - rows} are missing"


def _decodes(decode: Callable[[sqlite3.Row], object], row: sqlite3.Row) -> bool:
    try:
        decode(row)
    except (ValueError, TypeError, KeyError):
        return False
    return True
