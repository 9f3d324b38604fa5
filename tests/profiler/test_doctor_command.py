"""`greenlint doctor`: every provider with its status, reason and remedy, on one screen or as JSON, whatever is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.profiler.registry import all_providers
from greenlint.testing import CounterTree, Zone


def doctor(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "greenlint", "doctor", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, **variables},
        timeout=60,
    )


def test_json_has_the_promised_fields(tmp_path: Path) -> None:
    done = doctor(tmp_path, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert set(report) == {
        *("version", "machine", "chosen", "method", "boundary", "clock", "problem", "idle", "privilege", "load", "ledger"),
        *("git", "extras", "plugins", "providers", "grade", "conditions", "noise", "calibration"),
    }
    names = [provider["name"] for provider in report["providers"]]
    assert names == list(all_providers())
    assert {"rapl-perf", "rapl-powercap", "nvml", "model", "codecarbon", "pyrapl"} <= set(names)
    assert report["grade"]["letter"] in "ABCD"
    assert report["grade"]["letter"] == "A" or report["grade"]["reasons"]
    assert 0 <= report["noise"]["cpu"] < 10
    for provider in report["providers"]:
        assert set(provider) == {"name", "status", "reason", "remedy", "method", "domains", "facts"}
        assert provider["status"] in ("found", "refused", "unavailable")
        assert provider["reason"]
    assert report["chosen"].partition(":")[0] in names
    assert report["machine"]["machine_class"]


def test_a_machine_without_counters_gets_the_model_with_tier_and_watts(tmp_path: Path) -> None:
    report = json.loads(doctor(tmp_path, "--json", GREENLINT_PROVIDER="model").stdout)
    assert report["chosen"] == "model"
    model = next(provider for provider in report["providers"] if provider["name"] == "model")
    assert {"tier", "idle", "full", "interval90"} <= set(model["facts"])


def test_a_dead_counter_is_shown_as_refused_and_why(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree", [Zone(dead=True)]) as tree:
        done = doctor(tmp_path, GREENLINT_POWERCAP_ROOT=tree.root)
    assert done.returncode == 0
    assert "refused" in done.stdout
    assert "does not advance" in " ".join(done.stdout.split())


def test_a_live_counter_is_taken_and_idle_power_is_measured(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree", [Zone(watts=40)]) as tree:
        report = json.loads(doctor(tmp_path, "--json", GREENLINT_POWERCAP_ROOT=tree.root).stdout)
    assert report["chosen"] == "rapl-powercap"
    assert report["method"] == "measured"
    watts, u_watts = report["idle"]["watts"], report["idle"]["u_watts"]
    assert abs(watts - 40) < 3 * u_watts + 2


def test_a_configured_provider_that_cannot_be_used_is_a_problem_not_an_error(tmp_path: Path) -> None:
    none = str(tmp_path / "none")
    done = doctor(tmp_path, GREENLINT_PROVIDER="rapl-powercap", GREENLINT_POWERCAP_ROOT=none, COLUMNS="200")
    assert done.returncode == 0
    assert "rapl-powercap is configured, but" in done.stdout


def test_a_ledger_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / ".greenlint").mkdir()
    (tmp_path / ".greenlint" / "ledger.sqlite").write_text("text\n" * 1000)
    report = json.loads(doctor(tmp_path, "--json").stdout)
    assert report["ledger"]["problem"]


@pytest.mark.parametrize("columns", [60, 100])
def test_the_screen_fits_the_terminal(tmp_path: Path, columns: int) -> None:
    done = doctor(tmp_path, COLUMNS=str(columns))
    provider_lines = done.stdout.partition("providers\n")[2].splitlines()
    assert provider_lines and all(len(line) <= columns for line in provider_lines)
    assert "\x1b" not in done.stdout


def test_nothing_is_written_into_the_project(tmp_path: Path) -> None:
    doctor(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_screen_shows_the_grade_the_noise_and_what_this_machine_cannot_have(tmp_path: Path) -> None:
    done = doctor(tmp_path, COLUMNS="100", GREENLINT_PROVIDER="model")
    lines = done.stdout.splitlines()
    assert any(line.startswith("grade") and line[10] in "ABCD" for line in lines)
    assert any(line.startswith("noise") and "spreads by" in line for line in lines)
    assert "not here: " in done.stdout
    assert len(lines) <= 60
