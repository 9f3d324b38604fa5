"""The small process between us and a measured command (Linux).

It exists for three reasons. It adopts the command's orphans and waits for them, without touching other children of the
measuring process. It keeps the measuring process's own peak memory out of the command's (see `hold`, which starts it). And it
takes the whole tree down when the measuring process dies. The standard library only, and little of it: it must start fast.

After the order (see `hold`) the specification pipe brings one byte to begin; its end of file is the order to kill. On the
result pipe come the line "ready" and, at the end, one line of `name=integer` pairs.
"""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_PR_SET_CHILD_SUBREAPER = 36
_SETTLED_S = 0.01  # before it a high-water mark says little about the peak to come
_SAMPLE_S = 0.05
_GRACE_S = 1.0
_MARGIN_KIB = 512  # what the forked process still touches on its way to the exec; 100 to 260 KiB were seen


def used_so_far(pid: int) -> tuple[int, int]:
    """CPU ns and peak KiB of the held process, which it takes into the command."""
    try:
        with open(f"/proc/{pid}/schedstat", "rb") as file:
            cpu_ns = int(file.read().split()[0])
    except (OSError, IndexError):
        cpu_ns = 0
    return cpu_ns, field_kib(f"/proc/{pid}/status", b"VmHWM:") + _MARGIN_KIB


class Tree:
    """The command and all that it leaves behind: CPU time and peak memory of those that have ended."""

    def __init__(self, main: int) -> None:
        cpu_ns, self.floor_kib = used_so_far(main)
        self.main, self.returncode, self.main_ended_ns = main, 0, 0
        self.cpu_ns, self.largest_kib = -cpu_ns, 0
        self.sampled_kib, self.together_kib, self.orphans = 0, 0, 0

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
                self.returncode, self.main_ended_ns = os.waitstatus_to_exitcode(status), time.perf_counter_ns()
            else:
                self.orphans += 1

    def sample(self) -> None:
        """Peak memory of each living process, and their present sum with shared pages counted once."""
        pids = list(descendants(os.getpid()))
        for pid in pids:
            self.sampled_kib = max(self.sampled_kib, field_kib(f"/proc/{pid}/status", b"VmHWM:"))
        if len(pids) > 1:
            sizes = [field_kib(f"/proc/{pid}/smaps_rollup", b"Pss:") for pid in pids]
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
            _, found, rest = file.read().partition(name)
    except OSError:
        return 0
    return int(rest.split(None, 1)[0]) if found else 0


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends."""
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def open_clock(pid: int) -> int:
    """A task clock that starts at the exec of `pid` and follows all its descendants; -1 where perf is not allowed.

    Unlike resource usage it also counts processes whose parent never waits for them.
    """
    from greenlint.profiler import perf

    flags = perf.INHERIT | perf.EXCLUDE_KERNEL | perf.DISABLED | perf.ENABLE_ON_EXEC
    try:
        return perf.open_event(perf.TYPE_SOFTWARE, perf.TASK_CLOCK, pid=pid, flags=flags)
    except OSError:
        return -1


def wake_up_pipe() -> int:
    """Ignore the keys that interrupt the command, and get a descriptor that becomes readable when a child ends."""
    import signal

    def ended(_number: int, _frame: object) -> None:
        """That a handler exists makes Python write to the pipe."""

    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(woken, False)
    signal.signal(signal.SIGCHLD, ended)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    return woken


def watch(tree: Tree, spec: int, woken: int, started_ns: int, limit_s: float) -> bool:
    """Wait for the last descendant; kill all of them at the limit or when the measuring process has gone."""
    import select

    poller = select.poll()
    poller.register(spec, select.POLLIN)
    poller.register(woken, select.POLLIN)
    pause_s = 0.0
    while tree.reap():
        elapsed_s = (time.perf_counter_ns() - started_ns) / 1e9
        if limit_s and elapsed_s >= limit_s:
            kill_all(tree)
            return True
        if elapsed_s >= _SETTLED_S:
            tree.sample()
        pause_s = min(max(0.002, pause_s * 1.5), _SAMPLE_S)
        wait_s = min(pause_s, limit_s - elapsed_s) if limit_s else pause_s
        events = dict(poller.poll(wait_s * 1e3))
        if spec in events:
            kill_all(tree)
        if woken in events:
            os.read(woken, 4096)
    return False


def kill_all(tree: Tree) -> None:
    """Ask every descendant to end, then force them; as their subreaper we get all that they leave behind."""
    import signal

    deadline = time.monotonic() + _GRACE_S
    while tree.reap():
        number = signal.SIGTERM if time.monotonic() < deadline else signal.SIGKILL
        # Without /proc only the command itself is known.
        for pid in list(descendants(os.getpid())) or ([] if tree.main_ended_ns else [tree.main]):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue
        time.sleep(0.01)


def supervise(pid: int, go: int, report: int, spec: int, result: int, limit_s: float) -> None:
    """Let the held process `pid` become the command, follow it to its last descendant, tell about it on `result`."""
    adopt_orphans()
    clock, woken = open_clock(pid), wake_up_pipe()
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)  # a reader at the other end must see the end of file when the command ends
    tree = Tree(pid)
    os.write(result, b"ready\n")
    if not os.read(spec, 1):  # the measuring process has gone before it could read its counters
        os.kill(pid, 9)
        return
    facts = follow(tree, report, go, clock, spec, woken, limit_s)
    os.write(result, " ".join(f"{name}={value}" for name, value in facts.items()).encode() + b"\n")


def follow(tree: Tree, report: int, go: int, clock: int, spec: int, woken: int, limit_s: float) -> dict[str, int]:
    """From the start of the command to the end of its last descendant."""
    started_ns = time.perf_counter_ns()
    os.write(go, b"g")
    failed = os.read(report, 20)  # the end of file comes with the exec
    if failed:
        os.waitpid(tree.main, 0)
        return {"errno": int(failed)}
    timed_out = watch(tree, spec, woken, started_ns, limit_s)
    ended_ns = time.perf_counter_ns()
    return {
        "errno": 0,
        "returncode": tree.returncode,
        "wall_ns": ended_ns - started_ns,
        "outlived_ns": ended_ns - tree.main_ended_ns,
        "usage_ns": max(0, tree.cpu_ns),
        "clock_ns": int.from_bytes(os.read(clock, 8), sys.byteorder) if clock >= 0 else 0,
        "peak_kib": tree.peak_kib,
        "largest_kib": tree.largest_kib,
        "orphans": tree.orphans,
        "timed_out": int(timed_out),
    }
