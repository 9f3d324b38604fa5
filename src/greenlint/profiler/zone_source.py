"""Zones of the powercap tree as a counter source."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from greenlint.model.energy import Method
from greenlint.profiler import rapl
from greenlint.profiler.counter_files import CounterFiles

if TYPE_CHECKING:
    from greenlint.profiler.powercap import Zone


class ZoneSource:
    """Held descriptors of the counter files; a read is one pread per zone."""

    method = Method.COUNTER
    period_s, gain = rapl.PERIOD_S, rapl.GAIN

    def __init__(self, name: str, zones: list[Zone], boundary: str) -> None:
        """Raises ProviderError when a counter cannot be opened."""
        self.name, self.boundary = name, boundary
        self.domains = tuple(zone.domain for zone in zones)
        self.identity = f"{name} " + ":".join(_file_identity(zone.counter) for zone in zones)
        self._files = CounterFiles([zone.counter for zone in zones])

    def read(self) -> tuple[int, ...]:
        """Microjoules as the kernel shows them. Raises OSError or ValueError with the path."""
        return self._files.read()

    def close(self) -> None:
        """Close the counter files."""
        self._files.close()


def _file_identity(path: str) -> str:
    try:
        status = os.stat(path)
    except OSError:
        return path
    return f"{path}@{status.st_dev}.{status.st_ino}"
