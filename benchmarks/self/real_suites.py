"""Run real test suites with and without `--energy` and compare every outcome.

    python benchmarks/self/real_suites.py SUITE_FOLDER... [--rounds 3]

Each SUITE_FOLDER is the unpacked source distribution of a package; what its tests need must be installed in this environment.
Prints a Markdown table: tests, outcomes that differ (must be 0), CPU seconds without and with, and what a test costs more.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree


def run(folder: Path, *options: str) -> tuple[dict[str, str], float, int]:
    """Outcome by test, CPU seconds of the process tree, exit code."""
    with tempfile.TemporaryDirectory() as temporary:
        report = Path(temporary) / "junit.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *options]
        before = os.times()
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        if not report.exists():
            sys.exit(f"{folder.name}: pytest wrote no report: {done.stdout.decode()[-500:]}{done.stderr.decode()[-500:]}")
        outcomes = {}
        for case in ElementTree.parse(report).iter("testcase"):
            kinds = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
            outcomes[f"{case.get('classname')}::{case.get('name')}"] = kinds[0] if kinds else "passed"
        return outcomes, cpu, done.returncode


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print(
        f"Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} before, {arguments.rounds} interleaved rounds, medians\n"
    )
    print("| suite | tests | not passed | outcomes that differ | exit codes | CPU s without | CPU s with | µs more per test |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for folder in arguments.folders:
        pairs = [(run(folder), run(folder, "--energy", "--energy-ledger=off")) for _ in range(arguments.rounds)]
        (plain, _, code), (measured, _, energy_code) = pairs[0]
        differ = sum(plain.get(name) != measured.get(name) for name in plain.keys() | measured.keys())
        without, with_ = (statistics.median(pair[i][1] for pair in pairs) for i in (0, 1))
        more = statistics.median(pair[1][1] - pair[0][1] for pair in pairs) / max(1, len(plain)) * 1e6
        bad = sum(outcome in ("failure", "error") for outcome in plain.values())
        print(
            f"| {folder.name} | {len(plain)} | {bad} | {differ} | {code} / {energy_code} | {without:.2f} | {with_:.2f} | {more:.0f} |"
        )


if __name__ == "__main__":
    main()
