"""Reads the lines that findings point at, one file at a time, tolerating whatever is wrong with the file."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_BOM = b"\xef\xbb\xbf"
_MAX_BYTES = 20_000_000  # a file above it is shown without its source, not read into memory


class Sources:
    """The files below `root`; findings come sorted by path, so only the file in use is kept.

    `buffers` holds contents that stand above those on disk.
    """

    def __init__(self, root: str, buffers: Mapping[str, bytes] | None = None) -> None:
        self._root = root
        self._buffers = buffers or {}
        self._path: str | None = None
        self._data: bytes | None = None
        self._lines: list[bytes] = []
        self._encoding = "utf-8"

    def data(self, path: str) -> bytes | None:
        """The bytes of a text file; None when it is gone, unreadable, too large or binary."""
        if path != self._path:
            data = self._buffers.get(path)
            self._path, self._data = path, _read(os.path.join(self._root, path)) if data is None else data
            self._lines = self._data.removeprefix(_BOM).splitlines() if self._data else []
            self._encoding = _encoding(self._data, self._lines)
        return self._data

    def line(self, path: str, number: int) -> str | None:
        """Line `number` (1-based, split as Python splits lines) without its end; None when there is none."""
        if self.data(path) is None or not 0 < number <= len(self._lines):
            return None
        return self._lines[number - 1].decode(self._encoding, "replace")


def _read(path: str) -> bytes | None:
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > _MAX_BYTES:
            return None
        with open(path, "rb") as file:
            data = file.read()
    except (OSError, ValueError):  # ValueError: NUL in the name
        return None
    return None if b"\0" in data[:8192] else data


def _encoding(data: bytes | None, lines: list[bytes]) -> str:
    """UTF-8 where the bytes are UTF-8, else what the first two lines declare (PEP 263), else Latin-1."""
    if data is None:
        return "utf-8"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    for line in lines[:2]:
        declared = line.partition(b"coding")[2].lstrip(b":= \t").split(maxsplit=1)
        if line.lstrip().startswith(b"#") and declared:
            name = declared[0].decode("ascii", "replace")
            try:
                b" ".decode(name)
                return name
            except (LookupError, ValueError):
                pass
    return "latin-1"
