"""What the profiler costs: import, choosing a provider, the two boundaries of a window, and turning a window into energy.

python benchmarks/energy/cost.py [--rounds 15]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.testing import CounterTree, Zone

FOUR_DOMAINS = (Zone("package-0", 40, zones=(Zone("dram", 4),)), Zone("package-1", 30, zones=(Zone("dram", 3),)))
SHARED_MEMORY = "/dev/shm"
IMPORT = """
import os, time
def mib():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
before, start, cpu = mib(), time.perf_counter(), time.process_time()
import greenlint.profiler.meter
print((time.perf_counter() - start) * 1e3, (time.process_time() - cpu) * 1e3, mib() - before)
"""


def row(what: str, unit: str, values: list[float], bar: float | None) -> str:
    """A line of the table: least, median, and the bar."""
    ordered = sorted(values)
    limit = f"{bar:g}" if bar is not None else ""
    return f"| {what} | {unit} | {ordered[0]:.2f} | {statistics.median(ordered):.2f} | {limit} |"


def imports(rounds: int) -> list[tuple[float, ...]]:
    """Wall ms, CPU ms and MiB of importing the meter in a new interpreter; the first run makes the bytecode."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", IMPORT]
    runs = [
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout for _ in range(rounds + 1)
    ]
    return [tuple(map(float, run.split())) for run in runs[1:]]


def choices(root: str, rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds to choose among all providers with a self-check, and once that is remembered for this boot."""
    os.environ["GREENLINT_POWERCAP_ROOT"] = root
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for fresh, values in ((True, took[0]), (False, took[1])):
            start = time.perf_counter()
            meter = Meter.open("auto", fresh=fresh)
            values.append((time.perf_counter() - start) * 1e3)
            if meter.provider != "rapl-powercap":
                raise SystemExit(f"{meter.provider} was chosen, not the simulated counters")
            meter.close()
    return took


def windows(root: str, rounds: int) -> tuple[list[float], list[float]]:
    """Microseconds for two boundaries with four domains, and for the energy of a window."""
    boundaries, energies = [], []
    with Meter.open(RaplPowercap(root)) as meter:
        if len(meter.read().counters) != 4:
            raise SystemExit("not four domains")
        for _ in range(1000 * rounds):
            start = time.perf_counter_ns()
            one, two = meter.read(), meter.read()
            boundaries.append((time.perf_counter_ns() - start) / 1e3)
        for _ in range(100 * rounds):
            start = time.perf_counter_ns()
            meter.energy(one, two)
            energies.append((time.perf_counter_ns() - start) / 1e3)
    return boundaries, energies


def main() -> int:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    place = SHARED_MEMORY if os.path.isdir(SHARED_MEMORY) else None
    with tempfile.TemporaryDirectory(dir=place) as folder, tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        root = os.path.join(folder, "powercap")
        with CounterTree(root, FOUR_DOMAINS):
            checked, remembered = choices(root, rounds)
            boundaries, energies = windows(root, rounds)
    wall, cpu, memory = (list(column) for column in zip(*imports(rounds)))
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}, {rounds} rounds\n")
    print("| what | unit | least | median | at most |\n| --- | --- | --- | --- | --- |")
    print(row("two boundaries of a window, four domains", "µs", boundaries, 25))
    print(row("energy of a window", "µs", energies, None))
    print(row("choose a provider, with self-check", "ms", checked, 80))
    print(row("choose a provider, check remembered", "ms", remembered, None))
    print(row("import greenlint.profiler.meter, wall", "ms", wall, 15))
    print(row("import greenlint.profiler.meter, CPU", "ms", cpu, None))
    print(row("import greenlint.profiler.meter, memory", "MiB", memory, 5))
    return 0


if __name__ == "__main__":
    sys.exit(main())
