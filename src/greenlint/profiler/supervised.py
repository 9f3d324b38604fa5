"""Run a command under the supervisor process (Linux), and read the meter at its beginning and end."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from greenlint.errors import GreenlintError
from greenlint.profiler.command import CommandNotFound, Outcome

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping

    from greenlint.profiler.command import Order
    from greenlint.profiler.meter import Meter
    from greenlint.profiler.reading import Reading

_SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "hold.py")
_READ_EVERY_S = 5.0
"""A counter that wraps must be read now and then while a long command runs."""

_LEAVE_S = 5.0
_OUTLIVED_NS = 100_000_000
_ESCAPED, _EXEC_NS = 1.02, 5_000_000


def run_supervised(order: Order, meter: Meter) -> Outcome:
    """Run to the last descendant. Raises CommandNotFound; on an interrupt the tree is killed before it is passed on."""
    message = _encode(order)
    spec_read, spec_write = os.pipe()
    result_read, result_write = os.pipe()
    supervisor: subprocess.Popen[bytes] | None = None
    try:
        try:
            supervisor = _start(order, spec_read, result_write)
        finally:
            os.close(spec_read)
            os.close(result_write)
        while message:
            message = message[os.write(spec_write, message) :]
        start, line, end = _follow(spec_write, result_read, meter)
    finally:
        os.close(spec_write)  # where the command still runs this is the order to kill it
        os.close(result_read)
        if supervisor is not None:
            supervisor.wait(_LEAVE_S)
    return _outcome(order, line, start, end)


def _encode(order: Order) -> bytes:
    """The order as `hold` reads it."""
    if order.cwd is not None and not os.path.isdir(order.cwd):
        raise CommandNotFound(f"{order.cwd}: no such directory to run {order.argv[0]} in")
    env = os.environ if order.env is None else order.env
    path = find_program(order.argv[0], env, order.cwd)
    counts = f"{len(order.argv)} {order.timeout_s or 0}"
    fields = [counts, path, *order.argv, *(f"{key}={value}" for key, value in env.items())]
    if any("\0" in field for field in fields):
        raise CommandNotFound(f"{order.argv[0]}: cannot be run: an argument or a variable holds a NUL character")
    text = b"\0".join(os.fsencode(field) for field in fields)
    return len(text).to_bytes(8, "little") + text


def _start(order: Order, spec: int, result: int) -> subprocess.Popen[bytes]:
    import subprocess

    # -I -S: the supervisor must be small, for its size is the least peak memory that can be told.
    argv = [sys.executable, "-I", "-S", _SCRIPT, str(spec), str(result)]
    return subprocess.Popen(
        argv, stdin=order.stdin, stdout=order.stdout, stderr=order.stderr, cwd=order.cwd, pass_fds=(spec, result)
    )


def find_program(name: str, env: Mapping[str, str], cwd: str | None) -> str:
    """The file to run, found as execvp finds it; looked for here because a failed exec costs the command's floor 1 MiB.

    Raises CommandNotFound. A file that may not be run is only the answer when no later folder has one that may.
    """
    folders = [""] if "/" in name else env.get("PATH", os.defpath).split(":")
    candidates = [os.path.join(folder, name) if folder else name for folder in folders]
    if "/" not in name:
        candidates = [path if "/" in path else f"./{path}" for path in candidates]
    there = [path for path in candidates if os.path.isfile(os.path.join(cwd or "", path))]
    runnable = [path for path in there if os.access(os.path.join(cwd or "", path), os.X_OK)]
    if not there:
        raise _not_started(name, errno.ENOENT)
    if not runnable:
        raise _not_started(there[0], errno.EACCES)
    return runnable[0]


def _follow(spec: int, result: int, meter: Meter) -> tuple[Reading, bytes, Reading]:
    """Let the command begin as soon as everything is ready, and wait for the report on its end."""
    import select

    with open(os.dup(result), "rb") as reports:
        if reports.readline() != b"ready\n":
            raise GreenlintError("the supervisor of the command did not start", "is the Python installation complete?")
        start = meter.read()
        os.write(spec, b"g")
        poller = select.poll()
        poller.register(result, select.POLLIN)
        while not poller.poll(_READ_EVERY_S * 1e3):
            meter.read()
        end = meter.read()
        return start, reports.readline(), end


def _outcome(order: Order, line: bytes, start: Reading, end: Reading) -> Outcome:
    if not line:
        raise GreenlintError(f"{order.argv[0]}: the supervisor of the command was killed")
    report = {name: int(value) for name, value in (pair.split("=") for pair in line.decode().split())}
    if report["errno"]:
        raise _not_started(order.argv[0], report["errno"])
    peak_bytes = report["peak_kib"] * 1024
    return Outcome(
        returncode=report["returncode"],
        start=start,
        end=end,
        cpu_ns=_cpu_ns(report["clock_ns"], report["usage_ns"]),
        wall_ns=report["wall_ns"],
        peak_bytes=peak_bytes or None,
        peak_below=report["largest_kib"] * 1024,
        timed_out=bool(report["timed_out"]),
        warnings=tuple(_remarks(report)),
    )


def _not_started(program: str, number: int) -> CommandNotFound:
    if number == errno.ENOENT:
        return CommandNotFound(f"{program}: command not found", "is it installed and on PATH?")
    hint = "it has no #! line" if number == errno.ENOEXEC else ""
    return CommandNotFound(f"{program}: cannot be run: {os.strerror(number)}", hint)


def _cpu_ns(clock_ns: int, usage_ns: int) -> int:
    """The task clock begins at the exec and misses nobody, but it ends at set-user-id programs; usage goes on there."""
    return usage_ns if usage_ns > clock_ns * _ESCAPED + _EXEC_NS else clock_ns


def _remarks(report: dict[str, int]) -> list[str]:
    remarks = []
    if report["orphans"] and report["outlived_ns"] > _OUTLIVED_NS:
        seconds = report["outlived_ns"] / 1e9
        remarks.append(f"{report['orphans']} processes outlived the command, by up to {seconds:.1f} s; they are counted")
    if report["clock_ns"] > report["usage_ns"] * _ESCAPED + _EXEC_NS:
        remarks.append("some processes were never waited for; their CPU time is counted by perf")
    return remarks
