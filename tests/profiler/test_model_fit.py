"""The scripts behind the model: the fit finds a known truth and repeats itself; what ships is what was judged."""

from __future__ import annotations

import csv
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.profiler.power_model import ThreadPower, thread_power
from greenlint.profiler.providers.model import load_data

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "model"
CPUS = {
    "Intel Xeon Platinum 8280 2.70GHz": (205, 56),
    "Intel Xeon Gold 6252": (150, 48),
    "Intel Xeon Platinum 8180": (205, 56),
    "Intel Xeon Platinum 8176": (165, 56),
    "AMD EPYC 7742 2.25GHz": (225, 128),
    "AMD EPYC 7702": (200, 128),
    "AMD EPYC 9654": (360, 192),
    "AMD EPYC 9754": (360, 256),
    "Intel Xeon Platinum 8490H": (350, 120),
    "Intel Xeon Gold 6448Y": (225, 64),
}
IDLE, FULL = 0.2, 1.1  # of the TDP, at any TDP: all these servers have one power law


def publish(folder: Path, noise: float) -> list[str]:
    """Two files of made-up results that follow a known law, but for the noise."""
    draw = random.Random(1)
    files = [folder / "curves.csv", folder / "ends.csv"]
    with files[0].open("w", newline="") as curves, files[1].open("w", newline="") as ends:
        loads = [f"w{load}" for load in range(0, 101, 10)]
        shared = ["cpu", "sockets", "cores", "threads", "mhz", "tdp_w", "mem_gb"]
        whole, two = csv.writer(curves), csv.writer(ends)
        whole.writerow([*shared, "avail", *loads])
        two.writerow([*shared, "published", "idle_w", "max_w"])
        for name, (tdp_w, threads) in CPUS.items():
            for sockets in (1, 2):
                error = [draw.lognormvariate(0, noise) for _ in range(2)]
                idle, full = IDLE * tdp_w * sockets * error[0], FULL * tdp_w * sockets * error[1]
                facts = [name, sockets, threads * sockets // 2, threads * sockets, 2500, tdp_w, 128]
                power = [round(idle + (full - idle) * load / 10, 1) for load in range(11)]
                whole.writerow([*facts, "May-2019", *power])
                for published in ("May-2019", "Jan-2024"):
                    two.writerow([*facts, published, power[0], power[-1]])
    return [str(file) for file in files]


def run_fit(folder: Path, files: list[str], *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPTS / "fit.py"), "--specpower", files[0], "--idle-max", files[1]]
    return subprocess.run([*command, "--output", str(folder), *more], capture_output=True, text=True, check=False)


def test_the_fit_finds_a_known_truth_and_repeats_itself_byte_for_byte(tmp_path: Path) -> None:
    files = publish(tmp_path, noise=0.02)
    done = run_fit(tmp_path, files)
    assert done.returncode == 0, done.stderr
    assert "| A | full |" in done.stdout
    table = json.loads((tmp_path / "power_model.json").read_text())
    assert table["global"]["idle_per_tdp"] == pytest.approx(IDLE, rel=0.03)
    assert table["global"]["max_per_tdp"] == pytest.approx(FULL, rel=0.03)
    assert table["curve_g"] == pytest.approx([load / 10 for load in range(11)], abs=0.01)
    rome = next(row for row in table["arch"] if row["arch"] == "epyc2-rome")
    assert thread_power(table, rome, 225, 128) == pytest.approx(ThreadPower(IDLE * 225 / 128, FULL * 225 / 128), rel=0.1)
    assert (table["data_from"], table["data_to"]) == ("2019-05", "2024-01")
    names = json.loads((tmp_path / "cpus.json").read_text())
    assert names["epyc 7742"] == [225, 128, "epyc2-rome"]
    assert names["xeon platinum 8280"] == [205, 56, "cascadelake/cooperlake"]
    assert run_fit(tmp_path, files, "--check").returncode == 0


def test_changed_data_files_fail_the_check(tmp_path: Path) -> None:
    files = publish(tmp_path, noise=0.02)
    done = run_fit(tmp_path, files, "--check")
    assert done.returncode == 1
    assert "power_model.json differs" in done.stdout
    assert not (tmp_path / "power_model.json").exists()


def test_a_poor_fit_is_not_written(tmp_path: Path) -> None:
    done = run_fit(tmp_path, publish(tmp_path, noise=0.5))
    assert done.returncode == 1
    assert "more than 15 %" in done.stderr
    assert not (tmp_path / "power_model.json").exists()


RESULTS = (SCRIPTS / "RESULTS.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (A0?|B|C) \| (\w+) \| ([\d.]+) \| x([\d.]+) to x([\d.]+) \| (\d+) \|", re.M)


def test_the_published_errors_are_those_of_the_table_that_ships() -> None:
    table = load_data("power_model.json")
    rows = ROW.findall(RESULTS)
    assert len(rows) == 12
    for tier, quantity, error, low, high, _ in rows:
        assert table["mape"][tier][quantity] == pytest.approx(float(error), abs=0.06)
        assert table["intervals90"][tier][quantity] == pytest.approx([float(low), float(high)], abs=0.006)


def test_the_model_reached_its_goals_with_the_processors_left_out() -> None:
    curve, _, _, _, full, newer = (
        float(cell)
        for cell in re.search(r"greenlint tier A\*\* \| [^|]+ \| (.*)", RESULTS)[1].split(" | ")[:6]  # type: ignore[index]
    )
    assert curve <= 16 and full <= 15 and newer <= 16
    assert all(85 <= int(covers) <= 95 for *_, covers in ROW.findall(RESULTS))
    assert load_data("power_model.json")["mape"]["A"]["full"] <= 15


def test_the_documentation_shows_the_figures_that_were_computed() -> None:
    page = (SCRIPTS.parents[1] / "docs" / "power-model.md").read_text(encoding="utf-8")
    rows = [line for line in RESULTS.splitlines() if line.startswith("| **greenlint") or ROW.match(line)]
    assert len(rows) == 16
    assert [row for row in rows if row not in page] == []
