"""A busy machine: processes that work and sleep in turn, as neighbours on a shared runner do, for error_rates.py and sampling_ways.py.

    python benchmarks/gate/load.py 2

Each works for 20 to 400 ms, half of the time in a list that no cache holds, and sleeps for 0 to 200 ms: some 70 % of a CPU.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def neighbours(count: int) -> Iterator[None]:
    """So many of them, for as long as the block runs."""
    started = [subprocess.Popen([sys.executable, __file__, "1", str(number)]) for number in range(count)]
    try:
        yield
    finally:
        for process in started:
            process.kill()
            process.wait()


def work(seed: int) -> None:
    """Until killed, or until the process that started it is gone."""
    draw = random.Random(seed)
    large = list(range(2_000_000))
    parent = os.getppid()
    while os.getppid() == parent:
        end = time.monotonic() + draw.uniform(0.02, 0.4)
        step = draw.choice((1, 4099))
        place = 0
        while time.monotonic() < end:
            for _ in range(2000):
                place = (place + step) % len(large)
                large[place] ^= 1
        time.sleep(draw.uniform(0, 0.2))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        work(int(sys.argv[2]))
    else:
        with neighbours(int(sys.argv[1])):
            sys.stdin.read()
