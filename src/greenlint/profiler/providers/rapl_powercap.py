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
from greenlint.profiler.powercap import REMEDY_HIDDEN, find_zones, hidden_zones, readable_zones, zone_names
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Probe, Provider
from greenlint.profiler.zone_source import ZoneSource

if TYPE_CHECKING:
    from greenlint.profiler.powercap import Zone
    from greenlint.profiler.provider import Context


class RaplPowercap(Provider):
    """Running average power limit counters through the powercap class."""

    name = "rapl-powercap"
    privilege = "CAP_DAC_READ_SEARCH"
    order = 20

    def __init__(self, root: str | None = None, cpu_root: str | None = None) -> None:
        """`cpu_root` holds the machine's topology; a tree that is not this machine's says nothing of its sockets."""
        self._cpu_root = cpu_root or ("/sys/devices/system/cpu" if root is None else None)
        self._root = root or os.environ.get("GREENLINT_POWERCAP_ROOT") or "/sys/class/powercap"

    def probe(self, context: Context) -> Probe:
        """Found when at least one package counter can be read."""
        if not os.path.isdir(self._root):
            return Probe(self.name, UNAVAILABLE, f"there is no {self._root}", _absent_remedy(context))
        zones = find_zones(self._root)
        facts = {"root": self._root}
        if not zones:
            return self._no_package(context, facts)
        readable, problems = readable_zones(zones)
        if not _has_package(readable):
            problem, remedy = problems[0]
            return Probe(self.name, REFUSED, problem, remedy, facts=facts)
        names = tuple(zone.domain.name for zone in readable)
        if problems:
            facts["left out"] = "; ".join(problem for problem, _ in problems)
        endless = [zone.domain.name for zone in readable if not zone.domain.range_uj]
        if endless:
            facts["range unknown"] = f"{', '.join(endless)}: a wrap would make the session void"
        return Probe(self.name, FOUND, f"{len(names)} counters", "", Method.COUNTER, names, facts)

    def open(self, context: Context) -> ZoneSource:
        """Open every readable counter. Raises ProviderError when there is none of a package."""
        zones = find_zones(self._root)
        readable, problems = readable_zones(zones)
        if not _has_package(readable):
            problem, remedy = problems[0] if problems else (f"no package counter below {self._root}", "")
            raise ProviderError(problem, remedy)
        sockets = rapl.count_sockets(self._cpu_root) if self._cpu_root else 0
        unreadable = [zone.domain.name for zone in zones if zone not in readable]
        without = f", without {', '.join(unreadable)}" if unreadable else ""
        return ZoneSource(self.name, readable, rapl.boundary(tuple(zone.domain for zone in readable), sockets) + without)

    def _no_package(self, context: Context, facts: dict[str, str]) -> Probe:
        hidden = hidden_zones(self._root)
        if hidden:
            reason = f"{self._root} is hidden here: {', '.join(hidden)} lead nowhere"
            return Probe(self.name, UNAVAILABLE, reason, REMEDY_HIDDEN, facts=facts)
        seen = ", ".join(sorted(zone_names(self._root))) or "nothing"
        reason = f"{self._root} has no package counter (it has {seen})"
        return Probe(self.name, UNAVAILABLE, reason, _absent_remedy(context), facts=facts)


def _has_package(zones: list[Zone]) -> bool:
    return any(zone.domain.name.startswith("package") for zone in zones)


def _absent_remedy(context: Context) -> str:
    if context.machine.virtualised:
        return "virtual machines have no energy counter of their own; a bare-metal runner has"
    return "load the kernel module intel_rapl_msr (modprobe intel_rapl_msr)" if context.machine.os == "linux" else ""
