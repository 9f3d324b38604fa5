"""`rapl-psys`: energy of the whole platform, where the machine's maker has wired the processor to its power supply.

It contains package and DRAM, so it takes their place and is never added to them; and as its meaning differs from machine to
machine (system on chip, board, or the whole laptop), it is taken by name only. Read from the powercap zone `psys`, or from
the event energy-psys of the `power` unit where that zone is missing or closed to us.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.power_unit import CPUS, UNIT, PerfSource, event_names, read_events, refusal
from greenlint.profiler.powercap import find_platform, readable_zones
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Domain, Probe, Provider
from greenlint.profiler.zone_source import ZoneSource

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context

_EVENT = "energy-psys"
_BOUNDARY = "whole platform as its maker wired it, package and DRAM inside (RAPL psys)"
_REMEDY = "few machines have it, mostly laptops; rapl-perf and rapl-powercap read the processor and its memory"


class RaplPsys(Provider):
    """The platform counter, only where the user asks for it."""

    name = "rapl-psys"
    privilege = "CAP_DAC_READ_SEARCH"
    whole_machine = True

    def __init__(self, root: str | None = None, unit: str = UNIT, cpu_root: str = CPUS) -> None:
        self._root = root or os.environ.get("GREENLINT_POWERCAP_ROOT") or "/sys/class/powercap"
        self._unit, self._cpu_root = unit, cpu_root

    def probe(self, context: Context) -> Probe:
        """Found when the zone can be read, or else the event be opened."""
        found = self._look()
        if isinstance(found, Probe):
            return found
        found.close()
        return Probe(self.name, FOUND, "the platform counter", "", Method.COUNTER, ("psys",), {"read from": found.identity})

    def open(self, context: Context) -> ZoneSource | PerfSource:
        """Open the counter. Raises ProviderError."""
        found = self._look()
        if isinstance(found, Probe):
            raise ProviderError(found.reason, found.remedy)
        return found

    def _look(self) -> ZoneSource | PerfSource | Probe:
        """The open source, or why there is none; what the zone says counts more than what the event says."""
        zone = find_platform(self._root)
        readable, problems = readable_zones([zone]) if zone else ([], [])
        if readable:
            try:
                return ZoneSource(self.name, readable, _BOUNDARY)
            except ProviderError as error:
                problems = [(error.message, error.hint)]
        from_event = self._event()
        if isinstance(from_event, Probe) and problems:
            reason, remedy = problems[0]
            return Probe(self.name, REFUSED, reason, remedy)
        return from_event

    def _event(self) -> PerfSource | Probe:
        if _EVENT not in event_names(self._unit):
            reason = f"neither {self._root} nor {self._unit} has a platform counter (psys)"
            return Probe(self.name, UNAVAILABLE, reason, _REMEDY)
        try:
            # One event: the other sockets repeat what the first one shows.
            event = read_events(self._unit, {_EVENT: "psys"}, self._cpu_root)[0]
            domain = Domain("psys", event.domain.range_uj, event.domain.max_w)
            return PerfSource(self.name, [event._replace(domain=domain)], _BOUNDARY)
        except (OSError, ValueError) as error:
            return refusal(self.name, _EVENT, error, {})
