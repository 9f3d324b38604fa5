"""`rapl-powercap`: CPU package and DRAM energy from the Linux powercap tree (Intel and AMD).

DRAM is added because package does not contain it; psys contains both and is never added; core and uncore are inside
package; the `-mmio` control type shows the same packages a second time. Layout: Documentation/power/powercap in the
Linux sources. GREENLINT_POWERCAP_ROOT moves the tree, for containers and tests.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler import rapl
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Domain, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context

_ZONE = re.compile(r"([\w-]+):(\d+)(?::(\d+))?$")
_PACKAGE = re.compile(r"package-\d+(?:-die-\d+)?$")
_BUFFER = 32
REMEDY_PERMISSION = (
    "the counters are for root only since CVE-2020-8694: run with the capability CAP_DAC_READ_SEARCH, or let a group "
    "read them: 'z /sys/class/powercap/*/energy_uj 0440 root energy - -' in /etc/tmpfiles.d/energy.conf"
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A package, or the DRAM beside it: the domain and its directory."""

    domain: Domain
    path: str

    @property
    def counter(self) -> str:
        """The file that holds the counter."""
        return os.path.join(self.path, "energy_uj")


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
        readable, problems = _readable(zones)
        if not any(zone.domain.name.startswith("package") for zone in readable):
            problem, remedy = problems[0]
            return Probe(self.name, REFUSED, problem, remedy, facts=facts)
        names = tuple(zone.domain.name for zone in readable)
        if problems:
            facts["left out"] = "; ".join(problem for problem, _ in problems)
        return Probe(self.name, FOUND, f"{len(names)} counters", "", Method.COUNTER, names, facts)

    def open(self, context: Context) -> PowercapSource:
        """Open every readable counter. Raises ProviderError when there is none."""
        readable, problems = _readable(find_zones(self._root))
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
        self.identity = ":".join(_file_identity(zone.counter) for zone in zones)
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
        return tuple([int(pread(descriptor, _BUFFER, 0)) for descriptor in self._descriptors])

    def close(self) -> None:
        """Close the counter files."""
        for descriptor in self._descriptors:
            os.close(descriptor)
        self._descriptors = []


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


def _readable(zones: list[Zone]) -> tuple[list[Zone], list[tuple[str, str]]]:
    """The zones whose counter holds a number, and (problem, remedy) of the others."""
    good: list[Zone] = []
    problems: list[tuple[str, str]] = []
    for zone in zones:
        try:
            with open(zone.counter, "rb") as file:
                text = file.read(_BUFFER)
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
