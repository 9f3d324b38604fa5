"""The kernel's `power` performance monitoring unit: which energy events it has, and counters made of them.

The kernel extends the hardware's counters to 64 bits, so they never wrap, and CAP_PERFMON is enough to read them.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from greenlint.model.energy import Method
from greenlint.named_tuple import NamedTuple
from greenlint.profiler import perf, rapl
from greenlint.profiler.descriptor import let_go, set_apart
from greenlint.profiler.fault import explain
from greenlint.profiler.provider import REFUSED, Domain, Probe

if TYPE_CHECKING:
    from collections.abc import Mapping

UNIT = "/sys/bus/event_source/devices/power"
CPUS = "/sys/devices/system/cpu"

_REMEDY = "grant CAP_PERFMON to the interpreter (setcap cap_perfmon+ep), or set kernel.perf_event_paranoid to 0"
_REMEDY_FILTER = "a seccomp filter is active here, as in containers: start the container with --cap-add PERFMON"


class Event(NamedTuple):
    """One energy event on one CPU: domain name, PMU type, config, CPU, and joules per count."""

    domain: Domain
    pmu: int
    config: int
    cpu: int
    scale: float


def event_names(unit: str) -> list[str]:
    """The events that the unit offers; none where there is no unit."""
    try:
        entries = os.listdir(f"{unit}/events")
    except OSError:
        return []
    return sorted(entry for entry in entries if "." not in entry)


def read_events(unit: str, kinds: Mapping[str, str], cpu_root: str = CPUS) -> list[Event]:
    """The events named in `kinds` ({event: kind of domain}) on each CPU that stands for a package.

    Raises OSError or ValueError where the unit's files are not as the kernel documents them.
    """
    pmu = int(_text(f"{unit}/type"))
    cpus = _parse_mask(_text(f"{unit}/cpumask"))
    events: list[Event] = []
    for event, kind in kinds.items():
        path = f"{unit}/events/{event}"
        if not os.path.exists(path):
            continue
        config, scale = _parse_config(_text(path)), _parse_scale(path)
        for cpu, number in zip(cpus, _package_names(cpus, cpu_root)):
            domain = Domain(f"{kind}-{number}", 0, rapl.MAX_W[kind])
            events.append(Event(domain, pmu, config, cpu, scale))
    return events


def _package_names(cpus: list[int], cpu_root: str) -> list[str]:
    """ "0", "1" per CPU of the mask; "0-die-1" where one package has several."""
    ids = [_optional(f"{cpu_root}/cpu{cpu}/topology/physical_package_id") for cpu in cpus]
    names = [text or str(place) for place, text in enumerate(ids)]
    dies = {cpu: names[:place].count(names[place]) for place, cpu in enumerate(cpus)}
    return [f"{name}-die-{dies[cpu]}" if names.count(name) > 1 else name for cpu, name in zip(cpus, names)]


class PerfSource:
    """Open energy events; a read is one 8-byte read per domain. Closed descriptors cannot be opened again without a loss."""

    method = Method.COUNTER
    period_s, gain = rapl.PERIOD_S, rapl.GAIN

    def __init__(self, name: str, events: list[Event], boundary: str) -> None:
        """Raises OSError when the kernel does not let us open one."""
        self.name, self.boundary = name, boundary
        self.domains = tuple(event.domain for event in events)
        self.identity = f"{name} " + ",".join(f"{event.pmu}.{event.config:#x}@{event.cpu}" for event in events)
        self._events: list[tuple[int, float]] = []
        try:
            for event in events:
                descriptor = perf.open_event(event.pmu, event.config, pid=-1, cpu=event.cpu)
                self._events.append((set_apart(descriptor), event.scale * 1e6))
        except OSError:
            self.close()
            raise

    def read(self) -> tuple[int, ...]:
        """Microjoules since the events were opened."""
        return tuple([int(perf.read_count(descriptor) * factor) for descriptor, factor in self._events])

    def close(self) -> None:
        """Close the events."""
        for descriptor, _ in self._events:
            let_go(descriptor)
        self._events = []


def refusal(name: str, event: str, error: OSError | ValueError, facts: dict[str, str]) -> Probe:
    """Why an event cannot be opened, and what to do."""
    filtered = _seccomp_filter()
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM):
        level = _optional("/proc/sys/kernel/perf_event_paranoid")
        reason = f"the kernel does not let us open {event} (perf_event_paranoid is {level or 'unknown'})"
        return Probe(name, REFUSED, reason, _REMEDY_FILTER if filtered else _REMEDY, facts=facts)
    remedy = _REMEDY_FILTER if filtered and isinstance(error, OSError) and error.errno == errno.ENOSYS else ""
    return Probe(name, REFUSED, f"{event} cannot be used: {explain(error)}", remedy, facts=facts)


def _seccomp_filter() -> bool:
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as file:
            return "\nSeccomp:\t2" in file.read()
    except OSError:
        return False


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
