"""Which lines tests have run: the `.coverage` file that coverage.py leaves in the root of a project (an SQLite database)."""

from __future__ import annotations

import os

from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

FILE_NAME = ".coverage"
_MARK = b"SQLite format 3\0"


class Coverage(NamedTuple):
    """What ran, and when that was found out.

    lines     path relative to the root, forward slashes -> the lines that ran, 1-based; none for a file that was only watched
    time_ns   time of the last change of the data
    """

    lines: Mapping[str, frozenset[int]]
    time_ns: int

    def ran(self, path: str, first: int, last: int) -> bool | None:
        """Whether any line from `first` to `last` of a file ran; None where nobody watched the file."""
        lines = self.lines.get(path)
        return None if lines is None else any(number in lines for number in range(first, last + 1))


def read_coverage(root: str) -> Coverage | None:
    """The data in the root of a project; None where there is none, or none that can be read."""
    path = os.path.join(root, FILE_NAME)
    try:
        time_ns = os.stat(path).st_mtime_ns
        with open(path, "rb") as file:
            if file.read(len(_MARK)) != _MARK:
                return None
    except OSError:
        return None
    from greenlint.lean import sqlite3

    try:
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return Coverage(_lines(database, root), time_ns)
        finally:
            database.close()
    except (sqlite3.Error, ValueError, TypeError):
        return None  # damaged, locked, or of a version that keeps its data otherwise


def _lines(database: sqlite3.Connection, root: str) -> dict[str, frozenset[int]]:
    files = {number: _relative(path, root) for number, path in database.execute("SELECT id, path FROM file")}
    found: dict[str, set[int]] = {path: set() for path in files.values() if path}
    for number, bits in database.execute("SELECT file_id, numbits FROM line_bits"):
        path = files.get(number)
        if path:
            found[path].update(_numbers(bits))
    for number, start, end in database.execute("SELECT file_id, fromno, tono FROM arc"):  # branches, not lines, were watched
        path = files.get(number)
        if path:
            found[path].update(abs(line) for line in (start, end) if line > 0)
    return {path: frozenset(lines) for path, lines in found.items()}


def _relative(path: str, root: str) -> str:
    """The path below the root; "" for files elsewhere."""
    path, root = path.replace("\\", "/"), root.replace("\\", "/").rstrip("/") + "/"
    if path.startswith(root):
        return path[len(root) :]
    return "" if path.startswith("/") or path[1:2] == ":" else path


def _numbers(bits: bytes) -> Iterable[int]:
    """The positions of the bits that are set."""
    return [place * 8 + bit for place, byte in enumerate(bits) if byte for bit in range(8) if byte >> bit & 1]
