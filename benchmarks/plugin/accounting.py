"""Does `pytest --energy` charge the right amounts to the right parts? Against work whose CPU time is known.

    python benchmarks/plugin/accounting.py [--workers 4] [--rounds 3]

Three things, once with the power model and once with a simulated counter of the whole machine (20 W, and 15 W more for every busy
CPU, which real work keeps busy):

empty   the most that any of 1,000 empty tests reads: the upper end of its 95 % interval. At most 0.1 J.
ratio   a test that is busy for 1 s over a test that sleeps for 1 s, both above idle, in CPU time and J. At least 10.
parts   100 tests of 50 ms, a session fixture of 300 ms, a module fixture of 100 ms and a function fixture of 20 ms of CPU time,
        serial and in workers. The parts of a session sum to it by construction, for `other` is what is left, so the sum alone
        proves nothing: `sum` is the difference from the session; `tests` and `fixtures` compare the CPU time that is charged to
        them with the CPU time that each of them has noted down itself. At most 1 % each. The CPU time of the session stands
        beside that of the process tree, seen from outside: were it more, something would be counted twice.
Prints Markdown tables; exit code 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greenlint.model.energy import Energy, format_joules
from greenlint.testing import CounterTree, Zone

if TYPE_CHECKING:
    from collections.abc import Iterator

BURN = """
import atexit, os, pytest, time
noted = []
@atexit.register
def write():
    with open(f"spent.{os.getpid()}", "w") as file: file.writelines(noted)
def burn(seconds, kind):
    start = time.process_time()
    while time.process_time() - start < seconds: pass
    noted.append(f"{kind} {time.process_time() - start}\\n")
"""
EMPTY = "import pytest\n@pytest.mark.parametrize('n', range(1000))\ndef test_empty(n): pass\n"
RATIO = BURN + "def test_busy(): burn(1, 'tests')\ndef test_sleeps(): time.sleep(1)\n"
PARTS = (
    BURN
    + """
@pytest.fixture(scope="session")
def whole():
    burn(0.2, "fixtures")
    yield
    burn(0.1, "fixtures")
@pytest.fixture(scope="module")
def part(whole): burn(0.1, "fixtures")
@pytest.fixture
def own(part): burn(0.02, "fixtures")
@pytest.mark.parametrize("n", range(100))
def test_n(n, own): burn(0.05, "tests")
"""
)


def run(suite: str, *options: str, **environment: str) -> tuple[dict[str, Any], dict[str, float], float]:
    """What --energy-json says, the CPU seconds that the suite itself noted by kind, CPU seconds of the process tree."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "test_it.py").write_text(suite)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--energy",
            "--energy-json=out.json",
            *options,
        ]
        before = os.times()
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={**clean, **environment})
        after = os.times()
        if done.returncode:
            sys.exit(f"pytest ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        found: dict[str, Any] = json.loads((folder / "out.json").read_text())
        database = sqlite3.connect(folder / ".greenlint" / "ledger.sqlite")
        found["session_cpu_s"] = database.execute("SELECT cpu_ns / 1e9 FROM sample WHERE phase = 'session'").fetchone()[0]
        database.close()
        noted: dict[str, float] = {}
        for file in folder.glob("spent.*"):
            for kind, spent in map(str.split, file.read_text().splitlines()):
                noted[kind] = noted.get(kind, 0.0) + float(spent)
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return found, noted, cpu


@contextmanager
def provider(name: str) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Options and environment for a provider."""
    if name == "model":
        yield ["--energy-provider=model"], {}
        return
    with tempfile.TemporaryDirectory() as root, CounterTree(root, [Zone(watts=20, per_cpu_w=15)]) as tree:
        yield ["--energy-provider=rapl-powercap"], {"GREENLINT_POWERCAP_ROOT": tree.root}


def empty_and_ratio(name: str) -> tuple[str, bool]:
    """One row."""
    with provider(name) as (options, environment):
        empty = run(EMPTY, *options, **environment)[0]["tests"]
        busy, sleeping = run(RATIO, *options, **environment)[0]["tests"]
    values = [Energy.from_json(test["energy"]) for test in empty]
    most = max(values, key=lambda value: value.interval[1])
    low, high = Energy.from_json(busy["energy"]), Energy.from_json(sleeping["energy"])
    most_asleep = high.upper_limit if high.below_limit else high.energy_j
    ratio, cpu_ratio = low.energy_j / most_asleep, busy["cpu_s"] / sleeping["cpu_s"]
    shown = "unresolved" if low.below_limit else f"{ratio:.0f}"  # so busy a machine that a second of work is lost in it
    joules = " | ".join(map(format_joules, (most, low, high)))
    row = f"| {name} | {len(values)} | {joules} | {shown} | {cpu_ratio:.0f} |"
    return row, most.interval[1] <= 0.1 and (low.below_limit or ratio >= 10) and cpu_ratio >= 10


def parts(name: str, workers: int) -> tuple[str, bool]:
    """One row."""
    with provider(name) as (options, environment):
        found, noted, cpu = run(PARTS, *options, *(("-n", str(workers)) if workers else ()), **environment)
    session, known = found["session"], found["parts_j"]
    off = {
        "sum": sum(known.values()) / session["energy_j"] - 1,
        "tests": sum(test["cpu_s"] for test in found["tests"]) / noted["tests"] - 1,
        "fixtures": sum(fixture["cpu_s"] for fixture in found["fixtures"]) / noted["fixtures"] - 1,
    }
    joules = " + ".join(f"{label} {value:.3g}" for label, value in known.items())
    cells = [name, str(workers or "serial"), format_joules(Energy.from_json(session)), joules]
    cells += [f"{value * 100:+.2f} %" for value in off.values()] + [f"{found['session_cpu_s']:.2f} / {cpu:.2f}"]
    good = (
        all(abs(value) <= 0.01 for value in off.values())
        and found["session_cpu_s"] <= cpu
        and known["other"] >= -0.01 * session["energy_j"]
    )
    return f"| {' | '.join(cells)} |", good


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    good = True
    print(f"Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f} before\n")
    print("| provider | empty tests | the most one reads | busy 1 s | asleep 1 s | ratio J | ratio CPU |\n|" + " --- |" * 7)
    for name in ("model", "simulated counter"):
        row, holds = empty_and_ratio(name)
        good = good and holds
        print(row, flush=True)
    print(
        "\n| provider | workers | session | parts, J | sum | tests | fixtures | CPU s of the session / outside |\n|"
        + " --- |" * 8
    )
    for _ in range(arguments.rounds):
        for name in ("model", "simulated counter"):
            for workers in (0, arguments.workers):
                row, holds = parts(name, workers)
                good = good and holds
                print(row, flush=True)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
