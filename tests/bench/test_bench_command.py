"""`greenlint bench` as a process: commands and tests, the ledger, formats, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.ledger.store import Ledger

WORK = "sum(n * n for n in range(200_000))"


def bench(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "greenlint", "bench", "--provider", "model", *arguments]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(argv, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "greenlint.toml").write_text("")
    return tmp_path


def test_a_command_is_measured_and_every_process_is_in_the_ledger(folder: Path) -> None:
    done = bench(folder, "--precision", "90 %", "--json", "--seed", "5", "--", sys.executable, "-c", WORK)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    (one,) = report["benchmarks"]
    assert (report["metric"], one["mark"], one["processes"], one["precise"]) == ("cpu", "proxy", 6, True)
    assert one["interval"][0] <= one["value"] <= one["interval"][1]
    assert one["energy"]["mark"] == "estimated"
    with Ledger.open(folder / ".greenlint" / "ledger.sqlite") as ledger:
        run = ledger.run(report["run"])
        assert run is not None
        rows = ledger.measurements(run.run_id)
    assert (run.kind, run.status, run.facts["seed"]) == ("bench", "complete", 5)
    assert [row.attempt for row in rows] == [*range(1, len(rows) + 1)]
    counted = [row for row in rows if not row.excluded]  # a process whose CPU was taken away stays in the ledger
    assert [(row.phase, row.extra["iterations"]) for row in counted] == [("bench", "1")] * 6
    assert len({row.extra["hash_seed"] for row in rows}) == 6


def test_a_test_with_the_fixture_is_a_benchmark_and_the_table_says_what_its_value_is(folder: Path) -> None:
    (folder / "test_b.py").write_text("def test_work(energy):\n    energy(sum, range(1000))\n")
    done = bench(folder, "--max-processes", "2", "--strict", "--no-ledger", "test_b.py")
    assert done.returncode == 3, done.stderr
    assert "test_b.py::test_work" in done.stdout
    assert "CPU time" in done.stdout and "proxy" in done.stdout and "estimated" in done.stdout
    assert "not precise to ±2.0% after 2 processes" in done.stdout
    assert not (folder / ".greenlint").exists()


def test_a_configured_command_runs_in_the_root_and_markdown_is_a_table(folder: Path) -> None:
    (folder / "greenlint.toml").write_text(f'[bench.commands]\nhere = "{sys.executable} here.py"\n')
    (folder / "here.py").write_text("sum(range(10 ** 5))\n")
    done = bench(folder, "--max-processes", "2", "--format", "md")
    assert done.returncode == 0, done.stderr
    assert "| here |" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("test_plain.py",), 4, "nothing measured: no test uses the `energy` fixture"),
        (("--metric", "energy", "--", sys.executable, "-c", ""), 4, "--metric energy, but no counter measured it"),
        (("--require", "measured", "--", sys.executable, "-c", ""), 4, "energy must be measured"),
        (("--rules",), 4, "this project has no"),
        (("--",), 2, "a command is needed behind --"),
        (("--precision", "2", "--", "x"), 2, "a percentage such as"),
        (("--precision", "0 %", "--", "x"), 2, "must be above 0 %"),
        (("test_plain.py", "--", "x"), 2, "leave them out, or the command"),
        (("--write",), 2, "--write is for --rules"),
    ],
)
def test_what_cannot_be_measured_is_four_and_what_makes_no_sense_is_two(
    folder: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    (folder / "test_plain.py").write_text("def test_plain():\n    pass\n")
    done = bench(folder, *arguments)
    assert (done.returncode, message in done.stderr, "Traceback" in done.stderr) == (code, True, False), done.stderr


def test_a_command_that_fails_is_four_with_its_own_words(folder: Path) -> None:
    done = bench(folder, "--", sys.executable, "-c", "raise SystemExit('no input')")
    assert done.returncode == 4
    assert "exit code 1: no input" in done.stdout
    assert "nothing-like-this: command not found" in bench(folder, "--", "nothing-like-this").stdout


def test_the_rules_of_a_project_are_measured_by_its_own_script(folder: Path) -> None:
    script = folder / "benchmarks" / "rules" / "run.py"
    script.parent.mkdir(parents=True)
    script.write_text("import sys\nprint('measured', *sys.argv[1:])\n")
    done = bench(folder, "--rules", "GL205", "--write")
    assert (done.returncode, done.stdout.strip()) == (0, "measured GL205 --write")
