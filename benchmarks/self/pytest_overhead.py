"""What the plug-in costs per test: 1,000 trivial tests, bare pytest against installed-but-off and against `--energy`.

    python benchmarks/self/pytest_overhead.py [--rounds 5] [--tests 1000]

CPU seconds of the whole process, interleaved rounds; the figure is the median of the paired differences.
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

VARIANTS = {
    "bare": ["-p", "no:greenlint"],
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


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tests", type=int, default=1000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        body = "".join(f"def test_{n}(): pass\n" for n in range(arguments.tests))
        (folder / "test_many.py").write_text(body)
        load = os.getloadavg()[0]
        rows: dict[str, list[float]] = {label: [] for label in VARIANTS}
        for options in VARIANTS.values():
            cpu(folder, options)
        for _ in range(arguments.rounds):
            for label in random.sample(list(VARIANTS), len(VARIANTS)):
                rows[label].append(cpu(folder, VARIANTS[label]))
    print(
        f"Python {sys.version.split()[0]}, {arguments.tests} tests, {arguments.rounds} paired rounds, load {load:.1f} before\n"
    )
    print("| variant | CPU s | µs more per test than bare |")
    print("| --- | --- | --- |")
    for label, values in rows.items():
        more = statistics.median(a - b for a, b in zip(values, rows["bare"])) / arguments.tests * 1e6
        print(f"| {label} | {statistics.median(values):.3f} | {more:.0f} |")


if __name__ == "__main__":
    main()
