"""kill -9 of the pytest controller and of an xdist worker at random moments: is any committed row lost?

    python benchmarks/ledger/crash.py [--times 20] [--seed 7]

A kill comes at a random moment after the run has committed its first rows, however long a busy machine takes to get there.
Before each kill the rows that another process can see are counted. Afterwards at least as many must be there, the file must
pass every check, and a run whose worker died must still come to its end. Exit code 1 otherwise. Needs pytest-xdist.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from greenlint.ledger.store import Ledger

TESTS = """
import os, pytest, time
@pytest.mark.parametrize("n", range({count}))
def test_one(n):
    if n == 0:
        open("pids", "a").write(f"{{os.getpid()}}\\n")
    time.sleep({seconds})
"""
COMMAND = [sys.executable, "-m", "pytest", "-q", "--energy", "-p", "no:cacheprovider"]


def start(folder: str, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*COMMAND, *options], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def seen(path: str) -> dict[str, int]:
    """Rows by run, as another process sees them now."""
    if not os.path.exists(path):
        return {}
    with Ledger.open(path, create=False) as ledger:
        return {run.run_id: len(ledger.measurements(run.run_id)) for run in ledger.runs()}


def lost(path: str, before: dict[str, int]) -> list[str]:
    """What is not as it was, or worse."""
    after = seen(path)
    found = [f"run {run} had {rows} rows, has {after.get(run, 0)}" for run, rows in before.items() if after.get(run, 0) < rows]
    with Ledger.open(path, create=False) as ledger:
        return found + ledger.check()


def committed(path: str) -> int:
    """Rows of tests of all runs, as another process sees them now."""
    if not os.path.exists(path):
        return 0
    database = sqlite3.connect(path)
    try:
        return int(database.execute("SELECT COUNT(*) FROM sample WHERE phase = 'call'").fetchone()[0])
    except sqlite3.OperationalError:  # the tables are not there yet
        return 0
    finally:
        database.close()


def start_and_wait(folder: str, path: str, moment: float) -> subprocess.Popen[bytes]:
    """A run that has committed rows, some time after it did."""
    known = committed(path)
    process = start(folder, "-n", "2")
    while committed(path) == known and process.poll() is None:
        time.sleep(0.02)
    time.sleep(moment)
    return process


def kill_controller(folder: str, path: str, moment: float) -> list[str]:
    process = start_and_wait(folder, path, moment)
    before = seen(path)
    ended = process.poll() is not None
    process.kill()
    process.wait()
    return ["the controller had ended before it could be killed"] if ended else lost(path, before)


def kill_worker(folder: str, path: str, moment: float) -> list[str]:
    pids = os.path.join(folder, "pids")
    if os.path.exists(pids):
        os.unlink(pids)
    process = start_and_wait(folder, path, moment)
    before = seen(path)
    with open(pids, encoding="utf-8") as file:
        worker = int(file.readline())
    try:
        os.kill(worker, signal.SIGKILL)
    except ProcessLookupError:
        return ["the worker had ended before it could be killed"]
    process.wait()
    problems = lost(path, before)
    with Ledger.open(path, create=False) as ledger:
        run = ledger.latest_run()
    return problems if run is not None and run.status == "complete" else [*problems, f"the run ended as {run and run.status}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    draw, bad = random.Random(options.seed), 0
    for name, kill, moments, count, seconds in (
        ("controller", kill_controller, (0.0, 2.0), 4000, 0.003),
        ("worker", kill_worker, (0.0, 0.8), 1000, 0.008),
    ):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "test_many.py"), "w", encoding="utf-8") as file:
                file.write(TESTS.format(count=count, seconds=seconds))
            with open(os.path.join(folder, "pyproject.toml"), "w", encoding="utf-8") as file:
                file.write("[tool.greenlint]\n")
            path = os.path.join(folder, ".greenlint", "ledger.sqlite")
            problems = [problem for _ in range(options.times) for problem in kill(folder, path, draw.uniform(*moments))]
            rows = seen(path)
            print(
                f"{name}: killed {options.times} times, {sum(rows.values())} rows of {len(rows)} runs, {len(problems)} problems"
            )
            print("".join(f"  {problem}\n" for problem in problems), end="")
            bad += len(problems)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
