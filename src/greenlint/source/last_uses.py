"""When the last use of a name went away, by the commits of the project: what was in use once and is not any more is dead.

Names are looked for in the lines that commits add and remove (`git log -p`), newest first, in Python files outside of tests.
What a merge alone changed is not seen.
"""

from __future__ import annotations

import os
import re

from greenlint.named_tuple import NamedTuple
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import IO

_COMMIT = b"\x01"
_LOG = (
    "-c", "core.quotePath=false", "log", "--patch", "--no-merges", "--unified=0", f"--format=format:{_COMMIT.decode()}%H %ct",
    "--relative", "--no-show-signature", "--no-color", "--no-renames", "--no-ext-diff", "--no-textconv", "--src-prefix=a/",
    "--dst-prefix=b/", "HEAD", "--", "*.py",
)  # fmt: skip
_STATE = ("rev-parse", "--is-shallow-repository", "HEAD")
_IDENTIFIER = re.compile(rb"[A-Za-z_][A-Za-z0-9_]*")
_STRING = re.compile(rb"\"[^\"\\]*\"|'[^'\\]*'")
_DEFINITION = re.compile(rb"\s*(?:async\s+)?(?:def|class)\s+(\w+)")
_REFLECTION = re.compile(
    rb"\b(?:getattr|globals|vars|locals|import_module|methodcaller|entry_points)\(|__dict__|__getattribute__"
)
_NO_CODE = (b"#", b'"', b"'", b"- ", b"* ", b":", b">>>", b"``", b"..")
"""What lines of comments and docstrings begin with."""
_BEFORE = rb"(?:[.=(\[,{:@*]|\b(?:return|in|not|and|or|is|if|else|await|yield|from|import|raise|except|lambda|assert))\s*"
_LEAST = 3
"""Letters of a name that is looked for; shorter ones are everywhere."""
_LONGEST = 400
"""Bytes of a line that is read; longer ones hold data."""


class LastUse(NamedTuple):
    """The commit that removed the last use of a name, and its time in seconds since 1970; 0 where the commit tells none."""

    commit: str
    time_s: int

    @property
    def day(self) -> str:
        """The day in UTC as "2026-11-22"; "" where there is none, or none in the calendar."""
        import time

        try:
            return time.strftime("%Y-%m-%d", time.gmtime(self.time_s)) if self.time_s else ""
        except (OverflowError, ValueError, OSError):
            return ""


class History:
    """The commits of a project that lead to what is checked out.

    head  the newest one; "" where there is none
    note  what keeps the answers from being complete, for people; "" when nothing does
    """

    def __init__(self, root: str) -> None:
        """`root` of the project, which may be a folder inside a repository. Never raises."""
        self._root = root
        lines = (_output(root, _STATE) or "").split()
        shallow, self.head = lines if len(lines) == 2 else ("", "")
        self.note = ""
        if not self.head:
            self.note = "there are no commits to look through (git tells none)"
        elif shallow == "true":
            self.note = "the clone is shallow: uses that went away before its oldest commit are not seen"

    def last_uses(self, names: Collection[str]) -> dict[str, LastUse]:
        """The last use of each name whose uses went away after it was defined. Reading stops when all names are decided.

        A name is left out when the newest commit that changed the number of its uses added some, or looks up names at run time
        since, and when it was defined in that commit or since.
        """
        wanted = {name.encode() for name in names if len(name) >= _LEAST}
        if not self.head or not wanted:
            return {}
        import subprocess

        try:
            git = subprocess.Popen(
                _command(self._root, _LOG),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        except OSError:
            self.note = "git cannot be started"
            return {}
        with git:
            assert git.stdout is not None
            found = _decide(git.stdout, wanted)
            ended = bool(wanted)  # read to the end, for some name was left
            git.stdout.close()
            if not ended:
                git.kill()
        if ended and git.returncode != 0:
            self.note = "git could not read all commits (a partial clone?), so older uses are not seen"
        return {name.decode(): use for name, use in found.items()}


class _Balance:
    """Of one commit: how many uses and definitions of each name it added less those that it removed.

    reflects  whether it added look-ups of names at run time, which may have taken the place of uses
    """

    def __init__(self, commit: bytes, time_s: bytes = b"") -> None:
        self.commit, self.time_s = commit.decode(), int(time_s) if time_s.isdigit() else 0
        self.uses: dict[bytes, int] = {}
        self.definitions: dict[bytes, int] = {}
        self.reflects = False

    def decide(self, wanted: set[bytes], found: dict[bytes, LastUse]) -> None:
        """Take the names about which this commit tells out of `wanted`, into `found` where their last use went."""
        for name, more in self.definitions.items():
            if more > 0:
                wanted.discard(name)
        for name, more in self.uses.items():
            if more and name in wanted:
                wanted.discard(name)
                if more < 0 and not self.reflects:
                    found[name] = LastUse(self.commit, self.time_s)


def _decide(log: IO[bytes] | Iterable[bytes], wanted: set[bytes]) -> dict[bytes, LastUse]:
    """Read the log until `wanted` is empty; what is left in it was not decided."""
    found: dict[bytes, LastUse] = {}
    balance: _Balance | None = None
    skipped = heading = False
    for line in log:
        first = line[:1]
        if first == _COMMIT:
            if balance is not None:
                balance.decide(wanted, found)
            if not wanted:
                return found
            balance = _Balance(*line[1:].split())
        elif first in (b"d", b"@"):
            heading = first == b"d"
            skipped = skipped and not heading  # a path in quotes, with letters of its own, counts as one of code
        elif heading:
            if line.startswith((b"--- a/", b"+++ b/")):
                skipped = is_test(os.fsdecode(line[6:].strip()))
        elif first in (b"+", b"-") and not skipped and balance is not None and len(line) <= _LONGEST:
            if first == b"+" and not balance.reflects and _REFLECTION.search(line):
                balance.reflects = True
            for name in wanted.intersection(_IDENTIFIER.findall(line, 1)):
                _count(name, line, balance)
    if balance is not None:
        balance.decide(wanted, found)
    return found


def _count(name: bytes, line: bytes, balance: _Balance) -> None:
    change = 1 if line[:1] == b"+" else -1
    definition = _DEFINITION.match(line, 1)
    if definition is not None and definition[1] == name:
        balance.definitions[name] = balance.definitions.get(name, 0) + change
    elif _is_use(name, line[1:].strip()):
        balance.uses[name] = balance.uses.get(name, 0) + change


def _is_use(name: bytes, text: bytes) -> bool:
    """Whether a line of code reads a name; words of strings, comments and docstrings and names of arguments do not."""
    if text.startswith(_NO_CODE):
        return False
    code = _STRING.sub(b"''", text).partition(b"#")[0]
    word = rb"\b" + name + rb"\b(?!\s*=(?!=))"
    return re.search(_BEFORE + word + rb"|" + word + rb"\s*[(.,)\]]", code) is not None


def _command(root: str, arguments: tuple[str, ...]) -> list[str]:
    return ["git", "--no-optional-locks", "-C", root, *arguments]


def _environment() -> dict[str, str]:
    """Without asking the network for what a partial clone lacks, or a person for a password."""
    return {**os.environ, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def _output(root: str, arguments: tuple[str, ...]) -> str | None:
    import subprocess

    try:
        done = subprocess.run(
            _command(root, arguments), capture_output=True, check=False, stdin=subprocess.DEVNULL, env=_environment()
        )
    except OSError:
        return None
    return os.fsdecode(done.stdout) if done.returncode == 0 else None
