"""Real repositories, real ledgers and real `greenlint history` processes for the tests of the history."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from greenlint.ledger.ids import new_run
from greenlint.ledger.store import Ledger
from greenlint.model.energy import Energy, Method
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit, Machine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from greenlint.model.run import Run

MACHINE = Machine("intel-6-207-2vcpu-kvm", "Intel Xeon", 2, 4 << 30, True, "Linux", "6.1")
OTHER = Machine("amd-25-1-64cpu", "AMD EPYC", 64, 4 << 30, False, "Linux", "6.1")
START = 1_790_000_000
WORK = "bench/test_bench.py::test_work"
BENCH = """
from pkg.core import work
def test_work(energy):
    energy(work, 3000)
"""
FILES = {
    "greenlint.toml": '[bench]\npaths = ["bench"]\nrounds = 2\n[energy]\nprovider = "model"\n',
    "src/pkg/__init__.py": "",
    "bench/test_bench.py": BENCH,
    ".gitignore": ".greenlint/\n__pycache__/\n",
}


def core(times: float, note: object = "") -> str:
    """The source of the measured function, so many times as slow."""
    return f"# {note}\ndef work(n):\n    return sum(i * i for i in range(int({times} * n)))\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", "-C", str(folder), *identity, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def commit(folder: Path, message: str, files: dict[str, str]) -> str:
    write(folder, files)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD").strip()


def project(folder: Path) -> Path:
    """A repository of one commit with one benchmark."""
    folder.mkdir(exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "first", {**FILES, "src/pkg/core.py": core(1)})
    return folder


def line(folder: Path, count: int) -> list[str]:
    """A repository with so many commits, made in one go; returns them oldest first."""
    folder.mkdir(exist_ok=True)
    git(folder, "init", "-q", "-b", "main")
    parts = []
    for number in range(count):
        message = f"change {number}"
        parts.append(f"commit refs/heads/main\nmark :{number + 1}\ncommitter T <t@example.org> {START + 3600 * number} +0000\n")
        parts.append(f"data {len(message)}\n{message}\n")
        parts.append(f"M 100644 inline file\ndata {len(str(number))}\n{number}\n\n")
    subprocess.run(["git", "-C", str(folder), "fast-import", "--quiet"], input="".join(parts), text=True, check=True)
    git(folder, "checkout", "-q", "-f", "main")
    return git(folder, "rev-list", "--reverse", "main").split()


def joules(value: float, method: Method = Method.COUNTER) -> Energy:
    return Energy(value, 0.0, 0.0, 0.01 * value, "rapl/x", method, "rapl-powercap", ("package-0",), "package")


def ledger_path(folder: Path) -> Path:
    return folder / ".greenlint" / "ledger.sqlite"


def run_of(kind: str, sha: str, number: int, machine: Machine = MACHINE, **facts: Any) -> Run:
    made = Commit(sha, "", START + 3600 * number, False, "", f"change {number}")
    run = new_run(kind=kind, machine=machine, commit=made, provider="model", method="model", project="p", facts=facts)
    return run._replace(started_utc=f"2026-10-{number // 1440 + 1:02d}T{number // 60 % 24:02d}:{number % 60:02d}:00.000+00:00")


def numbers(name: str, phase: str, cpu_s: float, energy_j: float | None = None, **extra: str) -> Measurement:
    facts = {"cpu_s": repr(cpu_s), **({"energy_j": repr(energy_j)} if energy_j is not None else {}), **extra}
    energy = joules(10 * energy_j) if energy_j is not None else None
    return Measurement(name, phase, energy, int(1e9 * cpu_s), int(1e9 * cpu_s), extra=facts)


def record_series(
    folder: Path,
    shas: Sequence[str],
    levels: Sequence[float],
    *,
    name: str = WORK,
    noise: float = 0.01,
    controls: Sequence[float] | None = None,
    energy: bool = False,
    machine: Machine = MACHINE,
    seed: int = 1,
) -> None:
    """One finished run of three processes for each commit, with this CPU time (and joules as many) times noise."""
    draw = random.Random(seed)
    with Ledger.open(ledger_path(folder)) as ledger:
        for number, (sha, level) in enumerate(zip(shas, levels)):
            run = run_of("history", sha, number, machine, key=f"{name}{number}", processes=3, python="CPython 3.12")
            ledger.begin(run)
            rows = []
            for _ in range(3):
                control = (controls[number] if controls else 0.05) * draw.gauss(1, noise / 3)
                value = level * draw.gauss(1, noise)
                rows.append(numbers("[control]", "control", control, control if energy else None))
                rows.append(numbers(name, "bench", value, value if energy else None))
            ledger.append(run.run_id, rows)
            ledger.finish(run.run_id)


def greenlint(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", **variables}
    return subprocess.run(
        [sys.executable, "-m", "greenlint", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
