"""What the two readers of running average power limit (RAPL) counters share: their constants and their boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenlint.profiler.provider import Domain

PERIOD_S = 0.001
"""The counters are updated about every millisecond (Intel SDM, volume 3, "RAPL interfaces")."""

GAIN = 0.05
"""Relative standard uncertainty of RAPL against a wall meter; a stated convention, not a calibration."""

MAX_W = {"package": 1500.0, "dram": 500.0}
"""No socket draws more, W; used where the kernel states no maximum."""


def boundary(domains: tuple[Domain, ...]) -> str:
    """What RAPL domains cover, in words."""
    dram = any(domain.name.startswith("dram") for domain in domains)
    return "CPU package + DRAM (RAPL)" if dram else "CPU package without DRAM (RAPL)"
