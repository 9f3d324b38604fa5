"""Results by content: a file seen before is not parsed again, whatever its time stamp or its branch.

The cache is only a copy of what linting would say again. Whatever goes wrong with it (locked, full disk, corrupt, read-only)
costs time and nothing else. Payloads are JSON, for a cache restored from shared storage must not be able to run code.
"""

from __future__ import annotations

import json
import os
import time

from greenlint.lean import sqlite3
from greenlint.linter.entry import CACHE_FILE
from greenlint.linter.snapshot import DAMAGED, Columns, Snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

_VERSION = 8
_KEEP_DAYS = 30
_TIDIED = b"tidied"
_RACY_NS = 2_000_000_000  # a file changed this recently may change again within the same time stamp
_AT_ONCE = 500  # values in one query
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, day INTEGER, payload TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (key BLOB PRIMARY KEY, payload TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS report (key BLOB PRIMARY KEY, day INTEGER, payload TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS snapshot (
    key BLOB PRIMARY KEY, alike BLOB, made INTEGER,
    head TEXT, names BLOB, states BLOB, contents BLOB, keys BLOB, held BLOB, entries TEXT
);
CREATE TABLE IF NOT EXISTS edits (key BLOB PRIMARY KEY, used INTEGER, payload TEXT) WITHOUT ROWID;
"""
_TABLES = ("stat", "object", "entry", "facts", "report", "snapshot", "edits")  # "stat" of versions before 7, "object" before 8
_SNAPSHOTS = 16  # of the paths and rules that ran last; those of a large project take megabytes


class Cache:
    """An open cache database; every method swallows database errors and then behaves as if the cache were empty.

    settled  files with a time stamp from this on, ns, may change once more without another
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        now = time.time_ns()
        self._today = now // 86_400_000_000_000
        self.settled = now - _RACY_NS

    @classmethod
    def open(cls, folder: str) -> Cache | None:
        """The cache in `folder`, created when missing, made anew when it is corrupt; None when that is impossible."""
        path = os.path.join(folder, CACHE_FILE)
        for attempt in range(2):
            try:
                ensure_folder(folder)
                database = sqlite3.connect(path, timeout=1.0, isolation_level=None)
                database.execute("PRAGMA synchronous=OFF")
                if database.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                    database.executescript(
                        "".join(f"DROP TABLE IF EXISTS {table};" for table in _TABLES)
                        + _SCHEMA
                        + f"PRAGMA user_version={_VERSION};"
                    )
                return cls(database)
            except sqlite3.OperationalError:
                return None  # locked, read-only or full: work without
            except (sqlite3.DatabaseError, OSError):
                if attempt or not _remove(path):
                    return None
        return None

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def snapshot(self, key: bytes, alike: bytes) -> Snapshot | None:
        """What the last run under this key left, or else one that was like it in another place; None without, or if damaged."""
        fields = ", ".join(Columns._fields)  # with the edits in one query: another process may write both anew
        query = f"SELECT made, payload, {fields} FROM snapshot LEFT JOIN edits USING (key) WHERE"
        try:
            row = self._database.execute(f"{query} snapshot.key = ?", (key,)).fetchone()
            if row:
                return Snapshot(Columns._make(row[2:]), *row[:2])
            row = self._database.execute(f"{query} alike = ? ORDER BY made DESC LIMIT 1", (alike,)).fetchone()
            return Snapshot(Columns._make(row[2:]), *row[:2]).elsewhere() if row else None
        except (sqlite3.Error, *DAMAGED):
            return None

    def keep(self, key: bytes, alike: bytes, columns: Columns) -> None:
        """Keep the snapshot of a run, and those of the last few runs over other paths or with other rules."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            row = (key, alike, time.time_ns(), *columns)
            self._database.execute(f"INSERT OR REPLACE INTO snapshot VALUES ({_marks(row)})", row)
            self._database.execute("DELETE FROM edits WHERE key = ?", (key,))
            last = "SELECT snapshot.key FROM snapshot LEFT JOIN edits USING (key) ORDER BY ifnull(edits.used, snapshot.made)"
            self._database.execute(f"DELETE FROM snapshot WHERE key IN ({last} DESC LIMIT -1 OFFSET ?)", (_SNAPSHOTS,))
            self._database.execute("DELETE FROM edits WHERE key NOT IN (SELECT key FROM snapshot)")
            self._database.execute("COMMIT")
        except sqlite3.Error:
            if self._database.in_transaction:
                self._database.rollback()

    def edit(self, key: bytes, made: int, edits: str) -> bool:
        """Keep what is different since the snapshot that was made then; False where there is another one by now."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            there = self._database.execute("SELECT 1 FROM snapshot WHERE key = ? AND made = ?", (key, made)).fetchone()
            if there:
                self._database.execute("INSERT OR REPLACE INTO edits VALUES (?,?,?)", (key, time.time_ns(), edits))
            self._database.execute("COMMIT")
        except sqlite3.Error:
            if self._database.in_transaction:
                self._database.rollback()
            return False
        return there is not None

    def entries(self, keys: Iterable[bytes]) -> dict[bytes, list[Any]]:
        """The known packed entries among `keys`, without their facts."""
        return self._payloads("entry", keys)

    def facts(self, keys: Iterable[bytes]) -> dict[bytes, list[Any]]:
        """The known facts among `keys`."""
        return self._payloads("facts", keys)

    def _payloads(self, table: str, keys: Iterable[bytes]) -> dict[bytes, list[Any]]:
        found: dict[bytes, list[Any]] = {}
        wanted = list(keys)
        try:
            for start in range(0, len(wanted), _AT_ONCE):
                chunk = wanted[start : start + _AT_ONCE]
                query = f"SELECT key, payload FROM {table} WHERE key IN ({_marks(chunk)})"
                rows = self._database.execute(query, chunk).fetchall()
                payloads = json.loads(f"[{','.join([payload for _, payload in rows])}]")  # at once: half the time
                found.update(zip([key for key, _ in rows], payloads, strict=True))
        except (sqlite3.Error, ValueError, TypeError):
            return {}
        return found

    def report(self, key: bytes) -> Any:
        """The payload of a whole run, or of its part about the whole project, or None."""
        try:
            row = self._database.execute("SELECT payload FROM report WHERE key = ?", (key,)).fetchone()
            return json.loads(row[0]) if row else None
        except (sqlite3.Error, ValueError):
            return None

    def store(
        self,
        entries: Mapping[bytes, list[Any]],
        reports: Mapping[bytes, Any],
        used: Iterable[bytes],
        queue: Sequence[bytes] = (),
    ) -> None:
        """Write what is new (entries are packed, the facts last), and drop what no run has used for 30 days.

        queue  keys of reports of which the first is written anew: what is there moves on by one, and the last is dropped
        """
        try:
            self._database.execute("BEGIN IMMEDIATE")
            self._database.executemany(
                "INSERT OR REPLACE INTO entry VALUES (?,?,?)",
                [(key, self._today, json.dumps(packed[:-1])) for key, packed in entries.items()],
            )
            self._database.executemany(
                "INSERT OR REPLACE INTO facts VALUES (?,?)",
                [(key, json.dumps(packed[-1])) for key, packed in entries.items() if packed[-1] is not None],
            )
            for place in range(len(queue) - 1, 0, -1):
                copy = "INSERT OR REPLACE INTO report SELECT ?, day, payload FROM report WHERE key = ?"
                self._database.execute(copy, (queue[place], queue[place - 1]))
            self._database.executemany(
                "INSERT OR REPLACE INTO report VALUES (?,?,?)",
                [(key, self._today, json.dumps(payload)) for key, payload in reports.items()],
            )
            if not self._database.execute("SELECT 1 FROM report WHERE key = ? AND day = ?", (_TIDIED, self._today)).fetchone():
                self._tidy(used)
            self._database.execute("COMMIT")
        except sqlite3.Error:
            if self._database.in_transaction:
                self._database.rollback()

    def _tidy(self, used: Iterable[bytes]) -> None:
        """Once a day: mark what is in use, and drop the rest when it is old."""
        self._database.executemany(
            "UPDATE entry SET day = ? WHERE key = ? AND day < ?", [(self._today, key, self._today) for key in used]
        )
        oldest = self._today - _KEEP_DAYS
        self._database.execute("DELETE FROM facts WHERE key IN (SELECT key FROM entry WHERE day < ?)", (oldest,))
        self._database.execute("DELETE FROM entry WHERE day < ?", (oldest,))
        self._database.execute("DELETE FROM report WHERE day < ?", (oldest,))
        self._database.execute("INSERT OR REPLACE INTO report VALUES (?,?,'null')", (_TIDIED, self._today))


def ensure_folder(folder: str) -> None:
    """Create `folder` with a .gitignore that keeps everything in it out of the repository. Raises OSError."""
    os.makedirs(folder, exist_ok=True)
    ignore = os.path.join(folder, ".gitignore")
    if not os.path.exists(ignore):
        with open(ignore, "w", encoding="utf-8") as file:
            file.write("*\n")


def _marks(values: Sequence[object]) -> str:
    """Placeholders for as many values."""
    return ",".join("?" * len(values))


def _remove(path: str) -> bool:
    try:
        os.unlink(path)
    except OSError:
        return False
    return True
