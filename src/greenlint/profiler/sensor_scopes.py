"""Which sensors of a machine together make the power of its processors, each part once.

Few drivers say what their sensor covers; those are known here. Any other sensor, a rail of a board among them, is used
only when the user names it. Scopes of one socket contain each other, and the widest without a GPU is taken:

- NVIDIA Grace (ACPI power meter): "Grace Power Socket N" is the socket with its memory and contains "CPU Power Socket N"
  and "SysIO Power Socket N"; "Module Power Socket N" contains all of them and the GPU, which other providers read
  beside the processors, and is never used (NVIDIA Grace performance tuning guide, "Power telemetry").
- amd_energy and zenergy: "EsocketN" is the package; the "Ecore" counters are inside it.
- apm_xgene (Ampere): "CPU power" and "IO power" are two rails of one chip, added.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.profiler.sensors import Sensor

SETTING = '[tool.greenlint.machine] hwmon = ["chip/label"]'

_DRIVERS = ("amd_energy", "zenergy")
_SOCKET = re.compile(r"Esocket(\d+)$", re.IGNORECASE)
_CORE = re.compile(r"Ecore\d+$", re.IGNORECASE)
_GRACE = re.compile(r"(Module|Grace|CPU|SysIO) Power Socket (\d+)$", re.IGNORECASE)
_XGENE = {"CPU power": "cpu", "IO power": "io"}

INSIDE = {
    "package": "CPU packages without DRAM",
    "grace": "Grace sockets with their memory, without GPU",
    "cpu": "CPU rails",
    "sysio": "SysIO rails",
    "io": "IO rails",
}
"""What the values of a scope contain, in words."""

_CONTAINED = {"cpu": "grace", "sysio": "grace"}
_ENOUGH = ("package", "grace", "cpu")  # a machine is measured by these; an IO rail alone is none


class Scoped(NamedTuple):
    """A sensor with what it covers: the scope and the number of the socket; the scope of a named one is "named"."""

    sensor: Sensor
    scope: str
    socket: int

    @property
    def domain(self) -> str:
        """The domain's name: "package-0", "grace-1", or what the user named."""
        if self.scope == "named":
            return re.sub(r"[^a-z0-9]+", "-", self.sensor.full_name.lower()).strip("-")
        return f"{self.scope}-{self.socket}"


class Selection(NamedTuple):
    """The sensors to read, what they contain in words, and what was left out and why."""

    chosen: tuple[Scoped, ...]
    boundary: str
    left_out: tuple[str, ...] = ()


def select(sensors: Sequence[Sensor], named: Sequence[str] | None) -> Selection:
    """The sensors of the processors: those that the user named, else those whose scope is known.

    Raises ProviderError with what was seen and what to do when there is none, or when the named ones are not there.
    """
    return _by_name(sensors, named) if named else _by_knowledge(sensors)


def named_sensors(setting: object) -> tuple[str, ...] | None:
    """The user's list, None when there is none. Raises ProviderError when it is no list of names."""
    if setting is None:
        return None
    names = [setting] if isinstance(setting, str) else setting
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise ProviderError(f"hwmon: the setting hwmon is {setting!r}, not a list of names", f"write {SETTING}")
    return tuple(name.strip() for name in names)


def listing(sensors: Sequence[Sensor], most: int = 8) -> str:
    """The names of sensors for a message, with the device where several chips have one name."""
    names = [sensor.name for sensor in sensors]
    texts = [sensor.full_name if names.count(sensor.name) > 1 else sensor.name for sensor in sensors]
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more


def _by_knowledge(sensors: Sequence[Sensor]) -> Selection:
    known: dict[tuple[str, int], Scoped] = {}
    left_out: list[str] = []
    for scoped in _known(sensors):
        key = scoped.scope, scoped.socket
        if key in known:
            left_out.append(f"{scoped.sensor.name} shows the same as {known[key].sensor.name}")
        else:
            known[key] = scoped
    for (scope, socket), scoped in list(known.items()):
        wider = _CONTAINED.get(scope)
        if scope == "module":
            left_out.append(f"{scoped.sensor.name} contains the GPU")
            del known[scope, socket]
        elif wider and (wider, socket) in known and known[wider, socket].sensor.chip == scoped.sensor.chip:
            left_out.append(f"{scoped.sensor.name} is inside {known[wider, socket].sensor.name}")
            del known[scope, socket]
    if not any(scope in _ENOUGH for scope, _ in known):
        raise _nothing_known(sensors, left_out)
    chosen = tuple(known[key] for key in sorted(known))
    return Selection(chosen, _boundary(chosen), tuple(left_out))


def _known(sensors: Sequence[Sensor]) -> list[Scoped]:
    devices: dict[str, None] = {sensor.device: None for sensor in sensors if sensor.chip == "apm_xgene"}
    found = []
    for sensor in sensors:
        if sensor.chip in _DRIVERS and sensor.kind == "energy":
            match = _SOCKET.match(sensor.label)
            if match:
                found.append(Scoped(sensor, "package", int(match[1])))
        elif sensor.chip == "power_meter" and sensor.kind == "power":
            match = _GRACE.match(sensor.label)
            if match:
                found.append(Scoped(sensor, match[1].lower(), int(match[2])))
        elif sensor.chip == "apm_xgene" and sensor.label in _XGENE and sensor.kind == "power":
            found.append(Scoped(sensor, _XGENE[sensor.label], list(devices).index(sensor.device)))
    return found


def _nothing_known(sensors: Sequence[Sensor], left_out: Sequence[str]) -> ProviderError:
    others = [sensor for sensor in sensors if not _CORE.match(sensor.label)]
    seen = f"there are {listing(others)}" if others else "there are counters of single cores only"
    why = "; ".join(left_out) or "none is known to measure the processors"
    if any(sensor.chip == "power_meter" and not _GRACE.match(sensor.label) for sensor in sensors):
        remedy = f"an ACPI power meter usually shows the whole machine: give its file to the provider meter, or write {SETTING}"
    else:
        remedy = f"name those that measure the processors: {SETTING}"
    return ProviderError(f"hwmon: {seen}; {why}", remedy)


def _by_name(sensors: Sequence[Sensor], names: Sequence[str]) -> Selection:
    chosen: dict[Sensor, Scoped] = {}
    for name in names:
        matching = [sensor for sensor in sensors if name in (sensor.name, sensor.full_name)]
        if not matching:
            raise ProviderError(
                f"hwmon: there is no sensor {name} (there are {listing(sensors) or 'none'})", f"correct {SETTING}"
            )
        if len(matching) > 1:
            raise ProviderError(f"hwmon: {len(matching)} sensors are named {name}", f"write one of {listing(matching)}")
        chosen[matching[0]] = Scoped(matching[0], "named", 0)
    problem = _overlap(tuple(chosen))
    if problem:
        raise ProviderError(f"hwmon: {problem}", f"correct {SETTING}")
    return Selection(tuple(chosen.values()), f"sensors named in the configuration: {listing(tuple(chosen), 99)}")


def _overlap(sensors: Sequence[Sensor]) -> str:
    """Why sensors that the user named must not be added, as far as it is known; "" when nothing is known against it."""
    scopes = {(scoped.scope, scoped.socket): scoped.sensor for scoped in _known(sensors)}
    for (scope, socket), sensor in scopes.items():
        if scope == "module":
            return f"{sensor.name} contains the GPU, which other providers read beside the processors"
        wider = _CONTAINED.get(scope)
        if wider and (wider, socket) in scopes:
            return f"{sensor.name} is inside {scopes[wider, socket].name}: together they would count twice"
    cores = [sensor for sensor in sensors if sensor.chip in _DRIVERS and _CORE.match(sensor.label)]
    packages = [sensor for (scope, _), sensor in scopes.items() if scope == "package"]
    if cores and packages:
        return f"{cores[0].name} is inside {packages[0].name}: together they would count twice"
    return ""


def _boundary(chosen: Sequence[Scoped]) -> str:
    scopes = dict.fromkeys(scoped.scope for scoped in chosen)
    chips = dict.fromkeys(scoped.sensor.chip for scoped in chosen)
    return f"{' + '.join(INSIDE[scope] for scope in scopes)} (hwmon {', '.join(chips)})"
