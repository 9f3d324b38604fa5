"""The Linux powercap tree: which of its zones are packages and memory, and which of their counters can be read."""

from __future__ import annotations

import os
import re
from errno import ENOENT

from greenlint.named_tuple import NamedTuple
from greenlint.profiler import rapl
from greenlint.profiler.counter_files import BUFFER
from greenlint.profiler.provider import Domain

REMEDY_PERMISSION = (
    "the counters are for root only since CVE-2020-8694: run with the capability CAP_DAC_READ_SEARCH, or let a group "
    "read them: 'z /sys/class/powercap/*/energy_uj 0440 root energy - -' in /etc/tmpfiles.d/energy.conf"
)

REMEDY_HIDDEN = (
    "container engines hide it since CVE-2020-8694: mount the host's /sys/devices/virtual/powercap read-only at another place "
    "and name that place's intel-rapl directory in GREENLINT_POWERCAP_ROOT, or measure on the host"
)

REMEDY_BROKEN = "load the driver again (modprobe -r intel_rapl_msr; modprobe intel_rapl_msr), or see the kernel's log"

_ZONE = re.compile(r"([\w-]+):(\d+)(?::(\d+))?$")
_PACKAGE = re.compile(r"package-\d+(?:-die-\d+)?$")


class Zone(NamedTuple):
    """A package, or the DRAM beside it: the domain and its directory."""

    domain: Domain
    path: str

    @property
    def counter(self) -> str:
        """The file that holds the counter."""
        return os.path.join(self.path, "energy_uj")


def find_zones(root: str) -> list[Zone]:
    """Packages with their DRAM, in the order of their numbers; mmio duplicates only where there is nothing else.

    A second zone of the same name is the same package through another interface, and is left out.
    """
    packages = [
        (control, int(number), path)
        for (control, number, child), path in _zone_paths(root).items()
        if child is None and _PACKAGE.match(_text(path, "name"))
    ]
    controls = {control for control, _, _ in packages}
    plain = {control for control in controls if not control.endswith("-mmio")} or controls
    zones: dict[str, list[Zone]] = {}
    for control, number, path in sorted(packages):
        name = _text(path, "name")
        if control in plain and name not in zones:
            zones[name] = [_zone(name, "package", path), *_memory_of(root, control, number, path)]
    return [zone for group in zones.values() for zone in group]


def _memory_of(root: str, control: str, number: int, package: str) -> list[Zone]:
    """The DRAM inside a package."""
    name = f"dram{_text(package, 'name').removeprefix('package')}"
    return [
        _zone(name, "dram", inner)
        for (owner, parent, child), inner in _zone_paths(root, package).items()
        if (owner, int(parent)) == (control, number) and child and _text(inner, "name") == "dram"
    ]


def find_platform(root: str) -> Zone | None:
    """The zone of the whole platform; on a machine with several sockets that of the first, which the others only repeat."""
    found = [path for (_, _, child), path in _zone_paths(root).items() if child is None and _text(path, "name") == "psys"]
    return _zone("psys", "psys", found[0]) if found else None


def zone_names(root: str) -> set[str]:
    """The names of all top-level zones, for the message that none of them is a package."""
    return {_text(path, "name") or os.path.basename(path) for path in _zone_paths(root).values()}


def hidden_zones(root: str) -> list[str]:
    """Entries of `root` that lead nowhere: container engines mask the directory that the kernel's links point to."""
    try:
        entries = sorted(os.listdir(root))
    except OSError:
        return []
    return [entry for entry in entries if _ZONE.match(entry) and not os.path.exists(os.path.join(root, entry))]


def _zone_paths(*directories: str) -> dict[tuple[str, str, str | None], str]:
    found: dict[tuple[str, str, str | None], str] = {}
    for directory in directories:
        try:
            entries = os.listdir(directory)
        except OSError:
            continue
        for entry in sorted(entries):
            match = _ZONE.match(entry)
            if match and os.path.isdir(os.path.join(directory, entry)):
                found[match[1], match[2], match[3]] = os.path.join(directory, entry)
    return found


def _zone(name: str, kind: str, path: str) -> Zone:
    limits = [_integer(path, f"constraint_{number}_max_power_uw") for number in range(3)]
    stated = 2 * max(limits) / 1e6  # short peaks go above the stated maximum
    max_w = stated if stated >= 20 else rapl.MAX_W[kind]
    return Zone(Domain(name, _integer(path, "max_energy_range_uj"), max_w), path)


def readable_zones(zones: list[Zone]) -> tuple[list[Zone], list[tuple[str, str]]]:
    """The zones whose counter holds a number, and (problem, remedy) of the others."""
    good: list[Zone] = []
    problems: list[tuple[str, str]] = []
    for zone in zones:
        try:
            with open(zone.counter, "rb") as file:
                text = file.read(BUFFER)
            if int(text) < 0:
                raise ValueError
            good.append(zone)
        except PermissionError:
            problems.append((f"{zone.counter}: permission denied", REMEDY_PERMISSION))
        except OSError as error:
            problems.append((f"{zone.counter}: {error.strerror}", REMEDY_HIDDEN if error.errno == ENOENT else REMEDY_BROKEN))
        except ValueError:
            problems.append((f"{zone.counter} holds {text!r}, not a number of microjoules", REMEDY_BROKEN))
    return good, problems


def _text(path: str, name: str) -> str:
    try:
        with open(os.path.join(path, name), encoding="ascii", errors="replace") as file:
            return file.read(64).strip()
    except OSError:
        return ""


def _integer(path: str, name: str) -> int:
    text = _text(path, name)
    return int(text) if text.isdigit() else 0
