"""`rapl-perf`: CPU package and DRAM energy from the kernel's `power` performance monitoring unit.

Preferred over powercap: the kernel extends the counters to 64 bits, so they never wrap, and CAP_PERFMON is enough to
read them. energy-psys is the whole platform and contains the package: it is never added, and alone it is refused.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, NamedTuple

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler import perf, rapl
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Domain, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context

_UNIT = "/sys/bus/event_source/devices/power"
_EVENTS = {"energy-pkg": "package", "energy-ram": "dram"}
_REMEDY = "grant CAP_PERFMON to the interpreter (setcap cap_perfmon+ep), or set kernel.perf_event_paranoid to 0"


class Event(NamedTuple):
    """One energy event on one CPU: domain name, PMU type, config, CPU, and joules per count."""

    domain: Domain
    pmu: int
    config: int
    cpu: int
    scale: float


class RaplPerf(Provider):
    """Running average power limit counters through perf_event_open."""

    name = "rapl-perf"
    order = 10

    def __init__(self, unit: str = _UNIT, cpu_root: str = "/sys/devices/system/cpu") -> None:
        self._unit, self._cpu_root = unit, cpu_root

    def probe(self, context: Context) -> Probe:
        """Found when the package event exists and the kernel lets us open it."""
        if not perf.available() or not os.path.isdir(self._unit):
            return Probe(self.name, UNAVAILABLE, f"there is no {self._unit}", facts={"unit": self._unit})
        names = _event_names(self._unit)
        facts = {"unit": self._unit, "events": ", ".join(names) or "none"}
        if "energy-pkg" not in names:
            what = " and psys is never counted as a package" if "energy-psys" in names else ""
            reason = f"the power unit has no energy-pkg event (only {facts['events']}){what}"
            remedy = "usual in a virtual machine; use a bare-metal machine" if context.machine.virtualised else ""
            return Probe(self.name, REFUSED, reason, remedy, facts=facts)
        try:
            with_source = PerfSource(self._events())
        except (OSError, ValueError) as error:
            return _refusal(self.name, error, facts)
        with_source.close()
        domains = tuple(domain.name for domain in with_source.domains)
        return Probe(self.name, FOUND, f"{len(domains)} counters", "", Method.COUNTER, domains, facts)

    def open(self, context: Context) -> PerfSource:
        """Open one event per package (and DRAM). Raises ProviderError."""
        try:
            return PerfSource(self._events())
        except (OSError, ValueError) as error:
            raise ProviderError(f"{self.name}: {error}") from error

    def _events(self) -> list[Event]:
        pmu = int(_text(f"{self._unit}/type"))
        cpus = _parse_mask(_text(f"{self._unit}/cpumask"))
        events: list[Event] = []
        for event, kind in _EVENTS.items():
            path = f"{self._unit}/events/{event}"
            if not os.path.exists(path):
                continue
            config, scale = _parse_config(_text(path)), _parse_scale(path)
            for cpu, number in zip(cpus, self._package_names(cpus)):
                domain = Domain(f"{kind}-{number}", 0, rapl.MAX_W[kind])
                events.append(Event(domain, pmu, config, cpu, scale))
        return events

    def _package_names(self, cpus: list[int]) -> list[str]:
        """ "0", "1" per CPU of the mask; "0-die-1" where one package has several."""
        ids = [_optional(f"{self._cpu_root}/cpu{cpu}/topology/physical_package_id") for cpu in cpus]
        names = [text or str(place) for place, text in enumerate(ids)]
        dies = {cpu: names[:place].count(names[place]) for place, cpu in enumerate(cpus)}
        return [f"{name}-die-{dies[cpu]}" if names.count(name) > 1 else name for cpu, name in zip(cpus, names)]


class PerfSource:
    """Open energy events; a read is one 8-byte read per domain."""

    name = "rapl-perf"
    method = Method.COUNTER
    period_s, gain = rapl.PERIOD_S, rapl.GAIN

    def __init__(self, events: list[Event]) -> None:
        self.domains = tuple(event.domain for event in events)
        self.boundary = rapl.boundary(self.domains)
        self.identity = "rapl-perf " + ",".join(f"{event.pmu}.{event.config:#x}@{event.cpu}" for event in events)
        self._events: list[tuple[int, float]] = []
        try:
            for event in events:
                descriptor = perf.open_event(event.pmu, event.config, pid=-1, cpu=event.cpu)
                self._events.append((descriptor, event.scale * 1e6))
        except OSError:
            self.close()
            raise

    def read(self) -> tuple[int, ...]:
        """Microjoules since the events were opened."""
        return tuple([int(perf.read_count(descriptor) * factor) for descriptor, factor in self._events])

    def close(self) -> None:
        """Close the events."""
        for descriptor, _ in self._events:
            os.close(descriptor)
        self._events = []


def _refusal(name: str, error: OSError | ValueError, facts: dict[str, str]) -> Probe:
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM):
        level = _optional("/proc/sys/kernel/perf_event_paranoid")
        reason = f"the kernel does not let us open energy-pkg (perf_event_paranoid is {level or 'unknown'})"
        return Probe(name, REFUSED, reason, _REMEDY, facts=facts)
    return Probe(name, REFUSED, f"energy-pkg cannot be used: {error}", facts=facts)


def _event_names(unit: str) -> list[str]:
    try:
        entries = os.listdir(f"{unit}/events")
    except OSError:
        return []
    return sorted(entry for entry in entries if "." not in entry)


def _parse_config(text: str) -> int:
    for part in text.split(","):
        key, _, value = part.partition("=")
        if key == "event":
            return int(value, 0)
    raise ValueError(f"event description {text!r} is not understood")


def _parse_scale(event: str) -> float:
    unit = _text(f"{event}.unit")
    if unit != "Joules":
        raise ValueError(f"{event}.unit is {unit!r}, not Joules")
    scale = float(_text(f"{event}.scale"))
    if not 0 < scale < 1:
        raise ValueError(f"{event}.scale is {scale}")
    return scale


def _parse_mask(text: str) -> list[int]:
    cpus: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        cpus.extend(range(int(first), int(last or first) + 1))
    return cpus


def _text(path: str) -> str:
    with open(path, encoding="ascii") as file:
        return file.read(256).strip()


def _optional(path: str) -> str:
    try:
        return _text(path)
    except OSError:
        return ""
