"""What asset rules look at beside the bytes of a file: git, compressed copies, and what the project says of its server."""

from __future__ import annotations

import os
from functools import cached_property

from greenlint.lean import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from greenlint.source.discover import SourceFile

_NEIGHBOURS = (".gz", ".br", ".zst")
_ATTRIBUTES = ".gitattributes"


class Contexts:
    """Tells of each file what is beside it; `assets` holds the suffixes that asset rules look at."""

    def __init__(self, assets: Collection[str], root: str) -> None:
        self._assets = assets
        self.root = root
        self._compressed: dict[str, frozenset[str]] = {}
        """What `_compressed_in` gave for folders so far: some projects have ten thousand assets."""
        self._read: list[str] = []

    def of(self, file: SourceFile) -> str:
        """Whether git tracks the file, compressed copies beside it, and the surroundings; empty for what is no asset."""
        if file.python or not self._assets or os.path.splitext(file.path)[1].lower() not in self._assets:
            return ""
        folder, name = os.path.split(file.absolute)
        if folder not in self._compressed:
            self._compressed[folder] = _compressed_in(folder)
        copies = self._compressed[folder]
        beside = "".join(suffix for suffix in _NEIGHBOURS if name + suffix in copies) if copies else ""
        return f"{file.tracked}{beside}{self._surroundings}"

    @cached_property
    def _surroundings(self) -> str:
        """What asset rules ask of the whole project: whether it compresses what it delivers, and what git does to files."""
        from greenlint.rules.assets._delivery import compresses, what_was_read

        path = os.path.join(self.root, _ATTRIBUTES)
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                attributes = file.read()
        except OSError:
            attributes = ""
        self._read = [path, *what_was_read(self.root)]
        return f"{compresses(self.root)}{attributes}"

    @property
    def witnesses(self) -> list[str]:
        """The folders and files that this was read from, relative to the root: as long as they say the same, so does `of`."""
        start = len(os.path.join(self.root, ""))
        return sorted({path[start:] or "." for path in (*self._compressed, *self._read)})


def testimony(root: str, witnesses: Iterable[str]) -> list[str]:
    """A hash of what each of the witnesses says: of a folder the names in it that matter, of a file whether it matters."""
    return [_says(os.path.join(root, path)) for path in witnesses]


def _says(path: str) -> str:
    from greenlint.rules.assets._delivery import says_so

    try:
        with os.scandir(path) as entries:
            names = [
                f"{entry.is_dir(follow_symlinks=False)}{entry.is_file()}{entry.name}" for entry in entries if _matters(entry)
            ]
        said = "\0".join(sorted(names)).encode("utf-8", "surrogateescape")
    except NotADirectoryError:
        said = _read(path) if os.path.basename(path) == _ATTRIBUTES else b"%d" % says_so(path)
    except OSError:
        said = b"gone"
    return blake2b(said, digest_size=8).hexdigest()


def _matters(entry: os.DirEntry[str]) -> bool:
    from greenlint.rules.assets._delivery import is_telling

    name = entry.name
    return name.endswith(_NEIGHBOURS) or is_telling(name) or (not name.startswith(".") and entry.is_dir(follow_symlinks=False))


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def _compressed_in(folder: str) -> frozenset[str]:
    """The names of the compressed files of a folder."""
    try:
        with os.scandir(folder) as entries:
            return frozenset([entry.name for entry in entries if entry.name.endswith(_NEIGHBOURS) and entry.is_file()])
    except OSError:
        return frozenset()
