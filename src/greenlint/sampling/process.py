"""Runs a command to its end or to its time limit, with everything that it started; nothing of it stays behind."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
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


class Start(NamedTuple):
    """What to start: arguments, folder, environment."""

    command: Sequence[str]
    cwd: str
    env: Mapping[str, str]


class Started:
    """A command that runs in a process group of its own.

    Output goes to a file: a pipe would be held open by whatever the command leaves running.
    """

    def __init__(self, command: Sequence[str] | str, cwd: str, env: Mapping[str, str], pipes: Sequence[int] = ()) -> None:
        """An argument list, or a text for the shell; `pipes` are handed to it. Raises OSError when it cannot be started."""
        import subprocess

        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        try:
            self.process = subprocess.Popen(
                command,
                shell=isinstance(command, str),
                cwd=cwd,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=self._output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=tuple(pipes),
            )
        except BaseException:
            self._output.close()
            raise

    def end(self, *, timed_out: bool = False) -> Done:
        """End what is left of the group (a worker that hangs, a server that a set-up command started)."""
        import signal

        if hasattr(os, "killpg"):
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass  # nothing is left of it
        else:
            self.process.kill()
        self.process.wait()
        with self._output as output:
            output.seek(max(0, output.seek(0, os.SEEK_END) - _KEPT_BYTES))
            return Done(self.process.returncode, os.fsdecode(output.read()), timed_out)


def run_whole(command: Sequence[str] | str, *, cwd: str, env: Mapping[str, str], timeout_s: float) -> Done:
    """Run an argument list, or a text by the shell, in a process group of its own. Raises OSError when it cannot be started."""
    import subprocess

    started, timed_out = Started(command, cwd, env), True
    try:
        started.process.wait(timeout_s)
        timed_out = False
    except subprocess.TimeoutExpired:
        pass
    finally:
        done = started.end(timed_out=timed_out)
    return done
