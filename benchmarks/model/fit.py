"""Fit the power model and write the two data files that greenlint ships. Standard library and greenlint only.

python benchmarks/model/fit.py --specpower CSV --idle-max CSV [--check]

The CSV files hold facts of published SPECpower_ssj2008 results and are not part of this project; `dataset.py` says where
such data comes from. Ends with 1 when tier A misses 15 % at full load, or with --check when the files would change.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from architectures import ARCHITECTURES
from dataset import Server, add_arguments, read_curves, read_idle_full
from fitting import COMMON_FROM, TIERS, fit
from leave_out import LAST_TRAINED, QUANTITIES, Case, coverage, interval, leave_out, mape, newer, paired, pick, tier_errors

import greenlint.profiler

VERSION = "2026.2"
LIMIT = 15.0  # %, mean absolute error of tier A at full load, CPU models left out
CURVE_YEARS = range(2016, 2023)
VCPU_MAX_W = 3.75
CLOUD_THREADS = 96
SOURCE = (
    "Own fit on facts published in SPECpower_ssj2008 results (SPEC, https://www.spec.org/power_ssj2008/results/). SPEC and "
    "SPECpower_ssj are trademarks of the Standard Performance Evaluation Corporation. The figures here are derived and are "
    "not SPEC results."
)
FOLDER = os.path.join(os.path.dirname(greenlint.profiler.__file__), "data")


def main() -> int:
    """Fit, print the error table, write or compare the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--output", default=FOLDER, metavar="FOLDER", help="where the files go instead of into greenlint")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the files would change")
    arguments = parser.parse_args()
    idle_full = read_idle_full(arguments.idle_max)
    curves = [server for server in read_curves(arguments.specpower) if server.year in CURVE_YEARS]
    recent = [server for server in idle_full if server.arch and server.tdp_w and server.year >= COMMON_FROM]
    cases, later = leave_out(recent, idle_full, curves), newer(idle_full, curves)
    print(error_table(cases, later))
    files = {
        "power_model.json": render_model(model(idle_full, curves, cases, later)),
        "cpus.json": render_cpus(processors(idle_full)),
    }
    error = mape(paired(cases, "A", lambda watts: watts[-1]))
    if error > LIMIT:
        print(f"tier A misses full load by {error:.1f} %, more than {LIMIT:g} %: nothing is written", file=sys.stderr)
        return 1
    return store(files, arguments.output, check=arguments.check)


def model(idle_full: list[Server], curves: list[Server], cases: list[Case], later: list[Case]) -> dict[str, Any]:
    """The content of `power_model.json`."""
    table = fit(idle_full, curves)
    recent = [case.server for case in cases]
    cloud = [server.full / server.threads for server in recent if server.threads / server.sockets >= CLOUD_THREADS]
    below = sum(watts <= VCPU_MAX_W for watts in cloud) / len(cloud)
    numbers = {row.name: row for row in ARCHITECTURES}
    for row in table["arch"]:
        architecture = numbers[row["arch"]]
        row["cpuid"] = [list(item) for item in architecture.cpuid]
        if architecture.name_contains:
            row["name_contains"] = architecture.name_contains
    used = [server for server in idle_full if server.arch and server.tdp_w]
    intervals = {tier: {q: interval(tier_errors(cases, later, tier, q)) for q in QUANTITIES} for tier in TIERS}
    return {
        "version": VERSION,
        "source": SOURCE,
        "boundary": "AC power of a whole lean server, shared out per logical CPU",
        "data_from": min(server.date for server in used),
        "data_to": max(server.date for server in used),
        "servers": len(used),
        "curve_servers": len(curves),
        "mape": {tier: {q: _error(cases, tier, q) for q in QUANTITIES} for tier in TIERS},
        "intervals90": {**intervals, "D": {q: [0.3, 1 / 0.3] for q in QUANTITIES}},
        "intervals90_note": f"{len(cases)} results since {COMMON_FROM}, each CPU model left out of its own fit; for C also "
        f"{len(later)} results after {LAST_TRAINED} by a fit on earlier ones; D is a stated convention",
        "vcpu_max_w": VCPU_MAX_W,
        "vcpu_max_note": f"{below:.0%} of the results since {COMMON_FROM} with {CLOUD_THREADS} or more threads a socket need no more per thread",
        **table,
    }


def _error(cases: list[Case], tier: str, quantity: str) -> float:
    return mape(paired(cases, tier, lambda watts: pick(quantity, watts)))


def processors(idle_full: list[Server]) -> dict[str, list[Any]]:
    """Name key -> TDP, W, and logical CPUs of a socket, and architecture."""
    return {
        server.key: [server.tdp_w, round(server.threads / server.sockets), server.arch]
        for server in sorted(idle_full, key=lambda server: server.key)
        if server.arch and server.tdp_w
    }


def error_table(cases: list[Case], later: list[Case]) -> str:
    """Markdown: errors and intervals by tier."""
    lines = [
        f"{len(cases)} results since {COMMON_FROM}, each CPU model left out of its own fit",
        "",
        "| tier | quantity | MAPE % | 90 % interval | covers % |",
        "| --- | --- | --- | --- | --- |",
    ]
    for tier in TIERS:
        for quantity in QUANTITIES:
            low, high = interval(tier_errors(cases, later, tier, quantity))
            error, share = _error(cases, tier, quantity), coverage(cases, later, tier, quantity)
            lines.append(f"| {tier} | {quantity} | {error:.1f} | x{low:.2f} to x{high:.2f} | {100 * share:.0f} |")
    return "\n".join([*lines, ""])


def render_model(content: dict[str, Any]) -> str:
    """JSON with one architecture a line, numbers with four digits, the same bytes on every machine."""
    lines = []
    for key, value in _rounded(content).items():
        if key == "arch":
            rows = ",\n".join(f"  {json.dumps(row)}" for row in value)
            lines.append(f' "arch": [\n{rows}\n ]')
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def render_cpus(content: dict[str, list[Any]]) -> str:
    """JSON with one processor a line."""
    rows = ",\n".join(f" {json.dumps(key)}: {json.dumps(_rounded(value))}" for key, value in content.items())
    return "{\n" + rows + "\n}\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        short = float(f"{value:.4g}")
        return int(short) if short.is_integer() and abs(short) >= 2 else short
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, list) else value


def store(files: dict[str, str], folder: str, *, check: bool) -> int:
    """Write the files, or say which would change."""
    paths = {os.path.join(folder, name): text for name, text in files.items()}
    changed = [path for path, text in paths.items() if _current(path) != text]
    for path in changed:
        print(f"{os.path.basename(path)} {'differs' if check else 'written'}")
        if not check:
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(paths[path])
    if not changed:
        print("both files are up to date")
    return 1 if check and changed else 0


def _current(path: str) -> str:
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except OSError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
