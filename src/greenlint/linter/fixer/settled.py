"""Tells whether a file is still the one that was linted: the places of its edits are right for those bytes only.

An editor, a formatter or a second `--fix` may write the file between its lint and its fix.
"""

from __future__ import annotations

import os
import time

_TICK_NS = 50_000_000  # time stamps come from a clock that lags by up to a scheduler tick (10 ms), or two on some file systems

Stamp = tuple[int, int, int, int]


class Changed(Exception):
    """Somebody else has written the file since it was linted, or may have."""


class Settled:
    """The states of files as of the lint of this round.

    A file is trusted when its last change is older than the lint, or when it is as it was before the lint. The second way
    serves file servers whose clock runs ahead, and files that we wrote ourselves in the round before.
    """

    def __init__(self) -> None:
        self._linted_ns = 0
        self._seen: dict[str, Stamp] = {}

    def begin(self) -> None:
        """Call it before every lint."""
        self._linted_ns = time.time_ns()

    def read(self, path: str) -> bytes:
        """The bytes that were linted. Raises OSError, and Changed when these may be others."""
        with open(path, "rb") as file:
            stamp = _stamp(os.fstat(file.fileno()))
            before = self._seen.get(path)
            self._seen[path] = stamp
            if stamp != before and max(stamp[2], stamp[3]) > self._linted_ns - _TICK_NS:
                raise Changed
            return file.read()

    def check(self, path: str) -> None:
        """Raise Changed when the file is not the one that was read."""
        if _stamp(os.stat(path)) != self._seen[path]:
            raise Changed

    def remember(self, path: str) -> None:
        """Trust the file as it is now in the next round, for that one lints it anew."""
        self._seen[path] = _stamp(os.stat(path))


def _stamp(info: os.stat_result) -> Stamp:
    return info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns
