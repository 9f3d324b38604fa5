"""How long the ledger takes: opening it, appending 1,000 rows, reading them, and four processes that write at once.

    python benchmarks/ledger/speed.py [--folder DIR] [--rounds 15]

Times are elapsed ones, the median and the worst of the rounds. The folder should lie on a disk, not in memory.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

from greenlint.ledger.ids import new_run
from greenlint.ledger.store import Ledger
from greenlint.model.energy import Energy, Method
from greenlint.model.measurement import Measurement
from greenlint.model.run import Machine, Run

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 1000
MACHINE = Machine("benchmark", "cpu", 2, 1 << 30, False, "linux", "6")
WRITER = "import sys; sys.path.insert(0, sys.argv[1]); import speed; speed.write_transactions(sys.argv[2], int(sys.argv[3]))"


def make_run() -> Run:
    return new_run(kind="account", machine=MACHINE, commit=None, provider="model", method="model", project="p")


def rows(count: int) -> list[Measurement]:
    energy = Energy(1.25, 0.25, 0.01, 0.1, "model/benchmark", Method.MODEL, "model", ("cpu",), "package", 0.01, ())
    return [
        Measurement(f"tests/test_a.py::test_{n}", "call", energy, 10**6, 9 * 10**5, extra={"fixture_cpu_ns": "12345"})
        for n in range(count)
    ]


def write_transactions(path: str, count: int) -> None:
    """One process of the parallel part: `count` transactions of one row; prints the slowest, ms."""
    slowest = 0.0
    one = rows(1)
    with Ledger.open(path) as ledger:
        run = make_run()
        ledger.begin(run)
        for _ in range(count):
            start = time.perf_counter()
            ledger.append(run.run_id, one)
            slowest = max(slowest, time.perf_counter() - start)
    print(slowest * 1e3)


def measure(name: str, rounds: int, action: Callable[[], object]) -> None:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1e3)
    print(f"{name:58} {statistics.median(times):9.2f} ms {max(times):9.2f} ms")


def append_1000(path: str, measurements: list[Measurement]) -> None:
    with Ledger.open(path) as ledger:
        run = make_run()
        ledger.begin(run)
        ledger.append(run.run_id, measurements)
        ledger.finish(run.run_id)


def in_parallel(path: str, processes: int = 4, count: int = 200) -> None:
    command = [sys.executable, "-c", WRITER, os.path.dirname(os.path.abspath(__file__)), path, str(count)]
    start = time.perf_counter()
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    slowest = [float(process.communicate()[0]) for process in started]
    errors = sum(process.returncode != 0 for process in started)
    took = time.perf_counter() - start
    print(
        f"{processes} processes x {count} transactions: {took:.2f} s with start-up, slowest transaction {max(slowest):.0f} ms, {errors} errors"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--folder", help="where to put the ledgers (default: the temporary folder)")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = os.path.join(folder, ".greenlint", "ledger.sqlite")
        print(f"{'':58} {'median':>12} {'worst':>12}")
        numbers, some = iter(range(10**6)), rows(ROWS)
        measure("open and close a new ledger", options.rounds, lambda: Ledger.open(f"{path}.{next(numbers)}").close())
        measure(f"open, begin, append {ROWS} rows, finish, close", options.rounds, lambda: append_1000(path, some))
        measure("open and close an existing one (the sole user)", options.rounds, lambda: Ledger.open(path).close())
        with Ledger.open(path) as other:
            run = make_run()
            other.begin(run)
            measure(f"append {ROWS} rows to an open ledger", options.rounds, lambda: other.append(run.run_id, some))
            measure("open and close an existing one (another has it open)", options.rounds, lambda: Ledger.open(path).close())
            run_id = other.runs()[-1].run_id
            measure(f"read {ROWS} rows of a run", options.rounds, lambda: other.measurements(run_id))
            measure("verify the whole file", 3, other.check)
        size = os.path.getsize(path)
        print(f"{2 * options.rounds * ROWS} rows take {size} bytes: {size / options.rounds / 2 / ROWS:.0f} bytes a row")
        in_parallel(path)
        mounts = os.path.join(folder, "mounts")
        with open(mounts, "w", encoding="utf-8") as file:
            file.write(f"1 0 0:1 / {folder} rw - nfs4 x rw\n")
        os.environ["GREENLINT_MOUNTINFO"] = mounts
        spooled = os.path.join(folder, "remote", ".greenlint", "ledger.sqlite")
        measure(
            f"the spool: open, begin, append {ROWS} rows, finish, close", options.rounds, lambda: append_1000(spooled, some)
        )
        del os.environ["GREENLINT_MOUNTINFO"]
        measure(f"take in {options.rounds} spooled runs of {ROWS} rows", 1, lambda: Ledger.open(spooled).close())


if __name__ == "__main__":
    main()
