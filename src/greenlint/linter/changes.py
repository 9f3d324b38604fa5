"""Which files changed since a revision, as git tells."""

from __future__ import annotations

import os
import subprocess

from greenlint.errors import ConfigError


def changed_since(root: str, revision: str) -> frozenset[str]:
    """Paths relative to `root` that differ from `revision` in the working tree, untracked files included.

    Raises ConfigError when git or the repository is missing, or the revision is unknown (as in a shallow clone) or no commit:
    the paths inside a folder of a commit are not those of the working tree, so that every file would count as changed.
    """
    if revision.startswith("-"):
        raise ConfigError(f"--changed-since: {revision!r} is not a revision")
    changed = _git(root, revision, "diff", "--name-only", "-z", "--relative", "--diff-filter=d", revision, "--")
    if _is_tree(root, revision):
        raise ConfigError(f"--changed-since: {revision!r} is a tree, not a commit", "name a commit, a branch or a tag")
    untracked = _git(root, revision, "ls-files", "-z", "--others", "--exclude-standard")
    names = os.fsdecode(changed).split("\0") + os.fsdecode(untracked).split("\0")
    return frozenset(name for name in names if name)


def _git(root: str, revision: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", root, *arguments], capture_output=True, check=False)
    except OSError as error:
        raise ConfigError("--changed-since needs git, which was not found", "install git or name the files") from error
    if done.returncode != 0:
        refusal = _refusal(root)
        if refusal is not None:
            raise ConfigError(f"--changed-since: {root} is not in a git repository that can be used", refusal)
        hint = "in a shallow clone, fetch more history first" if _is_shallow(root) else "see `git log`"
        raise ConfigError(f"--changed-since: git does not know the revision {revision!r}", hint)
    return done.stdout


def _is_tree(root: str, revision: str) -> bool:
    done = subprocess.run(["git", "-C", root, "cat-file", "-t", revision], capture_output=True, check=False)
    return done.stdout.strip() == b"tree"


def _refusal(root: str) -> str | None:
    """Why git does not open the repository (there is none, it is another user's), in its own words; None when it does."""
    done = subprocess.run(["git", "-C", root, "rev-parse"], capture_output=True, check=False)
    if done.returncode == 0:
        return None
    return (os.fsdecode(done.stderr).splitlines() or [""])[0].removeprefix("fatal: ")


def _is_shallow(root: str) -> bool:
    command = ["git", "-C", root, "rev-parse", "--is-shallow-repository"]
    return subprocess.run(command, capture_output=True, check=False).stdout.strip() == b"true"
