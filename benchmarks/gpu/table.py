"""Replays a recorded GPU trace through the provider `nvml` and prints what it states beside the long-run truth.

python benchmarks/gpu/table.py [TRACE MARKS] [--hz 10]      without arguments: the H200 trace of the tests
"""

from __future__ import annotations

import argparse
import os
import random

from gpu_trace import Mark, Trace, Truth, load, replay, stated

from greenlint.model.energy import format_joules

_DATA = os.path.join(os.path.dirname(__file__), "..", "..", "tests", "profiler", "data")
_LENGTHS_S = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_OFFSETS = 200


def rows_of_phases(trace: Trace, marks: list[Mark], hz: float) -> list[str]:
    """One line per phase: true energy, what is stated, and whether the one lies in the other."""
    truth, source = Truth(trace, marks), replay(trace, pace_s=1 / hz, jitter=0.2)
    lines = ["| phase | s | true J | stated (95 %) | holds |", "| --- | --- | --- | --- | --- |"]
    for mark in marks:
        value, true_j = stated(source, mark.start_ns, mark.end_ns), truth.energy_j(mark.start_ns, mark.end_ns)
        low, high = value.interval
        seconds = (mark.end_ns - mark.start_ns) / 1e9
        holds = "yes" if low <= true_j <= high else "NO"
        lines.append(f"| {mark.name} | {seconds:.2f} | {true_j:.1f} | {format_joules(value)} | {holds} |")
    return lines


def rows_of_lengths(trace: Trace, marks: list[Mark], hz: float) -> list[str]:
    """One line per window length: how many windows at any place are inside, only bounded from above, or missed."""
    truth, source, chance = Truth(trace, marks), replay(trace, pace_s=1 / hz, jitter=0.2), random.Random(1)
    first, last = marks[0].start_ns, marks[-1].end_ns
    lines = ["| window s | windows | `<= x J` | missed | median u |", "| --- | --- | --- | --- | --- |"]
    for length_s in (length for length in _LENGTHS_S if length * 1e9 < last - first):
        bounded, missed, us = 0, 0, []
        for _ in range(_OFFSETS):
            start = chance.randint(first, last - int(length_s * 1e9))
            end = start + int(length_s * 1e9)
            value = stated(source, start, end)
            low, high = value.interval
            missed += not low <= truth.energy_j(start, end) <= high
            bounded += value.below_limit
            us += [] if value.below_limit else [value.u / value.energy_j]
        median = f"{sorted(us)[len(us) // 2]:.1%}" if us else "-"
        lines.append(f"| {length_s:g} | {_OFFSETS} | {bounded} | {missed} | {median} |")
    return lines


def report(trace: Trace, marks: list[Mark], hz: float) -> str:
    """Both tables and the figures they rest on."""
    truth, source = Truth(trace, marks), replay(trace, pace_s=1 / hz)
    source.close()
    units = [f"{kind} {joules:.4g} J per iteration" for kind, joules in truth.per_iteration_j.items()]
    head = [f"{hz:g} reads a second; idle {truth.idle_w:.1f} W; {'; '.join(units)}", *source.facts.values(), ""]
    return "\n".join([*head, *rows_of_phases(trace, marks, hz), "", *rows_of_lengths(trace, marks, hz)])


def main() -> None:
    """Parse the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trace", nargs="?", default=os.path.join(_DATA, "nvml_h200_trace.csv.gz"))
    parser.add_argument("marks", nargs="?", default=os.path.join(_DATA, "nvml_h200_marks.json"))
    parser.add_argument("--hz", type=float, default=10.0)
    options = parser.parse_args()
    print(report(*load(options.trace, options.marks), options.hz))


if __name__ == "__main__":
    main()
