"""The recording script of `benchmarks/gpu`: what it writes can be replayed, and without a board it says so."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GPU = os.path.join(ROOT, "benchmarks", "gpu")

STAND_IN = """
import time
class NVMLError(Exception): pass
def nvmlInit():
    if not WORKS: raise NVMLError("NVML Shared Library Not Found")
def nvmlShutdown(): pass
def nvmlSystemGetDriverVersion(): return "1.2.3"
def nvmlDeviceGetHandleByIndex(index): return index
def nvmlDeviceGetName(handle): return "Imaginary"
def nvmlDeviceGetPowerUsage(handle): return 130_000
def nvmlDeviceGetTotalEnergyConsumption(handle): return int(time.perf_counter() * 10) * 13_000
"""


def record(tmp_path: os.PathLike[str], *, works: bool, patch: str = "") -> subprocess.CompletedProcess[str]:
    """Run the script with a stand-in for the library, its phases cut short by `patch`."""
    with open(os.path.join(tmp_path, "pynvml.py"), "w", encoding="ascii") as file:
        file.write(STAND_IN.replace("WORKS", str(works)))
    with open(os.path.join(tmp_path, "torch.py"), "w", encoding="ascii") as file:
        file.write("raise ImportError('not here')\n")
    code = f"import sys; sys.argv = ['record.py', {os.path.join(tmp_path, 'out')!r}]\nimport record\n{patch}\nrecord.main()"
    path = os.pathsep.join([os.fspath(tmp_path), GPU])
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)


def test_without_a_board_it_ends_with_one_line_and_code_4(tmp_path: os.PathLike[str]) -> None:
    done = record(tmp_path, works=False)
    assert done.returncode == 4
    assert done.stderr == "record.py: no NVIDIA board can be read here: NVML Shared Library Not Found\n"
    assert done.stdout == ""
    assert not os.path.exists(os.path.join(tmp_path, "out"))


def test_without_torch_idle_is_recorded_and_the_tables_are_printed(tmp_path: os.PathLike[str]) -> None:
    done = record(tmp_path, works=True, patch="record._REST_S, record._IDLE_S = 0.4, 1.0")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "note: torch with CUDA is not installed, so only idle is recorded\n"
    with open(os.path.join(tmp_path, "out", "trace.csv"), encoding="ascii", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(bool(row["total_energy_mj"]) for row in rows) > 30
    assert sum(bool(row["power_mw"]) for row in rows) > 20
    with open(os.path.join(tmp_path, "out", "marks.json"), encoding="utf-8") as file:
        written = json.load(file)
    assert [mark["name"] for mark in written["marks"]] == ["idle-5s", "idle-end-5s"]
    assert written["driver"] == "1.2.3"
    assert "| idle-5s | 1.0" in done.stdout
