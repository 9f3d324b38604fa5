"""`greenlint measure` as a user meets it: streams, exit codes, JSON, ledger, repeats, and what it says when it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.testing import CounterTree, Zone


def measure(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "greenlint", "measure", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, **variables},
        timeout=60,
    )


def test_output_passes_through_and_the_report_goes_to_stderr(tmp_path: Path) -> None:
    done = measure(tmp_path, "--no-ledger", "--", "sh", "-c", "echo out; echo err >&2")
    assert done.returncode == 0
    assert done.stdout == "out\n"
    assert done.stderr.startswith("err\n")
    for word in (
        "energy",
        "estimated by model",
        "above idle",
        "idle included",
        "CPU time",
        "wall time",
        "cores busy",
        "peak memory",
    ):
        assert word in done.stderr
    assert not (tmp_path / ".greenlint").exists()


def test_json_is_one_object_on_stdout_and_the_command_speaks_on_stderr(tmp_path: Path) -> None:
    done = measure(tmp_path, "--json", "--no-ledger", "--repeat", "2", "--name", "greeting", "--", "sh", "-c", "echo out")
    assert done.stderr == "out\nout\n"
    report = json.loads(done.stdout)
    assert report["version"] == 1
    assert len(report["runs"]) == 2
    run = report["runs"][0]
    assert run["name"] == "greeting"
    assert set(run) >= {
        "energy",
        "wall_s",
        "cpu_s",
        "peak_bytes",
        "peak_below_bytes",
        "outcome",
        "returncode",
        "timed_out",
        "devices",
    }
    energy = run["energy"]
    assert set(energy) >= {
        "energy_j",
        "idle_j",
        "dynamic_j",
        "u_rand",
        "u_sys",
        "sys_group",
        "interval",
        "method",
        "provider",
        "boundary",
    }
    assert energy["interval"][0] <= energy["energy_j"] <= energy["interval"][1]


@pytest.mark.parametrize(("script", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143), ("kill -KILL $$", 137)])
def test_the_exit_code_is_that_of_the_command(tmp_path: Path, script: str, code: int) -> None:
    done = measure(tmp_path, "--no-ledger", "--", "sh", "-c", script)
    assert done.returncode == code
    assert "energy" in done.stderr


def test_a_missing_command_is_one_line_and_exit_code_two(tmp_path: Path) -> None:
    done = measure(tmp_path, "--no-ledger", "--", "no-such-program")
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["greenlint: error: no-such-program: command not found (is it installed and on PATH?)"]


def test_a_required_method_that_is_not_there_is_exit_code_four_before_anything_runs(tmp_path: Path) -> None:
    done = measure(tmp_path, "--no-ledger", "--provider", "model", "--require", "measured", "--", "touch", "ran")
    assert done.returncode == 4
    assert "doctor" in done.stderr
    assert not (tmp_path / "ran").exists()
    assert measure(tmp_path, "--no-ledger", "--provider", "model", "--require", "estimated", "--", "true").returncode == 0


@pytest.mark.parametrize("name", ["rapl-powercap", "no-such-provider"])
def test_a_provider_that_cannot_be_used_is_exit_code_four_with_its_reason(tmp_path: Path, name: str) -> None:
    done = measure(tmp_path, "--no-ledger", "--provider", name, "--", "true", GREENLINT_POWERCAP_ROOT=str(tmp_path / "none"))
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1
    assert name in done.stderr and "Traceback" not in done.stderr


def test_the_environment_names_the_provider_too(tmp_path: Path) -> None:
    done = measure(tmp_path, "--no-ledger", "--", "true", GREENLINT_PROVIDER="no-such-provider")
    assert done.returncode == 4


def test_repeats_show_median_and_range_and_stop_at_a_failure(tmp_path: Path) -> None:
    done = measure(tmp_path, "--no-ledger", "--repeat", "3", "--", "true")
    assert "repeats  3" in done.stderr
    script = "echo x >> count; test $(wc -l < count) -lt 2"
    failing = measure(tmp_path, "--no-ledger", "--repeat", "5", "--", "sh", "-c", script)
    assert failing.returncode == 1
    assert (tmp_path / "count").read_text() == "x\nx\n"


def test_a_time_limit_ends_the_command(tmp_path: Path) -> None:
    done = measure(tmp_path, "--no-ledger", "--timeout", "0.2", "--", "sleep", "30")
    assert done.returncode == 143
    assert "killed" in done.stderr


def test_options_after_the_command_belong_to_the_command(tmp_path: Path) -> None:
    done = measure(tmp_path, "--no-ledger", "--", "echo", "--json", "--repeat", "3")
    assert done.stdout == "--json --repeat 3\n"


def test_runs_are_recorded_in_the_ledger(tmp_path: Path) -> None:
    from greenlint.ledger.store import Ledger

    (tmp_path / "pyproject.toml").write_text("[tool.greenlint]\n")
    assert measure(tmp_path, "--repeat", "2", "--name", "nothing", "--", "true").returncode == 0
    with Ledger.open(str(tmp_path / ".greenlint" / "ledger.sqlite"), create=False) as ledger:
        run = ledger.latest_run(kind="measure")
        assert run is not None and run.status == "complete"
        names = [measurement.name for measurement in ledger.measurements(run.run_id)]
    assert names == ["nothing", "nothing"]


def test_a_ledger_that_cannot_be_written_costs_one_line_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.greenlint]\n")
    (tmp_path / ".greenlint").mkdir()
    (tmp_path / ".greenlint" / "ledger.sqlite").write_text("this is a text file, not a database at all\n" * 100)
    done = measure(tmp_path, "--", "echo", "hello")
    assert done.returncode == 0
    assert done.stdout == "hello\n"
    assert sum("not recorded" in line for line in done.stderr.splitlines()) == 1
    assert "energy" in done.stderr


def test_a_live_counter_is_taken_and_printed_with_its_mark(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree", [Zone(watts=40, zones=(Zone("dram", watts=4),))]) as tree:
        done = measure(tmp_path, "--no-ledger", "--json", "--", "sleep", "0.4", GREENLINT_POWERCAP_ROOT=tree.root)
    report = json.loads(done.stdout)
    energy = report["runs"][0]["energy"]
    assert energy["provider"] == "rapl-powercap"
    assert energy["method"] in ("counter", "attributed")
    assert energy["domains"] == ["package-0", "dram-0"]
    low, high = energy["interval"]
    assert low < 44 * 0.4 < high


def test_a_counter_that_stalls_gives_no_number_and_exit_code_four(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree", [Zone(stalls_after_s=1.0)]) as tree:
        done = measure(tmp_path, "--no-ledger", "--", "sleep", "1.5", GREENLINT_POWERCAP_ROOT=tree.root)
    assert done.returncode == 4
    assert "no valid measurement: rapl-powercap" in done.stderr
    assert " J" not in done.stderr.split("CPU time")[0].replace("no valid measurement", "")


def test_help_explains_the_exit_code(tmp_path: Path) -> None:
    done = measure(tmp_path, "--help", COLUMNS="60")
    assert done.returncode == 0
    assert "Exit code" in done.stdout
