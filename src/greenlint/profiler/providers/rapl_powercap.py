"""`rapl-powercap`: CPU package and DRAM energy from the Linux powercap tree (Intel and AMD).

DRAM is added because package does not contain it; psys contains both and is never added; core and uncore are inside
package; the `-mmio` control type shows the same packages a second time. Layout: Documentation/power/powercap in the
Linux sources. GREENLINT_POWERCAP_ROOT moves the tree, for containers and tests.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler import rapl
from greenlint.profiler.powercap import BUFFER, find_zones, readable_zones, zone_names
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.powercap import Zone
    from greenlint.profiler.provider import Context


class RaplPowercap(Provider):
    """Running average power limit counters through the powercap class."""

    name = "rapl-powercap"
    order = 20

    def __init__(self, root: str | None = None) -> None:
        self._root = root or os.environ.get("GREENLINT_POWERCAP_ROOT") or "/sys/class/powercap"

    def probe(self, context: Context) -> Probe:
        """Found when at least one package counter can be read."""
        if not os.path.isdir(self._root):
            return Probe(self.name, UNAVAILABLE, f"there is no {self._root}", _absent_remedy(context))
        zones = find_zones(self._root)
        facts = {"root": self._root}
        if not zones:
            seen = ", ".join(sorted(zone_names(self._root))) or "nothing"
            reason = f"{self._root} has no package counter (it has {seen})"
            return Probe(self.name, UNAVAILABLE, reason, _absent_remedy(context), facts=facts)
        readable, problems = readable_zones(zones)
        if not any(zone.domain.name.startswith("package") for zone in readable):
            problem, remedy = problems[0]
            return Probe(self.name, REFUSED, problem, remedy, facts=facts)
        names = tuple(zone.domain.name for zone in readable)
        if problems:
            facts["left out"] = "; ".join(problem for problem, _ in problems)
        return Probe(self.name, FOUND, f"{len(names)} counters", "", Method.COUNTER, names, facts)

    def open(self, context: Context) -> PowercapSource:
        """Open every readable counter. Raises ProviderError when there is none."""
        readable, problems = readable_zones(find_zones(self._root))
        if not readable:
            raise ProviderError(f"{self.name}: {problems[0][0] if problems else f'no counter below {self._root}'}")
        return PowercapSource(readable)


class PowercapSource:
    """Held descriptors of the counter files; a read is one pread per domain."""

    name = "rapl-powercap"
    method = Method.COUNTER
    period_s, gain = rapl.PERIOD_S, rapl.GAIN

    def __init__(self, zones: list[Zone]) -> None:
        self.domains = tuple(zone.domain for zone in zones)
        self.boundary = rapl.boundary(self.domains)
        self.identity = "rapl-powercap " + ":".join(_file_identity(zone.counter) for zone in zones)
        self._descriptors: list[int] = []
        try:
            for zone in zones:
                self._descriptors.append(os.open(zone.counter, os.O_RDONLY | os.O_CLOEXEC))
        except OSError as error:
            self.close()
            raise ProviderError(f"{self.name}: {error.filename}: {error.strerror}") from error

    def read(self) -> tuple[int, ...]:
        """Microjoules as the kernel shows them."""
        pread = os.pread
        return tuple([int(pread(descriptor, BUFFER, 0)) for descriptor in self._descriptors])

    def close(self) -> None:
        """Close the counter files."""
        for descriptor in self._descriptors:
            os.close(descriptor)
        self._descriptors = []


def _file_identity(path: str) -> str:
    try:
        status = os.stat(path)
    except OSError:
        return path
    return f"{path}@{status.st_dev}.{status.st_ino}"


def _absent_remedy(context: Context) -> str:
    if context.machine.virtualised:
        return "virtual machines have no energy counter of their own; a bare-metal runner has"
    return "load the kernel module intel_rapl_msr (modprobe intel_rapl_msr)" if context.machine.os == "linux" else ""
