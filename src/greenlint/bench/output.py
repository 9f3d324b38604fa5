"""Standard output of one run: spooled to an unnamed file, hashed after the clock stopped, never held in memory.

A pipe into the harness would put reading (a quarter of a gigabyte in one well-known study) on the bill of the program.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from typing_extensions import Self

CHUNK = 1 << 18
_TAIL = 4096


class Spool:
    """Where the standard output and standard error of one run go; a context manager, gone when closed."""

    def __init__(self) -> None:
        self.stdout = cast("BinaryIO", tempfile.TemporaryFile(prefix="greenlint-"))  # noqa: SIM115  closed by close()
        try:
            self.stderr = cast("BinaryIO", tempfile.TemporaryFile(prefix="greenlint-"))  # noqa: SIM115  likewise
        except OSError:
            self.stdout.close()
            raise

    @property
    def size(self) -> int:
        """Bytes written to standard output."""
        return os.fstat(self.stdout.fileno()).st_size

    def digest(self) -> str:
        """BLAKE2b of standard output, hexadecimal."""
        return file_digest(self.stdout)

    def keep_stdout(self) -> BinaryIO:
        """Standard output under a handle of its own, which outlives the spool."""
        return os.fdopen(os.dup(self.stdout.fileno()), "rb")

    def last_error_line(self) -> str:
        """The last line of standard error that says anything, shortened; "" when there is none."""
        self.stderr.seek(max(0, os.fstat(self.stderr.fileno()).st_size - _TAIL))
        lines = [line.strip() for line in self.stderr.read().decode("utf-8", "replace").splitlines()]
        return next((_printable(line)[:200] for line in reversed(lines) if line), "")

    def error_tail(self, lines: int) -> tuple[str, ...]:
        """The last lines of standard error, shortened."""
        self.stderr.seek(max(0, os.fstat(self.stderr.fileno()).st_size - _TAIL))
        found = self.stderr.read().decode("utf-8", "replace").splitlines()
        return tuple(_printable(line)[:200] for line in found[-lines:])

    def close(self) -> None:
        """Let go of both files, which removes them."""
        self.stdout.close()
        self.stderr.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def file_digest(file: BinaryIO) -> str:
    """BLAKE2b of a whole file, hexadecimal, read in pieces."""
    file.seek(0)
    digest = hashlib.blake2b(digest_size=16)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
