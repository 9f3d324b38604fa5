"""What asset rules look at beside the bytes of a file: git, compressed copies, and what the project says of its server."""

from __future__ import annotations

import os
from functools import cached_property

from greenlint.lean import blake2b
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from greenlint.source.discover import SourceFile

_NEIGHBOURS = (".gz", ".br", ".zst")
_ATTRIBUTES = ".gitattributes"
_PACKAGE = "__init__.py"
_BESIDE = (*_NEIGHBOURS, _ATTRIBUTES, _PACKAGE)


class _Folder(NamedTuple):
    """The compressed files in a folder, whether it or one above it is a Python package, and what git is told of its files."""

    copies: frozenset[str]
    packaged: bool
    attributes: str


class Contexts:
    """Tells of each file what is beside it; `assets` holds the suffixes that asset rules look at."""

    def __init__(self, assets: Collection[str], root: str) -> None:
        self._assets = assets
        self.root = root
        self._folders: dict[str, _Folder] = {}
        """What was found in folders so far: some projects have ten thousand assets."""
        self._read: list[str] = []

    def of(self, file: SourceFile) -> str:
        """What rules ask beside the bytes of an asset: git, compressed copies, the folders above; empty for what is none."""
        if file.python or not self._assets or os.path.splitext(file.path)[1].lower() not in self._assets:
            return ""
        folder, name = os.path.split(file.absolute)
        found = self._folder(folder)
        beside = "".join(suffix for suffix in _NEIGHBOURS if name + suffix in found.copies) if found.copies else ""
        return f"{file.tracked}{beside}{self._compresses}{found.packaged}{found.attributes}"

    @cached_property
    def _compresses(self) -> bool:
        """Whether the project compresses what it delivers."""
        from greenlint.rules.assets._delivery import compresses, what_was_read

        self._read += what_was_read(self.root)
        return compresses(self.root)

    def _folder(self, folder: str) -> _Folder:
        known = self._folders.get(folder)
        if known is None:
            above = _Folder(frozenset(), packaged=False, attributes="")
            if folder.startswith(os.path.join(self.root, "")):
                above = self._folder(os.path.dirname(folder))
            names = _files_in(folder)
            attributes = above.attributes
            if _ATTRIBUTES in names:
                path = os.path.join(folder, _ATTRIBUTES)
                self._read.append(path)
                attributes += f"{folder[len(self.root) :]}\0{_read(path).decode(errors='replace')}"
            copies = frozenset([name for name in names if name.endswith(_NEIGHBOURS)])
            known = self._folders[folder] = _Folder(copies, above.packaged or _PACKAGE in names, attributes)
        return known

    @property
    def witnesses(self) -> list[str]:
        """The folders and files that this was read from, relative to the root: as long as they say the same, so does `of`."""
        start = len(os.path.join(self.root, ""))
        return sorted({path[start:] or "." for path in (*self._folders, *self._read)})


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
    return name.endswith(_BESIDE) or is_telling(name) or (not name.startswith(".") and entry.is_dir(follow_symlinks=False))


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def _files_in(folder: str) -> list[str]:
    """The names of the files of a folder that matter to the assets in it and below."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if entry.name.endswith(_BESIDE) and entry.is_file()]
    except OSError:
        return []
