"""The true peak memory of a process tree: the kernel's own high-water mark of each process, read while it lives.

`ru_maxrss` of a child that a large program started is never below that program's own size, so it is used nowhere.
"""

from __future__ import annotations

import os


class PeakMemory:
    """Largest sum of high-water marks (VmHWM) of the processes that lived at the same time, bytes; None when never seen."""

    def __init__(self) -> None:
        self.bytes: int | None = None

    def sample(self, pid: int) -> None:
        """Look at `pid` and its descendants; processes that have not yet replaced their parent's image do not count."""
        total = sum(_high_water(one) for one in process_tree(pid))
        if total and (self.bytes is None or total > self.bytes):
            self.bytes = total


def process_tree(pid: int) -> list[int]:
    """The process and its descendants, parents first."""
    found = [pid]
    for parent in found:
        found += children_of(parent)
    return found


def children_of(pid: int) -> list[int]:
    """The children of a process as the kernel lists them (Linux); empty elsewhere and for a process that is gone."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(text) for text in file.read().split()]
    except (OSError, ValueError):
        return []


def _high_water(pid: int) -> int:
    """VmHWM in bytes; 0 for a process that is gone, or still runs this program's image between fork and exec."""
    try:
        if os.readlink(f"/proc/{pid}/exe") == os.readlink("/proc/self/exe") and _same_command(pid):
            return 0
        with open(f"/proc/{pid}/status", "rb") as file:
            for line in file:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def _same_command(pid: int) -> bool:
    with open(f"/proc/{pid}/cmdline", "rb") as theirs, open("/proc/self/cmdline", "rb") as ours:
        return theirs.read() == ours.read()
