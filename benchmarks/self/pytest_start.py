"""What `pytest --energy` costs to start, on a machine whose neighbours come and go.

    python benchmarks/self/pytest_start.py [--minutes 6] [--shares 0.02 0.05 0.1 0.5]

CPU milliseconds of the whole process and of what it starts (git tells the commit), for one test in a git repository, in rounds of
random order. Neighbours only ever add time, up to a half from one second to the next, and more to longer processes, so that medians tell of
them: each line takes the same quantile of all runs of either side, the calmest of which tell of the program. Intervals: 95 %, bootstrap
over the rounds. "bare again" is the noise, and a bare `python -I -c pass` says how fast the machine is: goals were set where it took 9 ms.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from pytest_overhead import VARIANTS, bare_python, cpu, make_repository

DRAWS = 1000


def quantile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return sorted(values)[int(share * len(values))]


def more(values: list[float], bare: list[float], share: float) -> tuple[float, float, float]:
    """The difference of the two quantiles, and the bounds of its interval, ms."""
    draws = []
    for _ in range(DRAWS):
        chosen = random.choices(range(len(bare)), k=len(bare))
        draws.append(quantile([values[n] for n in chosen], share) - quantile([bare[n] for n in chosen], share))
    found = quantile(values, share) - quantile(bare, share)
    return 1e3 * found, 1e3 * quantile(draws, 0.025), 1e3 * quantile(draws, 0.975)


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=6)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.02, 0.05, 0.1, 0.5])
    arguments = parser.parse_args()
    runs: dict[str, list[float]] = {label: [] for label in VARIANTS}
    starts = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_repository(name)
        (folder / "test_one.py").write_text("def test_one(): pass\n")
        for options in VARIANTS.values():
            cpu(folder, options)
        end = time.monotonic() + 60 * arguments.minutes
        while time.monotonic() < end:
            for label in random.sample(list(VARIANTS), len(VARIANTS)):
                runs[label].append(cpu(folder, VARIANTS[label]))
            starts.append(bare_python())
    print(f"Python {sys.version.split()[0]}, {len(starts)} rounds; ms of CPU more than bare pytest [95 % interval]\n")
    print("| share of the runs | " + " | ".join([*list(VARIANTS)[1:], "bare pytest", "bare Python"]) + " |")
    print("| --: |" + " --- |" * (len(VARIANTS) + 1))
    for share in arguments.shares:
        cells = ["{:.1f} [{:.1f}, {:.1f}]".format(*more(runs[label], runs["bare"], share)) for label in list(VARIANTS)[1:]]
        cells += [f"{1e3 * quantile(runs['bare'], share):.0f}", f"{1e3 * quantile(starts, share):.1f}"]
        print(f"| {share:.0%} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
