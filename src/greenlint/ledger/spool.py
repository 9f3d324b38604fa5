"""Where SQLite cannot be used, each process appends its transactions to a file of its own, one line of JSON each.

A line that has its line feed is a whole transaction, on disk before `write` returns; a line without one is what a killed
process left of a transaction that nobody was told about.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from greenlint.errors import LedgerError
from greenlint.ledger.batch import Batch
from greenlint.ledger.failures import ANOTHER
from greenlint.ledger.opening import SPOOL_ENDING, prepare_folder, spool_folder
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

if sys.platform != "win32":  # there without a lock: each process has its own file, so only the taking in can collide
    import fcntl

VERSION = 1
_KEY = "greenlint_spool"


class Spool:
    """Appends transactions; every run has a file that no other process writes to."""

    def __init__(self, ledger: str, reason: str) -> None:
        """`reason` says what keeps SQLite away, such as the kind of the network file system."""
        self.folder = spool_folder(ledger)
        self.reason = reason
        self._files: dict[str, str] = {}

    def write(self, batches: Sequence[Batch]) -> None:
        """Append one transaction and wait until it is on disk. Raises LedgerError; then nothing of it counts."""
        packed = [[batch.table, batch.columns, batch.rows] for batch in batches if batch.rows]
        if not packed:
            return
        line = json.dumps({_KEY: VERSION, "rows": packed}, separators=(",", ":")).encode() + b"\n"
        path = self.folder
        try:
            path = self._file(_run_of(batches))
            with _locked(path) as descriptor:
                _append(descriptor, line)
        except OSError as error:
            raise LedgerError(f"{path}: cannot be written: {error.strerror}", f"free some space there, or {ANOTHER}") from error

    def began(self, run_id: str) -> bool:
        """Whether this process has begun the run, so that nobody else has added to it."""
        return os.path.basename(self._files.get(run_id, "")) == run_id + SPOOL_ENDING

    def _file(self, run_id: str) -> str:
        """The file for a run: "<run id>.jsonl" for the process that makes it, one with a number for any other."""
        known = self._files.get(run_id)
        if known is not None and os.path.exists(known):
            return known
        prepare_folder(os.path.dirname(self.folder))
        os.makedirs(self.folder, exist_ok=True)
        path = os.path.join(self.folder, run_id + SPOOL_ENDING)
        while not _made(path):
            path = os.path.join(self.folder, f"{run_id}.{os.urandom(4).hex()}{SPOOL_ENDING}")
        self._files[run_id] = path
        return path


def _run_of(batches: Sequence[Batch]) -> str:
    for batch in batches:
        name = "id" if batch.table == "run" else "run_id"
        if name in batch.columns and batch.rows:
            return str(batch.rows[0][batch.columns.index(name)])
    return "notes"


def _made(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    except FileExistsError:
        return False
    if os.name == "posix":
        folder = os.open(os.path.dirname(path), os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return True


@contextmanager
def _locked(path: str) -> Iterator[int]:
    """The file, open for appending, with the lock that one who takes it in and removes it asks for."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            _lock(descriptor)
            if _is_at(descriptor, path):
                yield descriptor
                return
        finally:
            os.close(descriptor)


def put_away(path: str, size: int, keep_as: str = "") -> None:
    """Remove (or rename) a file of which `size` bytes were taken in, unless more has come or it cannot be removed."""
    try:
        if sys.platform == "win32":  # an open file cannot be removed there
            if os.path.getsize(path) == size:
                os.replace(path, keep_as) if keep_as else os.unlink(path)
            return
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return  # not ours to remove, or another process just did: when it is read again, nothing is added
    try:
        _lock(descriptor)
        if os.fstat(descriptor).st_size == size:
            os.replace(path, keep_as) if keep_as else os.unlink(path)
    except OSError:
        pass  # as above
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """A POSIX lock, which holds between the clients of one server too; without one where the file system has none."""
    if sys.platform != "win32":
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX)
        except OSError:
            pass  # a file system without locks: each process still has a file of its own


def _is_at(descriptor: int, path: str) -> bool:
    """Whether the open file is still the one of this name: it may have been taken in while we waited."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def _append(descriptor: int, line: bytes) -> None:
    """Write a whole line or, when there is no room for it, none of it. Raises OSError."""
    end = os.lseek(descriptor, 0, os.SEEK_END)
    if end and _last_byte(descriptor, end) != b"\n":
        line = b"\n" + line
    try:
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    except BaseException:
        os.ftruncate(descriptor, end)
        raise


def _last_byte(descriptor: int, end: int) -> bytes:
    os.lseek(descriptor, end - 1, os.SEEK_SET)
    return os.read(descriptor, 1)


class Transactions(NamedTuple):
    """What a spool file holds: its transactions, how many bytes were read, which lines are damaged, and whether one is torn."""

    found: list[list[Batch]]
    size: int
    damaged: list[int]
    torn: bool


def read_spool(path: str) -> Transactions:
    """Read a spool file. Raises LedgerError when it cannot be read or is of a newer version."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read: {error.strerror}") from error
    *lines, rest = data.split(b"\n")
    found: list[list[Batch]] = []
    damaged = []
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            found.append(_parse(line))
        except (ValueError, KeyError, TypeError, RecursionError):
            damaged.append(number)
        except LedgerError as error:
            raise LedgerError(f"{path}:{number}: {error.message}", error.hint) from error
    return Transactions(found, len(data), damaged, bool(rest))


def _parse(line: bytes) -> list[Batch]:
    """Raises ValueError, KeyError or TypeError for what is no transaction, LedgerError for one of a newer version."""
    data = json.loads(line)
    if data[_KEY] > VERSION:
        raise LedgerError(f"is of spool version {data[_KEY]}, this greenlint knows {VERSION}", "upgrade greenlint")
    batches = []
    for table, columns, rows in data["rows"]:
        batch = Batch(str(table), tuple(columns), [tuple(row) for row in rows])
        if not all(isinstance(name, str) and name.isidentifier() for name in (batch.table, *batch.columns)):
            raise ValueError("a name of a table or column is none")
        if any(len(row) != len(batch.columns) for row in batch.rows):
            raise ValueError("a row has too many or too few values")
        batches.append(batch)
    return batches
