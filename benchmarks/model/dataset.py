"""Published server power measurements as clean rows, shared by `fit.py` and `compare.py`.

The two CSV files hold facts of SPECpower_ssj2008 results (https://www.spec.org/power_ssj2008/results/), AC power of whole
servers. They are not part of this project: `--specpower` wants one row per result with the power at 0, 10, ... 100 % load
(columns cpu, avail, sockets, cores, threads, mhz, tdp_w, mem_gb, w0 ... w100; such a table is in
https://github.com/green-coding-solutions/spec-power-raw-data), `--idle-max` one row per result with idle and full power
(columns cpu, sockets, cores, threads, mhz, mem_gb, tdp_w, published, idle_w, max_w; such a table is in
https://github.com/cloud-carbon-footprint/ccf-coefficients).
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from architectures import generation

from greenlint.profiler.power_model_names import name_key

if TYPE_CHECKING:
    import argparse

LOADS = tuple(range(0, 101, 10))
MAX_SOCKETS = 8
"""Chassis of up to 32 nodes share fans and power supplies, and the same CPU would count a dozen times: left out."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Server(NamedTuple):
    """One published result.

    key  the CPU model; arch  "" when it has no row of its own in the model
    date  year and month of publication (idle and full) or of availability (whole curve); power  W, idle first, full last
    """

    key: str
    arch: str
    date: str
    sockets: int
    cores: int
    threads: int
    tdp_w: float
    mhz: float
    mem_gb: float
    vendor: str
    power: tuple[float, ...]

    @property
    def family(self) -> str:
        """The CPU model without the letters that tell its variants apart (8280, 8280L; 7702, 7702P): what is left out."""
        return re.sub(r"(\d{4})[a-z]+", r"\1", self.key).rstrip("+")

    @property
    def year(self) -> int:
        """Year of `date`."""
        return int(self.date[:4])

    @property
    def tdp_total(self) -> float:
        """TDP of all sockets, W; 0 when unknown."""
        return self.tdp_w * self.sockets

    @property
    def idle(self) -> float:
        """W at active idle."""
        return self.power[0]

    @property
    def full(self) -> float:
        """W at full load."""
        return self.power[-1]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two files that every script here reads."""
    parser.add_argument("--specpower", required=True, metavar="CSV", help="results with their whole load curve")
    parser.add_argument("--idle-max", required=True, metavar="CSV", help="results with idle and full power")


def read_curves(path: str) -> list[Server]:
    """Results with 11 load levels, threads repaired as in `read_idle_full`; those without a TDP are left out."""
    rows = [_server(row, row["avail"], [row[f"w{load}"] for load in LOADS]) for row in _read(path)]
    return [server for server in _repaired(rows) if server.tdp_w]


def read_idle_full(path: str) -> list[Server]:
    """Results with idle and full power; TDP and threads per socket are repaired from results with the same CPU."""
    rows = [_server(row, row["published"], [row["idle_w"], row["max_w"]]) for row in _read(path)]
    return [server for server in _repaired(rows) if server.idle < server.full and server.sockets <= MAX_SOCKETS]


def _repaired(rows: list[Server]) -> list[Server]:
    # A few results state twice the threads, or the sockets of one node for the whole system: the usual value is the true one.
    tdp: dict[str, Counter[float]] = defaultdict(Counter)
    threads: dict[str, Counter[float]] = defaultdict(Counter)
    for server in rows:
        threads[server.key][server.threads / server.sockets] += 1
        if server.tdp_w:
            tdp[server.key][server.tdp_w] += 1
    usual_tdp, usual_threads = _modes(tdp), _modes(threads)
    return [
        server._replace(tdp_w=usual_tdp.get(server.key, 0.0), threads=round(usual_threads[server.key] * server.sockets))
        for server in rows
    ]


def _read(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _server(row: dict[str, str], month: str, power: list[str]) -> Server:
    key = name_key(row["cpu"])
    return Server(
        key=key or " ".join(row["cpu"].lower().split()),
        arch=generation(key),
        date=f"{month[-4:]}-{_MONTHS.index(month[:3]) + 1:02}",
        sockets=int(row["sockets"]),
        cores=int(row["cores"]),
        threads=int(row["threads"]),
        tdp_w=float(row["tdp_w"] or 0),
        mhz=float(row["mhz"] or 0),
        mem_gb=float(row["mem_gb"] or 0),
        vendor="amd" if "amd" in row["cpu"].lower() else "intel",
        power=tuple(map(float, power)),
    )


def _modes(counts: dict[str, Counter[float]]) -> dict[str, float]:
    # The smaller value wins a tie, whatever the order of the rows.
    return {key: min(counter.items(), key=lambda item: (-item[1], item[0]))[0] for key, counter in counts.items()}
