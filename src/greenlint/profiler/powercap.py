"""The Linux powercap tree: which of its zones are packages and memory, and which of their counters can be read."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from greenlint.profiler import rapl
from greenlint.profiler.provider import Domain

BUFFER = 32
"""Bytes that hold any counter, with its newline."""

REMEDY_PERMISSION = (
    "the counters are for root only since CVE-2020-8694: run with the capability CAP_DAC_READ_SEARCH, or let a group "
    "read them: 'z /sys/class/powercap/*/energy_uj 0440 root energy - -' in /etc/tmpfiles.d/energy.conf"
)

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
    """Packages with their DRAM, in the order of their numbers; mmio duplicates only where there is nothing else."""
    packages = [
        (control, int(number), path)
        for (control, number, child), path in _zone_paths(root).items()
        if child is None and _PACKAGE.match(_text(path, "name"))
    ]
    controls = {control for control, _, _ in packages}
    plain = {control for control in controls if not control.endswith("-mmio")} or controls
    zones: list[Zone] = []
    for control, number, path in sorted(packages):
        if control not in plain:
            continue
        name = _text(path, "name")
        zones.append(_zone(name, "package", path))
        for (owner, parent, child), inner in _zone_paths(root, path).items():
            if (owner, int(parent)) == (control, number) and child and _text(inner, "name") == "dram":
                zones.append(_zone(f"dram{name.removeprefix('package')}", "dram", inner))
    return zones


def zone_names(root: str) -> set[str]:
    """The names of all top-level zones, for the message that none of them is a package."""
    return {_text(path, "name") or os.path.basename(path) for path in _zone_paths(root).values()}


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
            problems.append((f"{zone.counter}: {error.strerror}", ""))
        except ValueError:
            problems.append((f"{zone.counter} holds {text!r}, not a number of microjoules", ""))
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
