"""A busy second against a slept one: dynamic energy by a live counter that feels this machine's load, and by the model.

python benchmarks/energy/busy_sleep.py [--rounds 3]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from itertools import pairwise

from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.testing import CounterTree, Zone

IDLE_W, PER_CPU_W = 20.0, 15.0


def burn(seconds: float) -> None:
    """Keep one CPU busy for so much CPU time."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def compare(meter: Meter, name: str) -> bool:
    """One second of each; prints a line and says whether the ratio is at least 10."""
    readings = [meter.read()]
    for action in (time.sleep, burn):
        action(1.0)
        readings.append(meter.read())
    slept, busy = (meter.energy(start, end) for start, end in pairwise(readings))
    ratio = busy.energy_j / slept.energy_j if slept.energy_j else float("inf")
    low, high = busy.interval
    idle = meter.idle
    print(
        f"| {name} | {busy.energy_j:.3f} [{low:.3f}, {high:.3f}] {busy.method.mark} | {slept.energy_j:.4f} | {ratio:.0f} "
        f"| {idle.watts:.2f} ± {idle.u_watts:.2f} ({idle.origin}) |",
        flush=True,
    )
    return ratio >= 10


def main() -> int:
    """1 when a ratio is below 10."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    good = True
    print(f"counter: {IDLE_W} W at rest, {PER_CPU_W} W per busy CPU of this machine; load {os.getloadavg()[0]:.1f}\n")
    print("| provider | busy 1 s, J | sleep 1 s, J | ratio | idle power, W |\n| --- | --- | --- | --- | --- |")
    for _ in range(rounds):
        with (
            tempfile.TemporaryDirectory() as folder,
            CounterTree(folder, [Zone(watts=IDLE_W, per_cpu_w=PER_CPU_W)]),
            Meter.open(RaplPowercap(folder)) as meter,
        ):
            good &= compare(meter, meter.provider)
        with Meter.open("model") as meter:
            good &= compare(meter, meter.provider)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
