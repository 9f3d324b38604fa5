"""The files of a folder as git lists them; asked for in the background, for git takes as long as the linter takes to start."""

from __future__ import annotations

import os

from greenlint.lean import blake2b
from greenlint.source.repository import top_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    _Answer = Callable[[], bytes | None]

_BLOCK = 1 << 20


class GitFiles:
    """The files below one folder that git tracks, and others that it does not ignore.

    The second list takes git seven times as long, so each has a process of its own: files of the first are looked at meanwhile.
    """

    def __init__(self, folder: str, tracked: _Answer, others: _Answer) -> None:
        self._folder = folder
        self._answers = {True: tracked, False: others}
        self._listings: dict[bool, bytes | None] = {}
        self._names: dict[bool, list[str] | None] = {}

    @classmethod
    def ask(cls, folder: str) -> GitFiles | None:
        """Start to ask; None when there is no repository or no git: the caller walks instead."""
        if top_of(folder) is None:
            return None
        command = ["git", "-C", folder, "ls-files", "-z"]
        try:
            return cls(folder, _start([*command, "--cached"]), _start([*command, "--others", "--exclude-standard"]))
        except OSError:
            return None

    def covers(self, folder: str) -> bool:
        """Whether the lists hold the files of a folder under its own name: neither by a link nor in a repository."""
        inner = self._inner(folder)
        if inner == ".":
            return True
        if inner.startswith("../") or inner == ".." or os.path.isabs(inner) or top_of(folder, below=self._folder) is not None:
            return False
        parts = inner.split("/")
        if os.path.realpath(folder) != os.path.join(os.path.realpath(self._folder), *parts):
            return False
        above = [os.path.join(self._folder, *parts[:depth]) for depth in range(len(parts))]
        return all(name in os.listdir(place) for name, place in zip(parts, above))  # `SRC` may open the folder `src`

    def below(self, folder: str, *, tracked: bool) -> list[str] | None:
        """The paths, relative to a folder that is covered, of the files of one of the lists; None where git failed."""
        if tracked not in self._names:
            self._names[tracked] = _parsed(self._listing(tracked=tracked))
        names = self._names[tracked]
        inner = self._inner(folder)
        if inner == "." or names is None:
            return names
        start = inner + "/"
        return [name[len(start) :] for name in names if name.startswith(start)]

    @property
    def digest(self) -> str:
        """A hash of both lists; empty where git failed and where it knows of no file."""
        listings = [self._listing(tracked=tracked) for tracked in (True, False)]
        if None in listings or not any(listings):
            return ""
        digest = blake2b(digest_size=16)
        for listing in listings:
            digest.update(b"%d\0" % len(listing or b""))
            digest.update(listing or b"")
        return digest.hexdigest()

    def _listing(self, *, tracked: bool) -> bytes | None:
        if tracked not in self._listings:
            self._listings[tracked] = self._answers[tracked]()
        return self._listings[tracked]

    def _inner(self, folder: str) -> str:
        return os.path.relpath(folder, self._folder).replace(os.sep, "/")


def is_ignored(folder: str) -> bool:
    """Whether git leaves out the folder itself, or one above it."""
    import subprocess

    command = ["git", "-C", folder, "check-ignore", "--quiet", "."]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _start(command: list[str]) -> _Answer:
    """Start a command; call what is returned for its output, None where it failed. Raises OSError where it cannot start."""
    return _started(command) if hasattr(os, "posix_spawnp") else _piped(command)


def _started(command: list[str]) -> _Answer:
    """Without `subprocess`, whose import takes 6 ms."""
    reading, writing = os.pipe()
    silent = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
    unasked = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
    try:
        process = os.posix_spawnp(
            command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, writing, 1), silent, unasked]
        )
    except OSError:
        os.close(reading)
        raise
    finally:
        os.close(writing)

    def output() -> bytes | None:
        blocks = []
        while block := os.read(reading, _BLOCK):
            blocks.append(block)
        os.close(reading)
        try:
            _, status = os.waitpid(process, 0)
        except ChildProcessError:  # whoever started us ignores SIGCHLD: the kernel has taken the status
            status = 0
        return b"".join(blocks) if status == 0 else None

    return output


def _piped(command: list[str]) -> _Answer:
    """The same where there is no such way."""
    import subprocess

    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def output() -> bytes | None:
        listing, _ = process.communicate()
        return listing if process.returncode == 0 else None

    return output


def _parsed(listing: bytes | None) -> list[str] | None:
    """The names, each once: a file with a conflict is in git's list three times."""
    return None if listing is None else [name for name in dict.fromkeys(os.fsdecode(listing).split("\0")) if name]
