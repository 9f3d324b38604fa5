"""Runs one program once: fresh process, no shell, empty standard input, output spooled, the whole tree on the bill."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from greenlint.bench.limits import file_size_limit
from greenlint.bench.status import Status
from greenlint.bench.trial import Trial
from greenlint.model.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.bench.entry import Entry
    from greenlint.bench.output import Spool
    from greenlint.profiler.command import CommandResult
    from greenlint.profiler.meter import Meter

_ERROR_LINES = 20


@dataclass(frozen=True, slots=True)
class Executor:
    """Runs programs under one meter with one time limit."""

    meter: Meter
    timeout_s: float

    def run(self, entry: Entry, spool: Spool, *, round: int = 0, position: int = 1) -> Trial:
        """One run of an implementation; its standard output is left in `spool`, hashed but not yet judged."""
        trial = self.run_argv(entry, entry.argv, spool, self.timeout_s)
        measurement = trial.measurement._replace(
            attempt=round or 1,
            extra={**trial.measurement.extra, "round": str(round), "position": str(position)},
        )
        return replace(trial, round=round, position=position, measurement=measurement)

    def run_argv(self, entry: Entry, argv: Sequence[str], spool: Spool, timeout_s: float) -> Trial:
        """One run of any command in the folder and environment of an implementation."""
        from greenlint.profiler.command import CommandNotFound, run_command

        implementation = entry.implementation
        try:
            with open(os.devnull, "rb") as empty, file_size_limit(spool.stdout):
                result = run_command(
                    argv,
                    meter=self.meter,
                    stdin=empty,
                    stdout=spool.stdout,
                    stderr=spool.stderr,
                    cwd=implementation.cwd or None,
                    env={**os.environ, **implementation.env},
                    timeout_s=timeout_s,
                )
        except CommandNotFound as error:
            return self._unstarted(entry, error.message)
        status, reason = judge_end(result, spool, timeout_s)
        measurement = result.measurement._replace(
            name=implementation.name,
            phase="command",
            language=implementation.language,
            outcome=status.value,
            excluded=reason,
        )
        errors = () if status is Status.OK else spool.error_tail(_ERROR_LINES)
        doubts = (*result.warnings, *(measurement.energy.warnings if measurement.energy else ()))
        return Trial(implementation.name, 0, 1, status, reason, measurement, spool.digest(), spool.size, errors, doubts)

    def _unstarted(self, entry: Entry, reason: str) -> Trial:
        implementation = entry.implementation
        measurement = Measurement(
            implementation.name,
            "command",
            None,
            wall_ns=0,
            cpu_ns=0,
            outcome=Status.CRASHED.value,
            language=implementation.language,
            excluded=reason,
        )
        return Trial(implementation.name, 0, 1, Status.CRASHED, reason, measurement, "", 0)


def judge_end(result: CommandResult, spool: Spool, timeout_s: float) -> tuple[Status, str]:
    """How a run ended, by itself: output is judged elsewhere."""
    if result.timed_out:
        return Status.TIMEOUT, f"not finished after {timeout_s:g} s"
    if result.signal:
        return Status.CRASHED, _with_error(f"killed by {signal_name(result.signal)}", spool)
    if result.returncode != 0:
        return Status.CRASHED, _with_error(f"exit code {result.returncode}", spool)
    return Status.OK, ""


def signal_name(number: int) -> str:
    """ "SIGSEGV" for 11; "signal 99" for one without a name."""
    try:
        name = signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
    return f"{name}, its output grew too large for the disk" if name == "SIGXFSZ" else name


def _with_error(text: str, spool: Spool) -> str:
    line = spool.last_error_line()
    return f"{text}: {line}" if line else text
