"""`greenlint measure` as a user meets it: streams, exit codes, JSON, ledger, repeats, and what it says when it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.config.schema import Config
from greenlint.model.energy import Energy, Method
from greenlint.model.format import digits
from greenlint.model.measurement import Measurement
from greenlint.profiler.command import CommandResult
from greenlint.profiler.footprint import basis_of
from greenlint.profiler.meter import Meter
from greenlint.reporters.measure_text import render
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


def place(folder: Path, *lines: str) -> Path:
    (folder / "pyproject.toml").write_text("\n".join(("[tool.greenlint.carbon]", *lines)) + "\n")
    return folder


def test_without_a_unit_and_a_place_the_report_has_no_carbon_and_its_json_fields_are_null(tmp_path: Path) -> None:
    assert "carbon" not in measure(tmp_path, "--no-ledger", "--", "true").stderr
    (run,) = json.loads(measure(tmp_path, "--no-ledger", "--json", "--", "true").stdout)["runs"]
    assert run["carbon"] is None
    assert run["sci"] is None


def test_a_functional_unit_gives_carbon_and_a_score_with_intervals_and_the_mark_of_the_energy(tmp_path: Path) -> None:
    arguments = ("--no-ledger", "--provider", "model", "--per", "request", "--count", "1000", "--", "sh", "-c", "true")
    text = " ".join(measure(tmp_path, *arguments).stderr.split())
    for words in (
        "] per request from estimated energy",
        "WORLD 2025",
        "location-based",
        "set zone in [tool.greenlint.carbon]",
        "from estimated energy · one run is 1,000 x request",
        "operational",
        "embodied: ",
        "4 years by default",
    ):
        assert words in text


def test_the_json_of_a_score_follows_from_its_energy_and_time(tmp_path: Path) -> None:
    arguments = ("--no-ledger", "--json", "--per", "request", "--count", "1000", "--", "sleep", "0.1")
    lines = ('zone = "DEU"', "pue = 1.5", "[tool.greenlint.carbon.embodied]", "server-kg = 1000", "total-threads = 1024")
    (run,) = json.loads(measure(place(tmp_path, *lines), *arguments).stdout)["runs"]
    carbon, score = run["carbon"], run["sci"]
    assert carbon["g"] == pytest.approx(run["energy"]["energy_j"] / 3.6e6 * 1.5 * carbon["factor"]["g_per_kwh"])
    assert carbon["factor"]["zone"] == "DEU"
    assert carbon["interval"][0] < carbon["g"] < carbon["interval"][1]
    assert carbon["method"] == run["energy"]["method"]
    assert score["operational"]["g"] == pytest.approx(carbon["g"] / 1000)
    made = 1e6 * run["wall_s"] / (4 * 365.25 * 86400) * (os.cpu_count() or 1) / 1024 / 1000
    assert score["embodied"]["g"] == pytest.approx(made)
    assert (score["functional_unit"], score["functional_units"]) == ("request", 1000.0)


def test_a_place_without_a_unit_gives_carbon_and_no_score(tmp_path: Path) -> None:
    place(tmp_path, 'zone = "gcp:europe-north1"')
    done = measure(tmp_path, "--no-ledger", "--", "true")
    assert "factor of FIN, PUE" in " ".join(done.stderr.split())
    assert "SCI" not in done.stderr
    (run,) = json.loads(measure(tmp_path, "--no-ledger", "--json", "--", "true").stdout)["runs"]
    assert run["carbon"]["pue_interval"][0] <= run["carbon"]["pue"] <= run["carbon"]["pue_interval"][1]
    assert run["sci"] is None


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (("factor-g-per-kwh = 20", 'basis = "market"'), "market-based"),
        (('zone = "ATLANTIS"',), "unknown carbon zone 'ATLANTIS'"),
        (("[tool.greenlint.carbon.embodied]", "total-threads = 1"), "logical CPUs reserved of 1"),
    ],
)
def test_settings_without_a_score_are_one_line_and_exit_code_two_before_anything_runs(
    tmp_path: Path, lines: tuple[str, ...], problem: str
) -> None:
    if "total-threads = 1" in lines and os.cpu_count() == 1:
        lines, problem = ('zone = "ATLANTIS"',), "ATLANTIS"
    done = measure(place(tmp_path, *lines), "--no-ledger", "--per", "request", "--", "touch", "ran")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert problem in done.stderr
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--per", "request", "--count", "0"), "--count"),
        (("--per", "request", "--count", "-3"), "--count"),
        (("--per", "request", "--count", "nan"), "must be above 0"),
        (("--per", "request", "--count", "inf"), "must be above 0"),
        (("--count", "5"), "name them with --per"),
        (("--per", " "), "--per names the functional unit"),
    ],
)
def test_units_that_make_no_sense_are_refused_before_anything_runs(
    tmp_path: Path, arguments: tuple[str, ...], problem: str
) -> None:
    done = measure(tmp_path, "--no-ledger", *arguments, "--", "touch", "ran")
    assert done.returncode == 2
    assert problem in done.stderr
    assert not (tmp_path / "ran").exists()


def test_a_market_based_factor_is_enough_for_carbon_and_is_called_so(tmp_path: Path) -> None:
    done = measure(place(tmp_path, "factor-g-per-kwh = 20", 'basis = "market"'), "--no-ledger", "--", "true")
    assert done.returncode == 0
    assert "market-based" in done.stderr


def test_a_proxy_gives_no_carbon_and_says_why(tmp_path: Path) -> None:
    arguments = ("--no-ledger", "--provider", "proxy", "--per", "request", "--", "true")
    done = measure(tmp_path, *arguments)
    assert "carbon  not known: proxy claims no joules" in done.stderr
    assert "SCI" not in done.stderr
    report = json.loads(measure(tmp_path, "--json", *arguments).stdout)
    assert "no carbon: proxy claims no joules" in report["warnings"]
    assert report["runs"][0]["carbon"] is None
    assert report["runs"][0]["sci"] is None


def test_a_stalled_counter_gives_no_carbon_and_says_why(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree", [Zone(stalls_after_s=1.0)]) as tree:
        command = ("--no-ledger", "--per", "request", "--", "sleep", "1.5")
        done = measure(tmp_path, *command, GREENLINT_POWERCAP_ROOT=tree.root)
    assert done.returncode == 4
    assert "carbon not known: no valid measurement of energy: rapl-powercap" in " ".join(done.stderr.split())
    assert "CO2e" not in done.stderr


def test_a_measured_energy_marks_its_carbon_as_derived_from_it(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree", [Zone(watts=40)]) as tree:
        command = ("--no-ledger", "--per", "request", "--", "sleep", "0.4")
        for _ in range(3):  # where neighbours keep the simulated counter from its turn, it is refused, as it should be
            text = measure(tmp_path, *command, GREENLINT_POWERCAP_ROOT=tree.root).stderr
            if "stopped counting" not in text:
                break
    assert "from measured energy" in text or "from attributed energy" in text


def test_every_repeat_has_a_score_of_its_own_energy(tmp_path: Path) -> None:
    arguments = ("--no-ledger", "--json", "--repeat", "3", "--per", "run", "--", "sh", "-c", "true")
    runs = json.loads(measure(tmp_path, *arguments).stdout)["runs"]
    for run in runs:
        assert run["sci"]["energy"]["energy_j"] == run["energy"]["energy_j"]


def test_of_repeats_the_carbon_shown_is_that_of_the_run_of_median_cpu_time() -> None:
    with Meter.open("model") as meter:
        basis = basis_of(meter.machine, Config(root="."))
        results = []
        for seconds in (3, 1, 2):
            energy = Energy(seconds * 1e3, 0.0, 0.0, 1.0, "g", Method.MODEL, "model", ("machine",), "machine")
            ns = seconds * 10**9
            window = Measurement("m", "command", energy, ns, ns)
            results.append(CommandResult(0, None, window, ns, ns, 1000, False, ()))
        footprints = [basis.footprint(result.measurement.energy, 1.0, 1.0, "run") for result in results]
        text = render(results, meter, (), footprints, 200)
    (row,) = [line for line in text.splitlines() if line.startswith("      carbon")]
    assert digits(footprints[2].carbon.grams * 1e3) in row
    assert "energy  2000 J" in text


def test_a_command_that_fails_has_a_score_with_a_warning(tmp_path: Path) -> None:
    done = measure(tmp_path, "--no-ledger", "--per", "request", "--", "sh", "-c", "exit 3")
    assert done.returncode == 3
    assert "the command failed: it may have done fewer" in " ".join(done.stderr.split())
