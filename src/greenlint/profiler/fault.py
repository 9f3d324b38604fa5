"""Why a counter that worked cannot be read any more, in words that say what happened and what to do."""

from __future__ import annotations

import errno
import os

_MEANING = {
    errno.EBADF: "the program closed our file descriptors, as one that becomes a daemon does: measure it from outside",
    errno.EACCES: "the permission was withdrawn",
    errno.EPERM: "the permission was withdrawn",
    errno.EIO: "the hardware does not answer",
    errno.ENODEV: "the device has gone, or its CPU went offline",
    errno.ENXIO: "the device has gone, or its CPU went offline",
    errno.ENOENT: "the file has gone: the driver was unloaded",
}


def explain(error: Exception) -> str:
    """One line: the file where it is known, the system's words, and what they mean for a counter."""
    if not isinstance(error, OSError) or error.errno is None:
        return " ".join(str(error).split()) or type(error).__name__
    what = error.strerror or os.strerror(error.errno)
    where = f"{os.fspath(error.filename)}: " if isinstance(error.filename, str) else ""
    meaning = _MEANING.get(error.errno)
    return f"{where}{what}" + (f" ({meaning})" if meaning else "")
