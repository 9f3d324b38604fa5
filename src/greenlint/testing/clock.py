"""A clock for tests: wall time, CPU time and the machine's busy time go on only when the test says so."""

from __future__ import annotations

from greenlint.profiler.busy import Busy


class FakeClock:
    """Stands in for the process-tree clock of a meter, for its wall clock and for the busy time of the machine.

    available  False before a meter is opened: the machine does not tell how busy it is
    """

    kind = "fake"
    resolution_ns = 1_000
    available = True

    def __init__(self) -> None:
        self.t_ns, self.cpu_ns, self.busy_ns, self.steal_ns = 1_000_000_000, 0, 0, 0
        self.suspended_ns = 0

    def advance(self, seconds: float, *, cpu_s: float = 0.0, others_s: float = 0.0, steal_s: float = 0.0) -> None:
        """Let time pass: `cpu_s` used by the own process tree, `others_s` by other processes."""
        self.t_ns += round(seconds * 1e9)
        self.cpu_ns += round(cpu_s * 1e9)
        self.busy_ns += round((cpu_s + others_s) * 1e9)
        self.steal_ns += round(steal_s * 1e9)

    def suspend(self, seconds: float) -> None:
        """Let the machine sleep: no clock of this class goes on meanwhile."""
        self.suspended_ns += round(seconds * 1e9)

    def now_ns(self) -> int:
        """Monotonic time."""
        return self.t_ns

    def asleep_ns(self) -> int:
        """Time spent suspended."""
        return self.suspended_ns

    def read(self) -> int:
        """CPU ns of the own process tree."""
        return self.cpu_ns

    def busy_clock(self) -> FakeBusyClock:
        """The busy time of the machine that this clock simulates."""
        return FakeBusyClock(self)

    def missed_ns(self) -> int:
        """Nothing escapes a fake clock."""
        return 0

    def close(self) -> None:
        """Nothing is held."""


class FakeBusyClock:
    """Busy time of all CPUs as the FakeClock has it."""

    resolution_ns = 1_000

    def __init__(self, clock: FakeClock) -> None:
        self._clock, self.available = clock, clock.available

    def read(self) -> Busy:
        """The present values."""
        return Busy(self._clock.busy_ns, self._clock.steal_ns)

    def close(self) -> None:
        """Nothing is held."""
