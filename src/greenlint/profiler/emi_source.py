"""The meters of the Windows Energy Meter Interface that count a processor: asked for their channels, chosen, and read.

Package and DRAM are added; PP0 (cores) and PP1 (graphics) are inside the package and never added. Any other channel is a
rail of the board or a meter whose inside is unknown, and is not believed. The layouts are in `emi_format`, the calls in
`windows_emi`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.named_tuple import NamedTuple
from greenlint.profiler import rapl
from greenlint.profiler.emi_format import (
    measurement_size,
    microjoules,
    parse_measurements,
    parse_metadata,
    parse_metadata_size,
    parse_version,
)
from greenlint.profiler.provider import Domain

if TYPE_CHECKING:
    from collections.abc import Sequence

# CTL_CODE(FILE_DEVICE_UNKNOWN, n, METHOD_BUFFERED, FILE_READ_ACCESS) with n = 0 to 3
GET_VERSION, GET_METADATA_SIZE, GET_METADATA, GET_MEASUREMENT = 0x224000, 0x224004, 0x224008, 0x22400C

PERIOD_S = 0.010
"""The counters step about every 8 to 9 ms (green-metrics-tool pull request 1801)."""

ABSENT = "it needs Windows 11 (or 10 from version 1809) on a CPU with RAPL counters"

_CHANNEL = re.compile(r"RAPL_Package(\d+)_(PKG|DRAM)$", re.IGNORECASE)
_INSIDE = re.compile(r"RAPL_Package\d+_(PP0|PP1|Core\d+_CORE)$", re.IGNORECASE)


class Api(Protocol):
    """The calls into the system; `windows_emi.WindowsEmi` makes them, tests play them back. All raise OSError."""

    def devices(self) -> list[str]: ...
    def open(self, path: str) -> int: ...
    def ask(self, handle: int, code: int, size: int) -> bytes: ...
    def close(self, handle: int) -> None: ...


class Meter(NamedTuple):
    """An open energy meter: its handle and path, all its channels, and (domain, index) of those that are believed."""

    handle: int
    path: str
    channels: tuple[str, ...]
    believed: tuple[tuple[Domain, int], ...] = ()


class EmiSource:
    """Held handles of the meters; a read is one call per meter."""

    name = "emi"
    method = Method.COUNTER
    period_s, gain = PERIOD_S, rapl.GAIN

    def __init__(self, api: Api, meters: Sequence[Meter], problems: Sequence[str]) -> None:
        """Raises ProviderError, and closes the meters, when none of them counts."""
        self._api = api
        chosen, doubles = _choose(meters)
        for meter in meters:
            if meter.handle not in {taken.handle for taken in chosen}:
                api.close(meter.handle)
        self._meters = chosen
        self.domains = tuple(domain for meter in chosen for domain, _ in meter.believed)
        self.boundary = rapl.boundary(self.domains).replace("RAPL", "RAPL through Windows")
        self.identity = "emi " + ":".join(meter.path for meter in chosen)
        left_out = [*problems, *(f"{name} is shown by a second meter" for name in doubles), *_unbelieved(meters)]
        self.facts = {"left out": "; ".join(left_out)} if left_out else {}
        problem = self._problem(meters, problems)
        if problem:
            self.close()
            raise ProviderError(f"emi: {problem}", ABSENT)

    def read(self) -> tuple[int, ...]:
        """Microjoules. Raises OSError when a meter does not answer, ValueError when its answer is cut off."""
        values: list[int] = []
        for meter in self._meters:
            size = measurement_size(len(meter.channels))
            measured = parse_measurements(len(meter.channels), self._api.ask(meter.handle, GET_MEASUREMENT, size))
            values += [microjoules(measured[index].energy_pwh) for _, index in meter.believed]
        return tuple(values)

    def close(self) -> None:
        """Release the meters."""
        for meter in self._meters:
            self._api.close(meter.handle)
        self._meters = []

    def _problem(self, meters: Sequence[Meter], problems: Sequence[str]) -> str:
        if not any(domain.name.startswith("package") for domain in self.domains):
            seen = [name for meter in meters for name in meter.channels]
            return "; ".join([*problems, *([f"no channel is a CPU package (there are {_list(seen)})"] if seen else [])])
        try:
            values = self.read()
        except (OSError, ValueError) as error:
            return str(error)
        if not any(values):
            return f"all of {', '.join(domain.name for domain in self.domains)} show 0 (known of AMD: systeminformer#2599)"
        return ""


def open_meters(api: Api, paths: Sequence[str]) -> EmiSource:
    """Open the meters at the paths. Raises ProviderError when none of them counts a processor."""
    meters, problems = _open_all(api, paths)
    return EmiSource(api, meters, problems)


def _open_all(api: Api, paths: Sequence[str]) -> tuple[list[Meter], list[str]]:
    """The meters that can be asked, and why the others cannot."""
    meters: list[Meter] = []
    problems: list[str] = []
    for path in sorted(paths):
        try:
            handle = api.open(path)
        except OSError as error:
            problems.append(str(error))
            continue
        try:
            version = parse_version(api.ask(handle, GET_VERSION, 2))
            size = parse_metadata_size(api.ask(handle, GET_METADATA_SIZE, 4))
            channels = parse_metadata(version, api.ask(handle, GET_METADATA, size)).channels
        except (OSError, ValueError) as error:
            api.close(handle)
            problems.append(f"{path}: {error}")
            continue
        meters.append(Meter(handle, path, channels))
    return meters, problems


def _choose(meters: Sequence[Meter]) -> tuple[list[Meter], list[str]]:
    """The meters with the channels that are believed, each once, and the names that a second meter shows again."""
    taken: set[str] = set()
    chosen: list[Meter] = []
    doubles: list[str] = []
    for meter in meters:
        believed: list[tuple[Domain, int]] = []
        for index, channel in enumerate(meter.channels):
            match = _CHANNEL.match(channel)
            if not match:
                continue
            kind = "package" if match[2].upper() == "PKG" else "dram"
            name = f"{kind}-{int(match[1])}"
            if name in taken:
                doubles.append(channel)
                continue
            taken.add(name)
            believed.append((Domain(name, 0, rapl.MAX_W[kind]), index))
        if believed:
            chosen.append(meter._replace(believed=tuple(believed)))
    return chosen, doubles


def _unbelieved(meters: Sequence[Meter]) -> list[str]:
    names = [name for meter in meters for name in meter.channels]
    unknown = [name for name in names if not _CHANNEL.match(name) and not _INSIDE.match(name)]
    return [f"{_list(unknown)}: what they contain is unknown"] if unknown else []


def _list(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
