"""Measure what the fix of each rule is worth: whole processes, before and after, in interleaved random order.

    python benchmarks/rules/run.py [CODE...] [--rounds 5] [--write]

For each size in `CODE/sizes.txt` it runs `before.py` and `after.py`, checks that both print the same, and shows the ratio of CPU
time (Hodges-Lehmann over paired logarithms, with its exact interval) and the peak memory of each process (VmHWM).
`--write` stores the table in RESULTS.md.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
import random
import subprocess
import sys
from pathlib import Path

from greenlint.analysis.stats import hodges_lehmann, median, walsh_interval
from greenlint.profiler.machine import describe_machine

HERE = Path(__file__).parent
CHILD = (
    "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')\n"
    "for line in open('/proc/self/status'):\n    if line.startswith('VmHWM'): sys.stderr.write(line.split()[1])"
)


def run(script: Path, size: str) -> tuple[float, float, str]:
    """CPU seconds, peak memory in MB, and what was printed."""
    before = os.times()
    done = subprocess.run([sys.executable, "-c", CHILD, str(script), size], capture_output=True, text=True, check=False)
    after = os.times()
    if done.returncode or not done.stderr.strip():
        raise RuntimeError((done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1])
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return cpu, int(done.stderr.split()[-1]) / 1000, done.stdout


def measure(folder: Path, size: str, rounds: int) -> str:
    """One row of the table."""
    scripts = {name: folder / f"{name}.py" for name in ("before", "after")}
    runs: dict[str, list[tuple[float, float, str]]] = {name: [] for name in scripts}
    try:
        for _ in range(rounds):
            for name in random.sample(list(scripts), 2):
                runs[name].append(run(scripts[name], size))
    except RuntimeError as error:
        return f"| {folder.name} | {size} | not measured: {error} | | | |"
    if len({output for rows in runs.values() for _, _, output in rows}) != 1:
        return f"| {folder.name} | {size} | the outputs differ | | | |"
    logs = [math.log(max(b[0], 1e-3) / max(a[0], 1e-3)) for b, a in zip(runs["before"], runs["after"])]
    low, high = walsh_interval(logs)
    cpu = {name: median([row[0] for row in rows]) for name, rows in runs.items()}
    peak = {name: median([row[1] for row in rows]) for name, rows in runs.items()}
    ratio = f"{math.exp(hodges_lehmann(logs)):.2f} [{math.exp(low):.2f}, {math.exp(high):.2f}]"
    smaller = peak["after"] < 0.95 * peak["before"]
    verdict = "yes" if low > 0 or smaller else "no measurable effect"
    return (
        f"| {folder.name} | {size} | {cpu['before']:.2f} -> {cpu['after']:.2f} s | {ratio} | "
        f"{peak['before']:.0f} -> {peak['after']:.0f} MB | {verdict} |"
    )


def main() -> None:
    """Measure the chosen rules and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("codes", nargs="*")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    folders = sorted(path.parent for path in HERE.glob("GL*/before.py"))
    lines = [
        f"Python {platform.python_version()}, {describe_machine().machine_class}, load {os.getloadavg()[0]:.1f}, "
        f"{arguments.rounds} paired rounds; CPU of whole processes, start-up and set-up included",
        "",
        "| rule | size | CPU time, before -> after | ratio, interval | peak memory | effect |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for line in lines:
        print(line)
    for folder in folders:
        if not arguments.codes or folder.name in arguments.codes:
            sizes = folder / "sizes.txt"
            for size in (sizes.read_text().split() if sizes.exists() else ["1000"]):
                lines.append(measure(folder, size, arguments.rounds))
                print(lines[-1], flush=True)
    if arguments.write:
        head = "# What the fix of each rule is worth\n\n    python benchmarks/rules/run.py --write\n\n"
        (HERE / "RESULTS.md").write_text(head + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
