"""The exports read by the tools that they are made for, in an environment of its own.

    python benchmarks/ledger/real_tools.py ENVIRONMENT

ENVIRONMENT is a folder; where there is no virtual environment yet, one is made and greenlint[parquet], pytest-benchmark,
apache-otava and prometheus-client are installed into it. Ends with exit code 1 when a tool does not see what it should.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import venv

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOOLS = ["pytest-benchmark", "apache-otava", "prometheus-client"]
COMMITS, STEP_AT, STEP, NOISE = 40, 20, 1.10, 0.01

FILL = """
import json, sys
from greenlint.ledger.ids import new_run
from greenlint.ledger.store import Ledger
from greenlint.model.energy import Energy, Method
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit, Machine

machine = Machine("class-a", "cpu", 2, 1 << 30, False, "linux", "6")
with Ledger.open("ledger.sqlite") as ledger:
    for number, joules in enumerate(json.loads(sys.argv[1])):
        commit = Commit(f"{number:040x}", "", 1_750_000_000 + number * 3600, False, "main", "s")
        run = new_run(kind="history", machine=machine, commit=commit, provider="rapl-perf", method="counter", project="p")
        ledger.begin(run)
        energy = Energy(joules, 0.0, 0.01, 0.1, "g", Method.COUNTER, "rapl-perf", ("package-0",), "package")
        ledger.append(run.run_id, [Measurement("t.py::test_a[1,2]", "call", energy, 10**9, 10**9, outcome="passed")])
        ledger.finish(run.run_id)
"""
PARSE = """
import sys
from prometheus_client.parser import text_string_to_metric_families
for family in text_string_to_metric_families(open(sys.argv[1]).read()):
    print(family.name, family.type, len(family.samples), family.samples[0].labels.get("benchmark"))
"""
PARQUET = "from pyarrow import parquet; t = parquet.read_table('t.parquet'); print(t.num_rows, t['energy_measured_joules'].null_count)"
OTAVA = """
tests:
  a:
    type: csv
    file: history.csv
    time_column: time
    attributes: [commit]
    metrics:
      energy:
        column: "t.py::test_a[1,2] energy_measured_joules"
        direction: -1
"""
BENCHMARK = "def test_sum(benchmark):\n    benchmark(sum, range(1000))\n"


class Tools:
    """The programs of the environment, run in a folder; remembers what was not as it should be."""

    def __init__(self, environment: str, folder: str) -> None:
        self.bin = os.path.join(environment, "Scripts" if os.name == "nt" else "bin")
        self.folder = folder
        self.failed = 0

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [os.path.join(self.bin, command[0]), *command[1:]], cwd=self.folder, capture_output=True, text=True, check=False
        )
        return done.stdout if done.returncode == 0 else f"exit code {done.returncode}: {done.stdout}{done.stderr}"

    def expect(self, what: str, wanted: str, text: str) -> None:
        good = wanted in text
        self.failed += not good
        print(f"{'ok' if good else 'NOT SEEN':9} {what}: {wanted!r}" + ("" if good else f"\n{text}"))


def install(environment: str) -> None:
    if not os.path.exists(os.path.join(environment, "pyvenv.cfg")):
        venv.create(environment, with_pip=True)
    program = os.path.join(environment, "Scripts" if os.name == "nt" else "bin", "python")
    subprocess.run([program, "-m", "pip", "install", "-q", ROOT, "pyarrow", *TOOLS], check=True)


def check(tools: Tools) -> None:
    draw = random.Random(1)
    joules = [10 * (STEP if number >= STEP_AT else 1) * (1 + draw.gauss(0, NOISE)) for number in range(COMMITS)]
    tools.run("python", "-c", FILL, json.dumps(joules))
    export = ("greenlint", "ledger", "--ledger", "ledger.sqlite", "export", "--format")

    tools.run(*export, "pytest-benchmark", "saved.json")
    tools.expect("pytest-benchmark compare", "test_a[1,2]", tools.run("pytest-benchmark", "compare", "saved.json"))

    with open(os.path.join(tools.folder, "test_sum.py"), "w", encoding="utf-8") as file:
        file.write(BENCHMARK)
    tools.run("pytest", "-q", "-p", "no:greenlint", "--benchmark-json=own.json", "--benchmark-max-time=0.1", "test_sum.py")
    imported = tools.run("greenlint", "ledger", "--ledger", "b.sqlite", "import", "own.json", "--format", "pytest-benchmark")
    tools.expect("a file that pytest-benchmark saved", "own.json: 1 runs added", imported)

    tools.run(*export, "otava-csv", "history.csv")
    with open(os.path.join(tools.folder, "otava.yaml"), "w", encoding="utf-8") as file:
        file.write(OTAVA)
    os.environ["OTAVA_CONFIG"] = os.path.join(tools.folder, "otava.yaml")
    analysed = tools.run("otava", "analyze", "a", "--since", "2025-01-01").splitlines()
    step = next((n for n, line in enumerate(analysed) if "····" in line), 0)
    tools.expect("otava's change point comes before commit", f"{STEP_AT:040x}", "\n".join(analysed[step + 3 : step + 4]))

    tools.run(*export, "prometheus", "greenlint.prom")
    parsed = tools.run("python", "-c", PARSE, "greenlint.prom")
    tools.expect("prometheus_client", "greenlint_energy_measured_joules gauge 1 t.py::test_a[1,2]", parsed)

    tools.run(*export, "parquet", "t.parquet")
    tools.expect("pyarrow: rows, and rows without energy", f"{COMMITS} 0", tools.run("python", "-c", PARQUET))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("environment", help="folder of the virtual environment")
    options = parser.parse_args()
    install(options.environment)
    with tempfile.TemporaryDirectory() as folder:
        tools = Tools(os.path.abspath(options.environment), folder)
        check(tools)
    sys.exit(1 if tools.failed else 0)


if __name__ == "__main__":
    main()
