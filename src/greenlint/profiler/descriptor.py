"""File descriptors that are held for a whole session inside somebody else's program, which may close all that it finds.

A program that becomes a daemon closes every descriptor, and the next file that it opens gets the lowest free number. A
descriptor of ours with a low number would then read, and in the end close, a file of the program.
"""

from __future__ import annotations

import os

_FIRST = 512  # below the usual limit of 1024 descriptors, above what programs reach that hand out the lowest free number


def set_apart(descriptor: int) -> int:
    """Move a descriptor to a high number, where that is possible; returns the one to use."""
    try:
        import fcntl

        moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _FIRST)
    except (ImportError, OSError):  # Windows; a limit below our number, or no number left
        return descriptor
    os.close(descriptor)
    return moved


def hold_file(path: str) -> int:
    """Open a file for reading at any time. Raises OSError."""
    return set_apart(os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0)))


def let_go(descriptor: int) -> None:
    """Close a descriptor that the program may have closed already."""
    try:
        os.close(descriptor)
    except OSError:
        return
