"""A file in which another program keeps the present watts, or an energy counter: how virtual machines learn their power.

PowerJoular and Scaphandre write such files on the host for each of its virtual machines. A file that its writer has
forgotten looks like a steady load, so one that is not written again in time is an error.
"""

from __future__ import annotations

import os
from time import monotonic, sleep, time
from typing import TYPE_CHECKING

from greenlint.profiler.meters.answers import number

if TYPE_CHECKING:
    from greenlint.profiler.meters.settings import MeterSettings

_LARGEST = 64 * 1024
_TRIES, _PAUSE_S = 8, 0.002
_CLOCKS_APART_S = 5.0  # the clocks of a host and its virtual machine may differ when the file is first seen
_KERNEL = ("/sys/", "/proc/")  # computed at each read: such files are never "written"


class FileMeter:
    """Reads the number in the last line of a file."""

    def __init__(self, settings: MeterSettings) -> None:
        self._path, self._settings = settings.address, settings
        self._written = -1
        self._seen_s = 0.0
        self._ages = not os.path.realpath(self._path).startswith(_KERNEL)

    def __call__(self, limit_s: float) -> float:
        """The number. Raises OSError (an empty file too: it may be caught between two writes) or ValueError."""
        descriptor = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_CLOEXEC", 0))
        try:
            if self._ages:
                self._check_age(os.fstat(descriptor))
            text = self._text(descriptor)
        finally:
            os.close(descriptor)
        column = self._settings.column
        cells = text.splitlines()[-1].split(",")
        if column > len(cells):
            raise ValueError(f"the last line of {self._path} has {len(cells)} columns, so no column {column}")
        return number(cells[column - 1].strip(), self._path)

    def _text(self, descriptor: int) -> str:
        """The content; read until two reads agree, for the writer may be in the middle of it (and the file empty)."""
        last = b""
        for _ in range(_TRIES):
            content = os.pread(descriptor, _LARGEST + 1, 0)
            if content and content == last:
                break
            last = content
            sleep(_PAUSE_S)
        if len(content) > _LARGEST:
            raise ValueError(f"{self._path} holds more than {_LARGEST // 1024} KiB, which is no meter's file")
        text = content.decode("utf-8", "replace").strip().strip("\0")
        if not text:
            raise OSError(f"{self._path} is empty")
        return text

    def _check_age(self, status: os.stat_result) -> None:
        """Both by our own clock from one look to the next, and by the file's time at the first look."""
        now, limit_s = monotonic(), self._settings.stale_s
        if status.st_mtime_ns != self._written:
            age_s = time() - status.st_mtime - _CLOCKS_APART_S if self._written < 0 else 0.0
            self._written, self._seen_s = status.st_mtime_ns, now - max(0.0, age_s)
        age_s = now - self._seen_s
        if age_s > limit_s:
            raise ValueError(
                f"{self._path} has not been written for {age_s:.3g} s, more than {limit_s:g} s: its writer is gone, or "
                f"period_s ({self._settings.period_s:g}) is shorter than the writer's pace"
            )
