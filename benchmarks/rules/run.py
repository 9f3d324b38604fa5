"""Measure what the fix of each rule is worth: whole processes, before and after, in interleaved random order.

    python benchmarks/rules/run.py [CODE...] [--rounds 6] [--jobs 1] [--write] [--python python3.13]

For each size in `CODE/sizes.txt` it runs `before.py` and `after.py` in pairs, checks that both print the same, and shows CPU time
of the whole process tree, true peak memory and energy as greenlint's meter gives it (with its mark). Ratios are Hodges-Lehmann
estimates over the paired logarithms with the exact 95 % interval of Wilcoxon's signed ranks. Start-up and set-up are included,
so the ratios are lower bounds. Rules are measured side by side, one on each core; both sides of a pair run on the same one after the
other, so what the other core does is noise to both. `--write` updates CODE/results.jsonl, RESULTS.md and the evidence that greenlint itself carries; rules and versions
of Python that were not measured keep their rows, and so do rules whose packages are not installed.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from greenlint.analysis.stats import hodges_lehmann, median, walsh_interval
from greenlint.model.format import format_quantity
from greenlint.profiler.command import run_command
from greenlint.profiler.meter import Meter
from greenlint.rules.evidence import LEAST_CPU, LEAST_MEMORY

HERE = Path(__file__).parent
SIDES = ("before", "after")
EVIDENCE = HERE.parents[1] / "src" / "greenlint" / "rules" / "evidence.json"
HEAD = """# What the fix of each rule is worth

    python benchmarks/rules/run.py --write

Whole processes, `before.py` against `after.py` of each rule, paired and in random order; start-up and set-up included, so the ratios
are lower bounds. Above 1 the fix helps. Interval: 95 %, exact, distribution-free. Energy is marked with how it came about: an
estimate is CPU time times a power model, so its ratio says no more than that of the CPU time. The size is explained at the
top of each `before.py`. Where the interval of the CPU ratio touches 1.0, or the ratio is below 1.05, and memory does not fall by
5 %, no effect is claimed.

| rule | size | Python | CPU s, before → after | CPU ratio, interval | peak MB, before → after | energy, before → after | effect |
| --- | --: | --- | --- | --- | --- | --- | --- |
"""


class NotMeasured(Exception):
    """A script failed or the two sides print different things."""


class Bench(NamedTuple):
    """How to measure: the interpreter of the scripts, and the meter."""

    python: str
    version: str
    meter: Meter
    rounds: int


def run_once(script: Path, size: str, bench: Bench) -> dict[str, Any]:
    """CPU seconds, peak bytes, joules and output of one process."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        done = run_command([bench.python, str(script), size], meter=bench.meter, stdout=out, stderr=err)
        out.seek(0)
        err.seek(0)
        if done.returncode:
            lines = err.read().decode("utf-8", "replace").strip().splitlines()
            raise NotMeasured(lines[-1] if lines else f"{script.name} ended with {done.returncode}")
        energy = done.measurement.energy
        joules = energy.energy_j if energy is not None else None
        return {"cpu_s": done.cpu_ns / 1e9, "peak_bytes": done.peak_bytes, "energy_j": joules, "output": out.read()}


def measure(folder: Path, size: str, bench: Bench) -> dict[str, Any]:
    """The paired rounds of one rule at one size."""
    runs: dict[str, list[dict[str, Any]]] = {side: [] for side in SIDES}
    for _ in range(bench.rounds):
        for side in random.sample(SIDES, 2):
            runs[side].append(run_once(folder / f"{side}.py", size, bench))
    if len({run["output"] for side in SIDES for run in runs[side]}) != 1:
        raise NotMeasured("the outputs differ")
    result: dict[str, Any] = {}
    for quantity in ("cpu_s", "peak_bytes", "energy_j"):
        values = {side: [run[quantity] for run in runs[side]] for side in SIDES}
        if None in values["before"] + values["after"]:
            result[quantity] = None
            continue
        logs = [math.log(max(b, 1e-4) / max(a, 1e-4)) for b, a in zip(values["before"], values["after"])]
        result[quantity] = {
            **{side: median(values[side]) for side in SIDES},
            "ratio": math.exp(hodges_lehmann(logs)),
            "interval": [math.exp(bound) for bound in walsh_interval(logs)],
        }
    return result


def entry(folder: Path, size: str, bench: Bench) -> dict[str, Any]:
    """What results.jsonl holds about one rule at one size."""
    facts = {
        "code": folder.name,
        "size": int(size),
        "rounds": bench.rounds,
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
        "python": bench.version,
        "machine": bench.meter.machine.machine_class,
        "load": round(os.getloadavg()[0], 1),
        "command": f"python benchmarks/rules/run.py {folder.name} --rounds {bench.rounds}",
        "energy_mark": f"{bench.meter.method.mark} · {bench.meter.provider}",
    }
    try:
        return {**facts, **measure(folder, size, bench)}
    except NotMeasured as error:
        return {**facts, "not_measured": str(error)}


def effect(result: dict[str, Any]) -> str:
    """What may be claimed: less CPU time, less memory, both or nothing."""
    cpu, peak = result["cpu_s"], result["peak_bytes"]
    found = []
    if cpu["interval"][0] > 1 and cpu["ratio"] >= LEAST_CPU:
        found.append("CPU")
    if peak is not None and peak["interval"][0] > LEAST_MEMORY:
        found.append("memory")
    if cpu["interval"][1] < 1:
        found.append("a little more CPU")
    return " and ".join(found) or "no measurable effect"


def row(result: dict[str, Any]) -> str:
    """One row of RESULTS.md."""
    head = f"| {result['code']} | {result['size']:,} | {'.'.join(map(str, minor(result)))} | "
    if "not_measured" in result:
        return f"{head}not measured: {result['not_measured']} | | | | |"
    cpu, peak, energy = result["cpu_s"], result["peak_bytes"], result["energy_j"]
    low, high = cpu["interval"]
    memory = f"{peak['before'] / 1e6:.0f} → {peak['after'] / 1e6:.0f}" if peak else "unknown"
    joules = "unmeasured"
    if energy:
        joules = f"{format_quantity(energy['before'], 'J')} → {format_quantity(energy['after'], 'J')} ({result['energy_mark']})"
    return (
        f"{head}{cpu['before']:.3f} → {cpu['after']:.3f} | {cpu['ratio']:.2f} [{low:.2f}, {high:.2f}] | {memory} | {joules} "
        f"| {effect(result)} |"
    )


def minor(result: dict[str, Any]) -> tuple[int, int]:
    """(3, 11) of a result's "CPython 3.11.7"."""
    first, second = result["python"].split()[1].split(".")[:2]
    return int(first), int(second)


def every_result() -> list[dict[str, Any]]:
    """All kept measurements."""
    lines = [line for path in sorted(HERE.glob("GL*/results.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return sorted(map(json.loads, lines), key=lambda result: (result["code"], result["size"], minor(result)))


def write(results: list[dict[str, Any]]) -> None:
    """Put the measurements of one rule into its folder; that nothing was measured is worth a row where there is no other."""
    code, now = results[0]["code"], minor(results[0])
    known = [old for old in every_result() if old["code"] == code]
    kept = [old for old in known if minor(old) != now]
    if all("not_measured" in result for result in results) and (kept or any("not_measured" not in old for old in known)):
        return
    both = sorted([*kept, *results], key=lambda result: (minor(result), result["size"]))
    text = "".join(json.dumps(result) + "\n" for result in both)
    (HERE / code / "results.jsonl").write_text(text, encoding="utf-8")


def write_page() -> None:
    """RESULTS.md, from every results.jsonl there is."""
    every = every_result()
    sessions = sorted({f"{r['python']}, {r['machine']}, {r['date']}, {r['rounds']} rounds" for r in every})
    loads = [r["load"] for r in every]
    foot = "\nMeasured on: " + "; ".join(sessions) + f". Load {min(loads)} to {max(loads)} (the harness itself is 1 of it).\n"
    assets = "\nAsset rules are measured in bytes and time: [RESULTS-assets.md](RESULTS-assets.md).\n"
    (HERE / "RESULTS.md").write_text(HEAD + "\n".join(map(row, every)) + "\n" + foot + assets, encoding="utf-8")


def write_evidence() -> None:
    """What `greenlint rule` shows and selection asks: one line a rule, so that two measurements seldom touch the same one."""
    by_code: dict[str, list[list[Any]]] = {}
    for result in every_result():
        if "not_measured" not in result:
            cpu, peak = result["cpu_s"], result["peak_bytes"] or {}
            memory = [peak.get("before"), peak.get("after"), *peak.get("interval", [None, None])]
            figures = [cpu["before"], cpu["after"], cpu["ratio"], *cpu["interval"]]
            where = [result["python"], result["size"], result["machine"], result["date"]]
            by_code.setdefault(result["code"], []).append([*where, [round(n, 4) for n in figures], memory])
    lines = [f"{json.dumps(code)}: {json.dumps(rows, separators=(',', ':'))}" for code, rows in sorted(by_code.items())]
    EVIDENCE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def version_of(python: str) -> str:
    """ "CPython 3.13.0" of an interpreter."""
    program = "import platform; print(platform.python_implementation(), platform.python_version())"
    return subprocess.run([python, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def main() -> None:
    """Measure the chosen rules and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("codes", nargs="*", metavar="CODE")
    parser.add_argument("--rounds", type=int, default=6, help="pairs per size; 6 or more give a 95 %% interval")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="rules measured at a time (default: one a core)")
    parser.add_argument("--write", action="store_true", help="update CODE/results.jsonl and RESULTS.md")
    parser.add_argument("--python", default=sys.executable, help="the interpreter that runs the scripts")
    arguments = parser.parse_args()
    folders = {path.parent.name: path.parent for path in sorted(HERE.glob("GL*/before.py"))}
    unknown = [code for code in arguments.codes if code not in folders]
    if unknown:
        parser.error(f"no benchmark folder with before.py for {', '.join(unknown)}; there are {', '.join(folders)}")
    print(HEAD.rsplit("\n\n", 1)[1], end="", flush=True)
    plan = Plan(arguments.python, version_of(arguments.python), arguments.rounds)
    chosen = [folders[code] for code in arguments.codes or folders]
    with ProcessPoolExecutor(max(1, arguments.jobs)) as workers:
        for results in workers.map(measure_rule, chosen, [plan] * len(chosen)):
            print("\n".join(map(row, results)), flush=True)
            if arguments.write:
                write(results)
    if arguments.write:
        write_page()
        write_evidence()


class Plan(NamedTuple):
    """What every worker is to do: the interpreter of the scripts, its version, pairs per size."""

    python: str
    version: str
    rounds: int


def measure_rule(folder: Path, plan: Plan) -> list[dict[str, Any]]:
    """All sizes of one rule, in a worker."""
    with Meter.open() as meter:
        bench = Bench(plan.python, plan.version, meter, plan.rounds)
        return [entry(folder, size, bench) for size in (folder / "sizes.txt").read_text(encoding="utf-8").split()]


if __name__ == "__main__":
    main()
