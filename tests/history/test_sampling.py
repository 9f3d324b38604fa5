"""Processes that are run to their end, and pytest kept inside a worktree."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from greenlint.sampling.isolation import pytest_options
from greenlint.sampling.process import Done, run_whole

if TYPE_CHECKING:
    from pathlib import Path

SLEEPER = "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(300)']); print(p.pid)"


def run(code: str, folder: Path, timeout_s: float = 30.0) -> Done:
    return run_whole([sys.executable, "-c", code], cwd=str(folder), env=dict(os.environ), timeout_s=timeout_s)


def gone(pid: int) -> bool:
    for _ in range(200):
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii") as file:
                if file.read().split()[2] == "Z":
                    return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_what_a_command_leaves_running_neither_delays_it_nor_survives_it(tmp_path: Path) -> None:
    began = time.monotonic()
    done = run(SLEEPER, tmp_path)
    assert (done.code, done.timed_out) == (0, False)
    assert time.monotonic() - began < 20
    assert gone(int(done.output))


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_command_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    done = run(f"{SLEEPER}; sys.stdout.flush(); p.wait()", tmp_path, timeout_s=1.0)
    assert done.timed_out
    assert gone(int(done.output))


def test_output_of_megabytes_is_kept_to_its_end_and_a_text_is_for_the_shell(tmp_path: Path) -> None:
    done = run("print('x' * 5_000_000); print('last words'); raise SystemExit(3)", tmp_path)
    assert (done.code, done.last_line, len(done.output) < 2_000_000) == (3, "last words", True)
    assert run_whole("exit 4", cwd=str(tmp_path), env=dict(os.environ), timeout_s=30).code == 4


@pytest.mark.parametrize(
    ("files", "own"),
    [
        ({}, False),
        ({"pyproject.toml": "[tool.black]\n"}, False),
        ({"pyproject.toml": "[tool.pytest.ini_options]\n"}, True),
        ({"bench/pytest.ini": ""}, True),
        ({"setup.cfg": "[tool:pytest]\n"}, True),
        ({"../tox.ini": "[pytest]\n"}, True),
        ({"../../pytest.ini": ""}, False),
    ],
)
def test_settings_above_a_worktree_are_never_those_of_the_commit(tmp_path: Path, files: dict[str, str], own: bool) -> None:
    project = tmp_path / "top" / "project"
    (project / "bench").mkdir(parents=True)
    (tmp_path / "top" / ".git").write_text("gitdir: elsewhere\n")
    for path, text in files.items():
        (project / path).write_text(text)
    options = pytest_options(str(project), ("bench/test_a.py::test_one",))
    assert options[:2] == [f"--rootdir={project}", f"--confcutdir={tmp_path / 'top'}"]
    assert ("-c" not in options) is own
