"""git is asked once, in the background, and every way of naming a folder finds what git says when it is asked there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from shell import greenlint

from greenlint.source.discover import Finder
from greenlint.source.git_files import GitFiles

WASTE = "def f(p):\n    return p\n    print(p)\n"


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Tracked, new, ignored and conflicting files, a link to a folder, and a repository within the repository."""
    names = ("a.py", "src/b.py", "src/deep/c.py", "new/d.py", "build/e.py", "inner/f.py", "inner/new.py", "src/é b.py")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(WASTE)
    (tmp_path / ".gitignore").write_text("build/\n")
    (tmp_path / "link").symlink_to("src")
    git(tmp_path / "inner", "init", "-q")
    git(tmp_path / "inner", "add", "f.py")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "a.py", "src", ".gitignore", "link")
    git(tmp_path, "commit", "-qm", "one")
    return tmp_path


@pytest.mark.parametrize(
    "folder", [".", "src", "src/deep", "new", "build", "inner", "link", "link/deep", "src/../new", "empty"]
)
def test_the_files_of_a_folder_are_those_that_git_lists_there(repository: Path, folder: str) -> None:
    (repository / "empty").mkdir()
    known = GitFiles.ask(str(repository))
    assert known is not None
    asked_there = Finder(str(repository), (), ()).find([str(repository / folder)])
    assert Finder(str(repository), (), (), known).find([str(repository / folder)]) == asked_there
    assert bool(asked_there) is (folder != "empty")


def test_where_processes_start_in_another_way_the_files_are_the_same(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Finder(str(repository), (), ()).find([str(repository)])
    monkeypatch.delattr(os, "posix_spawnp", raising=False)  # as on Windows
    assert Finder(str(repository), (), ()).find([str(repository)]) == found
    monkeypatch.setenv("PATH", "/nowhere")
    assert GitFiles.ask(str(repository)) is None


def test_a_file_with_a_conflict_is_one_file(repository: Path) -> None:
    git(repository, "checkout", "-qb", "other")
    (repository / "a.py").write_text("x = 1\n")
    git(repository, "commit", "-qam", "two")
    git(repository, "checkout", "-q", "main")
    (repository / "a.py").write_text("x = 2\n")
    git(repository, "commit", "-qam", "three")
    with pytest.raises(subprocess.CalledProcessError):
        git(repository, "merge", "other")
    listing = GitFiles.ask(str(repository))
    assert listing is not None
    assert (listing.below(str(repository), tracked=True) or []).count("a.py") == 1


def test_a_folder_is_named_as_the_file_system_spells_it(repository: Path) -> None:
    """Where names that differ in case are one folder, git lists nothing below the other spelling."""
    (repository / "SRC").mkdir()
    known = GitFiles.ask(str(repository))
    assert known is not None
    assert known.covers(str(repository / "src"))
    os.rmdir(repository / "SRC")
    assert not known.covers(str(repository / "SRC"))


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGCHLD that a parent could ignore")
def test_where_the_status_of_children_is_thrown_away_files_are_found_all_the_same(repository: Path) -> None:
    done = greenlint(
        "check", "--select", "GL107", "--output-format", "concise", "src", cwd=repository,
        before=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    assert sorted(line.split(":")[0] for line in done.stdout.splitlines()) == ["src/b.py", "src/deep/c.py", "src/é b.py"]


@pytest.mark.skipif(os.name != "posix", reason="`<&-` closes a stream in a POSIX shell; Windows has no such shell")
def test_without_any_open_stream_git_still_answers(repository: Path) -> None:
    command = f"{sys.executable} -m greenlint check --select GL107 --output-format concise --output-file out src <&- >&- 2>&-"
    assert subprocess.run(command, shell=True, cwd=repository, check=False).returncode == 1
    assert (repository / "out").read_text().count("GL107") == 3


def test_without_git_the_folders_are_walked(repository: Path) -> None:
    done = greenlint("check", "--select", "GL107", "--output-format", "concise", ".", cwd=repository, PATH="/nowhere")
    found = {line.split(":")[0] for line in done.stdout.splitlines()}
    assert {"a.py", "src/b.py", "new/d.py"} <= found
    assert "build/e.py" not in found
