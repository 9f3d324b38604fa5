"""A ledger that cannot be used costs one line that names it; commands and tests still run, and not a byte of it is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_lab import greenlint, one_line

LEDGER = Path(".greenlint") / "ledger.sqlite"
BUDGET = '[tool.greenlint.budgets.suite]\nenergy = "400 J"\n'


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a budget, a test and a ledger that holds one run of each kind."""
    folder = tmp_path_factory.mktemp("measured")
    (folder / "pyproject.toml").write_text(BUDGET)
    (folder / "test_a.py").write_text("def test_a(): pass\n")
    assert greenlint("measure", "--", "true", cwd=folder).returncode == 0
    assert run_pytest(folder).returncode == 0
    return folder


@pytest.fixture
def project(measured: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(measured, tmp_path / "project"))


def run_pytest(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pytest", "-q", "--energy", "-p", "no:cacheprovider", *options]
    return subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, check=False, timeout=60)


def newer(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version=99")
    database.close()


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE cookies (x)")
    database.close()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "text file": (lambda path: path.write_text("notes\n"), "file is not a database"),
    "newer version": (newer, "is of ledger version 99, this greenlint knows"),
    "another database": (foreign, "is an SQLite file, but not a greenlint ledger"),
    "folder": (folder, "is a folder, not a ledger"),
}
READERS = ["report", "report --kpi", "gate", "ledger verify", "ledger export", "ledger merge other", "ledger import other"]


@pytest.mark.parametrize("kind", BAD)
def test_it_is_named_in_one_line_and_left_as_it_is(project: Path, kind: str) -> None:
    spoil, say = BAD[kind]
    path = project / LEDGER
    shutil.copy(path, project / "other")
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    for command in READERS:
        result = greenlint(*command.split(), cwd=project)
        assert one_line(result).startswith(f"greenlint: error: {path}: "), command
        assert say in one_line(result), command
        assert (result.returncode, result.stdout) == (2, b""), command
    result = greenlint("measure", "--", "echo", "done", cwd=project)
    assert (result.returncode, result.stdout) == (0, b"done\n")
    assert f"greenlint: note: not recorded: {path}: " in result.stderr.decode()
    result = greenlint("compare", "a=true", "b=true", "--rounds", "5", cwd=project)
    assert f"greenlint: note: the comparison is not recorded: {path}: " in result.stderr.decode()
    result = run_pytest(project)
    assert b"1 passed" in result.stdout
    assert result.returncode == 0
    assert say.encode() in result.stdout
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_bad_file_among_those_to_merge_changes_nothing(project: Path) -> None:
    shutil.copy(project / LEDGER, project / "good")
    (project / "bad").write_text("notes\n")
    result = greenlint("ledger", "--ledger", "new.sqlite", "merge", "good", "bad", cwd=project)
    assert one_line(result).startswith("greenlint: error: bad: file is not a database")
    assert result.returncode == 2
    assert (
        not (project / "new.sqlite").exists()
        or b": 0 runs" in greenlint("ledger", "--ledger", "new.sqlite", "verify", cwd=project).stdout
    )


@pytest.mark.parametrize(
    "line", [b"[" * 100_000, b"{}", b"notes", b'{"version": 9}', b'{"version": 1, "run": 3, "measurements": []}']
)
def test_a_line_that_is_no_run_is_named_with_its_number_and_the_others_are_not_doubled(project: Path, line: bytes) -> None:
    good = greenlint("ledger", "export", cwd=project).stdout
    (project / "runs.jsonl").write_bytes(good + line + b"\n")
    result = greenlint("ledger", "--ledger", "new.sqlite", "import", "runs.jsonl", cwd=project)
    assert one_line(result).startswith("greenlint: error: runs.jsonl:3: is "), line[:50]
    assert result.returncode == 2
    (project / "runs.jsonl").write_bytes(good)
    assert greenlint("ledger", "--ledger", "new.sqlite", "import", "runs.jsonl", cwd=project).returncode == 0
    assert (
        b": 2 runs, 0 never finished, 0 problems" in greenlint("ledger", "--ledger", "new.sqlite", "verify", cwd=project).stdout
    )


@pytest.mark.parametrize("setting", ["energy = '400'", "energy = 400", "energy = '400 parsecs'", "energi = '400 J'"])
def test_a_budget_that_means_nothing_stops_what_would_judge_by_it(project: Path, setting: str) -> None:
    (project / "pyproject.toml").write_text(f"[tool.greenlint.budgets.suite]\n{setting}\n")
    before = (project / LEDGER).read_bytes()
    for command in ("gate", "report", "check .", "measure -- true"):
        result = greenlint(*command.split(), cwd=project)
        assert one_line(result).startswith("greenlint: error: pyproject.toml:2: "), command
        assert (result.returncode, result.stdout) == (2, b""), command
    result = run_pytest(project)
    assert result.returncode == 4
    assert b"ERROR: greenlint: pyproject.toml:2: " in result.stderr + result.stdout
    assert (project / LEDGER).read_bytes() == before


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_runs_are_recorded_whatever_git_is(project: Path) -> None:
    """Without git, without a repository, without a commit, dirty, shallow, with a subject that is no UTF-8."""

    def commits() -> list[tuple[str, bool, str]]:
        from greenlint.ledger.store import Ledger

        with Ledger.open(project / LEDGER, create=False) as ledger:
            return [(run.commit.sha, run.commit.dirty, run.commit.subject) for run in ledger.runs() if run.commit]

    assert greenlint("measure", "--", sys.executable, "-c", "", cwd=project, PATH="").returncode == 0
    assert run_pytest(project, PATH="").returncode == 0
    git(project, "init", "-q")
    assert greenlint("measure", "--", "true", cwd=project).returncode == 0
    assert commits() == []
    (project / ".gitignore").write_text(".greenlint\n__pycache__\n")
    git(project, "add", ".")
    (project / "message").write_bytes(b"caf\xe9")
    git(project, "commit", "-q", "-F", "message")
    greenlint("measure", "--", "true", cwd=project)
    with (project / "test_a.py").open("a") as file:
        file.write("\n")
    assert run_pytest(project).returncode == 0
    (dirty_sha, dirty, _), (sha, clean, subject) = commits()
    assert (sha, dirty, clean) == (dirty_sha, True, False)
    assert subject.startswith("caf")
    assert greenlint("report", "--by", "commit", cwd=project).returncode == 0
    git(project, "commit", "-qam", "two")
    git(project, "clone", "-q", "--depth", "1", f"file://{project}", "shallow")
    assert run_pytest(project / "shallow").returncode == 0
    assert greenlint("gate", cwd=project / "shallow").returncode == 0
