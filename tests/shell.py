"""Runs the real command as a user's shell does, for the tests of every folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def greenlint(
    *arguments: str, cwd: Path, before: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `greenlint ARGUMENTS` in `cwd`; `before` runs in the new process."""
    return subprocess.run(
        [sys.executable, "-m", "greenlint", *arguments],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        preexec_fn=before,
        check=False,
    )


def without_root() -> None:
    """As `before`: root meets permission bits as everybody else does, without the two capabilities that stand above them."""
    if os.geteuid() != 0:
        return
    import ctypes

    drop_from_bounding_set, override, read_search = 24, 1, 2  # linux/prctl.h, linux/capability.h
    for capability in (override, read_search):
        if ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0) != 0:
            raise OSError("prctl refuses to give up a capability")


def slowness() -> float:
    """How many times slower this machine is now than where time limits were set (8 ms of CPU to start Python); at least 1."""
    program = "import time; print(time.process_time())"
    best = min(
        float(subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True).stdout) for _ in range(5)
    )
    return max(1.0, best / 0.008)
