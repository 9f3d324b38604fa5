"""Coefficients of the power model from published results: medians, pulled towards the common value where results are few.

The result is the content of `power_model.json` less its intervals; `predict` runs it by the functions that greenlint uses.
"""

from __future__ import annotations

import math
from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING, Any

from architectures import ARCHITECTURES

from greenlint.profiler.power_model import curve_of, thread_power, thread_power_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dataset import Server

TIERS = ("A", "A0", "B", "C")
COMMON_FROM = 2017
"""The common row is the median of results from this year on: older servers idle at up to twice the share of their TDP."""

PULL = 3
"""An architecture with n results counts n parts of its own median and this many parts of the common one."""

EXPONENT = 0.5
"""Within an architecture power follows the square root of TDP: the slope of log power on log TDP is about 0.5 at full load.

At idle it is even about -0.2, because servers with small processors carry more memory in these results; the model keeps
idle in proportion to full load, so that both grow with TDP. RESULTS.md shows what other exponents do.
"""


def fit(
    idle_full: list[Server], curves: list[Server], *, exponent: float = EXPONENT, common_from: int = COMMON_FROM
) -> dict[str, Any]:
    """The table of coefficients. `curves` should hold servers of the architectures' own time only."""
    known = [server for server in idle_full if server.arch and server.tdp_w]
    recent = [server for server in known if server.year >= common_from]
    common = {
        "idle_per_tdp": median(server.idle / server.tdp_total for server in recent),
        "max_per_tdp": median(server.full / server.tdp_total for server in recent),
        "idle_w_per_thread": median(server.idle / server.threads for server in recent),
        "max_w_per_thread": median(server.full / server.threads for server in recent),
    }
    table: dict[str, Any] = {"tdp_exponent": exponent, "global": common, "curve_g": _curve(curves)}
    of_arch, curves_of_arch = _by_arch(known), _by_arch(curves)
    table["arch"] = [
        _row(row.name, of_arch[row.name], curves_of_arch[row.name], table) for row in ARCHITECTURES if of_arch[row.name]
    ]
    return table


def predict(table: dict[str, Any], server: Server, tier: str) -> list[float]:
    """Watts of a server at 0, 10, ... 100 % load, knowing no more of it than the tier does."""
    row = next((row for row in table["arch"] if row["arch"] == server.arch), None) if tier in ("A", "B") else None
    if tier in ("A", "A0"):
        thread = thread_power(table, row, server.tdp_w, server.threads / server.sockets)
    else:
        thread = thread_power_unknown(table, row)
    return [(thread.idle_w + (thread.full_w - thread.idle_w) * share) * server.threads for share in curve_of(table, row)]


def _row(name: str, servers: list[Server], curves: list[Server], table: dict[str, Any]) -> dict[str, Any]:
    reference, common = median(server.tdp_w for server in servers), table["global"]

    def per_tdp(watts: Callable[[Server], float], state: str) -> float:
        bend = 1 - table["tdp_exponent"]
        own = median(watts(server) / server.tdp_total * (server.tdp_w / reference) ** bend for server in servers)
        return _pull(own, common[f"{state}_per_tdp"], len(servers))

    def per_thread(watts: Callable[[Server], float], state: str) -> float:
        own = median(watts(server) / server.threads for server in servers)
        return _pull(own, common[f"{state}_w_per_thread"], len(servers))

    row: dict[str, Any] = {
        "arch": name,
        "servers": len(servers),
        "published": f"{min(server.date for server in servers)} to {max(server.date for server in servers)}",
        "tdp_ref_w": reference,
        "idle_per_tdp": per_tdp(lambda server: server.idle, "idle"),
        "max_per_tdp": per_tdp(lambda server: server.full, "max"),
        "idle_w_per_thread": per_thread(lambda server: server.idle, "idle"),
        "max_w_per_thread": per_thread(lambda server: server.full, "max"),
    }
    if curves:
        own = _curve(curves)
        row["curve_g"] = [(len(curves) * x + PULL * y) / (len(curves) + PULL) for x, y in zip(own, table["curve_g"])]
    return row


def _pull(own: float, common: float, count: int) -> float:
    return math.exp((count * math.log(own) + PULL * math.log(common)) / (count + PULL))


def _curve(servers: Iterable[Server]) -> list[float]:
    shapes = [[(watts - server.idle) / (server.full - server.idle) for watts in server.power] for server in servers]
    return [median(points) for points in zip(*shapes)]


def _by_arch(servers: Iterable[Server]) -> defaultdict[str, list[Server]]:
    groups: defaultdict[str, list[Server]] = defaultdict(list)
    for server in servers:
        groups[server.arch].append(server)
    return groups
