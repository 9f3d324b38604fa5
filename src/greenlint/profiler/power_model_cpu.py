"""What the power model knows of a processor: its architecture by CPUID numbers, its TDP by name, and what to believe.

A hypervisor can show any name; it seldom changes the numbers. So the numbers decide the architecture, and a name is
believed only if it agrees with them. A processor that an emulator made up (QEMU's "AMD EPYC-Rome Processor") has the
numbers of a generation that the host is at least as new as: it counts as unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from greenlint.named_tuple import NamedTuple
from greenlint.profiler.power_model_names import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.profiler.cpu import CpuIdentity

_SERVERS = ("xeon", "epyc", "opteron")
_CONSUMER = (  # compiled when it is needed
    r"(?<!-)\bcore\b|ryzen|athlon|celeron|pentium|atom|phenom|sempron|turion|radeon|snapdragon|apple|\bfx\b|\b[ae]\d+-|\bn\d+\b"
)
_COVERED = ("x86_64", "amd64")


class KnownCpu(NamedTuple):
    """A processor of the table: TDP of a socket, W, its logical CPUs, and its architecture."""

    tdp_w: float
    threads: int
    arch: str


class Recognised(NamedTuple):
    """What a processor turned out to be.

    row  the architecture's row of the table, or None; known  the processor's own entry, or None
    server  a server processor, the only kind that the table is about
    """

    row: Mapping[str, Any] | None
    known: KnownCpu | None
    server: bool


def recognise(cpu: CpuIdentity, table: Mapping[str, Any], names: Mapping[str, Any]) -> Recognised:
    """Decide what to believe of a processor.

    names  key of `name_key` -> [TDP of a socket, logical CPUs of a socket, architecture]
    """
    if cpu.architecture not in _COVERED:
        return Recognised(None, None, server=False)
    if _is_emulated(cpu.name.lower()):
        return Recognised(None, None, server=True)
    if not is_server(cpu):
        return Recognised(None, None, server=False)
    row, known = find_architecture(cpu, table), _by_name(cpu.name, names)
    if known and row is None and cpu.family < 0:  # no numbers: the name is all there is
        row = next((row for row in table["arch"] if row["arch"] == known.arch), None)
    if known and (row is None or row["arch"] != known.arch):
        known = None
    return Recognised(row, known, server=True)


def _is_emulated(name: str) -> bool:
    """Whether an emulator made the processor up; its names are those of generations, without a model number.

    Without a regular expression, for to compile one takes longer than all the rest of the model, in every run.
    """
    if "qemu" in name or "kvm" in name or name.startswith(("westmere", "nehalem")):
        return True
    if name.startswith(("intel xeon ", "intel xeon(", "intel core ", "intel core(")):
        return "(" in name.partition("@")[0] or name.startswith(("intel xeon e312xx", "intel xeon e3-12xx"))
    return name.startswith(("amd epyc ", "amd epyc-")) and name.split()[2:3] == ["processor"]


def is_server(cpu: CpuIdentity) -> bool:
    """True for x86 processors that are not known to be made for desktops or laptops."""
    name = cpu.name.lower()
    if any(word in name for word in _SERVERS):
        return True
    return cpu.family >= 0 and not re.search(_CONSUMER, name)


def find_architecture(cpu: CpuIdentity, table: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The table row of a processor by its CPUID numbers, or None; a row that also asks for a name goes first."""
    rows = [row for row in table["arch"] if any(_matches(cpu, numbers) for numbers in row["cpuid"])]
    named = [row for row in rows if row.get("name_contains") and row["name_contains"] in cpu.name]
    plain = [row for row in rows if "name_contains" not in row]
    return next(iter([*named, *plain]), None)


def _matches(cpu: CpuIdentity, numbers: list[Any]) -> bool:
    vendor, family, model, first, last = numbers
    return (cpu.vendor, cpu.family, cpu.model) == (vendor, family, model) and first <= cpu.stepping <= last


def _by_name(name: str, names: Mapping[str, Any]) -> KnownCpu | None:
    key = name_key(name)
    return KnownCpu(*names[key]) if key and key in names else None
