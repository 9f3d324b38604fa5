"""Which commits of a repository are meant: a range along the first parents, thinned out or only the tagged ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.errors import GreenlintError
from greenlint.named_tuple import NamedTuple
from greenlint.sampling.worktrees import changed_files, git, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMAT = "%H%x00%T%x00%P%x00%at%x00%s"


class Listed(NamedTuple):
    """A commit of the repository; `tree` is the hash of all its files, `parents` has several for a merge."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author_time: int
    subject: str

    @property
    def parent(self) -> str:
        """The first parent, "" for a root and at the border of a shallow clone."""
        return self.parents[0] if self.parents else ""


def read_range(repository: str, text: str) -> tuple[str, str]:
    """The commits of "A..B": after the first, up to the second; the first is "" for a single commit B.

    Raises GreenlintError for a revision that is none.
    """
    if "..." in text:
        raise GreenlintError(f"{text!r} is no range", "write A..B: the commits after A up to B")
    start, dots, end = text.partition("..")
    if not dots:
        return "", resolve(repository, start)
    return resolve(repository, start or "HEAD"), resolve(repository, end or "HEAD")


def list_commits(repository: str, start: str, end: str) -> list[Listed]:
    """The commits after `start` up to `end` along first parents, oldest first; only `end` where `start` is ""."""
    what = [f"{start}..{end}"] if start else ["-1", end]
    return _log(repository, *what)


def line_of(repository: str, revision: str) -> list[Listed]:
    """The whole line of first parents that leads to a revision, oldest first."""
    return _log(repository, revision)


def thin(commits: Sequence[Listed], every: int) -> list[Listed]:
    """Each `every`-th commit, counted back from the newest, which is always kept."""
    last = len(commits) - 1
    return [commit for place, commit in enumerate(commits) if (last - place) % every == 0]


def tagged(repository: str, commits: Sequence[Listed]) -> list[Listed]:
    """Those commits that a tag names."""
    listed = git(repository, "for-each-ref", "refs/tags", "--format=%(objectname) %(*objectname)").split()
    named = set(listed)
    return [commit for commit in commits if commit.sha in named]


def is_shallow(repository: str) -> bool:
    """Whether the clone lacks older commits."""
    return git(repository, "rev-parse", "--is-shallow-repository").strip() == "true"


def is_dirty(repository: str) -> bool:
    """Whether tracked files differ from the commit that is checked out."""
    return bool(git(repository, "status", "--porcelain", "--untracked-files=no").strip())


def is_ancestor(repository: str, old: str, new: str) -> bool:
    """Whether `new` descends from `old`."""
    try:
        return git(repository, "merge-base", old, new).strip() == old
    except GreenlintError:
        return False


def changed_in(repository: str, commit: Listed) -> list[str]:
    """Files that a commit changes against its first parent, relative to the repository's root; all of them for a root."""
    if commit.parent:
        return changed_files(repository, commit.parent, commit.sha)
    listed = git(repository, "ls-tree", "-z", "-r", "--full-tree", "--name-only", commit.sha)
    return [name for name in listed.split("\0") if name]


def blobs(folder: str, revision: str, paths: Sequence[str]) -> dict[str, str]:
    """Path -> hash of its content at a commit, for those paths (relative to `folder`, in a worktree) that it has."""
    found = {}
    listed = git(folder, "ls-tree", "-z", "-r", revision, "--", *paths) if paths else ""
    for line in listed.split("\0"):
        about, tab, path = line.partition("\t")
        if tab:
            found[path] = about.split(" ")[2]
    return found


def has_submodules(repository: str, sha: str) -> bool:
    """Whether a commit holds other repositories, which a worktree leaves empty."""
    try:
        return bool(git(repository, "rev-parse", "--verify", "--quiet", f"{sha}:.gitmodules"))
    except GreenlintError:
        return False


def _log(repository: str, *what: str) -> list[Listed]:
    plain = ("-c", "log.showSignature=false", "log", "--first-parent", "--reverse", f"--format={_FORMAT}")
    found = []
    for line in filter(None, git(repository, *plain, *what, "--").split("\n")):
        sha, tree, parents, author_time, subject = line.split("\0", 4)
        found.append(Listed(sha, tree, tuple(parents.split()), int(author_time), subject))
    return found
