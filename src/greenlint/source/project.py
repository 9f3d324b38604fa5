"""The facts of all files together, as project rules see them."""

from __future__ import annotations

import os
import re
from functools import cached_property

from greenlint.source.coverage import read_coverage
from greenlint.source.places import copies, is_test, is_vendored
from greenlint.source.texts import Texts, read_text
from greenlint.source.uses import Uses

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from greenlint.source.coverage import Coverage
    from greenlint.source.facts import FileFacts
    from greenlint.source.last_uses import History

__all__ = ["ProjectIndex", "is_test"]

UNUSED, LEFT_OUT, IMPORTED = "unused", "left out", "imported"
"""The notes about definitions that are not in use, and about what later edits may touch (`greenlint.rules.dead_code`)."""
_PACKAGING = (
    ("pyproject.toml", re.compile(rb"^\s*\[(?:build-system|tool\.poetry|tool\.flit\.metadata)\]", re.MULTILINE)),
    ("setup.py", re.compile(rb"\bsetup\s*\(")),
    ("setup.cfg", re.compile(rb"^\s*\[metadata\]", re.MULTILINE)),
)
_NAMED = re.compile(rb"""^\s*(?:setup\()?\s*name\s*=\s*["']?([\w.-]+)""", re.MULTILINE)
_LEVELS_UP = 3


class ProjectIndex:
    """Everything that is known about the project without its trees.

    files   path relative to `root` with forward slashes -> facts
    root    absolute project root; "" when there is none on disk
    texts   what else may mention names
    uses    the names that files use
    history the commits of the project; None when nobody asked for them
    notes   what rules remember of their answers, each under a name of its own
    """

    def __init__(
        self,
        files: Mapping[str, FileFacts],
        *,
        root: str = "",
        texts: Texts | None = None,
        sources: Mapping[str, bytes] | None = None,
        history: History | None = None,
    ) -> None:
        """`sources` holds the bytes of files that are not to be read from disk."""
        self.files = files
        self.uses = Uses(files)
        self.root = root
        self.texts = texts or Texts()
        self.history = history
        self.notes: dict[str, Any] = {}
        self._sources = sources or {}
        self._folders: dict[str, bool] = {}

    @cached_property
    def packages(self) -> frozenset[str]:
        """The top-level packages that any file imports."""
        return packages_used(self.uses.packages(), self.files)

    @cached_property
    def coverage(self) -> Coverage | None:
        """What tests have run, where the root holds a `.coverage` file."""
        return read_coverage(self.root) if self.root else None

    def is_newer_than_coverage(self, path: str) -> bool:
        """Whether a file has changed since tests ran it, so that line numbers may mean other lines."""
        try:
            changed = os.stat(os.path.join(self.root, path)).st_mtime_ns
        except OSError:
            return True
        return self.coverage is None or changed > self.coverage.time_ns

    def source(self, path: str) -> bytes:
        """The bytes of a file; none when it cannot be read any more."""
        known = self._sources.get(path)
        if known is not None:
            return known
        try:
            with open(os.path.join(self.root, path), "rb") as file:
                return file.read()
        except OSError:
            return b""

    def is_copied(self, path: str) -> bool:
        """True for a copy of other people's code, by the folders it lies in or as a package of a well-known name."""
        return is_vendored(path) or path.partition("/")[0] in self._copies

    @cached_property
    def _copies(self) -> frozenset[str]:
        names = [os.path.basename(self.root)]
        if self.root:
            texts = [read_text(os.path.join(self.root, name)) for name, _ in _PACKAGING]
            names += [os.fsdecode(name) for text in texts for name in _NAMED.findall(text)]
        return copies(self.files, names)

    def published(self, path: str) -> bool:
        """True when `path` belongs to a packaged project, so that code elsewhere may import its public names.

        The files that say so are looked for in its folder and above, up to the repository's top (at most three levels
        above the root). A `manage.py` in the root marks a Django site: an application, however it is packaged.
        """
        if not self.root or "manage.py" in self.files:
            return False
        return self._packaged(path.rpartition("/")[0])

    def _packaged(self, folder: str) -> bool:
        known = self._folders.get(folder)
        if known is None:
            above = os.path.join(self.root, folder) if folder else self.root
            known = _says_packaged(above) or (
                self._packaged(folder.rpartition("/")[0]) if folder else _packaged_above(self.root)
            )
            self._folders[folder] = known
        return known


def packages_used(imported: Iterable[str], paths: Iterable[str]) -> frozenset[str]:
    """The top-level packages that the files of these paths use, of which they import some."""
    conftest = any(path.rpartition("/")[2] == "conftest.py" for path in paths)
    return frozenset([*imported, "pytest"] if conftest else imported)


def _says_packaged(folder: str) -> bool:
    return any(_contains(os.path.join(folder, name), pattern) for name, pattern in _PACKAGING)


def _packaged_above(root: str) -> bool:
    folder = root
    for _ in range(_LEVELS_UP):
        if os.path.exists(os.path.join(folder, ".git")):
            return False
        folder = os.path.dirname(folder)
        if _says_packaged(folder):
            return True
    return False


def _contains(path: str, pattern: re.Pattern[bytes]) -> bool:
    return pattern.search(read_text(path)) is not None
