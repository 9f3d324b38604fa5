"""How much programs on one machine differ in energy per CPU second: from the public raw data of van Kempen et al.

git clone https://github.com/nicovank/Energy-Languages FOLDER && python benchmarks/energy/uneven.py FOLDER

Each run there has the RAPL energy of package and DRAM per second, and its task clock. Idle power is not in the data: the
intercept of a straight line through the programs with many busy CPUs stands in for it.
"""

from __future__ import annotations

import json
import os
import statistics as st
import sys
from typing import Any, NamedTuple

MANY, SHORTEST_S = 30, 3.0
BARE = "| set-up | programs | idle, W | W per busy CPU | relative sd | one busy CPU, W in all | within a run (median, mean) |"


class Program(NamedTuple):
    """Median CPUs busy, median power, W, and the relative scatter of the power over the seconds of each run."""

    cpus: float
    watts: float
    scatters: list[float]


def joules(sample: dict[str, Any]) -> float:
    """Package and DRAM of all sockets."""
    return float(sum(part["pkg"] + part["dram"] for part in sample["energy"]))


def read_program(path: str) -> Program | None:
    """One file holds the runs of one program, a JSON object a line; None for files of another form or short runs."""
    with open(path, encoding="utf-8") as file:
        runs = [json.loads(line) for line in file if line.strip()]
    cpus, watts, scatters = [], [], []
    for run in runs:
        samples = run.get("energy_samples") if isinstance(run, dict) else None
        if not samples or not isinstance(samples[0]["energy"], list) or run["runtime_ms"] < SHORTEST_S * 1e3:
            continue
        seconds = run["runtime_ms"] / 1e3
        cpus.append(run["counters"]["PERF_COUNT_SW_TASK_CLOCK"] / 1e9 / seconds)
        watts.append(sum(map(joules, samples)) / seconds)
        whole = [joules(sample) / sample["duration_ms"] * 1e3 for sample in samples if sample["duration_ms"] > 500]
        if len(whole) >= 4:
            scatters.append(st.pstdev(whole) / st.fmean(whole))
    return Program(st.median(cpus), st.median(watts), scatters) if cpus else None


def describe(name: str, programs: list[Program]) -> str:
    """A line of the table."""
    many = [(one.cpus, one.watts) for one in programs if one.cpus > MANY]
    single = [one.watts for one in programs if 0.9 < one.cpus < 1.1]
    scatters = [value for one in programs if 0.9 < one.cpus < 1.1 for value in one.scatters]
    slope, idle_w = st.linear_regression(*zip(*many))
    each = [(watts - idle_w) / cpus for cpus, watts in many]
    return (
        f"| {name} | {len(many)} | {idle_w:.0f} | {slope:.2f} | {st.pstdev(each) / st.fmean(each):.2f} "
        f"| {min(single):.0f} to {max(single):.0f} ({len(single)} programs) | {st.median(scatters):.1%}, {st.fmean(scatters):.1%} |"
    )


def main() -> None:
    """Print a table of the two set-ups that use all cores."""
    root = os.path.join(sys.argv[1], "data", "osmium")
    print(BARE + "\n| --- | --- | --- | --- | --- | --- | --- |")
    for name in ("docker-default", "docker-no-turbo"):
        paths = [os.path.join(folder, file) for folder, _, files in os.walk(os.path.join(root, name)) for file in files]
        found = [read_program(path) for path in sorted(paths) if "SPEC" not in path]
        print(describe(name, [one for one in found if one]))


if __name__ == "__main__":
    main()
