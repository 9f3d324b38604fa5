"""Instructions of this process and of all that it starts, where the processor shows its performance counters.

One inheriting event per thread that exists now, user space only (which needs no privilege up to perf_event_paranoid 2).
The events are pinned: the kernel must count them always or not at all, so a count is never scaled up from a part.
"""

from __future__ import annotations

import errno
import os

from greenlint.profiler import perf

_HARDWARE, _INSTRUCTIONS = 0, 1  # perf_event.h: PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS
_PINNED = 1 << 2
INSTRUCTIONS = (_HARDWARE, _INSTRUCTIONS)
KIND = "retired instructions in user space, whole process tree, by perf"


class InstructionCounter:
    """Open events; a later count minus an earlier one is what was executed between them."""

    def __init__(self, event: tuple[int, int] = INSTRUCTIONS) -> None:
        """`event` is type and config of perf_event_attr. Raises OSError with a reason for people."""
        self._descriptors: list[int] = []
        try:
            for thread in _threads():
                flags = perf.INHERIT | perf.EXCLUDE_KERNEL | (_PINNED if event == INSTRUCTIONS else 0)
                self._descriptors.append(perf.open_event(*event, pid=thread, flags=flags))
        except OSError as error:
            self.close()
            raise OSError(error.errno, _reason(error)) from error

    def read(self) -> int:
        """The count until now. Raises OSError, also where the kernel gave the counter to somebody else."""
        return sum(perf.read_count(descriptor) for descriptor in self._descriptors)

    def close(self) -> None:
        """Release the events."""
        for descriptor in self._descriptors:
            os.close(descriptor)
        self._descriptors = []


def _threads() -> list[int]:
    try:
        return sorted(int(name) for name in os.listdir("/proc/self/task"))
    except OSError:
        return [0]


def _reason(error: OSError) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return "the kernel forbids perf events here (kernel.perf_event_paranoid above 2, or a seccomp filter)"
    if error.errno in (errno.ENOENT, errno.ENODEV, errno.EOPNOTSUPP):
        return "the processor shows no performance counters here (usual in virtual machines)"
    if error.errno == errno.ENOSYS:
        return "this system has no perf events"
    return os.strerror(error.errno or 0)
