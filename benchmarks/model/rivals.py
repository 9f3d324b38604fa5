"""What other estimators say of a server, by their published formulas: W at 0, 10, ... 100 % load."""

from __future__ import annotations

import contextlib
import io
from collections import defaultdict
from functools import cache
from itertools import pairwise
from statistics import mean
from typing import TYPE_CHECKING

from dataset import LOADS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dataset import Server

_TEADS = ((0, 0.12), (10, 0.32), (50, 0.75), (100, 1.02))
_CCF_DEFAULT = (0.74, 3.5)


def codecarbon_constant(server: Server) -> list[float]:
    """CodeCarbon 3, constant mode: half of the TDP, and its RAM model."""
    return [0.5 * server.tdp_total + ram_watts(server.mem_gb)] * len(LOADS)


def codecarbon_load(server: Server) -> list[float]:
    """CodeCarbon 3, load mode: TDP x (0.1 + 0.9 u^3), and its RAM model."""
    ram = ram_watts(server.mem_gb)
    return [server.tdp_total * (0.1 + 0.9 * (load / 100) ** 3) + ram for load in LOADS]


def codecarbon_unknown(server: Server) -> list[float]:
    """CodeCarbon 3 where it does not know the name: 4 W per thread as TDP, the same load curve, and its RAM model."""
    ram = ram_watts(server.mem_gb)
    return [4 * server.threads * (0.1 + 0.9 * (load / 100) ** 3) + ram for load in LOADS]


def teads(server: Server) -> list[float]:
    """The curve of Teads, as in the Impact Framework: 12, 32, 75 and 102 % of TDP at 0, 10, 50 and 100 % load."""
    return [server.tdp_total * _between(load) for load in LOADS]


def cloud_carbon_footprint(trained: Iterable[Server]) -> Callable[[Server], list[float]]:
    """Cloud Carbon Footprint's method refitted: mean idle and full W per thread of an architecture, a straight line between.

    An architecture that was not in the training data has the published default, 0.74 and 3.5 W per vCPU.
    """
    seen: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for server in trained:
        seen[server.arch].append((server.idle / server.threads, server.full / server.threads))

    def watts(server: Server) -> list[float]:
        rows = seen.get(server.arch) if server.arch else None
        idle, full = (mean(column) for column in zip(*rows)) if rows else _CCF_DEFAULT
        return [(idle + (full - idle) * load / 100) * server.threads for load in LOADS]

    return watts


@cache
def ram_watts(gigabytes: float) -> float:
    """What CodeCarbon itself says of this much memory."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        from codecarbon.external.ram import RAM

        return float(RAM()._calculate_ram_power(gigabytes))


def _between(load: int) -> float:
    for (left, low), (right, high) in pairwise(_TEADS):
        if load <= right:
            return low + (high - low) * (load - left) / (right - left)
    return _TEADS[-1][1]
