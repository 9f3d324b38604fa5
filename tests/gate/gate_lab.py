"""Real ledgers and real `greenlint gate` processes for the tests of the gate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from greenlint.ledger.store import Ledger
from greenlint.model.energy import Energy, Method
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit, Machine, Run

if TYPE_CHECKING:
    from pathlib import Path

MACHINE = Machine("intel-6-207-2vcpu-kvm", "Intel Xeon", 2, 4 << 30, True, "Linux", "6.1")
COMMIT = Commit("a" * 40, "b" * 40, 1_790_000_000, False, "main", "Change")


def counted(joules: float, share: float = 0.02) -> Energy:
    """A value of a counter with this relative standard uncertainty."""
    return Energy(joules, 0.0, 0.0, share * joules, "rapl/x", Method.COUNTER, "rapl-powercap", ("package-0",), "package")


def modelled(joules: float, share: float = 0.02) -> Energy:
    """A value of the power model."""
    return Energy(joules, 0.0, 0.0, share * joules, "model/x", Method.MODEL, "model", ("machine",), "whole machine")


def call(name: str, energy: Energy | None, *, outcome: str = "passed", cpu_s: float = 0.1, **more: Any) -> Measurement:
    return Measurement(name, "call", energy, int(2e8), int(cpu_s * 1e9), outcome=outcome, **more)


def session(energy: Energy | None, cpu_s: float = 14.0) -> Measurement:
    return Measurement("[session]", "session", energy, int(20e9), int(cpu_s * 1e9))


def command(name: str, language: str, energy: Energy | None, cpu_s: float = 1.0, **more: Any) -> Measurement:
    return Measurement(name, "command", energy, int(1e9), int(cpu_s * 1e9), language=language, **more)


def ledger_path(folder: Path) -> str:
    return str(folder / ".greenlint" / "ledger.sqlite")


def record(folder: Path, *rows: Measurement, status: str = "complete", **changes: Any) -> None:
    values: dict[str, Any] = {
        "run_id": "run1",
        "kind": "account",
        "started_utc": "2026-10-01T08:00:00.000+00:00",
        "machine": MACHINE,
        "commit": COMMIT,
        "tool_version": "0.1.0",
        "provider": "rapl-powercap",
        "method": "counter",
        "project": "shop",
        **changes,
    }
    with Ledger.open(ledger_path(folder)) as ledger:
        run = Run(**values)
        ledger.begin(run)
        ledger.append(run.run_id, list(rows))
        if status != "open":
            ledger.finish(run.run_id, status)


def configure(folder: Path, budgets: str) -> None:
    (folder / "greenlint.toml").write_text(budgets, encoding="utf-8")


def gate(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "greenlint", "gate", *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def found(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    verdicts: list[dict[str, Any]] = json.loads(done.stdout)["verdicts"]
    return verdicts


def outcomes(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    return {verdict["subject"]: verdict["outcome"] for verdict in found(done)}
