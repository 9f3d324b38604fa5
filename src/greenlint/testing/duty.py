"""Programs that work and sleep in turn and say what CPU time they used: a load whose share of a machine is known."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROGRAM = """
import sys, time
busy_s, pause_s, end = float(sys.argv[1]), float(sys.argv[2]), time.monotonic() + float(sys.argv[3])
while time.monotonic() < end:
    until = time.process_time() + busy_s
    while time.process_time() < until: pass
    time.sleep(pause_s)
print(time.process_time_ns())
"""


class Duty(NamedTuple):
    """Seconds of CPU time and of sleep, in turn."""

    busy_s: float
    pause_s: float


def run_together(duties: Sequence[Duty], seconds: float) -> list[int]:
    """Run a process for each duty, all at once, for so many seconds; the CPU time of each, ns."""
    running = [
        subprocess.Popen([sys.executable, "-I", "-S", "-c", _PROGRAM, *map(str, (*duty, seconds))], stdout=subprocess.PIPE)
        for duty in duties
    ]
    return [int(process.communicate()[0]) for process in running]
