"""What `pytest --energy` costs to start, stage by stage, on a machine whose neighbours come and go.

    python benchmarks/self/pytest_start.py [--minutes 6] [--shares 0.1 0.2 0.5]

CPU milliseconds of the process and of what it starts (git tells the commit), for one test in a git repository, in rounds of random
order. Neighbours only ever add time, up to a half from one second to the next: too much for 30 ms of 230. So a run is cut into the stages
that pytest goes through, of a few ms each, of which the same quantile of all runs of either side is compared: a low one tells of stages
that had the machine for themselves. The sum over the stages is what is asked for; interval: 95 %, bootstrap over the rounds. "bare
again" is the noise. Goals were set where a bare `python -I -c pass` took 9 ms.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from pytest_overhead import VARIANTS, bare_python, make_repository

STAGES = (
    "imports of pytest and of plug-ins",
    "configuration of plug-ins",
    "begin of the session",
    "collection and test",
    "end of the session",
    "summary",
    "tear-down of plug-ins",
    "exit handlers",
    "end of the process",
)
DRAWS = 500
Run = list[float]
"""CPU seconds of each stage."""


def run(folder: Path, options: list[str]) -> Run:
    """The stages of one run."""
    borders = folder / "borders"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "stage_marks", *options]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "STAGES": str(borders), "PYTHONPATH": str(Path(__file__).parent)}
    process = subprocess.Popen(command, cwd=folder / "project", env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    crossed = [0.0, *map(float, borders.read_text(encoding="utf-8").split()), usage.ru_utime + usage.ru_stime]
    return [after - before for before, after in pairwise(crossed)]


def quantile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return sorted(values)[int(share * len(values))]


def stages(runs: list[Run], share: float) -> Run:
    """The quantile of each stage."""
    return [quantile([one[stage] for one in runs], share) for stage in range(len(STAGES))]


def more(runs: list[Run], bare: list[Run], share: float) -> str:
    """The sum of the differences over all stages, and the bounds of its interval, ms."""
    draws = []
    for _ in range(DRAWS):
        chosen = random.choices(range(len(bare)), k=len(bare))
        sides = [sum(stages([side[n] for n in chosen], share)) for side in (runs, bare)]
        draws.append(1e3 * (sides[0] - sides[1]))
    found = 1e3 * (sum(stages(runs, share)) - sum(stages(bare, share)))
    return f"{found:.1f} [{quantile(draws, 0.025):.1f}, {quantile(draws, 0.975):.1f}]"


def measure(minutes: float) -> tuple[dict[str, list[Run]], list[float]]:
    """The runs of each variant, and what a bare Python took in each round."""
    runs: dict[str, list[Run]] = {label: [] for label in VARIANTS}
    starts = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = folder / "project"
        project.mkdir()
        make_repository(str(project))
        (project / "test_one.py").write_text("def test_one(): pass\n")
        for options in VARIANTS.values():
            run(folder, options)
        end = time.monotonic() + 60 * minutes
        while time.monotonic() < end:
            for label in random.sample(list(VARIANTS), len(VARIANTS)):
                runs[label].append(run(folder, VARIANTS[label]))
            starts.append(bare_python())
    return runs, starts


def main() -> None:
    """Measure and print two Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=6)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.1, 0.2, 0.5])
    arguments = parser.parse_args()
    runs, starts = measure(arguments.minutes)
    others = list(VARIANTS)[1:]
    print(f"Python {sys.version.split()[0]}, {len(starts)} rounds; ms of CPU more than bare pytest [95 % interval]\n")
    print("| quantile of the stages | " + " | ".join([*others, "bare pytest", "bare Python"]) + " |")
    print("| --: |" + " --: |" * (len(others) + 2))
    for share in arguments.shares:
        cells = [more(runs[label], runs["bare"], share) for label in others]
        cells += [f"{1e3 * sum(stages(runs['bare'], share)):.0f}", f"{1e3 * quantile(starts, share):.1f}"]
        print(f"| {share:.0%} | " + " | ".join(cells) + " |")
    share = arguments.shares[0]
    print(f"\n| stage, {share:.0%} | " + " | ".join(["bare pytest, ms", *(f"{label}, ms more" for label in others)]) + " |")
    print("| --- |" + " --: |" * (len(others) + 1))
    bare = stages(runs["bare"], share)
    every = {label: stages(runs[label], share) for label in others}
    for number, stage in enumerate(STAGES):
        differences = [1e3 * (every[label][number] - bare[number]) for label in others]
        print(f"| {stage} | {1e3 * bare[number]:.2f} | " + " | ".join(f"{each:.2f}" for each in differences) + " |")


if __name__ == "__main__":
    main()
