"""`rapl-perf`: CPU package and DRAM energy from the kernel's `power` performance monitoring unit.

Preferred over powercap: the counters never wrap, and CAP_PERFMON is enough to read them. energy-psys is the whole platform
and contains the package: it is never added, and alone it is refused.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler import perf, rapl
from greenlint.profiler.fault import explain
from greenlint.profiler.power_unit import CPUS, UNIT, PerfSource, event_names, read_events, refusal
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context

_EVENTS = {"energy-pkg": "package", "energy-ram": "dram"}


class RaplPerf(Provider):
    """Running average power limit counters through perf_event_open."""

    name = "rapl-perf"
    privilege = "CAP_PERFMON"
    order = 10

    def __init__(self, unit: str = UNIT, cpu_root: str = CPUS) -> None:
        self._unit, self._cpu_root = unit, cpu_root

    def probe(self, context: Context) -> Probe:
        """Found when the package event exists and the kernel lets us open it."""
        if not perf.available() or not os.path.isdir(self._unit):
            return Probe(self.name, UNAVAILABLE, f"there is no {self._unit}", facts={"unit": self._unit})
        names = event_names(self._unit)
        facts = {"unit": self._unit, "events": ", ".join(names) or "none"}
        if "energy-pkg" not in names:
            what = " and psys is never counted as a package" if "energy-psys" in names else ""
            reason = f"the power unit has no energy-pkg event (only {facts['events']}){what}"
            remedy = "usual in a virtual machine; use a bare-metal machine" if context.machine.virtualised else ""
            return Probe(self.name, REFUSED, reason, remedy, facts=facts)
        try:
            source = self._source()
        except (OSError, ValueError) as error:
            return refusal(self.name, "energy-pkg", error, facts)
        source.close()
        domains = tuple(domain.name for domain in source.domains)
        return Probe(self.name, FOUND, f"{len(domains)} counters", "", Method.COUNTER, domains, facts)

    def open(self, context: Context) -> PerfSource:
        """Open one event per package (and DRAM). Raises ProviderError."""
        try:
            return self._source()
        except (OSError, ValueError) as error:
            raise ProviderError(explain(error)) from error

    def _source(self) -> PerfSource:
        events = read_events(self._unit, _EVENTS, self._cpu_root)
        if not any(event.domain.name.startswith("package") for event in events):
            raise ValueError(f"{self._unit} has no energy-pkg event")
        return PerfSource(self.name, events, rapl.boundary(tuple(event.domain for event in events)))
