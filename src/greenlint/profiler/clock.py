"""CPU time of this process and all its descendants: the quantity that energy is attributed by.

The perf task clock with `inherit` counts every later thread and every descendant, dead or alive, in nanoseconds, needs
no privilege and works in virtual machines. Where the kernel or a seccomp filter refuses it, the resource usage of this
process and of its reaped children stands in; living children are then counted only once they have been waited for. The
exception is the fork server of `multiprocessing`, the parent of all its workers on Linux since Python 3.14: nobody waits for
it before the program ends, so the system is asked what it and the workers that it has waited for have used, in ticks of 10 ms.
"""

from __future__ import annotations

import os
import sys
import time
from time import perf_counter_ns, process_time_ns
from typing import TYPE_CHECKING

from greenlint.profiler import perf
from greenlint.profiler.descriptor import let_go, set_apart
from greenlint.profiler.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from greenlint.profiler.busy import BusyClock, MachineClock

    class Clock(Protocol):
        """What a meter needs to know about time; `ProcessTreeClock` is the real one, tests bring their own."""

        kind: str
        resolution_ns: int

        def read(self) -> int:
            """CPU ns of the process tree."""

        def now_ns(self) -> int:
            """Monotonic ns."""

        def asleep_ns(self) -> int:
            """Time that the machine has spent suspended; only differences mean something."""

        def busy_clock(self) -> MachineClock:
            """CPU time of the whole machine."""

        def missed_ns(self) -> int:
            """CPU ns that escaped `read`."""

        def close(self) -> None:
            """Release what is held."""


_int_from_bytes, _os_read, _BYTE_ORDER = int.from_bytes, os.read, sys.byteorder
_TICKS_NS = 20_000_000
"""What the usage of children can be off by: two values in ticks of 10 ms."""
_FORK_SERVER = "multiprocessing.forkserver"
_new = tuple.__new__  # makes a reading without the constructor of its class, a fifth of the time


class ProcessTreeClock:
    """User + system CPU time of the process tree, ns; `kind` is perf-task-clock, rusage or os-times.

    resolution_ns  the smallest step that a difference of two readings can show
    """

    def __init__(self, *, allow_perf: bool = True) -> None:
        self._descriptors = _open_thread_events() if allow_perf else []
        self._children, self._origin = _children_ns(), process_time_ns()
        self._fallback: Callable[[], int] | None = None
        self._before = self._last = 0
        if self._descriptors:
            self.kind, self.resolution_ns = "perf-task-clock", 1_000
        else:
            self.kind, self.resolution_ns, self._fallback = _fallback_clock()

    def read(self) -> int:
        """CPU ns since this clock was opened (perf) or since the process began (the other kinds). Never goes back.

        Where the program closes our descriptors, `kind` changes and the resource usage goes on from the last value.
        """
        if self._fallback is not None:
            return max(self._last, self._fallback() - self._before)
        total = 0
        try:
            for descriptor in self._descriptors:
                total += _int_from_bytes(_os_read(descriptor, 8), _BYTE_ORDER)
        except OSError:
            self.close()
            self.kind, self.resolution_ns, self._fallback = _fallback_clock()
            self._before = self._origin + self._children
            return self.read()
        self._last = total
        return total

    def reader(self) -> Callable[[], Reading]:
        """A function that reads time and CPU time into a `Reading` without counters: two of its calls frame every test."""
        now, slowly = self.now_ns, self.read

        def both() -> Reading:
            total = 0
            try:
                for descriptor in self._descriptors:
                    total += _int_from_bytes(_os_read(descriptor, 8), _BYTE_ORDER)
            except OSError:
                total = 0
            if total:
                self._last = total
            else:
                total = slowly()
            return _new(Reading, (now(), total, ()))

        return both

    @staticmethod
    def now_ns() -> int:
        """Monotonic time, shared by all processes of the machine on Linux."""
        return perf_counter_ns()

    @staticmethod
    def asleep_ns() -> int:
        """What CLOCK_BOOTTIME is ahead of the monotonic clock, which stands still while a Linux machine is suspended."""
        if sys.platform != "linux":
            return 0
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) - time.clock_gettime_ns(time.CLOCK_MONOTONIC)

    @staticmethod
    def busy_clock() -> BusyClock:
        """The busy time of the whole machine."""
        from greenlint.profiler.busy import BusyClock

        return BusyClock()

    def missed_ns(self) -> int:
        """CPU ns that the resource usage saw and the perf clock did not (0 when the two agree within 2 % and two clock ticks).

        Happens when a descendant runs a set-user-id program, whose events the kernel closes.
        """
        if self._fallback is not None or _children_ns() == self._children:
            return 0
        count, usage = self.read(), _fallback_clock()[2]() - self._origin - self._children
        return usage - count if usage > count * 1.02 + _TICKS_NS else 0

    def close(self) -> None:
        """Release the descriptors; the clock must not be read afterwards."""
        for descriptor in self._descriptors:
            let_go(descriptor)
        self._descriptors = []


def _open_thread_events() -> list[int]:
    """One inheriting event per thread that exists now: threads started before an event are not inherited by it."""
    if not perf.available():
        return []
    try:
        threads = sorted(int(name) for name in os.listdir("/proc/self/task"))
    except OSError:
        threads = [0]
    descriptors: list[int] = []
    try:
        for thread in threads:
            descriptors.append(_open_task_clock(thread))
    except OSError:
        for descriptor in descriptors:
            os.close(descriptor)
        return []
    return descriptors


def _open_task_clock(thread: int) -> int:
    flags = perf.INHERIT | perf.EXCLUDE_KERNEL
    return set_apart(perf.open_event(perf.TYPE_SOFTWARE, perf.TASK_CLOCK, pid=thread, flags=flags))


def _fallback_clock() -> tuple[str, int, Callable[[], int]]:
    try:
        import resource
    except ImportError:  # Windows
        return "os-times", 15_625_000, _os_times_ns
    getrusage, own, children = resource.getrusage, resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN

    def read() -> int:
        mine, theirs = getrusage(own), getrusage(children)
        used = round((mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime) * 1e9)
        return used + _fork_server_ns() if _FORK_SERVER in sys.modules else used

    return "rusage", 10_000, read


def _fork_server_ns() -> int:
    """CPU time of the fork server that this process started and of the workers that it has waited for; 0 without one."""
    server = getattr(sys.modules[_FORK_SERVER], "_forkserver", None)
    pid = getattr(server, "_forkserver_pid", None)
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        if int(fields[1]) != os.getpid():
            return 0  # it is of the process that we were forked from, or its number belongs to another by now
        return sum(map(int, fields[11:15])) * 1_000_000_000 // os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return 0


def _children_ns() -> int:
    """CPU time of reaped children, at most two clock ticks too low; `resource` is exact and takes 0.4 ms to load."""
    times = os.times()
    return round((times.children_user + times.children_system) * 1e9)


def _os_times_ns() -> int:
    times = os.times()
    return round((times.user + times.system + times.children_user + times.children_system) * 1e9)
