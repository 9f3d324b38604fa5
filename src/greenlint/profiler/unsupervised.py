"""Run a command where there is no supervisor (macOS, Windows): what the system tells about children that ended."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from greenlint.profiler.command import CommandNotFound, Outcome

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from greenlint.profiler.command import Order
    from greenlint.profiler.meter import Meter

_POLL_S = 0.05


def run_unsupervised(order: Order, meter: Meter) -> Outcome:
    """Run to the end of the command itself; orphans that outlive it are not counted. Raises CommandNotFound."""
    usage_before, peak_before = _children_usage()
    start = meter.read()
    process = _start(order)
    sampled = _process_times(process.pid)
    timed_out, cpu_ns = _wait(process, order.timeout_s, sampled)
    end = meter.read()
    usage_after, peak_after = _children_usage()
    return Outcome(
        returncode=process.returncode,
        start=start,
        end=end,
        cpu_ns=max(usage_after - usage_before, cpu_ns),
        wall_ns=end.t_ns - start.t_ns,
        # The system keeps only the largest child so far: one that was no larger than those before it cannot be told.
        peak_bytes=peak_after if peak_after > peak_before else None,
        peak_below=peak_before,
        timed_out=timed_out,
        warnings=("CPU time is of the command and of children that it waited for",) if usage_after else
        ("CPU time was sampled while the command ran; its last moments are missing",),
    )  # fmt: skip


def _start(order: Order) -> subprocess.Popen[bytes]:
    import subprocess

    try:
        return subprocess.Popen(
            list(order.argv), stdin=order.stdin, stdout=order.stdout, stderr=order.stderr, cwd=order.cwd, env=order.env
        )
    except FileNotFoundError as error:
        missing = order.cwd if order.cwd is not None and not os.path.isdir(order.cwd) else order.argv[0]
        raise CommandNotFound(f"{missing}: command not found", "is it installed and on PATH?") from error
    except OSError as error:
        raise CommandNotFound(f"{order.argv[0]}: cannot be run: {error.strerror}") from error


def _wait(process: subprocess.Popen[bytes], timeout_s: float | None, sampled: Callable[[], int]) -> tuple[bool, int]:
    """Whether it timed out, and the CPU ns last seen while it lived."""
    import subprocess

    deadline = time.monotonic() + timeout_s if timeout_s is not None else None
    cpu_ns = 0
    while True:
        try:
            process.wait(_POLL_S)
            return False, cpu_ns
        except subprocess.TimeoutExpired:
            cpu_ns = max(cpu_ns, sampled())
        if deadline is not None and time.monotonic() > deadline:
            process.kill()
            process.wait()
            return True, cpu_ns


def _children_usage() -> tuple[int, int]:
    """CPU ns of all children waited for so far, and the peak bytes of the largest of them; zeros on Windows."""
    try:
        import resource
    except ImportError:
        return 0, 0
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    return round((usage.ru_utime + usage.ru_stime) * 1e9), usage.ru_maxrss * unit


def _process_times(pid: int) -> Callable[[], int]:
    """A function that gives the CPU ns of a living process and its living children; used where usage is not kept."""
    import psutil

    def read() -> int:
        try:
            parent = psutil.Process(pid)
            times = [one.cpu_times() for one in (parent, *parent.children(recursive=True))]
        except psutil.Error:
            return 0
        return round(sum(one.user + one.system for one in times) * 1e9)

    return read
