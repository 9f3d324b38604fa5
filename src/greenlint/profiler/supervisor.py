"""The small process between us and a measured command (Linux); run as a script, standard library only.

It exists for three reasons. It adopts the command's orphans and waits for them, without touching other children of the
measuring process. A process starts with the peak memory of the one that it is forked from, so the command must be
forked from something small. And it takes the whole tree down when the measuring process dies.

    python -I -S supervisor.py SPEC_FD RESULT_FD      (SPEC_FD stays open: its end of file is the order to kill)
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import signal
import struct
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_PR_SET_CHILD_SUBREAPER = 36
_FIRST_SAMPLES_S = 0.003  # a program as short as `true` is only seen when looked at again and again
_SAMPLE_S = 0.05
_GRACE_S = 1.0
_FROM_CHILD = struct.Struct("=iqq")  # errno of exec (0: it worked), CPU ns and peak KiB before exec


class Tree:
    """The command and all that it leaves behind: CPU time and peak memory of those that have ended."""

    def __init__(self, main: int, cpu_before_ns: int, floor_kib: int) -> None:
        self.main, self.status = main, -1
        self.cpu_ns, self.largest_kib, self.floor_kib = -cpu_before_ns, 0, floor_kib
        self.sampled_kib, self.together_kib, self.orphans = 0, 0, 0
        self.main_ended_ns = 0

    def reap(self) -> bool:
        """Take in every process that has ended; False when none is left."""
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if not pid:
                return True
            self.cpu_ns += round((usage.ru_utime + usage.ru_stime) * 1e9)
            self.largest_kib = max(self.largest_kib, usage.ru_maxrss)
            if pid == self.main:
                self.status, self.main_ended_ns = status, time.perf_counter_ns()
            else:
                self.orphans += 1

    def sample(self, *, together: bool) -> None:
        """Peak memory of each living process, and with `together` their sum without counting shared pages twice."""
        pids = list(descendants(os.getpid()))
        for pid in pids:
            self.sampled_kib = max(self.sampled_kib, field_kib(f"/proc/{pid}/status", b"VmHWM:"))
        if together and len(pids) > 1:
            sizes = (field_kib(f"/proc/{pid}/smaps_rollup", b"Pss:") for pid in pids)
            self.together_kib = max(self.together_kib, sum(sizes))

    @property
    def peak_kib(self) -> int:
        """The largest process by the kernel's account, or all together as sampled; 0 when below what can be told."""
        exact = self.largest_kib if self.largest_kib > self.floor_kib else 0
        return max(exact or self.sampled_kib, self.together_kib)


def descendants(pid: int) -> Iterator[int]:
    """All living descendants of a process."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return
    for thread in threads:
        try:
            with open(f"/proc/{pid}/task/{thread}/children", "rb") as file:
                children = file.read().split()
        except OSError:
            continue
        for child in children:
            yield int(child)
            yield from descendants(int(child))


def field_kib(path: str, name: bytes) -> int:
    """A size field of a /proc file in KiB; 0 when the process has gone or the field is hidden."""
    try:
        with open(path, "rb") as file:
            for line in file:
                if line.startswith(name):
                    return int(line.split()[1])
    except OSError:
        return 0
    return 0


def spawn(spec: dict[str, Any], go: int) -> tuple[int, int]:
    """Fork the command, held until a byte arrives on `go`; returns its pid and the pipe that reports on exec."""
    report, report_write = os.pipe()
    pid = os.fork()
    if pid:
        os.close(report_write)
        return pid, report
    error = 0
    try:
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
        os.read(go, 1)
        usage = resource.getrusage(resource.RUSAGE_SELF)
        cpu_ns = round((usage.ru_utime + usage.ru_stime) * 1e9)
        os.write(report_write, _FROM_CHILD.pack(0, cpu_ns, usage.ru_maxrss))
        os.execvpe(spec["argv"][0], spec["argv"], spec["env"])
    except OSError as failure:
        error = failure.errno or 1
    finally:
        os.write(report_write, _FROM_CHILD.pack(error or 1, 0, 0))
        os._exit(127)


def open_clock(pid: int) -> int:
    """A task clock that starts at the exec of `pid` and follows all its descendants; -1 where perf is not allowed.

    Unlike resource usage it also counts processes whose parent never waits for them.
    """
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
    from greenlint.profiler import perf

    flags = perf.INHERIT | perf.EXCLUDE_KERNEL | perf.DISABLED | perf.ENABLE_ON_EXEC
    try:
        return perf.open_event(perf.TYPE_SOFTWARE, perf.TASK_CLOCK, pid=pid, flags=flags)
    except OSError:
        return -1


def watch(tree: Tree, spec_fd: int, woken: int, started_ns: int, timeout_s: float | None) -> bool:
    """Wait for the last descendant; kill all of them at the timeout or when the measuring process has gone."""
    poller = select.poll()
    poller.register(spec_fd, select.POLLIN)
    poller.register(woken, select.POLLIN)
    timed_out, pause_s = False, 0.0
    while tree.reap():
        elapsed_s = (time.perf_counter_ns() - started_ns) / 1e9
        left_s = timeout_s - elapsed_s if timeout_s is not None else pause_s
        early = elapsed_s < _FIRST_SAMPLES_S
        tree.sample(together=not early)
        pause_s = 0.0 if early else min(max(0.002, pause_s * 1.5), _SAMPLE_S)
        events = dict(poller.poll(max(0.0, min(pause_s, left_s)) * 1e3))
        if spec_fd in events:
            kill_all(tree)
        elif timeout_s is not None and time.perf_counter_ns() - started_ns > timeout_s * 1e9:
            timed_out = True
            kill_all(tree)
        if woken in events:
            os.read(woken, 4096)
    return timed_out


def kill_all(tree: Tree) -> None:
    """Ask every descendant to end, then force them; as their subreaper we get all that they leave behind."""
    deadline = time.monotonic() + _GRACE_S
    for number in (signal.SIGTERM, signal.SIGKILL):
        while True:
            for pid in list(descendants(os.getpid())):
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    continue
            if not tree.reap():
                return
            if number == signal.SIGTERM and time.monotonic() > deadline:
                break
            time.sleep(0.01)


def main() -> None:
    """Read the order, run the command, write one JSON line about it."""
    spec_fd, result_fd = int(sys.argv[1]), int(sys.argv[2])
    os.set_inheritable(spec_fd, False)
    os.set_inheritable(result_fd, False)
    size = int.from_bytes(os.read(spec_fd, 8), "little")
    text = b""
    while len(text) < size:
        text += os.read(spec_fd, size - len(text))
    spec = json.loads(text)
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, _wake_up)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    go, go_write = os.pipe()
    pid, report = spawn(spec, go)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    clock = open_clock(pid)
    os.write(result_fd, b"ready\n")
    os.read(spec_fd, 1)  # the measuring process has read its counters
    started_ns = time.perf_counter_ns()
    os.write(go_write, b"g")
    result = run(pid, report, clock, spec_fd, woken, started_ns, spec["timeout_s"])
    os.write(result_fd, json.dumps(result).encode() + b"\n")


def _wake_up(_number: int, _frame: object) -> None:
    """A child has ended: that the handler exists makes Python write to the wake-up pipe."""


def run(
    pid: int, report: int, clock: int, spec_fd: int, woken: int, started_ns: int, timeout_s: float | None
) -> dict[str, Any]:
    """Follow the command from its exec to its last descendant."""
    _, cpu_ns, floor_kib = _FROM_CHILD.unpack(os.read(report, _FROM_CHILD.size))
    failed = os.read(report, _FROM_CHILD.size)  # blocks until exec closes the pipe, or reports its error
    if failed:
        os.waitpid(pid, 0)
        return {"errno": _FROM_CHILD.unpack(failed)[0]}
    tree = Tree(pid, cpu_ns, floor_kib)
    timed_out = watch(tree, spec_fd, woken, started_ns, timeout_s)
    ended_ns = time.perf_counter_ns()
    return {
        "errno": 0,
        "returncode": os.waitstatus_to_exitcode(tree.status),
        "started_ns": started_ns,
        "ended_ns": ended_ns,
        "outlived_ns": max(0, ended_ns - tree.main_ended_ns),
        "usage_ns": max(0, tree.cpu_ns),
        "clock_ns": int.from_bytes(os.read(clock, 8), sys.byteorder) if clock >= 0 else 0,
        "peak_kib": tree.peak_kib,
        "floor_kib": tree.floor_kib,
        "orphans": tree.orphans,
        "timed_out": timed_out,
    }


if __name__ == "__main__":
    main()
