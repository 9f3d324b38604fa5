"""Whatever state the repository is in, files are found, and `--changed-since` says what git says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from shell import greenlint, without_root

WASTE = "def f(p):\n    return p\n    print(p)\n"


def check(
    *arguments: str, cwd: Path, before: Callable[[], None] | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the real command with the rule that finds unreachable code."""
    options = ("--select", "GL107", "--output-format", "concise")
    return greenlint("check", *options, *arguments, cwd=cwd, before=before, **environment)


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit of three wasteful files."""
    git(tmp_path, "init", "-q", "-b", "main")
    for name in ("a.py", "b.py", "inner/c.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(WASTE)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    return tmp_path


def paths(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [line.split(":")[0] for line in done.stdout.splitlines()]


def test_renamed_copied_and_new_files_count_as_changed_and_deleted_ones_are_no_error(repository: Path) -> None:
    git(repository, "mv", "a.py", "moved é.py")
    (repository / "b.py").unlink()
    (repository / "new.py").write_text(WASTE)
    done = check("--changed-since", "HEAD", ".", cwd=repository)
    assert paths(done) == ["moved é.py", "new.py"]
    assert done.stderr == ""


def test_in_a_subfolder_only_what_changed_there_is_reported(repository: Path) -> None:
    (repository / "a.py").write_text(WASTE + "\n")
    assert check("--changed-since", "HEAD", ".", cwd=repository / "inner").stdout == ""
    (repository / "inner" / "c.py").write_text(WASTE + "\n")
    assert paths(check("--changed-since", "HEAD", ".", cwd=repository / "inner")) == ["c.py"]


@pytest.mark.parametrize("revision", ["nope", "", "HEAD~1", "HEAD:a.py", "a.py", "0" * 40])
def test_a_revision_that_is_none_is_one_line(repository: Path, revision: str) -> None:
    done = check("--changed-since", revision, ".", cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"greenlint: error: --changed-since: git does not know the revision {revision!r} (see `git log`)\n"


@pytest.mark.parametrize("revision", ["HEAD:inner", "HEAD^{tree}"])
def test_the_files_of_a_commit_are_no_revision(repository: Path, revision: str) -> None:
    done = check("--changed-since", revision, ".", cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    why = f"{revision!r} is a tree, not a commit (name a commit, a branch or a tag)"
    assert done.stderr == f"greenlint: error: --changed-since: {why}\n"


@pytest.mark.parametrize("revision", ["HEAD", "v1", "main", "HEAD..HEAD"])
def test_a_commit_a_tag_a_branch_and_a_range_are_taken(repository: Path, revision: str) -> None:
    git(repository, "tag", "-a", "v1", "-m", "1")
    assert check("--changed-since", revision, ".", cwd=repository).returncode == 0


def test_before_the_first_commit_there_is_no_revision(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a.py").write_text(WASTE)
    done = check("--changed-since", "HEAD", ".", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert paths(check(".", cwd=tmp_path)) == ["a.py"]


def test_a_repository_of_somebody_else_is_walked_and_named_with_the_reason_of_git(repository: Path) -> None:
    foreign = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    assert paths(check(".", cwd=repository, **foreign)) == ["a.py", "b.py", "inner/c.py"]
    done = check("--changed-since", "HEAD", ".", cwd=repository, **foreign)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "dubious ownership" in done.stderr


def test_a_damaged_repository_is_walked(repository: Path) -> None:
    (repository / ".git" / "index").write_bytes(b"no index")
    assert paths(check(".", cwd=repository)) == ["a.py", "b.py", "inner/c.py"]
    (repository / ".git" / "HEAD").write_text("")
    assert paths(check(".", cwd=repository)) == ["a.py", "b.py", "inner/c.py"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="capabilities are a Linux matter")
def test_tracked_files_in_a_folder_that_may_not_be_entered_are_errors_not_silence(repository: Path) -> None:
    (repository / "inner").chmod(0)
    try:
        done = check(".", cwd=repository, before=without_root)
    finally:
        (repository / "inner").chmod(0o755)
    assert done.returncode == 2
    assert done.stderr == "greenlint: error: inner/c.py: cannot be read: Permission denied\n"
    assert paths(done) == ["a.py", "b.py"]


@pytest.mark.skipif(os.name != "posix", reason="named pipes are a POSIX matter")
def test_a_pipe_called_gitignore_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".gitignore")
    (tmp_path / "a.py").write_text(WASTE)
    assert paths(check(".", cwd=tmp_path)) == ["a.py"]
