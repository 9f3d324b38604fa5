"""A file that is not source code, as asset rules see it: name, size, and bytes that are read only when asked for."""

from __future__ import annotations

import os
import sys
import zlib

from greenlint.errors import GreenlintError
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 64 << 20
"""Largest file that `Asset.data` reads whole, bytes; a lint run must fit beside an editor and a browser."""

_BLOCK = 1 << 18
_TEST_FOLDERS = frozenset(
    ("test", "tests", "testing", "testdata", "test_data", "test-data", "fixtures", "__fixtures__", "testcases", "spec")
)


class AssetError(GreenlintError):
    """A file is broken or cannot be read; the message says how, the engine adds the name of the file."""


class Asset(NamedTuple):
    """One file of the project.

    path      relative to the project root, with forward slashes; `absolute` is where it lies on this machine
    size      bytes, as listed when the file was found
    tracked   whether git knows the file; None where that is not known (no git, no repository)
    root      absolute project root; "" when there is none
    """

    path: str
    absolute: str
    size: int
    tracked: bool | None = None
    root: str = ""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """The last extension with its dot, lower case; "" when there is none."""
        return os.path.splitext(self.path)[1].lower()

    @property
    def folders(self) -> tuple[str, ...]:
        """The names of the folders above the file, lower case, outermost first."""
        return tuple(self.path.lower().split("/")[:-1])

    @property
    def in_tests(self) -> bool:
        """True for inputs of tests, whose exact bytes may matter and which no user is sent."""
        return not _TEST_FOLDERS.isdisjoint(self.folders)

    def head(self, count: int = 512) -> bytes:
        """The first `count` bytes. Raises AssetError when the file cannot be read."""
        for block in self.blocks(count, limit=count):
            return block
        return b""

    def data(self, limit: int = MAX_BYTES) -> bytes:
        """All bytes. Raises AssetError when the file cannot be read or holds more than `limit` bytes."""
        data = b"".join(self.blocks(limit=limit + 1))
        if len(data) > limit:
            raise AssetError(f"larger than {limit >> 20} MB", "raise the limit or exclude the file")
        return data

    def blocks(self, size: int = _BLOCK, *, limit: int | None = None) -> Iterator[bytes]:
        """The bytes in pieces of `size`, at most `limit` of them. Raises AssetError when the file cannot be read."""
        left = sys.maxsize if limit is None else limit
        try:
            with open(self.absolute, "rb", buffering=0) as file:
                while left > 0 and (block := file.read(min(size, left))):
                    yield block
                    left -= len(block)
        except OSError as error:
            raise AssetError(f"cannot be read: {error.strerror or error}", "check its permissions") from None

    def deflated_size(self, level: int, *, limit: int | None = None) -> int:
        """Bytes of the zlib stream of the contents (of the first `limit` bytes), compressed in constant memory."""
        packer = zlib.compressobj(level)
        packed = sum(len(packer.compress(block)) for block in self.blocks(limit=limit))
        return packed + len(packer.flush())

    def has_sibling(self, *suffixes: str) -> bool:
        """True when a file of the same name with one of `suffixes` added lies beside this one."""
        return any(os.path.isfile(self.absolute + suffix) for suffix in suffixes)
