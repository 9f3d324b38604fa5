"""Keeps a program that prints for ever from filling the disk that its output is spooled to."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHARE_OF_FREE = 4


@contextmanager
def file_size_limit(spool: BinaryIO) -> Iterator[None]:
    """Programs started meanwhile cannot make a file larger than a quarter of the free space of the spool's disk.

    The kernel stops them with SIGXFSZ. A stricter limit of the user stays; systems without such limits have none.
    """
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    disk = os.fstatvfs(spool.fileno())
    limit = disk.f_bavail * disk.f_frsize // _SHARE_OF_FREE
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    stricter = limit if soft == resource.RLIM_INFINITY else min(soft, limit)
    resource.setrlimit(resource.RLIMIT_FSIZE, (stricter, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
