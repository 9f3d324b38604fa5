"""Runs a command and measures its whole process tree: energy, CPU time with orphans, wall time, true peak memory."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from greenlint.errors import GreenlintError
from greenlint.model.measurement import Measurement
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from greenlint.model.energy import Energy
    from greenlint.profiler.meter import Meter
    from greenlint.profiler.reading import Reading


class CommandNotFound(GreenlintError):
    """The command cannot be started; the message says why."""


class Order(NamedTuple):
    """What to run: arguments without a shell, standard streams, folder, environment (None: ours), time limit in s."""

    argv: Sequence[str]
    stdin: IO[bytes] | int | None
    stdout: IO[bytes] | int | None
    stderr: IO[bytes] | int | None
    cwd: str | None
    env: Mapping[str, str] | None
    timeout_s: float | None


class Outcome(NamedTuple):
    """What a runner found out.

    start, end  the meter's readings just before the command began and after its last descendant ended
    cpu_ns      user + system time of the command and all its descendants
    wall_ns     from its start to the end of its last descendant
    peak_bytes  None when it cannot be told, `peak_below` then says what it is certainly below (0: nothing known)
    """

    returncode: int
    start: Reading
    end: Reading
    cpu_ns: int
    wall_ns: int
    peak_bytes: int | None
    peak_below: int
    timed_out: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommandResult:
    """How a command ended and what it used.

    returncode  exit status; negative for the signal that ended it, which `signal` also names
    cpu_ns, wall_ns  whole process tree; from the start to the end of the last descendant
    peak_bytes  peak memory: of the largest process as the kernel counted it, or of all together as sampled, whichever is
                more; None when it cannot be told, `peak_below` then says what it is certainly below (0: nothing known)
    devices     energy of the devices beside the CPU (GPU boards); not part of the measurement's energy
    """

    returncode: int
    signal: int | None
    measurement: Measurement
    cpu_ns: int
    wall_ns: int
    peak_bytes: int | None
    timed_out: bool
    warnings: tuple[str, ...]
    devices: tuple[Energy, ...] = ()
    peak_below: int = 0


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

    On Linux orphans are waited for, so that a program whose parent exits early is counted whole; elsewhere the process
    and the children that it waited for count. At the time limit the whole tree is killed.
    Raises CommandNotFound when it cannot be started.
    """
    order = Order(argv, stdin, stdout, stderr, cwd, env, timeout_s)
    done = _run(order, meter)
    # The command's own CPU time, not ours: the readings are those of the machine, with the tree that was measured put in.
    start, end = done.start._replace(cpu_ns=0), done.end._replace(cpu_ns=done.cpu_ns)
    code = done.returncode
    measurement = Measurement(
        name or " ".join(argv),
        "command",
        meter.energy(start, end, idle="wall"),
        done.wall_ns,
        done.cpu_ns,
        done.peak_bytes,
        "timeout" if done.timed_out else "ok" if code == 0 else "crashed",
        language,
        t0_ns=start.t_ns,
        extra=meter.counted(start, end),
    )
    signal = -code if code < 0 else None
    devices = meter.devices(start, end, idle="wall")
    return CommandResult(
        code,
        signal,
        measurement,
        done.cpu_ns,
        done.wall_ns,
        done.peak_bytes,
        done.timed_out,
        done.warnings,
        devices,
        done.peak_below,
    )


def _run(order: Order, meter: Meter) -> Outcome:
    # A frozen program's executable is the program itself, which would not run our script.
    if sys.platform == "linux" and sys.executable and not getattr(sys, "frozen", False):
        from greenlint.profiler.supervised import run_supervised

        return run_supervised(order, meter)
    from greenlint.profiler.unsupervised import run_unsupervised

    return run_unsupervised(order, meter)
