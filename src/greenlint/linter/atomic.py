"""Writes a file all at once: readers see the old bytes or the new ones, never a mixture, whatever happens in between."""

from __future__ import annotations

import os
import tempfile


def write_atomically(path: str, data: bytes) -> None:
    """Replace `path` (or the file that a symbolic link leads to) by `data`, keeping its permissions. Raises OSError."""
    target = os.path.realpath(path)
    descriptor, temporary = tempfile.mkstemp(prefix=".greenlint-", dir=os.path.dirname(target) or ".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.chmod(temporary, os.stat(target).st_mode & 0o7777)
        except FileNotFoundError:
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
