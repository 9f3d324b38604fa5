"""Runs the real command as a user's shell does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

WASTE = "def f(handle):\n    return\n    handle.close()\n"
"""One finding: GL107 in line 3."""


def greenlint(
    *arguments: str,
    cwd: Path,
    stdin: bytes = b"",
    before: Callable[[], None] | None = None,
    **environment: str | None,
) -> subprocess.CompletedProcess[bytes]:
    """Run `greenlint ARGUMENTS`; a variable set to None is taken out of the environment, `before` runs in the new process."""
    surroundings = {**os.environ, "NO_COLOR": "1", **environment}
    return subprocess.run(
        [sys.executable, "-m", "greenlint", *arguments],
        cwd=cwd,
        env={name: value for name, value in surroundings.items() if value is not None},
        input=stdin,
        capture_output=True,
        preexec_fn=before,
        timeout=60,
        check=False,
    )


def without_privileges() -> None:
    """As `before`: root meets permission bits as everybody else does, without the two capabilities that stand above them."""
    if os.geteuid() != 0:
        return
    import ctypes

    drop_from_bounding_set, override, read_search = 24, 1, 2  # linux/prctl.h, linux/capability.h
    for capability in (override, read_search):
        if ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0) != 0:
            raise OSError("prctl refuses to give up a capability")


def one_line(result: subprocess.CompletedProcess[bytes]) -> str:
    """The only line of standard error."""
    assert b"Traceback" not in result.stderr + result.stdout
    text = result.stderr.decode("utf-8")
    assert text.count("\n") == 1, text
    assert text.endswith("\n"), text
    return text[:-1]


def found_the_rest(result: subprocess.CompletedProcess[bytes]) -> None:
    """The finding of another file, good.py with WASTE in it, is reported in spite of everything."""
    assert b"Traceback" not in result.stderr + result.stdout
    assert b"good.py:3:5 GL107" in result.stdout
