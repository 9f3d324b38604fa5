"""Removes old runs and gives their space back: the one place where rows leave a ledger."""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from greenlint.errors import LedgerError, UnitError
from greenlint.ledger.git import tagged_commits
from greenlint.model.text import counted
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from greenlint.ledger.store import Ledger
    from greenlint.model.run import Run

_AGE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(hour|day|week|month|year|h|d|w)s?\s*$")
_SECONDS = {"hour": 3600, "day": 86400, "week": 7 * 86400, "month": 30 * 86400, "year": 365 * 86400}
_STILL_RUNNING = timedelta(days=1)


class Rule(NamedTuple):
    """What to remove: runs older than `older_than_s` (None: of any age) that are not among the newest `keep_last`."""

    older_than_s: float | None
    keep_last: int | None
    everything: bool = False


class Collected(NamedTuple):
    """What was removed, or would be: runs, measurements; runs kept for a tag or mark; bytes given back (None: a dry run)."""

    runs: int
    samples: int
    kept: int
    freed: int | None

    def __str__(self) -> str:
        """ "12 runs (3400 measurements) removed, 1.2 MB freed"."""
        kept = f"; {self.kept} more kept, for their commit is tagged or annotated" if self.kept else ""
        counts = f"{counted(self.runs, 'run')} ({counted(self.samples, 'measurement')})"
        if self.freed is None:
            return f"{counts} would be removed; nothing was changed{kept}"
        return f"{counts} removed, {self.freed} bytes freed{kept}"


def seconds_of(text: str) -> float:
    """The seconds of an age such as "90 days", "6 weeks", "36 h". Raises UnitError."""
    match = _AGE.match(text)
    if match is None:
        raise UnitError(f"--older-than {text!r} is not an age", 'write a number and a unit, for example "90 days"')
    unit = {"h": "hour", "d": "day", "w": "week"}.get(match[2], match[2])
    return float(match[1]) * _SECONDS[unit]


def collect(ledger: Ledger, rule: Rule, *, dry_run: bool = False) -> Collected:
    """Remove the runs that `rule` names, all or none, and shrink the file. Raises LedgerError.

    What is chosen and what is removed are one transaction in which no other process can write, and the file is rewritten
    under SQLite's own lock: other writers, and another gc, wait their turn.
    """
    if ledger.spooled:
        raise LedgerError(
            f"{ledger.path}: cannot be cleared where it lies ({ledger.spooled})", "run gc where SQLite can be used"
        )
    before = _bytes_of(ledger.path)
    with ledger.locked() as database:
        chosen, kept = _choose(ledger, database, rule)
        database.execute("CREATE TEMP TABLE gone (id TEXT PRIMARY KEY)")
        database.executemany("INSERT INTO gone VALUES (?)", [(run.run_id,) for run in chosen])
        samples = database.execute("SELECT COUNT(*) FROM sample WHERE run_id IN (SELECT id FROM gone)").fetchone()[0]
        if not dry_run:
            _delete(database)
        database.execute("DROP TABLE gone")
    if dry_run:
        return Collected(len(chosen), samples, kept, None)
    freed = max(0, before - _bytes_of(ledger.path)) if ledger.shrink() else 0
    return Collected(len(chosen), samples, kept, freed)


def _choose(ledger: Ledger, database: sqlite3.Connection, rule: Rule) -> tuple[list[Run], int]:
    """The runs that go, and how many more would have gone if it were not for a tag or mark. Raises LedgerError."""
    runs = ledger.runs()
    due = list(_due(runs, rule, datetime.now(timezone.utc)))
    if rule.everything or not any(run.commit for run in due):
        return _unshared(due, runs), 0
    keep = _tagged(ledger.path) | _annotated(database)
    chosen = [run for run in due if run.commit is None or run.commit.sha not in keep]
    return _unshared(chosen, runs), len(due) - len(chosen)


def _unshared(chosen: list[Run], runs: Sequence[Run]) -> list[Run]:
    """Those whose measurements no run that stays takes as its own (`history` measures a tree once for several commits)."""
    going = {run.run_id for run in chosen}
    needed = {str(run.facts["same_as"]) for run in runs if run.run_id not in going and run.facts.get("same_as")}
    return [run for run in chosen if run.run_id not in needed]


def _due(newest_first: Sequence[Run], rule: Rule, now: datetime) -> Iterator[Run]:
    seen: dict[tuple[str, str], int] = {}
    for run in newest_first:
        age = _age(run, now)
        if age is None:
            continue
        series = (run.kind, run.machine.machine_class)
        seen[series] = seen.get(series, 0) + 1
        if run.status == "open" and age < _STILL_RUNNING:
            continue
        if rule.older_than_s is not None and age <= timedelta(seconds=rule.older_than_s):
            continue
        if rule.keep_last is None or seen[series] > rule.keep_last:
            yield run


def _age(run: Run, now: datetime) -> timedelta | None:
    """None for a time that cannot be read: such a run is never removed."""
    try:
        started = datetime.fromisoformat(run.started_utc.replace("Z", "+00:00"))
    except ValueError:
        return None
    return now - (started if started.tzinfo else started.replace(tzinfo=timezone.utc))


def _tagged(path: str) -> set[str]:
    found = tagged_commits(os.path.dirname(os.path.abspath(path)))
    if found is None:
        found = tagged_commits(".")
    if found is None:
        raise LedgerError(
            f"{path}: which commits are tagged cannot be told here: no git repository, or a shallow clone",
            "run gc in a full clone, or with --all, which removes the runs of tagged commits as well",
        )
    return found


def _annotated(database: sqlite3.Connection) -> set[str]:
    """The commits that `history mark` has a word about."""
    if "commit_sha" not in _columns(database, "annotation"):
        return set()
    return {str(row[0]) for row in database.execute("SELECT DISTINCT commit_sha FROM annotation")}


def _columns(database: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]


def _delete(database: sqlite3.Connection) -> None:
    """Remove all rows about the runs in `gone`, then machines and commits that no row refers to any more."""
    tables = [row[0] for row in database.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
    for table in tables:
        if "run_id" in _columns(database, table):
            database.execute(f"DELETE FROM {table} WHERE run_id IN (SELECT id FROM gone)")
    database.execute("DELETE FROM run WHERE id IN (SELECT id FROM gone)")
    database.execute("DELETE FROM machine WHERE id NOT IN (SELECT machine_id FROM run)")
    marked = _annotated(database)
    unused = database.execute(
        "SELECT sha FROM commit_ WHERE sha NOT IN (SELECT commit_sha FROM run WHERE commit_sha IS NOT NULL)"
    )
    gone = [(row[0],) for row in unused if row[0] not in marked]  # all of them before the table is changed
    database.executemany("DELETE FROM commit_ WHERE sha = ?", gone)


def _bytes_of(path: str) -> int:
    """The size of the file with its write-ahead log."""
    return sum(os.path.getsize(name) for name in (path, path + "-wal") if os.path.exists(name))
