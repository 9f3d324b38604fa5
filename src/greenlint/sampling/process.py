"""Runs a command to its end or to its time limit, with everything that it started; nothing of it stays behind."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping, Sequence

_KEPT_BYTES = 1 << 20


class Done(NamedTuple):
    """How a command ended, and the end of its output (standard output and error in the order of writing)."""

    code: int
    output: str
    timed_out: bool = False

    @property
    def last_line(self) -> str:
        """The last line that says something."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        return lines[-1] if lines else "it printed nothing"


def run_whole(command: Sequence[str] | str, *, cwd: str, env: Mapping[str, str], timeout_s: float) -> Done:
    """Run an argument list, or a text by the shell, in a process group of its own.

    Output goes to a file: a pipe would be held open by whatever the command leaves running. Raises OSError when the command
    cannot be started.
    """
    import subprocess

    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            shell=isinstance(command, str),
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        timed_out = False
        try:
            process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            timed_out = True
        finally:
            _kill_group(process)
        output.seek(max(0, output.seek(0, os.SEEK_END) - _KEPT_BYTES))
        return Done(process.returncode, os.fsdecode(output.read()), timed_out)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End what is left of the group: a worker that hangs, a server that a set-up command started."""
    import signal

    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass  # nothing is left of it
    else:
        process.kill()
    process.wait()
