"""Files that hold one number each, read again and again through held descriptors, whatever happens to them meanwhile."""

from __future__ import annotations

import os
from errno import EBADF
from time import sleep
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.profiler.descriptor import hold_file, let_go

if TYPE_CHECKING:
    from collections.abc import Sequence

BUFFER = 32
"""Bytes that hold any counter, with its newline."""

_ATTEMPTS, _PAUSE_S = 5, 0.001


class CounterFiles:
    """Held open; a read is one pread per file.

    A read that falls into a write may be empty or torn: such a file is read again. Files that the program has closed are
    opened again: the counters are absolute, so nothing is lost.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        """Raises ProviderError when one cannot be opened."""
        self._paths = tuple(paths)
        self._descriptors: list[int] = []
        try:
            for path in paths:
                self._descriptors.append(hold_file(path))
        except OSError as error:
            self.close()
            raise ProviderError(f"{error.filename}: {error.strerror}") from error

    def read(self) -> tuple[int, ...]:
        """The numbers. Raises OSError or ValueError with the path of the first file that has none."""
        pread = os.pread
        try:
            return tuple([int(pread(descriptor, BUFFER, 0)) for descriptor in self._descriptors])
        except (OSError, ValueError):
            return tuple([self._read_again(place) for place in range(len(self._paths))])

    def close(self) -> None:
        """Close the files."""
        for descriptor in self._descriptors:
            let_go(descriptor)
        self._descriptors = []

    def _read_again(self, place: int) -> int:
        path, text = self._paths[place], b""
        for _ in range(_ATTEMPTS):
            try:
                text = os.pread(self._descriptors[place], BUFFER, 0)
                return int(text)
            except ValueError:
                sleep(_PAUSE_S)
            except OSError as error:
                if error.errno != EBADF:
                    raise OSError(error.errno, error.strerror, path) from error
                self._descriptors[place] = hold_file(path)
        raise ValueError(f"{path} holds {text!r}, not a number of microjoules")
