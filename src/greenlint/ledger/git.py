"""The commit of a working tree, as git tells; without git or history there is simply none."""

from __future__ import annotations

import os

from greenlint.model.run import Commit

_STATE = ("status", "--porcelain=v2", "--branch", "--no-ahead-behind", "--untracked-files=no")


def describe_commit(directory: str) -> Commit | None:
    """The checked-out commit and whether tracked files differ from it.

    None without git, outside a repository, and before the first commit. In a shallow clone `parent` is empty at the border.
    Never raises.
    """
    commit = checked_out(directory)
    return commit and with_origin(directory, commit)


def checked_out(directory: str) -> Commit | None:
    """As `describe_commit`, without the origin (parent, time and subject), which takes git a second process. Never raises."""
    head, dirty = {"oid": "", "head": ""}, False
    for line in (_git(directory, *_STATE) or "").splitlines():
        if line.startswith("# branch."):
            key, _, text = line.removeprefix("# branch.").partition(" ")
            head[key] = text
        else:
            dirty = dirty or not line.startswith("#")
    if head["oid"] in ("", "(initial)"):
        return None
    return Commit(head["oid"], "", 0, dirty, "" if head["head"] == "(detached)" else head["head"])


def with_origin(directory: str, commit: Commit) -> Commit:
    """The commit with its first parent, author time and subject, as far as git knows them. Never raises."""
    shown = _git(directory, "log", "-1", "--format=%P%x00%at%x00%s", "--no-show-signature", commit.sha, "--")
    if not shown or shown.count("\0") < 2:
        return commit
    parents, author_time, subject = shown.rstrip("\n").split("\0", 2)
    return commit._replace(parent=parents.split(" ")[0], author_time=int(author_time), subject=subject)


def tagged_commits(directory: str) -> set[str] | None:
    """The commits that have a tag; None without git, outside a repository, and in a shallow clone, which has few tags."""
    if _git(directory, "rev-parse", "--is-shallow-repository") != "false\n":
        return None
    listed = _git(directory, "for-each-ref", "refs/tags", "--format=%(objectname) %(*objectname)")
    return None if listed is None else set(listed.split())


def _git(directory: str, *arguments: str) -> str | None:
    import subprocess

    # Without the lock a `git commit` beside us never finds the index taken; and `status` does not write the index.
    command = ["git", "--no-optional-locks", "-C", directory, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=20, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return os.fsdecode(done.stdout) if done.returncode == 0 else None
