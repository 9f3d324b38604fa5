"""Which processor this is: vendor, family, model and stepping, the facts that a power model is chosen by."""

from __future__ import annotations

import os
import re

from greenlint.named_tuple import NamedTuple
from greenlint.profiler.perf import architecture

_WINDOWS_IDENTIFIER = r"Family (\d+) Model (\d+) Stepping (\d+)"


class CpuIdentity(NamedTuple):
    """What the processor says about itself; a hypervisor may mask the name, seldom the numbers.

    family, model, stepping  x86 CPUID numbers; -1 where the architecture has none
    threads_per_socket  logical CPUs of a socket as this system sees it; 0 when unknown, meaningless in a virtual machine
    """

    architecture: str
    vendor: str
    family: int
    model: int
    stepping: int
    name: str
    logical_cpus: int
    flags: frozenset[str] = frozenset()
    threads_per_socket: int = 0


def read_cpu(cpuinfo: str = "/proc/cpuinfo") -> CpuIdentity:
    """The processor of this machine; what cannot be found out stays -1 or empty, never an error."""
    try:
        with open(cpuinfo, encoding="utf-8", errors="replace") as file:
            return _from_cpuinfo(file.read(16384))
    except OSError:
        return _from_platform()


def _from_cpuinfo(text: str) -> CpuIdentity:
    fields: dict[str, str] = {}
    for line in text.partition("\n\n")[0].splitlines():
        key, _, value = line.partition(":")
        fields[key.strip()] = value.strip()
    return CpuIdentity(
        architecture=architecture(),
        vendor=fields.get("vendor_id") or fields.get("CPU implementer", ""),
        family=_number(fields.get("cpu family")),
        model=_number(fields.get("model")),
        stepping=_number(fields.get("stepping")),
        name=fields.get("model name", ""),
        logical_cpus=os.cpu_count() or 1,
        flags=frozenset(fields.get("flags", fields.get("Features", "")).split()),
        threads_per_socket=max(0, _number(fields.get("siblings"))),
    )


def _from_platform() -> CpuIdentity:
    # Windows: PROCESSOR_IDENTIFIER is "Intel64 Family 6 Model 85 Stepping 7, GenuineIntel".
    identifier = os.environ.get("PROCESSOR_IDENTIFIER", "")
    match = re.search(_WINDOWS_IDENTIFIER, identifier)
    family, model, stepping = (int(text) for text in match.groups()) if match else (-1, -1, -1)
    return CpuIdentity(
        architecture=architecture(),
        vendor=identifier.rpartition(", ")[2] if match else "",
        family=family,
        model=model,
        stepping=stepping,
        name="",
        logical_cpus=os.cpu_count() or 1,
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1
