"""Run a command under the supervisor process (Linux), and read the meter at its beginning and end."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, Any

from greenlint.errors import GreenlintError
from greenlint.profiler.command import CommandNotFound, Outcome

if TYPE_CHECKING:
    import subprocess

    from greenlint.profiler.command import Order
    from greenlint.profiler.meter import Meter
    from greenlint.profiler.reading import Reading

_SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "supervisor.py")
_READ_EVERY_S = 5.0
"""A counter that wraps must be read now and then while a long command runs."""

_LEAVE_S = 5.0
_OUTLIVED_NS = 100_000_000
_ESCAPED = 1.02


def run_supervised(order: Order, meter: Meter) -> Outcome:
    """Run to the last descendant. Raises CommandNotFound; on an interrupt the tree is killed before it is passed on."""
    spec_read, spec_write = os.pipe()
    result_read, result_write = os.pipe()
    supervisor: subprocess.Popen[bytes] | None = None
    try:
        try:
            supervisor = _start(order, spec_read, result_write)
        finally:
            os.close(spec_read)
            os.close(result_write)
        _send(spec_write, order)
        start, line, end = _follow(spec_write, result_read, meter)
    finally:
        os.close(spec_write)  # where the command still runs this is the order to kill it
        os.close(result_read)
        if supervisor is not None:
            supervisor.wait(_LEAVE_S)
    return _outcome(order, line, start, end)


def _start(order: Order, spec: int, result: int) -> subprocess.Popen[bytes]:
    import subprocess

    if order.cwd is not None and not os.path.isdir(order.cwd):
        raise CommandNotFound(f"{order.cwd}: no such directory to run {order.argv[0]} in")
    # -I -S: the supervisor must be small, for its size is the least peak memory that can be told.
    argv = [sys.executable, "-I", "-S", _SCRIPT, str(spec), str(result)]
    streams = {"stdin": order.stdin, "stdout": order.stdout, "stderr": order.stderr}
    return subprocess.Popen(argv, cwd=order.cwd, pass_fds=(spec, result), **streams)  # type: ignore[call-overload,no-any-return]


def _send(spec: int, order: Order) -> None:
    import json

    env = dict(os.environ if order.env is None else order.env)
    text = json.dumps({"argv": list(order.argv), "env": env, "timeout_s": order.timeout_s}).encode()
    rest = memoryview(len(text).to_bytes(8, "little") + text)
    while rest:
        rest = rest[os.write(spec, rest) :]


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
    import json

    if not line:
        raise GreenlintError(f"{order.argv[0]}: the supervisor of the command was killed")
    report: dict[str, Any] = json.loads(line)
    if report["errno"]:
        raise _not_started(order.argv[0], report["errno"])
    peak_bytes = report["peak_kib"] * 1024
    return Outcome(
        returncode=report["returncode"],
        start=start,
        end=end,
        cpu_ns=max(report["usage_ns"], report["clock_ns"]),
        wall_ns=report["ended_ns"] - report["started_ns"],
        peak_bytes=peak_bytes or None,
        peak_below=report["floor_kib"] * 1024,
        timed_out=report["timed_out"],
        warnings=tuple(_remarks(report)),
    )


def _not_started(program: str, number: int) -> CommandNotFound:
    if number == errno.ENOENT:
        return CommandNotFound(f"{program}: command not found", "is it installed and on PATH?")
    hint = "it has no #! line" if number == errno.ENOEXEC else ""
    return CommandNotFound(f"{program}: cannot be run: {os.strerror(number)}", hint)


def _remarks(report: dict[str, Any]) -> list[str]:
    remarks = []
    if report["orphans"] and report["outlived_ns"] > _OUTLIVED_NS:
        seconds = report["outlived_ns"] / 1e9
        remarks.append(f"{report['orphans']} processes outlived the command, by up to {seconds:.1f} s; they are counted")
    if report["clock_ns"] > report["usage_ns"] * _ESCAPED + 10_000_000:
        remarks.append("some processes were never waited for; their CPU time is counted by perf")
    return remarks
