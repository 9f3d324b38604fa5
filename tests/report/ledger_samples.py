"""Real ledgers for the tests of the reports: every run is written through the store."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from greenlint.ledger.store import Ledger
from greenlint.model.energy import Energy, Method
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit, Machine, Run

if TYPE_CHECKING:
    from pathlib import Path

LAPTOP = Machine("intel-6-207-2vcpu-kvm", "Intel Xeon", 2, 4 << 30, True, "Linux", "6.1")
SERVER = Machine("amd-25-17-16cpu", "AMD EPYC", 16, 64 << 30, False, "Linux", "6.8")
TESTS = {
    "tests/test_io.py::test_load_all": 8.4,
    "tests/test_api.py::test_page[500]": 1.97,
    "tests/test_api.py::test_page[50]": 0.41,
    "tests/test_index.py::test_rebuild_of_a_large_index_with_many_documents": 3.2,
    "tests/test_index.py::test_lookup": 0.09,
    "tests/test_small.py::test_nothing": 0.0,
}


def energy(joules: float, **changes: Any) -> Energy:
    """Estimated by the model, 20 % systematic, unless told otherwise."""
    values: dict[str, Any] = {
        "energy_j": joules,
        "idle_j": 0.0,
        "u_rand": 0.01 * joules + 0.002,
        "u_sys": 0.2 * joules,
        "sys_group": "model/T3/intel-6-207-2vcpu-kvm",
        "method": Method.MODEL,
        "provider": "model",
        "domains": ("machine",),
        "boundary": "dynamic energy of the process tree, whole machine",
        "limit_j": 0.0066,
        **changes,
    }
    return Energy(**values)


def counted(joules: float) -> Energy:
    """Read from the package counter of a machine that does nothing else."""
    return energy(
        joules,
        u_rand=0.005 * joules + 0.001,
        u_sys=0.04 * joules,
        sys_group="rapl-powercap/amd-25-17-16cpu",
        method=Method.COUNTER,
        provider="rapl-powercap",
        domains=("package-0", "dram"),
        boundary="package and DRAM",
    )


def run(number: int, *, kind: str = "account", machine: Machine = LAPTOP, **changes: Any) -> Run:
    """Run `number`, one per day, each of its own commit."""
    commit = Commit(
        f"{number:04x}" * 10, f"{number - 1:04x}" * 10, 1_790_000_000 + number * 86_400, False, "main", f"Change {number}"
    )
    values: dict[str, Any] = {
        "run_id": f"run{number:04d}",
        "kind": kind,
        "started_utc": f"2026-10-{number:02d}T08:00:00.000+00:00",
        "machine": machine,
        "commit": commit,
        "tool_version": "0.1.0",
        "provider": "model",
        "method": "model",
        "project": "shop",
        **changes,
    }
    return Run(**values)


def call(name: str, value: Energy | None, **changes: Any) -> Measurement:
    """A test call; CPU time follows the energy."""
    joules = value.energy_j if value else 1.0
    return Measurement(name, "call", value, int(joules * 1e8), int(joules * 7e7), outcome="passed")._replace(**changes)


def session(value: Energy | None, wall_s: float = 20.0) -> Measurement:
    """The whole session."""
    return Measurement("[session]", "session", value, int(wall_s * 1e9), int(wall_s * 0.7e9))


def write(path: Path | str, *records: tuple[Run, list[Measurement], str]) -> str:
    """A ledger with these runs, their measurements and final statuses ("open" leaves a run unfinished)."""
    with Ledger.open(str(path)) as ledger:
        for one, measurements, status in records:
            ledger.begin(one)
            ledger.append(one.run_id, measurements)
            if status != "open":
                ledger.finish(one.run_id, status)
    return str(path)


def shop(path: Path | str, *, days: int = 12) -> str:
    """A fortnight of a small shop: estimates on a laptop, a few counted runs on a server, a comparison of languages."""
    chance = random.Random(7)
    records: list[tuple[Run, list[Measurement], str]] = []
    for day in range(1, days + 1):
        growth = 1.0 if day < 8 else 1.35
        rows = []
        for name, joules in TESTS.items():
            value = energy(joules * growth * chance.uniform(0.97, 1.03))
            extra = {"budget_energy": "2 J", "verdict_energy": "inconclusive"} if "[500]" in name else {}
            rows.append(call(name, value, extra=extra))
        whole = energy(sum(row.energy.energy_j for row in rows if row.energy) * 1.4 + 12, idle_j=12.0)
        records.append((run(day), [*rows, session(whole)], "complete"))
    server = run(20, machine=SERVER, provider="rapl-powercap", method="counter")
    rows = [call(name, counted(joules * 0.8)) for name, joules in TESTS.items()]
    records.append((server, [*rows, session(counted(21.0), 9.0)], "complete"))
    commands = [
        Measurement("sort.py", "command", energy(31.0), 2_000_000_000, 1_900_000_000, language="python"),
        Measurement("sort.c", "command", energy(0.9), 60_000_000, 58_000_000, language="c"),
        Measurement("sort.js", "command", energy(2.4), 160_000_000, 170_000_000, language="javascript"),
    ]
    records.append((run(21, kind="compare"), commands, "complete"))
    return write(path, *records)


PYPROJECT = """\
[project]
name = "shop"

[tool.greenlint.budgets."tests/test_io.py::*"]
energy = "5 J"
cpu = "2 s"
[tool.greenlint.budgets."tests/test_index.py::*"]
energy = "20 J"
[tool.greenlint.budgets.suite]
energy = "60 J"
[tool.greenlint.budgets.language.rust]
energy = "10 J"
"""

SOURCE = '''\
"""A module with some dead code."""


def used():
    return 1


def never_called():
    return 2


def stops():
    return used()
    print("unreachable")


if __name__ == "__main__":
    stops()
'''


def project(root: Path, **options: Any) -> Path:
    """The shop's folder: configuration, source, an unoptimised asset, and its ledger."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "shop.py").write_text(SOURCE)
    (root / "data.csv").write_text("a,b,c\n" + "1,2,3\n" * 40_000)
    shop(root / ".greenlint" / "ledger.sqlite", **options)
    return root
