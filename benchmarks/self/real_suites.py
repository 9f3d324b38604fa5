"""Run real test suites with and without `--energy`, serial and in two workers, and compare every outcome and the totals.

    python benchmarks/self/real_suites.py --prepare FOLDER        # once: pinned versions and their environment
    python benchmarks/self/real_suites.py FOLDER [--rounds 2] [--only click rich]

Each round runs a suite four times: plain, `--energy`, `-n 2` and `--energy -n 2`. Prints a Markdown table, then the tests that
differ. `agree`, `differ` and the 15 % were fixed before the first look. Two things changed after it, and all suites ran anew but for
`flaky`: the ratio of J was first held against the CPU time of whole runs, which under -n 2 is for a good part that of xdist itself
(click: 1.64 against 0.98), now against that of the calls; and tests of rich that -n 2 itself changes were first called flaky.

flaky      a test whose outcome differs between two like runs without greenlint. It is named and not compared.
differ     outcomes and exit codes under `--energy` that are not those of the plain runs, serial and -n 2 each; must be 0.
tests J    the sum of the call energies of all tests, with its 95 % interval (the round with the median CPU time).
agree      each of the two totals lies inside the interval of the other: they agree within the stated error.
J p/s      the ratio of both totals, beside the same ratio of the CPU seconds of all calls without greenlint, which a small
           plug-in (SPY) reads from getrusage. The power model's error is the same in both totals and cancels, so the interval
           says little about this ratio; (!) marks the two differing by more than 15 %.
seen       CPU seconds that greenlint counts for the session per CPU second of its process tree, seen from outside: above 1
           something is counted twice. The start of Python and what comes after the session are outside.
rows       tests in the ledger less test cases of JUnit; modules that skip themselves at collection are cases and no tests.
Exit code 1 when an outcome differs or totals disagree.
"""

from __future__ import annotations

import argparse
import functools
import json
import operator
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from suite_sources import SUITES, Suite, prepare

from greenlint.model.energy import Energy, format_joules

MODES = {"serial": [], "parallel": ["-n", "2"]}
LIMIT = 0.15
SPY = """
import os, resource, pytest
spent = 0.0
def used(): return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_call():
    global spent
    before = used()
    yield
    spent += used() - before
def pytest_unconfigure():
    with open(os.path.join(os.environ["REAL_SUITES_SPY"], f"spent.{os.getpid()}"), "w") as file: file.write(str(spent))
"""
SPENT = "SELECT (SELECT cpu_ns FROM sample WHERE phase = 'session'), (SELECT COUNT(*) FROM sample WHERE phase = 'call')"


class Run(NamedTuple):
    """One run: outcomes by test, CPU seconds of its process tree, exit code; without --energy the CPU seconds of its calls.

    tests, session_cpu_s, rows  with --energy what greenlint counted
    """

    outcomes: dict[str, tuple[str, ...]]
    cpu_s: float
    code: int
    calls_cpu_s: float = 0.0
    tests: Energy | None = None
    session_cpu_s: float = 0.0
    rows: int = 0


def run(python: Path, folder: Path, *options: str) -> Run:
    """One pytest process."""
    with tempfile.TemporaryDirectory() as temporary:
        report, found, ledger = (Path(temporary) / name for name in ("junit.xml", "energy.json", "ledger.sqlite"))
        command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *options]
        if "--energy" in options:
            command += [f"--energy-json={found}", f"--energy-ledger={ledger}"]
        else:
            (Path(temporary) / "real_suites_spy.py").write_text(SPY)
            command += ["-p", "real_suites_spy"]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        clean.pop("PYTHONDONTWRITEBYTECODE", None)
        clean |= {"REAL_SUITES_SPY": temporary, "PYTHONPATH": temporary}
        before = os.times()
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=clean)
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        if not report.exists():
            sys.exit(f"{folder.name}: pytest wrote no report: {done.stdout.decode()[-2000:]}{done.stderr.decode()[-2000:]}")
        known = Run(outcomes(report), cpu, done.returncode)
        if "--energy" not in options:
            calls = sum(float(file.read_text()) for file in Path(temporary).glob("spent.*"))
            return known._replace(calls_cpu_s=calls)
        rows = [Energy.from_json(test["energy"]) for test in json.loads(found.read_text())["tests"] if test["energy"]]
        (session_ns, stored), *_ = sqlite3.connect(ledger).execute(SPENT).fetchall()
        return known._replace(tests=functools.reduce(operator.add, rows), session_cpu_s=session_ns / 1e9, rows=stored)


def outcomes(report: Path) -> dict[str, tuple[str, ...]]:
    """Outcomes by test; a name that occurs more than once has as many."""
    found: dict[str, list[str]] = defaultdict(list)
    for case in ElementTree.parse(report).iter("testcase"):
        kinds = sorted(child.tag for child in case if child.tag in ("failure", "error", "skipped"))
        found[f"{case.get('classname')}::{case.get('name')}"].append("+".join(kinds) or "passed")
    return {name: tuple(sorted(kinds)) for name, kinds in found.items()}


class Compared(NamedTuple):
    """What the runs of one suite say: a line of the table, notes below it, whether all is well."""

    line: str
    notes: list[str]
    good: bool


def compare(suite: Suite, python: Path, folder: Path, rounds: int) -> Compared:
    """All runs of one suite, interleaved."""
    plain: dict[str, list[Run]] = {mode: [] for mode in MODES}
    measured: dict[str, list[Run]] = {mode: [] for mode in MODES}
    for _ in range(rounds):
        for mode, more in MODES.items():
            plain[mode].append(run(python, folder, *more))
            measured[mode].append(run(python, folder, *more, "--energy"))
    flaky, otherwise, different = _differences(plain, measured)
    notes = [f"{suite.folder}: flaky without greenlint: {name}" for name in sorted(flaky)]
    notes += [f"{suite.folder}: another outcome under -n 2, without greenlint too: {name}" for name in otherwise]
    notes += [f"{suite.folder}: {line}" for line in different]
    totals = {mode: _median(measured[mode]).tests for mode in MODES}
    serial, parallel = totals["serial"], totals["parallel"]
    assert serial is not None and parallel is not None, "the power model gives every test a value"
    agree = _inside(serial, parallel) and _inside(parallel, serial)
    cpu = {mode: statistics.median(one.calls_cpu_s for one in plain[mode]) for mode in MODES}
    joules_ratio, cpu_ratio = parallel.energy_j / serial.energy_j, cpu["parallel"] / cpu["serial"]
    close = abs(joules_ratio / cpu_ratio - 1) <= LIMIT
    one = plain["serial"][0]
    cells = [
        suite.folder,
        str(sum(map(len, one.outcomes.values()))),
        str(sum("failure" in kind or "error" in kind for kinds in one.outcomes.values() for kind in kinds)),
        str(len(flaky)),
        str(len(different)),
        *(_cpu(plain[mode]) + " / " + _cpu(measured[mode]) for mode in MODES),
        format_joules(serial),
        format_joules(parallel),
        "yes" if agree else "NO",
        f"{joules_ratio:.2f} / {cpu_ratio:.2f}{'' if close else ' (!)'}",
        " / ".join(f"{_median(measured[mode]).session_cpu_s / _median(measured[mode]).cpu_s:.2f}" for mode in MODES),
        " / ".join(
            str(_median(measured[mode]).rows - sum(map(len, _median(measured[mode]).outcomes.values()))) for mode in MODES
        ),
    ]
    return Compared(f"| {' | '.join(cells)} |", notes, not different and agree)


HEAD = [
    *("suite", "tests", "not passed", "flaky", "differ", "CPU s serial, without / with", "CPU s -n 2, without / with"),
    *("tests J serial", "tests J -n 2", "agree", "J p/s / CPU p/s", "seen, serial / -n 2", "rows, serial / -n 2"),
]


def _differences(plain: dict[str, list[Run]], measured: dict[str, list[Run]]) -> tuple[set[str], list[str], list[str]]:
    """Tests that are flaky without greenlint, those that -n 2 alone changes, and one line for each difference under --energy."""
    flaky = {
        name
        for runs in plain.values()
        for name in set().union(*(one.outcomes for one in runs))
        if len({one.outcomes.get(name) for one in runs}) > 1
    }
    serial, parallel = (plain[mode][0].outcomes for mode in MODES)
    otherwise = sorted(name for name in {*serial, *parallel} - flaky if serial.get(name) != parallel.get(name))
    lines = []
    for mode, runs in measured.items():
        expected, codes = plain[mode][0].outcomes, {one.code for one in plain[mode]}
        for number, one in enumerate(runs, 1):
            where = f"{mode}, round {number}"
            for name in sorted({*expected, *one.outcomes} - flaky):
                if one.outcomes.get(name) != expected.get(name):
                    lines.append(f"{where}: {name}: {expected.get(name)} without, {one.outcomes.get(name)} with --energy")
            if one.code not in codes:
                lines.append(f"{where}: exit code {sorted(codes)} without, {one.code} with --energy")
    return flaky, otherwise, lines


def _median(runs: list[Run]) -> Run:
    return sorted(runs, key=lambda one: one.cpu_s)[len(runs) // 2]


def _inside(one: Energy, other: Energy) -> bool:
    low, high = other.interval
    return low <= one.energy_j <= high


def _cpu(runs: list[Run]) -> str:
    return f"{statistics.median(one.cpu_s for one in runs):.2f}"


def main() -> None:
    """Prepare, or measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="what --prepare has made")
    parser.add_argument("--prepare", type=Path, metavar="FOLDER", help="download the suites and make their environment")
    parser.add_argument("--python", default=sys.executable, help="interpreter of the environment")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", nargs="+", choices=[suite.name for suite in SUITES], metavar="NAME")
    arguments = parser.parse_args()
    if arguments.prepare is not None:
        prepare(arguments.prepare.absolute(), arguments.python)
    folder = (arguments.folder or arguments.prepare or parser.error("FOLDER or --prepare FOLDER is needed")).absolute()
    good = True
    print(f"Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} before, {arguments.rounds} rounds, medians\n")
    print(f"| {' | '.join(HEAD)} |\n|{' --- |' * len(HEAD)}", flush=True)
    notes = []
    for suite in SUITES:
        if not arguments.only or suite.name in arguments.only:
            python = folder / suite.venv / "bin" / "python"
            compared = compare(suite, python, folder / suite.folder, arguments.rounds)
            print(compared.line, flush=True)
            notes += compared.notes
            good = good and compared.good
    print("", *notes, sep="\n")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
