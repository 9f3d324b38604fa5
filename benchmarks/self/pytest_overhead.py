"""What the plug-in costs: trivial tests under bare pytest, installed but off, and with `--energy`.

    python benchmarks/self/pytest_overhead.py [--rounds 40] [--tests 1000 10000] [-- PYTEST OPTION...]

CPU seconds of the whole process and of what it starts (git tells the commit), in a git repository, in interleaved rounds of
random order. Start-up is the median of the paired differences with a single test; the cost of a test is that of a suite less
start-up, divided by its tests. "bare again" is the noise. How fast the machine is while this runs shows in the CPU time of a bare
`python -I -c pass`, which stands above the table: the goals were set where that was 9 ms. Options after `--` make one more variant of them
(`-- --energy -p other`).
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BARE = ["-p", "no:greenlint"]
VARIANTS = {
    "bare": BARE,
    "bare again": BARE,
    "installed, off": [],
    "--energy": ["--energy"],
    "--energy, no ledger": ["--energy", "--energy-ledger=off"],
}


def cpu(folder: Path, options: list[str]) -> float:
    """CPU seconds of one run."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def bare_python() -> float:
    """CPU seconds of `python -I -c pass`."""
    process = subprocess.Popen([sys.executable, "-I", "-c", "pass"])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def differences(
    folder: Path, variants: dict[str, list[str]], tests: int, rounds: int, starts: list[float]
) -> dict[str, list[float]]:
    """CPU seconds more than bare, by variant, one value a round; adds what a bare Python took to `starts`."""
    (folder / "test_many.py").write_text("".join(f"def test_{n}(): pass\n" for n in range(tests)))
    for options in variants.values():
        cpu(folder, options)
    found: dict[str, list[float]] = {label: [] for label in variants}
    for _ in range(rounds):
        used = {label: cpu(folder, variants[label]) for label in random.sample(list(variants), len(variants))}
        for label, seconds in used.items():
            found[label].append(seconds - used["bare"])
        starts.append(bare_python())
    return found


def make_repository(folder: str) -> None:
    """A repository with a commit, as projects are: the plug-in asks git for it."""
    who = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"]
    for command in (["init", "--quiet"], [*who, "commit", "--quiet", "--allow-empty", "--message", "first"]):
        subprocess.run(["git", "-C", folder, *command], check=True)


def interval(values: list[float]) -> tuple[float, float, float]:
    """Median and the bounds of its 95 % interval by order statistics."""
    ordered, size = sorted(values), len(values)
    reach = int(size / 2 - 0.98 * size**0.5)
    low = max(0, reach)
    return statistics.median(ordered), ordered[low], ordered[size - 1 - low]


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--tests", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("options", nargs="*")
    arguments = parser.parse_args()
    variants = {**VARIANTS, **({" ".join(arguments.options): arguments.options} if arguments.options else {})}
    load, starts = os.getloadavg()[0], list[float]()
    with tempfile.TemporaryDirectory() as name:
        make_repository(name)
        found = {n: differences(Path(name), variants, n, arguments.rounds, starts) for n in (1, *arguments.tests)}
    print(
        f"Python {sys.version.split()[0]}, {arguments.rounds} paired rounds, load {load:.1f} before; "
        f"a bare Python takes {1e3 * statistics.median(starts):.1f} ms; median [95 % interval]\n"
    )
    print("| variant | start-up, ms | " + " | ".join(f"µs a test of {n}" for n in arguments.tests) + " |")
    print("| --- |" + " --- |" * (1 + len(arguments.tests)))
    for label in list(variants)[1:]:
        start = interval(found[1][label])
        cells = ["{:.1f} [{:.1f}, {:.1f}]".format(*(1e3 * value for value in start))]
        for n in arguments.tests:
            cells.append("{:.0f} [{:.0f}, {:.0f}]".format(*(1e6 * (v - start[0]) / n for v in interval(found[n][label]))))
        print(f"| {label} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
