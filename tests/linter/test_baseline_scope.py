"""A baseline forgets only what a run has looked at, and is never written over something that is none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from shell import greenlint

WASTE = "def f(p):\n    return p\n    print(p)\n"
NAME = "greenlint-baseline.json"


def check(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the real command."""
    return greenlint("check", *arguments, cwd=cwd)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three files with a finding each, all of them in the baseline."""
    (tmp_path / "pyproject.toml").write_text("[tool.greenlint]\n")
    for name in ("a.py", "one/b.py", "one two/c.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(WASTE)
    written = check("--write-baseline", ".", cwd=tmp_path)
    target = tmp_path / NAME
    assert written.stderr == f"greenlint: wrote 3 findings to {target}; use it with --baseline {NAME}\n"
    assert written.returncode == 0
    return tmp_path


def listed(project: Path) -> list[str]:
    return sorted(place.split(":")[0] for place in json.loads((project / NAME).read_text())["findings"].values())


def test_a_run_over_one_folder_replaces_what_is_listed_there_and_keeps_the_rest(project: Path) -> None:
    (project / "one" / "b.py").write_text("x = 1\n")
    written = check("--write-baseline", "one", cwd=project)
    assert "wrote 0 findings and kept 2 that this run did not look for" in written.stderr
    assert listed(project) == ["a.py", "one two/c.py"]
    assert check("--baseline", NAME, ".", cwd=project).returncode == 0


def test_a_run_in_a_subfolder_keeps_the_rest_as_well(project: Path) -> None:
    (project / "one" / "b.py").unlink()
    check("--write-baseline", ".", cwd=project / "one")
    assert listed(project) == ["a.py", "one two/c.py"]


@pytest.mark.parametrize(
    "option", [("--select", "GL2"), ("--ignore", "GL107"), ("--min-confidence", "100"), ("--exclude", "*.py")]
)
def test_a_run_that_asks_for_less_forgets_nothing(project: Path, option: tuple[str, str]) -> None:
    check(*option, "--write-baseline", ".", cwd=project)
    assert listed(project) == ["a.py", "one two/c.py", "one/b.py"]


def test_a_run_over_everything_forgets_what_is_repaired(project: Path) -> None:
    check("--select", "GL107", "--fix", "a.py", cwd=project)
    check("--write-baseline", cwd=project)
    assert listed(project) == ["one two/c.py", "one/b.py"]


def test_a_file_that_is_no_baseline_is_not_overwritten(project: Path) -> None:
    done = check("--write-baseline", "--baseline", "pyproject.toml", ".", cwd=project)
    assert done.returncode == 2
    assert done.stderr.startswith("greenlint: error: pyproject.toml: is not a greenlint baseline")
    assert (project / "pyproject.toml").read_text() == "[tool.greenlint]\n"


def test_findings_that_moved_stay_known_and_equal_lines_are_counted(project: Path) -> None:
    (project / "a.py").write_text('"""Moved."""\n\n\n' + WASTE)
    assert check("--baseline", NAME, ".", cwd=project).returncode == 0
    (project / "a.py").write_text(WASTE + WASTE.replace("def f", "def g"))
    found = check("--baseline", NAME, "--output-format", "concise", ".", cwd=project)
    assert [line.split(":")[:2] for line in found.stdout.splitlines()] == [["a.py", "6"]]


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"version": 1, "findings": []}', b'{"version": 1}', b"3"])
def test_a_damaged_baseline_is_one_line(project: Path, data: bytes) -> None:
    (project / NAME).write_bytes(data)
    done = check("--baseline", NAME, ".", cwd=project)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"greenlint: error: {NAME}: is not a greenlint baseline")


def test_a_newer_baseline_is_one_line(project: Path) -> None:
    (project / NAME).write_text('{"version": 2, "findings": {}}')
    done = check("--baseline", NAME, ".", cwd=project)
    assert done.stderr == f"greenlint: error: {NAME}: baseline version 2 is not known to this greenlint (upgrade greenlint)\n"
    assert done.returncode == 2


NEW = "\n\ndef g(q):\n    return q\n    print('new', q)\n"


@pytest.mark.parametrize("rest", [WASTE + NEW, NEW.lstrip() + "\n\n" + WASTE], ids=["below", "above"])
def test_a_fix_leaves_alone_what_the_baseline_lists(project: Path, rest: str) -> None:
    (project / "a.py").write_text(rest)
    shown = check("--diff", "--baseline", NAME, ".", cwd=project)
    assert [line for line in shown.stdout.splitlines() if line.startswith("-  ")] == ["-    print('new', q)"]
    fixed = check("--fix", "--baseline", NAME, ".", cwd=project)
    assert (fixed.returncode, (project / "a.py").read_text()) == (0, rest.replace("    print('new', q)\n", ""))
    assert (project / "one" / "b.py").read_text() == WASTE
    assert "Fixed 1 finding" in fixed.stdout


def test_a_fix_of_an_editor_s_text_leaves_it_alone_as_well(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "greenlint", "check", "--fix", "--baseline", NAME, "--stdin-filename", "a.py"],
        cwd=project,
        input=WASTE + NEW,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, WASTE + NEW.replace("    print('new', q)\n", ""))


def test_a_baseline_that_cannot_be_read_keeps_a_fix_from_changing_anything(project: Path) -> None:
    (project / NAME).write_text("{}")
    done = check("--fix", "--baseline", NAME, ".", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not a greenlint baseline" in done.stderr
    assert (project / "a.py").read_text() == WASTE
