"""What `greenlint gate --base` writes: a command as a benchmark, every pair in the ledger, SARIF, job summary, other files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from test_against_command import git

from greenlint.ledger.store import Ledger
from greenlint.profiler.machine import describe_machine
from greenlint.profiler.pair_noise import PairNoise, save

SCRIPT = "import sys\nprint(sum(n * n for n in range({} * 100_000)))\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository whose project lies in a folder of it, with one command as its benchmark, and no test."""
    folder = tmp_path / "tool"
    folder.mkdir()
    (folder / "greenlint.toml").write_text(
        f'[energy]\nprovider = "model"\n[bench.commands]\nsquares = "{sys.executable} squares.py"\n'
    )
    (folder / "squares.py").write_text(SCRIPT.format(3))
    (tmp_path / ".gitignore").write_text(".greenlint/\n")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "first")
    return folder


def gate(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "100", "XDG_DATA_HOME": str(project / "data"), **variables}
    environment.pop("GITHUB_STEP_SUMMARY", None) if "GITHUB_STEP_SUMMARY" not in variables else None
    argv = [sys.executable, "-m", "greenlint", "gate", *arguments]
    return subprocess.run(argv, cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=120)


def worse(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    (project / "squares.py").write_text(SCRIPT.format(9))
    return gate(project, "--base", "HEAD", "--pairs", "4,8", *arguments, **variables)


def test_a_command_is_a_benchmark_and_every_format_is_written_from_one_run(project: Path) -> None:
    summary = project / "summary.md"
    summary.write_text("before\n")
    files = {name: project / f"out.{name}" for name in ("sarif", "md", "junit", "json")}
    also = [text for name, path in files.items() for text in ("--also", f"{name}={path}")]
    done = worse(project, *also, "--summary", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 1, done.stderr
    assert "WORSE  squares" in done.stdout

    report: dict[str, Any] = json.loads(files["json"].read_text())
    assert (report["exit_code"], report["benchmarks"][0]["verdict"]) == (1, "worse")
    (run,) = json.loads(files["sarif"].read_text())["runs"]
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("tool/greenlint.toml", 4)
    assert "squares is worse" in result["message"]["text"]
    assert result["ruleId"] == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
    assert summary.read_text() == "before\n" + files["md"].read_text()
    assert ElementTree.parse(files["junit"]).getroot().get("failures") == "1"

    with Ledger.open(project / ".greenlint" / "ledger.sqlite") as ledger:
        stored = ledger.latest_run("gate")
        assert stored is not None and stored.status == "complete"
        rows = ledger.measurements(stored.run_id)
    assert stored.facts["results"]["squares"]["verdict"] == "worse"
    counted = [row for row in rows if not row.excluded]  # a pair whose CPU was taken away stays in the ledger
    assert [(row.name, row.phase) for row in counted] == [("squares", "bench")] * 24
    assert [row.extra["side"] for row in rows[:4]] == ["base", "head"] * 2
    assert {row.extra["stage"] for row in rows} == {"1", "2"}
    assert all(row.cpu_ns > 0 and row.extra["hash_seed"] for row in rows)


def test_without_summary_nothing_is_written_to_the_job_summary(project: Path) -> None:
    summary = project / "summary.md"
    (project / "squares.py").write_text(SCRIPT.format(3) + "# the same\n")
    assert gate(project, "--base", "HEAD", "--pairs", "4", GITHUB_STEP_SUMMARY=str(summary)).returncode == 0
    assert not summary.exists()
    done = gate(project, "--base", "HEAD", "--pairs", "4", "--summary")
    assert "GITHUB_STEP_SUMMARY names no file here" in done.stderr


def test_a_command_that_fails_in_the_head_is_unmeasured_and_never_passes(project: Path) -> None:
    (project / "squares.py").write_text("import sys\nsys.exit('broken on purpose')\n")
    done = gate(project, "--base", "HEAD", "--pairs", "4")
    assert done.returncode == 4
    assert "fails in the head: exit code 1: broken on purpose" in done.stdout
    assert "nothing measured: 1 benchmarks fail" in done.stderr


def test_noise_that_doctor_found_says_when_the_pairs_are_too_few(project: Path) -> None:
    noise = PairNoise(describe_machine().machine_class, "cpu", 0.05, 30, 1, "[built-in]", "2026-11-21")
    save(noise, str(project / "data" / "greenlint" / "noise.json"))
    (project / "squares.py").write_text(SCRIPT.format(3) + "# the same\n")
    done = gate(project, "--base", "HEAD", "--pairs", "4")
    assert "processes differ by 5.0% here (2026-11-21): to see +5 % takes 16 pairs, 12 decide: --pairs 4,16" in done.stderr


@pytest.mark.skipif(not shutil.which("valgrind"), reason="valgrind is not installed")
@pytest.mark.long
def test_instructions_decide_with_one_run_a_side_and_a_repeat_and_claim_no_joules(project: Path) -> None:
    (project / "squares.py").write_text(SCRIPT.format(3).replace("n * n", "n * n + 1"))
    done = gate(project, "--base", "HEAD", "--metric", "instructions", "--format", "md")
    assert done.returncode == 1, done.stderr
    assert "**worse**" in done.stdout
    assert "instructions (proxy, no joules) of an iteration; 2 runs a side" in done.stdout
    assert "no joules" in done.stderr
    with Ledger.open(project / ".greenlint" / "ledger.sqlite") as ledger:
        stored = ledger.latest_run("gate")
        assert stored is not None
        rows = ledger.measurements(stored.run_id)
    assert (stored.method, len(rows)) == ("proxy", 4)
    assert all(int(row.extra["instructions"]) > 1e6 and row.energy is None and row.excluded for row in rows)


def test_documentation_reaches_no_command(project: Path) -> None:
    (project / "README.md").write_text("text\n")
    git(project, "add", "-A")
    done = gate(project, "--base", "HEAD")
    assert (done.returncode, "no benchmark reaches" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--base", "HEAD", "--also", "md"), "one of md, json, junit, sarif, then ="),
        (("--base", "HEAD", "--also", "text=x"), "one of md, json, junit, sarif, then ="),
        (("--base", "HEAD", "--also", "md=no/such/folder/x"), "does not exist"),
        (("--metric", "cpu"), "only for --base: --metric"),
        (("--summary", "--seed", "0"), "only for --base: --seed, --summary"),
        (("--format", "sarif"), "only for --base: --format sarif"),
    ],
)
def test_wrong_arguments_are_one_line_each(project: Path, arguments: tuple[str, ...], message: str) -> None:
    done = gate(project, *arguments)
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('commands = ["x"]', "'commands' must be a table"),
        ("commands = { x = 3 }", "must be a command such as"),
        ('commands = { "a::b" = "x" }', "under a name without ::"),
        ('commands = { x = "it\'s" }', "No closing quotation"),
    ],
)
def test_commands_that_make_no_sense_are_errors_with_the_place(project: Path, text: str, message: str) -> None:
    (project / "greenlint.toml").write_text(f"[bench]\n{text}\n")
    done = gate(project, "--base", "HEAD")
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr
