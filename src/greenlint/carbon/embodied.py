"""The carbon of making the server, and the share of it that a piece of software takes up while it runs.

M = TE x (TiR / EL) x (RR / ToR), ISO/IEC 21031:2024: total embodied carbon of the server, time reserved over expected
lifetime, resources reserved over total resources (here logical CPUs).

TE of a server that nothing is known about is that of B. Davy, "Building an AWS EC2 Carbon Emissions Dataset" (Teads
Engineering, 2021), which Cloud Carbon Footprint uses: 1,000 kg for a server of one socket with 16 GB, and additions for its
parts. It rests on few published life cycle assessments: half and double of it are taken as its bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlint.errors import ConfigError
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from greenlint.config.schema import EmbodiedConfig
    from greenlint.model.run import Machine

BASE_KG, BASE_MEMORY_GB = 1000.0, 16.0
KG_PER_SOCKET, KG_PER_GB, KG_PER_SSD, KG_PER_HDD, KG_PER_GPU = 100.0, 533.0 / 384.0, 100.0, 50.0, 150.0
SOURCE = "B. Davy 2021 (Teads) as in Cloud Carbon Footprint"
S_PER_YEAR = 365.25 * 86400.0
UNKNOWN_THREADS = (128, 64, 512)
"""Logical CPUs of a server of which only a virtual machine is seen: value, fewest, most. A convention."""


class Bounded(NamedTuple):
    """A value with a lowest and a highest one."""

    value: float
    low: float
    high: float


LIFETIME_YEARS = Bounded(4.0, 3.0, 6.0)
"""4 years as in Cloud Carbon Footprint, with the 3 to 6 years that operators write their servers off over."""


@dataclass(frozen=True, slots=True)
class Host:
    """The machine that the software sees.

    threads  its logical CPUs; memory_gb  its memory; virtual  whether it is a virtual machine
    server_threads  logical CPUs of the whole server below a virtual machine, where its CPU model reveals them
    """

    threads: int
    memory_gb: float | None = None
    virtual: bool = False
    server_threads: int | None = None

    @classmethod
    def of(cls, machine: Machine, server_threads: int | None = None) -> Host:
        """The host of a run; an unknown number of CPUs counts as one."""
        memory = machine.ram_bytes / 1e9 if machine.ram_bytes else None
        return cls(max(1, machine.logical_cpus), memory, machine.virtualised, server_threads)


@dataclass(frozen=True, slots=True)
class Server:
    """A whole server: its embodied carbon in kg, its lifetime in years, its logical CPUs, and where these come from."""

    kg: Bounded
    lifetime_years: Bounded
    threads: Bounded
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Embodied:
    """Grams of embodied carbon of one piece of work, lowest and highest, and the server and shares behind them."""

    grams: float
    low: float
    high: float
    server: Server
    seconds: float
    threads: int


def server_of(config: EmbodiedConfig, host: Host) -> Server:
    """What is configured about the server, else what the machine shows of it, else the defaults; the notes say which."""
    threads, about_threads = _threads(config, host)
    kg, about_kg = _kg(config, host, threads.value)
    years = config.lifetime_years
    lifetime = LIFETIME_YEARS if years is None else Bounded(years, years, years)
    about_life = f"{lifetime.value:g} years" + (" by default" if years is None else "")
    return Server(kg, lifetime, threads, (about_kg, about_life, about_threads))


def embodied_of(server: Server, seconds: float, threads: int) -> Embodied:
    """The share of a server that `threads` logical CPUs reserved for `seconds` take up.

    Raises ConfigError for a negative or infinite time, no thread, and more threads than the largest possible server has.
    """
    if not 0 <= seconds < float("inf"):
        raise ConfigError(f"the time reserved must be a number of seconds from 0 on, not {seconds!r}")
    if not 1 <= threads <= server.threads.high:
        raise ConfigError(
            f"{threads} logical CPUs reserved of {server.threads.high:g}",
            "set total-threads in [tool.greenlint.carbon.embodied] to those of the whole server",
        )

    def grams(kg: float, years: float, total: float) -> float:
        return kg * 1000.0 * seconds / (years * S_PER_YEAR) * min(1.0, threads / total)

    return Embodied(
        grams(server.kg.value, server.lifetime_years.value, server.threads.value),
        grams(server.kg.low, server.lifetime_years.high, server.threads.high),
        grams(server.kg.high, server.lifetime_years.low, server.threads.low),
        server,
        seconds,
        threads,
    )


def _threads(config: EmbodiedConfig, host: Host) -> tuple[Bounded, str]:
    if config.total_threads is not None:
        return _exactly(config.total_threads), f"{config.total_threads} logical CPUs as configured"
    if not host.virtual:
        return _exactly(host.threads), f"{host.threads} logical CPUs of this machine"
    if host.server_threads is not None:
        total = max(host.server_threads, host.threads)
        return _exactly(total), f"{total} logical CPUs of the server, from its CPU model"
    value, fewest, most = (max(bound, host.threads) for bound in UNKNOWN_THREADS)
    return Bounded(value, fewest, most), f"the server below this virtual machine is unknown: {fewest} to {most} logical CPUs"


def _kg(config: EmbodiedConfig, host: Host, threads: float) -> tuple[Bounded, str]:
    if config.server_kg is not None:
        return _exactly(config.server_kg), f"{config.server_kg:g} kg as configured"
    memory = config.memory_gb
    if memory is None and host.memory_gb is not None:  # a server is cut evenly into virtual machines
        memory = host.memory_gb * (threads / host.threads if host.virtual else 1.0)
    kg = (
        BASE_KG
        + KG_PER_SOCKET * (config.sockets - 1)
        + KG_PER_GB * max(0.0, (memory or 0.0) - BASE_MEMORY_GB)
        + KG_PER_SSD * config.ssds
        + KG_PER_HDD * config.hdds
        + KG_PER_GPU * config.gpus
    )
    return Bounded(kg, kg / 2, kg * 2), f"{kg:.0f} kg ({SOURCE}), from half to double"


def _exactly(value: float) -> Bounded:
    return Bounded(value, value, value)
