"""How often the stated 95 % intervals hold the truth, by length of window: simulated machines, then a live counter.

python benchmarks/energy/coverage.py                   simulated: exact, a few seconds, the same figures every time
python benchmarks/energy/coverage.py --live [--machines 40] [--windows 25]
"""

from __future__ import annotations

import argparse
import math
import os
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from greenlint.profiler.busy import Busy
from greenlint.profiler.clock import ProcessTreeClock
from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.testing import CounterTree, Zone
from greenlint.testing.interval_coverage import ALONE, GAIN, LONGEST_S, SHARED, SHORTEST_S, Judged, judge_windows

WATTS = 42.0
BINS = ((0.001, 0.01), (0.01, 0.1), (0.1, 1.01))
HEADER = "| load | value | all | 1-10 ms | 10-100 ms | 0.1-1 s | below limit | median u |\n| --- | --- | --- | --- | --- | --- | --- | --- |"


def row(load: str, kind: str, windows: list[Judged]) -> str:
    """One line of the table: per cent covered, the part printed as "<= x J", and the median relative uncertainty."""
    chosen = [window for window in windows if window.kind == kind]
    parts = [chosen, *([window for window in chosen if low <= window.seconds < high] for low, high in BINS)]
    cells = [f"{100 * sum(window.held for window in part) / max(1, len(part)):.1f} %" for part in parts]
    limits = sum(window.energy.below_limit for window in chosen) / len(chosen)
    widths = sorted(window.energy.u / window.truth_j for window in chosen if window.truth_j > 0)
    width = f"{widths[len(widths) // 2]:.1%}" if widths else "-"
    return f"| {load} | {kind} | {' | '.join(cells)} | {limits:.0%} | {width} |"


def simulate(machines: int, seed: int) -> None:
    """Every load on machines with a unit of 61 µJ, and as many with one of 15.3 µJ."""
    for title, scenes in (("alone", ALONE), ("beside one busy neighbour", SHARED)):
        print(f"\n{title}\n\n{HEADER}")
        for name, scene in scenes.items():
            windows = [
                window
                for unit_uj in (61.035, 15.259)
                for window in judge_windows(scene, machines=machines, seed=seed, unit_uj=unit_uj)
            ]
            for kind in ("total", "own"):
                print(row(name, kind, windows), flush=True)


class Alone(ProcessTreeClock):
    """The clock of this process on a machine where nobody else is: the counter that is read does not feel the others either."""

    def busy_clock(self) -> AloneBusy:  # type: ignore[override]
        """Busy is who we are."""
        return AloneBusy(self)


class AloneBusy:
    """The busy time of a machine that runs this process only."""

    available = True
    resolution_ns = 10_000_000

    def __init__(self, clock: ProcessTreeClock) -> None:
        self._clock = clock

    def read(self) -> Busy:
        """CPU time of this process, in the ticks of a kernel."""
        return Busy(self._clock.read() // self.resolution_ns * self.resolution_ns, 0)

    def close(self) -> None:
        """The clock is closed by its owner."""


def live_machine(number: int, windows: int) -> list[Judged]:
    """Windows on a live counter of files, whose gain is off by an amount drawn for it; log-uniform from 1 ms to 1 s."""
    rng, judged = random.Random(number), []
    gain_error = rng.gauss(0, GAIN)
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        root = os.path.join(folder, "powercap")
        with CounterTree(root, [Zone(watts=WATTS * (1 + gain_error))]), Meter.open(RaplPowercap(root), clock=Alone()) as meter:
            for _ in range(windows):
                time.sleep(rng.uniform(0.0, 0.02))
                start = meter.read()
                time.sleep(math.exp(rng.uniform(math.log(SHORTEST_S), math.log(LONGEST_S))))
                end = meter.read()
                seconds = (end.t_ns - start.t_ns) / 1e9
                judged.append(Judged(seconds, "total", meter.energy(start, end, idle="wall"), WATTS * seconds))
    return judged


def live(machines: int, windows: int, at_once: int) -> None:
    """Several live counters at a time; each keeps one core busy for a few per cent."""
    with ThreadPoolExecutor(at_once) as pool:
        judged = [window for found in pool.map(live_machine, range(machines), [windows] * machines) for window in found]
    print(
        f"\n{len(judged)} windows on {machines} live counters of {WATTS} W, {os.getloadavg()[0]:.1f} processes running\n\n{HEADER}"
    )
    print(row("constant 42 W, live", "total", judged))


def main() -> int:
    """Run one of the two."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--live", action="store_true")
    parser.add_argument("--machines", type=int)
    parser.add_argument("--windows", type=int, default=25)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--seed", type=int, default=2026)
    arguments = parser.parse_args()
    if arguments.live:
        live(arguments.machines or 40, arguments.windows, arguments.at_once)
    else:
        simulate(arguments.machines or 5000, arguments.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
