"""What git's index says of files that have not changed since git wrote or read them: the names of the objects they hold.

After gitformat-index(5), versions 2 to 4. In a fresh checkout all time stamps are new, yet the index knows every content.
"""

from __future__ import annotations

import os
import sys
from struct import Struct, error

from greenlint.source.repository import top_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.source.discover import State

_HEADER = Struct(">4sII")
_FIXED = Struct(">IIII20xI20s")
"""Both time stamps (that of the inode, that of the contents: s, ns), size, name of the object (SHA-1)."""
_KIND = Struct(">26xB33xH")
"""The kind of file (the upper half of the byte), and the flags with the length of the name."""
_NAME = 62
"""Where in an entry the name stands."""
_KINDS, _FILE = (0x8, 0xA, 0xE, 0x4), 0x8
"""A file, a link, a submodule, a folder of a sparse checkout."""
_EXTENDED, _STAGE, _LENGTH = 0x4000, 0x3000, 0xFFF
"""Bits of the flags; a name of this length or more is as long as it is."""
_TICK_NS = 20_000_000
"""A file as new as this when the index was written may have changed again within the same tick of the file system's clock."""


def objects(root: str, states: Iterable[tuple[str, State]]) -> dict[str, bytes]:
    """Path -> name of the object that a file holds (20 bytes); only files that are, to the nanosecond, as git saw them.

    What filters of git (line ends, large files) make of an object counts as its contents: the same on each checkout.
    """
    found = _find(root)
    if found is None:
        return {}
    path, prefix = found
    try:
        with open(path, "rb") as index:
            settled_ns = os.fstat(index.fileno()).st_mtime_ns - _TICK_NS
            data = index.read()
        known = _entries(data)
    except (OSError, ValueError, IndexError, error):
        return {}  # none, of a kind that we cannot read, or damaged
    encoding, errors = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()
    read = _FIXED.unpack_from
    named = {}
    for path, (size, mtime_ns, ctime_ns) in states:
        place = known.get(prefix + path.encode(encoding, errors))
        if place is not None and mtime_ns < settled_ns:
            inode_s, inode_subsecond, mtime_s, mtime_subsecond, seen_size, held = read(data, place)
            if (
                mtime_s * 1_000_000_000 + mtime_subsecond == mtime_ns
                and inode_s * 1_000_000_000 + inode_subsecond == ctime_ns
                and seen_size == size
            ):
                named[path] = held
    return named


def _entries(data: bytes) -> dict[bytes, int]:
    """Path and place of each plain file. Raises ValueError, IndexError or struct.error for what is no such index."""
    mark, version, count = _HEADER.unpack_from(data)
    if mark != b"DIRC" or version not in (2, 3, 4):
        raise ValueError("no index of a known version")
    found: dict[bytes, int] = {}
    read = _KIND.unpack_from
    name, position = b"", _HEADER.size
    for _ in range(count):
        start = position
        mode, flags = read(data, start)
        kind = mode >> 4
        if kind == _FILE and flags < _LENGTH and version != 4:  # nearly all
            end = start + _NAME + flags
            found[data[start + _NAME : end]] = start
            position = start + ((end - start + 8) & ~7)
            continue
        if kind not in _KINDS:
            raise ValueError("no mode of a file: its objects have longer names, perhaps")
        position += _NAME + (2 if flags & _EXTENDED else 0)
        if version == 4:  # what the end of the last name is replaced with
            less, position = _number(data, position)
            end = data.index(b"\0", position)
            name = name[: len(name) - less] + data[position:end]
            position = end + 1
        else:
            end = data.index(b"\0", position)
            name = data[position:end]
            position = start + ((end - start + 8) & ~7)
        if kind == _FILE and not flags & _STAGE:
            found[name] = start
    return found


def _number(data: bytes, position: int) -> tuple[int, int]:
    """A number of as many bytes as it needs, as in packs, and the place after it."""
    byte = data[position]
    value = byte & 0x7F
    while byte & 0x80:
        position += 1
        byte = data[position]
        value = ((value + 1) << 7) + (byte & 0x7F)
    return value, position + 1


def _find(root: str) -> tuple[str, bytes] | None:
    """The index of the repository that `root` lies in, and the path of `root` in it; None without one."""
    top = top_of(root)
    if top is None:
        return None
    git = os.path.join(top, ".git")
    if not os.path.isdir(git):  # a worktree or a submodule: "gitdir: PATH"
        try:
            with open(git, encoding="utf-8", errors="surrogateescape") as file:
                git = os.path.join(top, file.read().removeprefix("gitdir:").strip())
        except OSError:
            return None
    inner = os.path.relpath(root, top).replace(os.sep, "/")
    return os.path.join(git, "index"), b"" if inner == "." else os.fsencode(inner) + b"/"
