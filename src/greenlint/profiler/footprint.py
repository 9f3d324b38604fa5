"""What the carbon of a measurement rests on: the settings of the project, and the server that the machine is part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.carbon.score import Basis
from greenlint.profiler.cpu import CpuIdentity, read_cpu

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from greenlint.config.schema import Config
    from greenlint.model.run import Machine

_MOST = 4096


def basis_of(machine: Machine, config: Config) -> Basis:
    """Grid and server of work that is measured on this machine. Raises ConfigError for settings that cannot be used."""
    return Basis.of(machine, config.carbon, server_threads(config.carbon.embodied.sockets, config.machine))


def server_threads(sockets: int, settings: Mapping[str, Any], cpu: CpuIdentity | None = None) -> int | None:
    """Logical CPUs of a server of `sockets` processors such as this one; None where its name does not tell.

    Below a virtual machine nothing else tells them. settings  `[tool.greenlint.machine]`, whose `threads_per_socket` goes
    first; cpu  another processor than that of this machine
    """
    stated = settings.get("threads_per_socket")
    if type(stated) is int and 0 < stated <= _MOST:
        return stated * sockets
    from greenlint.profiler.power_model_cpu import recognise
    from greenlint.profiler.providers.model import load_data

    known = recognise(cpu or read_cpu(), load_data("power_model.json"), load_data("cpus.json")).known
    return known.threads * sockets if known else None
