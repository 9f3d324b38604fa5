"""Writes a file all at once: readers see the old bytes or the new ones, never a mixture, whatever happens in between."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import time
from contextlib import suppress

_LEFTOVER_S = 86_400
_STREAMS = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/")  # may lead to a log that the shell appends to


def write_atomically(path: str, data: bytes) -> None:
    """Replace `path` (or the file that a symbolic link leads to) by `data`, keeping permissions and, where allowed, owner.

    A device or a pipe (/dev/null, /dev/stdout) is written to and stays what it is. A file that is marked read-only is left
    alone, though its folder would allow to replace it. Raises OSError.
    """
    target = os.path.realpath(path)
    try:
        info = os.stat(path)
    except FileNotFoundError:
        info = None
    if info is None:
        _replace(target, data, None)
    elif path.startswith(_STREAMS) or not (stat.S_ISREG(info.st_mode) or stat.S_ISDIR(info.st_mode)):
        with open(path, "ab", buffering=0) as stream:
            _write_all(stream.fileno(), data)
    elif os.access(target, os.W_OK):
        _replace(target, data, info)
    else:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _replace(target: str, data: bytes, like: os.stat_result | None) -> None:
    folder, prefix = os.path.dirname(target) or ".", _prefix(target)
    _remove_leftovers(folder, prefix)
    descriptor, temporary = tempfile.mkstemp(prefix=prefix, dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _take_over(temporary, like)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _prefix(target: str) -> str:
    """How new files for this target begin, whatever its name is made of and however long it is."""
    import zlib

    return f".greenlint-{zlib.crc32(os.fsencode(os.path.basename(target))):08x}-"


def _remove_leftovers(folder: str, prefix: str) -> None:
    """Remove what writers of this target that were killed left behind; a younger file may belong to one that still writes."""
    oldest = time.time() - _LEFTOVER_S
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.name.startswith(prefix)]
    except OSError:
        return  # a folder that may be written but not listed
    for name in names:
        path = os.path.join(folder, name)
        with suppress(OSError):
            if os.lstat(path).st_mtime < oldest:
                os.unlink(path)


def _take_over(path: str, like: os.stat_result | None) -> None:
    """Give a new file the owner and permissions of the one that it replaces, or those that the umask gives."""
    if like is None:
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(path, 0o666 & ~umask)
        return
    own = os.stat(path)
    if (own.st_uid, own.st_gid) != (like.st_uid, like.st_gid):
        try:
            os.chown(path, like.st_uid, like.st_gid)
        except PermissionError:
            pass  # only root may give files away; the contents matter more than the owner
    os.chmod(path, stat.S_IMODE(like.st_mode))
