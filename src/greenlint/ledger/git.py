"""The commit of a working tree, as git tells; without git or history there is simply none."""

from __future__ import annotations

import os

from greenlint.model.run import Commit

_FORMAT = "%H%x00%P%x00%at%x00%D%x00%s"


def describe_commit(directory: str) -> Commit | None:
    """The checked-out commit and whether tracked files differ from it.

    None without git, outside a repository, and before the first commit. In a shallow clone `parent` is empty at the border.
    Never raises.
    """
    shown = _git(directory, "log", "-1", f"--format={_FORMAT}", "--decorate=short")
    if not shown or shown.count("\0") < 4:
        return None
    sha, parents, author_time, refs, subject = shown.rstrip("\n").split("\0", 4)
    status = _git(directory, "status", "--porcelain", "--untracked-files=no")
    head = next((ref.removeprefix("HEAD -> ") for ref in refs.split(", ") if ref.startswith("HEAD -> ")), "")
    return Commit(sha, parents.split(" ")[0], int(author_time), bool(status), head, subject)


def tagged_commits(directory: str) -> set[str] | None:
    """The commits that have a tag; None without git, outside a repository, and in a shallow clone, which has few tags."""
    if _git(directory, "rev-parse", "--is-shallow-repository") != "false\n":
        return None
    listed = _git(directory, "for-each-ref", "refs/tags", "--format=%(objectname) %(*objectname)")
    return None if listed is None else set(listed.split())


def _git(directory: str, *arguments: str) -> str | None:
    import subprocess

    command = ["git", "-C", directory, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=20, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return os.fsdecode(done.stdout) if done.returncode == 0 else None
