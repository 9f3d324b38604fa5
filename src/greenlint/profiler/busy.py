"""How busy the whole machine is: the denominator when a machine's counter is split among its processes."""

from __future__ import annotations

import os
from typing import Protocol

from greenlint.named_tuple import NamedTuple
from greenlint.profiler.descriptor import hold_file, let_go

_PATH = "/proc/stat"
_FIRST_LINE = 512  # the line of all CPUs together is at most 10 numbers of 20 digits


class Busy(NamedTuple):
    """CPU time of all processors since boot, ns: spent working, and stolen by the hypervisor."""

    busy_ns: int
    steal_ns: int


class MachineClock(Protocol):
    """The busy time of a machine; `BusyClock` is the real one."""

    available: bool
    resolution_ns: int

    def read(self) -> Busy:
        """The present values."""

    def close(self) -> None:
        """Release what is held."""


class BusyClock:
    """Reads the CPU time of the machine; `resolution_ns` is the kernel's accounting tick (10 ms).

    `available` is False where the system does not tell; then readings are zero and shares cannot be computed.
    """

    def __init__(self, path: str = _PATH) -> None:
        self._tick_ns = 1_000_000_000 // (os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100)
        self.resolution_ns = self._tick_ns
        self._path, self._descriptor, self._last = path, -1, Busy(0, 0)
        self.available = self._open()

    def read(self) -> Busy:
        """The present values. Cheap, but its cost grows with the number of processors: once a second is enough.

        Never raises: a file that the program has closed is opened again; where that fails too the last values stay.
        """
        if self._descriptor >= 0:
            try:
                self._last = self._read()
            except (OSError, ValueError, IndexError):
                self.available = self._open()
        return self._last

    def _open(self) -> bool:
        try:
            self._descriptor = hold_file(self._path)
            self._last = self._read()
        except (OSError, ValueError, IndexError):
            self.close()
        return self._descriptor >= 0

    def _read(self) -> Busy:
        line = os.pread(self._descriptor, _FIRST_LINE, 0).partition(b"\n")[0].split()
        # cpu user nice system idle iowait irq softirq steal guest guest_nice; guest time is inside user.
        user, nice, system, _, _, irq, softirq, steal = (int(text) for text in line[1:9])
        return Busy((user + nice + system + irq + softirq) * self._tick_ns, steal * self._tick_ns)

    def close(self) -> None:
        """Close the file."""
        if self._descriptor >= 0:
            let_go(self._descriptor)
            self._descriptor = -1
