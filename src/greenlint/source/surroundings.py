"""What answers about a whole project depend on beside its files: what tests have run, what is installed, what plug-ins know."""

from __future__ import annotations

import os
import sys

from greenlint.source.coverage import FILE_NAME
from greenlint.source.frameworks import packs_stamp

LOCK_FILES = ("uv.lock", "poetry.lock", "pdm.lock")
"""Where tools write down what depends on what."""


def surroundings(root: str) -> str:
    """A stamp that changes when any of them changes; for the keys of the cache."""
    stamps = [_stamp(os.path.join(root, name)) for name in (FILE_NAME, *LOCK_FILES)]
    stamps += [_stamp(folder) for folder in sys.path if folder.endswith("-packages")]
    return repr((stamps, packs_stamp()))


def _stamp(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0
