"""Writes a file all at once: readers see the old bytes or the new ones, never a mixture, whatever happens in between."""

from __future__ import annotations

import errno
import os
import stat
import tempfile

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
    descriptor, temporary = tempfile.mkstemp(prefix=".greenlint-", dir=os.path.dirname(target) or ".")
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
