"""Two processes under load beside whatever else runs here: attributed energy against their true CPU shares.

python benchmarks/energy/two_processes.py [--rounds 3] [--seconds 3]

The counter is live and feels the load of the whole machine, so the true energy of a process above idle is its CPU time times
the watts of a busy CPU.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time

from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.testing import CounterTree, Zone
from greenlint.testing.duty import Duty, run_together

IDLE_W, PER_CPU_W = 20.0, 15.0
DUTIES = (Duty(0.030, 0.002), Duty(0.020, 0.040))


def one_round(seconds: float) -> bool:
    """Print a line for each process; False when one is off by more than 10 %."""
    good = True
    with (
        tempfile.TemporaryDirectory() as folder,
        CounterTree(folder, [Zone(watts=IDLE_W, per_cpu_w=PER_CPU_W)]),
        Meter.open(RaplPowercap(folder)) as meter,
    ):
        meter.start_timeline(0.05)
        time.sleep(1.0)
        start = meter.read()
        used_ns = run_together(DUTIES, seconds)
        end = meter.read()
        for name, cpu_ns in zip("AB", used_ns):
            energy, truth_j = meter.energy_of(start.t_ns, end.t_ns, cpu_ns), PER_CPU_W * cpu_ns / 1e9
            low, high = energy.interval
            good &= abs(energy.energy_j / truth_j - 1) <= 0.10
            print(
                f"| {name} | {cpu_ns / 1e9:.2f} | {cpu_ns / sum(used_ns):.1%} | {truth_j:.2f} "
                f"| {energy.energy_j:.2f} [{low:.2f}, {high:.2f}] | {energy.energy_j / truth_j - 1:+.1%} "
                f"| {meter.idle.watts:.2f} ± {meter.idle.u_watts:.2f} |",
                flush=True,
            )
    return good


def main() -> int:
    """1 when an energy is off by more than 10 %."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0)
    arguments = parser.parse_args()
    print(f"counter: {IDLE_W} W at rest, {PER_CPU_W} W per busy CPU of this machine; load {os.getloadavg()[0]:.1f}\n")
    print(
        "| process | CPU s | share | true J | attributed J | error | idle power, W |\n| --- | --- | --- | --- | --- | --- | --- |"
    )
    results = [one_round(arguments.seconds) for _ in range(arguments.rounds)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
