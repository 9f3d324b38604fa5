"""Turns what goes wrong with the ledger file into one line that names the file and the remedy."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from greenlint.errors import LedgerError
from greenlint.lean import sqlite3

if TYPE_CHECKING:
    from collections.abc import Iterator

ANOTHER = "name another with --ledger FILE, pytest --energy-ledger, or `ledger` in [tool.greenlint.energy]"
_REMEDIES = {
    "file is not a database": f"it is not a ledger; move it away or {ANOTHER}",
    "malformed": "the file is damaged; move it away, a new one is made",
    "disk I/O error": "the disk may be full or failing; free some space, what was recorded before is safe",
    "disk is full": "free some space; what was recorded before is safe",
    "readonly": f"the file or its folder is read-only; {ANOTHER}",
    "unable to open": f"check the folder and its permissions, or {ANOTHER}",
    "locked": "another process holds it; try again when that has finished",
}


@contextmanager
def failures(path: str) -> Iterator[None]:
    """Turn what SQLite says into one line that names the file and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        text = str(error)
        hint = "see `greenlint ledger verify`"
        for part, remedy in _REMEDIES.items():
            if part in text:
                hint = remedy
        raise LedgerError(f"{path}: {text}", hint) from error


@contextmanager
def readable(path: str) -> Iterator[None]:
    """Turn a row that holds something else than we write into one line."""
    try:
        yield
    except (ValueError, TypeError, KeyError) as error:
        raise LedgerError(f"{path}: holds a row that cannot be read: {error}", "`greenlint ledger verify` names it") from error
