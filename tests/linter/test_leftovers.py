"""What a writer that was killed leaves behind goes with a later write, and nobody else's file goes with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from greenlint.linter.atomic import write_atomically

KILLED = """
import os, signal, sys
from greenlint.linter.atomic import write_atomically
os.replace = lambda *names: os.kill(os.getpid(), signal.SIGKILL)
write_atomically(sys.argv[1], b"half")
"""
DAY = 86_400

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")


def killed_writer(target: Path) -> Path:
    """What a process leaves that is killed before its new file takes the place of `target`."""
    before = set(target.parent.iterdir())
    done = subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    assert done.returncode == -9
    (left,) = set(target.parent.iterdir()) - before
    return left


def age(path: Path, seconds: float) -> None:
    moment = time.time() - seconds
    os.utime(path, (moment, moment))


def test_the_next_write_after_a_day_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_bytes(b"old")
    left = killed_writer(target)
    assert target.read_bytes() == b"old" and left.read_bytes() == b"half"
    age(left, DAY + 60)
    write_atomically(str(target), b"new")
    assert sorted(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"new"


def test_a_younger_one_stays_for_its_writer_may_still_be_at_work(tmp_path: Path) -> None:
    left = killed_writer(tmp_path / "report.json")
    age(left, DAY - 60)
    write_atomically(str(tmp_path / "report.json"), b"new")
    assert left.exists()


def test_what_belongs_to_another_target_or_is_no_file_of_ours_stays(tmp_path: Path) -> None:
    others = [killed_writer(tmp_path / "other.json"), tmp_path / ".greenlint-notes"]
    others[1].write_text("mine")
    folder = tmp_path / killed_writer(tmp_path / "report.json").name
    folder.unlink()
    folder.mkdir()
    for path in (*others, folder):
        age(path, 30 * DAY)
    write_atomically(str(tmp_path / "report.json"), b"new")
    assert all(path.exists() for path in (*others, folder))


@pytest.mark.parametrize("name", ["n" * 255, "é" * 120, "sp ace\n.json", "-"])
def test_every_name_that_a_file_can_have_is_written(tmp_path: Path, name: str) -> None:
    write_atomically(str(tmp_path / name), b"new")
    assert (tmp_path / name).read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1
