"""The windows of one test: monotonic time and CPU time of the process tree at the borders of its phases."""

from __future__ import annotations

from typing import NamedTuple


class Window(NamedTuple):
    """Integers of one test, from its first to its last phase, in ns.

    Parts telescope: set-up ends where the call begins, the call ends where tear-down begins.
    """

    t0: int
    cpu0: int
    call_t0: int
    call_cpu0: int
    call_t1: int
    call_cpu1: int
    t1: int
    cpu1: int

    @property
    def call_cpu(self) -> int:
        """CPU time of the call phase, ns."""
        return self.call_cpu1 - self.call_cpu0

    @property
    def fixture_cpu(self) -> int:
        """CPU time of set-up and tear-down, ns."""
        return self.cpu1 - self.cpu0 - self.call_cpu
