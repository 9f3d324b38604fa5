"""Time greenlint beside other tools in one interleaved run: wall, CPU of the whole process tree, per tool and as ratios.

    python benchmarks/self/compare_tools.py PROJECT [--rounds 5] [--slow] [--tools DIR]

`--tools DIR` is the bin folder of an environment with ruff, vulture, pylint + perflint, refurb and fixit; `--slow` adds the last
three, pylint once with perflint's checks alone and once with all, each in one run with all the cores it can use. Findings are
counted by lines of output. Every round runs each tool once, in random order; the ratio is the median of the ratios of the rounds.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUFF = ("check", "--isolated", "-q", "--exit-zero", "--output-format", "concise", "--select", "PERF,C4,FURB,SIM")


def tools(project: str, binaries: str, caches: Path) -> dict[str, list[str]]:
    """Command lines by label; warm runs have caches of their own."""
    ruff, greenlint = os.path.join(binaries, "ruff"), os.path.join(os.path.dirname(sys.executable), "greenlint")
    plain = [greenlint, "check", "--output-format", "concise", "--exit-zero", "-q", "--ignore", "GLA"]
    return {
        "greenlint cold": [*plain, "--no-cache", project],
        "greenlint warm": [*plain, project],
        "greenlint cold, with assets": [*plain[:-2], "--no-cache", project],
        "ruff cold": [ruff, *RUFF, "--no-cache", project],
        "ruff warm": [ruff, *RUFF, "--cache-dir", str(caches / "ruff"), project],
        "vulture": [os.path.join(binaries, "vulture"), project],
    }


def slow_tools(project: str, binaries: str) -> dict[str, list[str]]:
    """pylint with perflint: its eleven checks alone, and as `pylint --load-plugins=perflint` runs; refurb and fixit as they come."""
    plain = [os.path.join(binaries, "pylint"), "--load-plugins=perflint", "-j2", "--recursive=y", project]
    alone = ["--disable=all", "--enable=W8101,W8102,W8201,W8202,R8203,W8204,W8205,W8301,W8401,W8402,W8403"]
    return {
        "perflint's checks in pylint (1 run)": [*plain, *alone],
        "pylint with perflint (1 run)": plain,
        "refurb (1 run)": [os.path.join(binaries, "refurb"), "--quiet", project],
        "fixit (1 run)": [os.path.join(binaries, "fixit"), "lint", project],
    }


def run(command: list[str], cache: Path) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds of the tree of waited-for processes, lines on stdout."""
    environment = {**os.environ, "GREENLINT_CACHE_DIR": str(cache), "NO_COLOR": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed tool has its bytecode
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    if done.returncode not in (0, 1, 3) and "pylint" not in " ".join(command):
        print(f"  {command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-200:]}", file=sys.stderr)
    if b"Traceback" in done.stderr:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1]
        print(f"  {os.path.basename(command[0])} did not finish: {last}", file=sys.stderr)
    return wall, cpu, done.stdout.count(b"\n")


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--tools", default=os.path.dirname(sys.executable))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        caches = Path(folder)
        commands = tools(arguments.project, arguments.tools, caches)
        for command in commands.values():
            run(command, caches / "greenlint")  # file cache of the system, and the warm caches
        results: dict[str, list[tuple[float, float, int]]] = {label: [] for label in commands}
        load = os.getloadavg()[0]
        for _ in range(arguments.rounds):
            for label in random.sample(list(commands), len(commands)):
                results[label].append(run(commands[label], caches / "greenlint"))
        for label, command in (slow_tools(arguments.project, arguments.tools) if arguments.slow else {}).items():
            results[label] = [run(command, caches)]
        shutil.rmtree(caches / "greenlint", ignore_errors=True)
    _print(arguments, results, load)


def _print(arguments: argparse.Namespace, results: dict[str, list[tuple[float, float, int]]], load: float) -> None:
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"Python {version}, {os.cpu_count()} CPUs, load {load:.1f} before, {arguments.rounds} interleaved rounds, medians\n")
    print("| tool | wall s | CPU s | wall / ruff cold | CPU / ruff cold | lines printed |")
    print("| --- | --- | --- | --- | --- | --- |")
    base = results["ruff cold"]
    for label, rows in results.items():
        wall, cpu = (statistics.median(row[i] for row in rows) for i in (0, 1))
        ratios = [statistics.median(a[i] / b[i] for a, b in zip(rows, base)) for i in (0, 1)]
        print(f"| {label} | {wall:.3f} | {cpu:.3f} | {ratios[0]:.2f} | {ratios[1]:.2f} | {rows[0][2]} |")


if __name__ == "__main__":
    main()
