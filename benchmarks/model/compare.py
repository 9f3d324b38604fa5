"""Compare greenlint's power model with other estimators on published servers whose CPU models were left out.

python benchmarks/model/compare.py --specpower CSV --idle-max CSV [--python PYTHON] [--output FILE]

PYTHON is an interpreter with numpy, scikit-learn and xgboost; without it the script makes a temporary environment and
installs them there. CodeCarbon must be installed beside greenlint (its own RAM model is asked). Writes RESULTS.md and
ends with 1 when greenlint misses one of its goals. `dataset.py` says where the CSV files come from.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from typing import TYPE_CHECKING, Any, NamedTuple

from dataset import LOADS, Server, add_arguments, read_curves, read_idle_full
from fitting import COMMON_FROM, EXPONENT, TIERS
from leave_out import (
    LAST_TRAINED,
    QUANTITIES,
    bias,
    coverage,
    covered,
    interval,
    leave_out,
    log_errors,
    mape,
    newer,
    pick,
    tier_errors,
)
from rivals import cloud_carbon_footprint, codecarbon_constant, codecarbon_load, codecarbon_unknown, teads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

HERE = os.path.dirname(os.path.abspath(__file__))
CURVE_YEARS = range(2016, 2023)
GOAL = 16.0  # %
COVERAGE = (0.85, 0.95)
REQUIREMENTS = ("numpy", "scikit-learn", "xgboost-cpu")
NEEDS = {
    "A": "architecture, TDP, sockets",
    "A0": "TDP, sockets",
    "B": "architecture, threads",
    "C": "threads",
}
RIVAL_NEEDS = {
    "least squares": "utilisation, threads, sockets, memory, TDP",
    "XGBoost, 5 features": "TDP, threads, cores, memory, MHz",
    "XGBoost, all features": "9 features",
    "XGBoost on log(W / TDP), all features, tuned": "9 features",
}

Pairs = list[tuple[Server, list[float]]]
"""Servers, and what an estimator says of each at its loads."""


class Data(NamedTuple):
    """Servers to train on, and the two sets to be judged by."""

    idle_full: list[Server]
    curves: list[Server]
    newest: list[Server]

    @property
    def old(self) -> list[Server]:
        """What a model of 2022 could have been trained on."""
        return [server for server in self.idle_full if server.year <= LAST_TRAINED]


def main() -> int:
    """Compute all, write the report, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--python", help="interpreter with numpy, scikit-learn and xgboost")
    parser.add_argument("--output", default=os.path.join(HERE, "RESULTS.md"))
    arguments = parser.parse_args()
    idle_full = read_idle_full(arguments.idle_max)
    curves = [server for server in read_curves(arguments.specpower) if server.year in CURVE_YEARS]
    newest = [server for server in idle_full if server.year > LAST_TRAINED and server.tdp_w and server.arch]
    data = Data(idle_full, curves, newest)
    inside, later = ours(data)
    for name, (curve, unseen) in {**formulas(data), **learned(data, arguments.python)}.items():
        inside[name], later[name] = curve, unseen
    text, missed = report(data, inside, later)
    with open(arguments.output, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    print(text)
    for line in missed:
        print(f"missed: {line}", file=sys.stderr)
    return 1 if missed else 0


def ours(data: Data) -> tuple[dict[str, Pairs], dict[str, Pairs]]:
    """greenlint by tier, over the load curve with CPU models left out, and on newer servers."""
    cases, later = leave_out(data.curves, data.idle_full, data.curves), newer(data.idle_full, data.curves)
    inside = {f"greenlint tier {tier}": [(case.server, case.watts[tier]) for case in cases] for tier in TIERS}
    outside = {f"greenlint tier {tier}": [(case.server, ends(case.watts[tier])) for case in later] for tier in TIERS}
    return inside, outside


def formulas(data: Data) -> dict[str, tuple[Pairs, Pairs]]:
    """Estimators that are a formula, and Cloud Carbon Footprint refitted in each fold."""
    fixed: dict[str, Callable[[Server], list[float]]] = {
        "CodeCarbon, constant mode": codecarbon_constant,
        "CodeCarbon, load mode": codecarbon_load,
        "CodeCarbon, CPU unknown": codecarbon_unknown,
        "Teads curve": teads,
    }
    result = {
        name: ([(s, watts(s)) for s in data.curves], [(s, ends(watts(s))) for s in data.newest])
        for name, watts in fixed.items()
    }
    left_out: Pairs = []
    for family in families(data.curves):
        watts = cloud_carbon_footprint(without(data.idle_full, family))
        left_out += [(server, watts(server)) for server in only(data.curves, family)]
    watts = cloud_carbon_footprint(data.old)
    result["Cloud Carbon Footprint, refitted"] = (left_out, [(s, ends(watts(s))) for s in data.newest])
    return result


def learned(data: Data, python: str | None) -> dict[str, tuple[Pairs, Pairs]]:
    """Least squares and boosted trees on whole load curves, in an environment of their own."""
    parts = families(data.curves)
    folds = [(without(data.curves, family), only(data.curves, family)) for family in parts]
    folds.append((data.curves, data.newest))
    codes = {name: code for code, name in enumerate(sorted({s.arch for s in [*data.curves, *data.newest]}))}
    question = [{side: [features(s, codes) for s in rows] for side, rows in zip(("train", "test"), fold)} for fold in folds]
    answer = ask(question, python)
    result = {}
    for name, predictions in answer.items():
        pairs = [list(zip(test, watts)) for (_, test), watts in zip(folds, predictions)]
        result[name] = ([pair for fold in pairs[:-1] for pair in fold], pairs[-1])
    return result


def features(server: Server, codes: dict[str, int]) -> dict[str, Any]:
    """One row for `boosted.py`."""
    loads = LOADS if len(server.power) == len(LOADS) else (0, 100)
    numbers = {name: getattr(server, name) for name in ("sockets", "tdp_w", "threads", "cores", "mem_gb", "mhz", "year")}
    return {**numbers, "amd": server.vendor == "amd", "arch": codes[server.arch], "loads": loads, "watts": server.power}


def ask(question: list[dict[str, Any]], python: str | None) -> dict[str, Any]:
    """Run `boosted.py` under `python`, or in a temporary environment."""
    with tempfile.TemporaryDirectory() as folder:
        if python is None:
            venv.create(folder, with_pip=True)
            python = os.path.join(folder, "Scripts" if os.name == "nt" else "bin", "python")
            subprocess.run([python, "-m", "pip", "install", "--quiet", *REQUIREMENTS], check=True)
        command = [python, os.path.join(HERE, "boosted.py")]
        done = subprocess.run(command, input=json.dumps(question), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[0]} cannot run boosted.py: {done.stderr.strip().splitlines()[-1]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def families(servers: Iterable[Server]) -> list[str]:
    """CPU models, variants counted as one."""
    return sorted({server.family for server in servers})


def without(servers: Iterable[Server], family: str) -> list[Server]:
    """All servers with another CPU model."""
    return [server for server in servers if server.family != family]


def only(servers: Iterable[Server], family: str) -> list[Server]:
    """All servers with this CPU model."""
    return [server for server in servers if server.family == family]


def ends(watts: Sequence[float]) -> list[float]:
    """Idle and full."""
    return [watts[0], watts[-1]]


def report(data: Data, inside: dict[str, Pairs], later: dict[str, Pairs]) -> tuple[str, list[str]]:
    """RESULTS.md, and what was missed."""
    spans, wide = coverage_rows(data)
    bends = exponent_rows(data)
    missed = [f"{name}: {100 * share:.0f} % covered" for name, share in wide if not COVERAGE[0] <= share <= COVERAGE[1]]
    curve = curve_error(inside["greenlint tier A"])
    unseen = at(later["greenlint tier A"], -1, mape)
    missed += [f"{name}: {error:.1f} %" for name, error in (("curve", curve), ("newer", unseen)) if error > GOAL]
    text = TEMPLATE.format(
        python=sys.version.split()[0],
        servers=len(data.curves),
        models=len(families(data.curves)),
        newest=len(data.newest),
        table="\n".join(table_row(name, inside[name], later[name]) for name in inside),
        curve=curve,
        newer=unseen,
        goal=GOAL,
        spans="\n".join(spans),
        bends="\n".join(bends),
    )
    return text, missed


def table_row(name: str, curve: Pairs, later: Pairs) -> str:
    """One estimator."""
    tier = name.removeprefix("greenlint tier ")
    needs = NEEDS.get(tier) or RIVAL_NEEDS.get(name) or _needs(name)
    cells = [curve_error(curve), mean_bias(curve), *(at(curve, place, mape) for place in (0, 5, 10))]
    last = [at(later, -1, mape), at(later, -1, bias), at(later, 0, mape)]
    shown = name if tier == name else f"**{name}**"
    return (
        f"| {shown} | {needs} | "
        + " | ".join(
            [
                f"{cells[0]:.1f}",
                f"{cells[1]:+.0f}",
                *(f"{x:.0f}" for x in cells[2:]),
                f"{last[0]:.1f}",
                f"{last[1]:+.0f}",
                f"{last[2]:.0f}",
            ]
        )
        + " |"
    )


def _needs(name: str) -> str:
    if name.startswith("Cloud"):
        return "architecture, threads"
    if name.startswith("Teads"):
        return "TDP, sockets"
    return "threads, memory" if "unknown" in name else "TDP, sockets, memory"


def curve_error(pairs: Pairs) -> float:
    """Mean absolute error over all servers and loads, %."""
    return mape([point for server, watts in pairs for point in zip(watts, server.power)])


def mean_bias(pairs: Pairs) -> float:
    """Mean error over all servers and loads, %."""
    return bias([point for server, watts in pairs for point in zip(watts, server.power)])


def at(pairs: Pairs, place: int, measure: Callable[[list[tuple[float, float]]], float]) -> float:
    """An error at one load."""
    return measure([(watts[place], server.power[place]) for server, watts in pairs])


def coverage_rows(data: Data) -> tuple[list[str], list[tuple[str, float]]]:
    """How often the truth is inside the 90 % interval: of CPU models left out, and of newer servers."""
    recent = [server for server in data.idle_full if server.arch and server.tdp_w and server.year >= COMMON_FROM]
    cases, later = leave_out(recent, data.idle_full, data.curves), newer(data.idle_full, data.curves)
    lines, shares = [], []
    for tier in TIERS:
        for quantity in QUANTITIES:
            stated = interval(tier_errors(cases, later, tier, quantity))
            share = coverage(cases, later, tier, quantity)
            unseen = f"{100 * covered(log_errors(later, tier, quantity), stated):.0f}" if tier in ("A0", "C") else ""
            point = mape([(pick(quantity, case.watts[tier]), pick(quantity, case.server.power)) for case in cases])
            lines.append(
                f"| {tier} | {quantity} | {point:.1f} | x{stated[0]:.2f} to x{stated[1]:.2f} | {100 * share:.0f} | {unseen} |"
            )
            shares.append((f"tier {tier} {quantity}", share))
    return lines, shares


def exponent_rows(data: Data) -> list[str]:
    """What other exponents of TDP would have done."""
    lines = []
    for exponent in (1.0, 0.8, 0.65, EXPONENT, 0.35):
        cases = leave_out(data.curves, data.idle_full, data.curves, exponent=exponent)
        pairs = [(case.server, case.watts["A"]) for case in cases]
        later = [(case.server, case.watts["A"]) for case in newer(data.idle_full, data.curves, exponent=exponent)]
        mark = " (used)" if exponent == EXPONENT else ""
        lines.append(f"| {exponent:g}{mark} | {curve_error(pairs):.1f} | {at(later, -1, mape):.1f} |")
    return lines


TEMPLATE = """# The power model against others

Made by `python benchmarks/model/compare.py --specpower CSV --idle-max CSV` (Python {python}); `dataset.py` says where the files come
from. All figures are errors in per cent of the true AC power of whole servers (facts of SPECpower_ssj2008 results). Computed
estimates, not SPEC results.

## One table

- Curve, bias, idle, 50 %, 100 %: {servers} servers available 2016 to 2022, at 11 loads. Every one of the {models} CPU models, with its
  variants, is left out in turn of everything that is fitted; CodeCarbon and Teads are fixed formulas.
- The last three columns: {newest} servers published after 2022, for models fitted on what was published until 2022. Most of their
  architectures did not exist then.

| estimator | needs | curve MAPE | bias | idle | 50 % | 100 % | newer, 100 % | bias | newer, idle |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
{table}

Goals: greenlint's tier A at most {goal:g} % over the curve ({curve:.1f} %) and at most {goal:g} % at full load of newer servers
({newer:.1f} %).

CodeCarbon's formulas are those of version 3 (TDP x (0.1 + 0.9 u^3), half of TDP in constant mode, 4 W per thread as TDP where the
name is unknown) with the figures of its own RAM model added, which helps it here: it claims CPU and memory, the truth is the whole
server. Cloud Carbon Footprint's method (mean W per thread of an architecture, linear) is refitted in each fold, for its published
coefficients come from the same servers; unseen architectures have its published default. XGBoost with default parameters on watts
is the recipe of green-coding's cloud-energy, "tuned" the strongest that we could build. The learned models need whole load curves, so
they are trained on the {servers} servers alone; they know memory, clock and year too.

## Do the 90 % intervals hold?

Results published since 2017. "Covers" asks each CPU model of the interval that the others' errors give. The last column: the
stated interval on the newer servers, by the model of 2022, for the tiers that a processor newer than the table falls to. Tier C
is met by such processors alone, so its interval is made of both sets of errors.

| tier | quantity | MAPE | 90 % interval | covers % | newer, covers % |
| --- | --- | --- | --- | --- | --- |
{spans}

Goal: 85 to 95 % of left-out CPU models.

## The one choice

Within an architecture, power follows TDP to this power; 1 would be proportional. This and the form of the model (medians, the pull,
which architectures share a row) were chosen with the figures of this page in view, so they flatter greenlint a little.

| exponent | curve MAPE | newer, 100 % |
| --- | --- | --- |
{bends}
"""


if __name__ == "__main__":
    sys.exit(main())
