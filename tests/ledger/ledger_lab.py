"""What the ledger tests share: runs, measurements, the real command, and processes that write and are killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from greenlint.ledger.ids import new_run
from greenlint.ledger.store import Ledger
from greenlint.model.energy import Energy, Method
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit, Machine, Run

MACHINE = Machine("test-class", "cpu", 2, 1 << 30, True, "linux", "6")
SHA = "a" * 40


def make_run(kind: str = "account", commit: Commit | None = None, started: str = "", machine_class: str = "test-class") -> Run:
    """An open run; `started` is an ISO time."""
    machine = MACHINE._replace(machine_class=machine_class)
    run = new_run(kind=kind, machine=machine, commit=commit, provider="model", method="model", project="p")
    return run._replace(started_utc=started) if started else run


def joules(value: float, method: Method = Method.MODEL, limit_j: float = 0.0) -> Energy:
    """An energy of so many joules."""
    return Energy(value, 0.0, value / 100, value / 10, "g", method, f"by-{method.value}", ("cpu",), "the machine", limit_j)


def row(name: str = "t", energy: Energy | None = None, **fields: object) -> Measurement:
    """A passed test of 1 s."""
    return Measurement(name, **{"phase": "call", "energy": energy, "wall_ns": 10**9, "cpu_ns": 9 * 10**8, **fields})  # type: ignore[arg-type]


def store(path: Path, rows: list[Measurement], run: Run | None = None, status: str = "complete") -> Run:
    """A run with these rows in the ledger at `path`."""
    run = run or make_run()
    with Ledger.open(path) as ledger:
        ledger.begin(run)
        ledger.append(run.run_id, rows)
        if status != "open":
            ledger.finish(run.run_id, status)
    return run


def network(folder: Path, kind: str = "nfs4") -> str:
    """A mount table that says that `folder` lies on a network file system; the value of GREENLINT_MOUNTINFO."""
    table = folder.parent / f"{folder.name}.mounts"
    escaped = str(folder).replace(" ", "\\040")
    table.write_text(f"1 0 8:1 / / rw - ext4 /dev/x rw\n2 1 0:9 / {escaped} rw,relatime shared:1 - {kind} server:/x rw\n")
    return str(table)


WRITER = """
import sys
sys.path.insert(0, {here!r})
from ledger_lab import *
{before}
with Ledger.open({path!r}) as ledger:
    run = make_run()
    ledger.begin(run)
    for n in range({batches}):
        ledger.append(run.run_id, [row(f"t{{n * 3 + i}}") for i in range(3)])
        print(run.run_id, n, flush=True)
    ledger.finish(run.run_id)
"""


def writer(path: Path, batches: int, before: str = "", **environment: str) -> subprocess.Popen[str]:
    """A process that appends transactions of three rows and prints the number of each once it is stored."""
    code = WRITER.format(here=str(Path(__file__).parent), path=str(path), batches=batches, before=before)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
