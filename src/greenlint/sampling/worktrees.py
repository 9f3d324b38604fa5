"""Two commits of a repository side by side, each in a git worktree of its own, and nothing left behind."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

from greenlint.errors import GreenlintError
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from types import TracebackType

_LONGEST_S = 300


class GitMissing(GreenlintError):
    """There is no git on this machine."""


class Side(NamedTuple):
    """One of the two: "base" or "head", its commit, and the folder that holds it."""

    name: str
    sha: str
    path: str


class Worktrees:
    """A context manager that adds worktrees below a folder, and removes them and those of killed runs."""

    def __init__(self, repository: str, folder: str) -> None:
        """Raises GreenlintError when `repository` is no git repository, or git is missing."""
        self.root = git(repository, "rev-parse", "--show-toplevel").strip()
        self.inside = os.path.relpath(os.path.realpath(repository), os.path.realpath(self.root))
        self._parent = folder
        self._folder = os.path.join(folder, str(os.getpid()))
        self._added: list[str] = []

    def __enter__(self) -> Worktrees:
        self._remove_abandoned()
        os.makedirs(self._folder, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for path in self._added:
            _remove(self.root, path)
        shutil.rmtree(self._folder, ignore_errors=True)
        for folder in (self._parent, os.path.dirname(self._parent)):  # ours only as long as nothing else is in them
            try:
                os.rmdir(folder)
            except OSError:
                return

    def add(self, name: str, sha: str) -> Side:
        """Check a commit out; `path` is the project's folder in it, below the repository's root as here."""
        path = os.path.join(self._folder, name)
        self._added.append(path)
        git(self.root, "worktree", "add", "--detach", "--force", path, sha)
        return Side(name, sha, os.path.normpath(os.path.join(path, self.inside)))

    def _remove_abandoned(self) -> None:
        """Worktrees of runs that were killed: their process is gone."""
        try:
            names = os.listdir(self._parent)
        except OSError:
            names = []
        for name in names:
            if name.isdigit() and not _alive(int(name)):
                shutil.rmtree(os.path.join(self._parent, name), ignore_errors=True)
        git(self.root, "worktree", "prune")


def resolve(repository: str, revision: str) -> str:
    """The commit that a revision names. Raises GreenlintError when it names none."""
    try:
        return git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except GitMissing:
        raise
    except GreenlintError as error:
        hint = "" if "repository" in error.message else "in a shallow clone fetch it first: git fetch --deepen=1000"
        raise GreenlintError(f"{revision!r} is no commit of this repository", hint) from error


def fork_point(repository: str, base: str, head: str) -> str:
    """The commit at which head left base, so that later commits of base are not blamed on head; base itself without one."""
    try:
        return git(repository, "merge-base", base, head).strip()
    except GreenlintError:
        return base


def state_of(repository: str) -> tuple[str, bool]:
    """The commit to measure as head, and whether it holds changes that are not committed.

    Tracked changes are put into a commit of their own that no branch shows; untracked files are not in it.
    """
    head = resolve(repository, "HEAD")
    stash = git(repository, "-c", "user.name=greenlint", "-c", "user.email=greenlint@localhost", "stash", "create").strip()
    return (stash, True) if stash else (head, False)


def changed_files(repository: str, base: str, head: str) -> list[str]:
    """Files that differ, relative to the repository's root."""
    listed = git(repository, "diff", "--name-only", "-z", "--no-renames", base, head)
    return [name for name in listed.split("\0") if name]


def git(directory: str, *arguments: str) -> str:
    """The output of a git command. Raises GreenlintError with git's own last line when it fails."""
    import subprocess

    try:
        done = subprocess.run(
            ["git", "-C", directory, *arguments], capture_output=True, stdin=subprocess.DEVNULL, timeout=_LONGEST_S, check=False
        )
    except FileNotFoundError as error:
        raise GitMissing("git is not installed", "install git, or leave --base out") from error
    except subprocess.TimeoutExpired as error:
        raise GreenlintError(f"git {arguments[0]} did not end within {_LONGEST_S} s") from error
    if done.returncode != 0:
        raise GreenlintError(f"git {arguments[0]}: {_telling(os.fsdecode(done.stderr)) or f'exit code {done.returncode}'}")
    return os.fsdecode(done.stdout)


def _telling(said: str) -> str:
    """The last line of what git said, or the one about a disk that took no more, of which the last one is a consequence."""
    lines = said.strip().splitlines()
    full = [line for line in lines if disk_refused(line)]
    return (full or lines or [""])[-1]


def disk_refused(said: str) -> bool:
    """Whether a message is about a file that could not be written: no fault of the commit."""
    return os.strerror(errno.ENOSPC) in said or "unable to write file" in said


def _remove(root: str, path: str) -> None:
    try:
        git(root, "worktree", "remove", "--force", path)
    except GreenlintError:
        shutil.rmtree(path, ignore_errors=True)
        git(root, "worktree", "prune")


def _alive(pid: int) -> bool:
    import psutil

    return bool(psutil.pid_exists(pid))
