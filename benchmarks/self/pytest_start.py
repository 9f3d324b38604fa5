"""What `pytest --energy` costs to start, on a machine whose neighbours come and go.

    python benchmarks/self/pytest_start.py [--minutes 8] [--slower 1.1 1.2 1.5 9]

CPU milliseconds of the whole process and of what it starts (git tells the commit), for one test in a git repository, in rounds of
random order. Neighbours only ever add time, up to a half from one second to the next, so a bare `python -I -c pass` before and after
each run says how fast the machine is there: each line takes the runs beside which neither was slower than so many times the quickest of
all, which had the machine almost for themselves (with 9, nearly all runs). Differences are those of medians; intervals: 95 %,
bootstrap. "bare again" is the noise. Goals were set where a bare Python took 9 ms.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from pytest_overhead import VARIANTS, bare_python, cpu, make_repository

DRAWS = 1000
FEWEST = 8


class Run(NamedTuple):
    """CPU seconds of one run, and of the slower one of the bare Pythons before and after it."""

    seconds: float
    beside: float


def more(runs: list[float], bare: list[float]) -> str:
    """The difference of the medians and the bounds of its interval, ms."""
    if min(len(runs), len(bare)) < FEWEST:
        return f"fewer than {FEWEST} runs"
    draws = sorted(
        statistics.median(random.choices(runs, k=len(runs))) - statistics.median(random.choices(bare, k=len(bare)))
        for _ in range(DRAWS)
    )
    found = statistics.median(runs) - statistics.median(bare)
    return f"{1e3 * found:.1f} [{1e3 * draws[DRAWS // 40]:.1f}, {1e3 * draws[-DRAWS // 40]:.1f}]"


def measure(minutes: float) -> dict[str, list[Run]]:
    """The runs of each variant."""
    runs: dict[str, list[Run]] = {label: [] for label in VARIANTS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_repository(name)
        (folder / "test_one.py").write_text("def test_one(): pass\n")
        for options in VARIANTS.values():
            cpu(folder, options)
        before = bare_python()
        end = time.monotonic() + 60 * minutes
        while time.monotonic() < end:
            for label in random.sample(list(VARIANTS), len(VARIANTS)):
                seconds = cpu(folder, VARIANTS[label])
                after = bare_python()
                runs[label].append(Run(seconds, max(before, after)))
                before = after
    return runs


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--slower", type=float, nargs="+", default=[1.1, 1.2, 1.5, 9])
    arguments = parser.parse_args()
    runs = measure(arguments.minutes)
    quickest = min(run.beside for each in runs.values() for run in each)
    print(f"Python {sys.version.split()[0]}, a bare one took {1e3 * quickest:.1f} ms at best; {len(runs['bare'])} rounds;")
    print("ms of CPU more than bare pytest [95 % interval]\n")
    print("| bare Python at most | runs | " + " | ".join([*list(VARIANTS)[1:], "bare pytest"]) + " |")
    print("| --: | --: |" + " --- |" * len(VARIANTS))
    for slower in arguments.slower:
        calm = {label: [run.seconds for run in each if run.beside <= slower * quickest] for label, each in runs.items()}
        cells = [more(calm[label], calm["bare"]) for label in list(VARIANTS)[1:]]
        cells.append(f"{1e3 * statistics.median(calm['bare']):.0f}" if calm["bare"] else "-")
        print(f"| {slower:g} times the best | {min(map(len, calm.values()))} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
