"""`greenlint gate --base REV` in real git repositories with real pytest processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

BENCH = """
from pkg.core import work
def test_work(energy):
    energy(work, 3000)
"""


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", "-C", str(folder), *identity, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository of one commit with one benchmark."""
    for path, text in {
        "greenlint.toml": '[bench]\npaths = ["bench"]\nrounds = 2\n[energy]\nprovider = "model"\n',
        "src/pkg/__init__.py": "",
        "src/pkg/core.py": "def work(n):\n    return sum(i * i for i in range(n))\n",
        "bench/test_bench.py": BENCH,
        "README.md": "text\n",
        ".gitignore": ".greenlint/\n__pycache__/\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path


def gate(project: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "greenlint", "gate", *arguments],
        cwd=project,
        env={**os.environ, "COLUMNS": "80", "PYTEST_ADDOPTS": f"{os.environ['PYTEST_ADDOPTS']} --strict-markers", **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def slower(project: Path, times: int = 2) -> None:
    core = f"def work(n):\n    return sum(i * i for i in range({times} * n))\n"
    (project / "src/pkg/core.py").write_text(core)


@pytest.mark.long
def test_a_slower_commit_is_confirmed_worse_and_nothing_is_left_behind(project: Path) -> None:
    slower(project)
    git(project, "commit", "-q", "-a", "-m", "slower")
    done = gate(project, "--base", "HEAD~1", "--pairs", "4,8", "--json")
    report = json.loads(done.stdout)
    (bench,) = report["benchmarks"]
    assert (done.returncode, bench["verdict"], bench["pairs"]) == (1, "worse", 8)
    assert 1.5 < bench["ratio"] < 2.6
    assert report["metric"] == "cpu"
    assert not report["uncommitted"]
    assert "Traceback" not in done.stderr
    assert git(project, "worktree", "list").count("\n") == 1
    assert not (project / ".greenlint" / "worktrees").exists()
    assert git(project, "status", "--porcelain") == ""


@pytest.mark.long
def test_changes_that_are_not_committed_are_measured_and_stay_as_they_are(project: Path) -> None:
    slower(project, times=3)
    before = git(project, "status", "--porcelain")
    done = gate(project, "--base", "HEAD", "--pairs", "4,8")
    assert done.returncode == 1
    assert "WORSE  bench/test_bench.py::test_work" in done.stdout
    assert "and changes against" in done.stdout
    assert git(project, "status", "--porcelain") == before
    assert git(project, "stash", "list") == ""


def test_a_change_of_documentation_is_skipped_at_once(project: Path) -> None:
    (project / "README.md").write_text("better text\n")
    done = gate(project, "--base", "HEAD")
    assert done.returncode == 0
    assert "no benchmark reaches the 1 changed file" in done.stdout


def test_nothing_changed_is_said_and_passes(project: Path) -> None:
    done = gate(project, "--base", "HEAD", "--format", "md")
    assert done.returncode == 0
    assert done.stdout.startswith("<!-- greenlint gate -->\n### greenlint: nothing to measure: nothing differs")


def test_base_is_where_head_left_it_so_that_its_later_commits_are_not_blamed_on_head(project: Path) -> None:
    git(project, "checkout", "-q", "-b", "topic")
    (project / "README.md").write_text("topic\n")
    git(project, "commit", "-q", "-a", "-m", "topic")
    git(project, "checkout", "-q", "main")
    slower(project)
    git(project, "commit", "-q", "-a", "-m", "main goes on")
    git(project, "checkout", "-q", "topic")
    done = gate(project, "--base", "main")
    assert (done.returncode, "no benchmark reaches the 1 changed file" in done.stdout) == (0, True)


def test_no_benchmark_at_all_is_nothing_measured_and_never_passes(project: Path) -> None:
    (project / "bench/test_bench.py").write_text("def test_plain(): pass\n")
    git(project, "commit", "-q", "-a", "-m", "no benchmark")
    git(project, "commit", "-q", "--allow-empty", "-m", "more")
    (project / "src/pkg/core.py").write_text("work = None\n")
    (project / "bench/test_bench.py").write_text("import pkg.core\ndef test_plain(): pass\n")
    done = gate(project, "--base", "HEAD", "--pairs", "4")
    assert done.returncode == 4
    assert "nothing measured" in done.stderr


@pytest.mark.long
def test_a_benchmark_that_fails_on_one_side_is_shown_as_new_or_gone(project: Path) -> None:
    (project / "bench/test_bench.py").write_text(BENCH + "\ndef test_more(energy):\n    energy(work, 10)\n")
    done = gate(project, "--base", "HEAD", "--pairs", "4", "--format", "junit")
    cases = {case.get("name"): case for case in ElementTree.fromstring(done.stdout).iter("testcase")}
    assert set(cases) == {"bench/test_bench.py::test_work", "bench/test_bench.py::test_more"}
    assert "NEW  bench/test_bench.py::test_more" in gate(project, "--base", "HEAD", "--pairs", "4").stdout


def test_a_side_that_cannot_run_is_one_error_with_pytests_own_words(project: Path) -> None:
    (project / "bench/test_bench.py").write_text("raise SystemExit('broken on purpose')\n")
    done = gate(project, "--base", "HEAD", "--pairs", "4")
    assert done.returncode == 2
    assert "pytest ended with" in done.stderr
    assert "Traceback (most recent call last)" not in done.stderr
    assert git(project, "worktree", "list").count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--base", "nowhere"), "'nowhere' is no commit"),
        (("--base", "--upload-pack=x"), "is no commit"),
        (("--base", "HEAD", "--pairs", "0"), "--pairs 0"),
        (("--base", "HEAD", "--pairs", "3"), "3 pairs can never be certain of a change, 4 can"),
        (("--base", "HEAD", "--pairs", "8,7"), "7 pairs can never be certain of a change, 8 can"),
        (("--base", "HEAD", "--pairs", "1,2,3"), "--pairs 1,2,3"),
        (("--base", "HEAD", "--min-effect", "2"), "a percentage such as"),
        (("--base", "HEAD", "--min-effect", "x %"), "a percentage such as"),
        (("--base", "HEAD", "--run", "abc"), "--run is for budgets"),
        (("bench",), "only for --base: PATHS"),
        (("--format", "junit"), "only for --base: --format junit"),
    ],
)
def test_wrong_arguments_are_one_line_each(project: Path, arguments: tuple[str, ...], message: str) -> None:
    done = gate(project, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_a_repository_and_without_git_the_reason_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    done = gate(folder, "--base", "HEAD", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (done.returncode, "no commit of this repository" in done.stderr) == (2, True)
    done = gate(folder, "--base", "HEAD", PATH=str(tmp_path))
    assert (done.returncode, "git is not installed" in done.stderr) == (2, True)


def test_worktrees_of_a_killed_run_are_removed_by_the_next(project: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    abandoned = project / ".greenlint" / "worktrees" / str(dead.pid) / "head"
    git(project, "worktree", "add", "--detach", str(abandoned), "HEAD")
    (project / "README.md").write_text("changed\n")
    assert gate(project, "--base", "HEAD").returncode == 0
    assert not abandoned.exists()
    assert git(project, "worktree", "list").count("\n") == 1
