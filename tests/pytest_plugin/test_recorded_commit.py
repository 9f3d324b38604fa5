"""The commit of a run: with its origin from the first run on, though git is asked for that once a commit only."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from energy_lab import run, stored

if TYPE_CHECKING:
    from pathlib import Path

    from greenlint.model.run import Commit

SUITE = "def test_it(): pass\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", "-C", str(folder), *identity, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path, message: str) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def recorded(folder: Path, *options: str) -> Commit:
    done = run(folder, None, "--energy", *options)
    assert done.returncode == 0, done.stdout
    found = stored(folder)[0].commit
    assert found is not None
    return found


def test_every_run_of_a_commit_knows_where_it_came_from(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(SUITE)
    (tmp_path / ".gitignore").write_text("__pycache__/\n")
    git(tmp_path, "init", "-q", "-b", "trunk")
    first, second = commit(tmp_path, "one"), commit(tmp_path, "two: with\ttab")
    times = {sha: int(git(tmp_path, "log", "-1", "--format=%at", sha)) for sha in (first, second)}  # a second may pass between
    for _ in range(2):
        found = recorded(tmp_path)
        assert found == (second, first, times[second], False, "trunk", "two: with\ttab")
    (tmp_path / "test_it.py").write_text(SUITE + "# changed\n")
    assert recorded(tmp_path) == found._replace(dirty=True)
    git(tmp_path, "checkout", "-q", "-f", "--detach", first)
    assert recorded(tmp_path)[:5] == (first, "", times[first], False, "")
    (tmp_path / "new_file").write_text("not tracked")
    assert not recorded(tmp_path).dirty


def test_a_run_of_another_ledger_asks_again(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(SUITE)
    git(tmp_path, "init", "-q")
    commit(tmp_path, "one")
    assert recorded(tmp_path).subject == "one"
    (tmp_path / ".greenlint" / "ledger.sqlite").unlink()
    assert recorded(tmp_path).subject == "one"


def test_a_repository_without_a_commit_has_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    done = run(tmp_path, SUITE, "--energy")
    assert done.returncode == 0, done.stdout
    assert stored(tmp_path)[0].commit is None
