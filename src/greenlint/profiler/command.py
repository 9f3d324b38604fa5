"""Runs a command and measures its whole process tree: energy, CPU time with orphans, wall time, true peak memory."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from greenlint.errors import GreenlintError
from greenlint.model.measurement import Measurement
from greenlint.profiler.peak import PeakMemory, children_of, process_tree

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping, Sequence

    from greenlint.profiler.meter import Meter

_PR_SET_CHILD_SUBREAPER = 36
_POLL_S = 0.002


class CommandNotFound(GreenlintError):
    """The command cannot be started; the message says why."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """How a command ended and what it used.

    returncode  exit status; negative for the signal that ended it, which `signal` also names
    peak_bytes  largest memory of one process of the tree (see `PeakMemory`), None when unknown
    """

    returncode: int
    signal: int | None
    measurement: Measurement
    cpu_ns: int
    wall_ns: int
    peak_bytes: int | None
    timed_out: bool
    warnings: tuple[str, ...]


def run_command(
    argv: Sequence[str],
    *,
    meter: Meter,
    stdin: IO[bytes] | int | None = None,
    stdout: IO[bytes] | int | None = None,
    stderr: IO[bytes] | int | None = None,
    cwd: str | None = None,
    env: Mapping[str, str] | None = None,
    timeout_s: float | None = None,
    name: str | None = None,
    language: str = "unknown",
) -> CommandResult:
    """Run `argv` (no shell) to its last descendant and measure it.

    On Linux orphans are adopted and waited for, so that a program whose parent exits early is counted whole; elsewhere the
    process itself and the children it waited for count. Raises CommandNotFound when it cannot be started.
    """
    adopts = _become_subreaper()
    peak = PeakMemory()
    own = set(children_of(os.getpid()))
    start = meter.read()
    usage = _children_ns()
    process = _start(argv, stdin, stdout, stderr, cwd, env)
    deadline_ns = start.t_ns + int(timeout_s * 1e9) if timeout_s is not None else None
    timed_out = _wait(process, peak, deadline_ns)
    strays, late = _wait_for_orphans(own, process.pid, deadline_ns) if adopts else (0, False)
    timed_out = timed_out or late
    end = meter.read()
    cpu_ns = max(end.cpu_ns - start.cpu_ns, _children_ns() - usage)
    code = process.returncode
    warnings = (f"{strays} processes outlived the command and were waited for",) if strays else ()
    outcome = "timeout" if timed_out else "ok" if code == 0 else "crashed"
    measurement = Measurement(
        name or " ".join(argv),
        "command",
        meter.energy(start, end, idle="wall"),
        end.t_ns - start.t_ns,
        cpu_ns,
        peak.bytes,
        outcome,
        language,
        t0_ns=start.t_ns,
    )
    return CommandResult(
        code,
        -code if code < 0 else None,
        measurement,
        cpu_ns,
        end.t_ns - start.t_ns,
        peak.bytes,
        timed_out,
        warnings,
    )


def _start(
    argv: Sequence[str],
    stdin: IO[bytes] | int | None,
    stdout: IO[bytes] | int | None,
    stderr: IO[bytes] | int | None,
    cwd: str | None,
    env: Mapping[str, str] | None,
) -> subprocess.Popen[bytes]:
    import subprocess

    try:
        return subprocess.Popen(list(argv), stdin=stdin, stdout=stdout, stderr=stderr, cwd=cwd, env=env)
    except FileNotFoundError as error:
        missing = cwd if cwd is not None and not os.path.isdir(cwd) else argv[0]
        raise CommandNotFound(f"{missing}: command not found", "is it installed and on PATH?") from error
    except OSError as error:
        raise CommandNotFound(f"{argv[0]}: cannot be run: {error.strerror}") from error


def _wait(process: subprocess.Popen[bytes], peak: PeakMemory, deadline_ns: int | None) -> bool:
    """Wait, sampling memory now and then; kill the whole tree at its deadline. Returns whether it timed out."""
    pause = _POLL_S
    while process.poll() is None:
        peak.sample(process.pid)
        if deadline_ns is not None and time.perf_counter_ns() > deadline_ns:
            for pid in reversed(process_tree(process.pid)):
                _kill(pid)
            process.wait()
            return True
        if _ended_within(process, pause):
            break
        pause = min(pause * 1.5, 0.05)
    return False


def _ended_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Sleep until the process ends, at most `seconds`: an exact end without spinning where the system offers one."""
    try:
        descriptor = os.pidfd_open(process.pid)
    except (AttributeError, OSError):
        time.sleep(seconds)
        return False
    import select

    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        ended = bool(poll.poll(max(1, int(seconds * 1000))))
    finally:
        os.close(descriptor)
    if ended:
        process.wait()
    return ended


def _become_subreaper() -> bool:
    """Adopt orphans of our descendants (Linux), so that they can be waited for and counted."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)


def _wait_for_orphans(own: set[int], command: int, deadline_ns: int | None) -> tuple[int, bool]:
    """Wait for every process that was adopted since the command began; returns how many, and whether some were killed.

    Children that this process had before are not touched.
    """
    seen: set[int] = set()
    killed = False
    while strays := set(children_of(os.getpid())) - own - {command}:
        seen |= strays
        late = deadline_ns is not None and time.perf_counter_ns() > deadline_ns
        killed = killed or late
        for pid in strays:
            if late:
                _kill(pid)
            try:
                os.waitpid(pid, 0 if late else os.WNOHANG)
            except ChildProcessError:
                seen.discard(pid)
        if not late:
            time.sleep(_POLL_S)
    return len(seen), killed


def _kill(pid: int) -> None:
    import signal

    try:
        os.kill(pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    except OSError:
        pass  # it has just ended by itself


def _children_ns() -> int:
    times = os.times()
    return round((times.children_user + times.children_system) * 1e9)
