"""Does the time of a cold run grow with the size of a project, and no faster?

    python benchmarks/self/linearity.py PROJECT [--parts 6] [--rounds 3] [--plot PLOT.svg]

Nested random samples of a project's Python files, each half of the next one, are linted with all default rules and without a cache, in
random order. CPU time of all processes and memory of the largest one are set against lines of code; the exponent of the power law
through the two ends says how time grows: 1 is linear. The start of Python is taken off (`--version`).
"""

from __future__ import annotations

import argparse
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

GREENLINT = str(Path(sys.executable).with_name("greenlint"))
CHECK = [GREENLINT, "check", "--no-cache", "--exit-zero", "-q", "--ignore", "GLA", "--output-format", "concise"]


class Point(NamedTuple):
    """One sample: files, lines, CPU seconds and megabytes of the largest process (medians)."""

    files: int
    lines: int
    cpu_s: float
    memory_mb: float


def run(command: list[str]) -> tuple[float, float]:
    """CPU seconds and megabytes."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(project: Path, parts: int, rounds: int, scratch: Path) -> list[Point]:
    """Points from the smallest sample to the whole project."""
    files = sorted(path for path in project.rglob("*.py") if path.is_file())
    random.Random(1).shuffle(files)
    sizes = [max(1, len(files) >> step) for step in range(parts)]
    lines: dict[int, int] = {}
    for size in sizes:
        for path in files[:size]:
            target = scratch / str(size) / path.relative_to(project)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        lines[size] = sum(path.read_bytes().count(b"\n") for path in files[:size])
    took: dict[int, list[tuple[float, float]]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size in random.sample(sizes, len(sizes)):
            start, _ = run([GREENLINT, "--version"])
            cpu_s, memory_mb = run([*CHECK, str(scratch / str(size))])
            took[size].append((cpu_s - start, memory_mb))
    return [Point(size, lines[size], *map(statistics.median, zip(*took[size], strict=True))) for size in reversed(sizes)]


def plot(points: list[Point], title: str) -> str:
    """CPU seconds over lines as SVG, with the straight line through the origin and the largest sample."""
    width, height, edge = 640, 400, 60
    most, longest = points[-1].lines, max(point.cpu_s for point in points)
    x = [edge + (width - 2 * edge) * point.lines / most for point in points]
    y = [height - edge - (height - 2 * edge) * point.cpu_s / longest for point in points]
    marks = "".join(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4" fill="#0a7d33"/>' for a, b in zip(x, y, strict=True))
    corner = f'x1="{edge}" y1="{height - edge}"'
    texts = (
        f'<text x="{width / 2}" y="{height - 15}" text-anchor="middle">lines (all: {most:,})</text>'
        f'<text x="15" y="{edge - 20}">CPU s (all: {points[-1].cpu_s:.1f})</text>'
        f'<text x="{width / 2}" y="25" text-anchor="middle">{title}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">'
        f'<rect width="{width}" height="{height}" fill="white"/>'
        f'<line {corner} x2="{width - edge}" y2="{height - edge}" stroke="black"/>'
        f'<line {corner} x2="{edge}" y2="{edge}" stroke="black"/>'
        f'<line {corner} x2="{x[-1]:.1f}" y2="{y[-1]:.1f}" stroke="#999" stroke-dasharray="4"/>{marks}{texts}</svg>\n'
    )


def main() -> None:
    """Print a Markdown table, and write the plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", type=Path)
    parser.add_argument("--parts", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plot", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        points = measure(arguments.project, arguments.parts, arguments.rounds, Path(scratch))
    print("| files | lines | CPU s | CPU s per million lines | largest process, MB | MB per million lines |")
    print("| --: | --: | --: | --: | --: | --: |")
    for point in points:
        millions = point.lines / 1e6
        print(
            f"| {point.files:,} | {point.lines:,} | {point.cpu_s:.2f} | {point.cpu_s / millions:.1f} "
            f"| {point.memory_mb:.0f} | {point.memory_mb / millions:.0f} |"
        )
    first, last = points[0], points[-1]
    print(f"\nexponent {math.log(last.cpu_s / first.cpu_s) / math.log(last.lines / first.lines):.2f}")
    if arguments.plot:
        arguments.plot.write_text(plot(points, f"greenlint, cold, {arguments.project.name}"), encoding="utf-8")


if __name__ == "__main__":
    main()
