"""What the two readers of running average power limit (RAPL) counters share: their constants and their boundary."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenlint.profiler.provider import Domain

PERIOD_S = 0.001
"""The counters are updated about every millisecond (Intel SDM, volume 3, "RAPL interfaces")."""

GAIN = 0.05
"""Relative standard uncertainty of RAPL against a wall meter; a stated convention, not a calibration."""

MAX_W = {"package": 1500.0, "dram": 500.0, "psys": 5000.0}
"""No socket, no memory of a socket and no machine draws more, W; used where the kernel states no maximum."""


def boundary(domains: tuple[Domain, ...], sockets: int = 0) -> str:
    """What RAPL domains cover, in words; `sockets` of the machine are compared with the packages, 0: unknown."""
    dram = any(domain.name.startswith("dram") for domain in domains)
    what = "CPU package + DRAM (RAPL)" if dram else "CPU package without DRAM (RAPL)"
    read = len({domain.name.partition("-die-")[0] for domain in domains if domain.name.startswith("package")})
    return f"{what}, {read} of {sockets} sockets" if read < sockets else what


def count_sockets(cpu_root: str) -> int:
    """Sockets of this machine by the kernel's topology files; 0 where there are none."""
    found: set[str] = set()
    try:
        cpus = [name for name in os.listdir(cpu_root) if name[:3] == "cpu" and name[3:].isdigit()]
    except OSError:
        return 0
    for cpu in cpus:
        try:
            with open(f"{cpu_root}/{cpu}/topology/physical_package_id", encoding="ascii") as file:
                found.add(file.read().strip())
        except OSError:  # a CPU that is off has no topology
            continue
    return len(found - {"-1"})
