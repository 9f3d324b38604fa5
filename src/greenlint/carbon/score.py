"""Carbon and Software Carbon Intensity of one piece of work, from its energy, its time, the machine and the settings.

Grid and server are looked up once, before the work: a wrong setting is then an error before anything was run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from greenlint.analysis.combine import total
from greenlint.carbon.embodied import Host, embodied_of, server_of
from greenlint.carbon.factors import carbon_of, factor_for, pue_for
from greenlint.carbon.record import Pue
from greenlint.carbon.sci import sci
from greenlint.model.energy import Energy, Method

if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.carbon.embodied import Server
    from greenlint.carbon.factors import Carbon, CarbonFactor
    from greenlint.carbon.sci import Sci
    from greenlint.config.schema import CarbonConfig
    from greenlint.model.run import Machine

_NOTHING = Energy(0.0, 0.0, 0.0, 0.0, "", Method.PRIOR, "", (), "")


@dataclass(frozen=True, slots=True)
class Footprint:
    """Carbon of one piece of work, what it rests on, and its score when functional units were named."""

    energy: Energy
    carbon: Carbon
    pue: Pue | float
    sci: Sci | None = None

    def to_json(self) -> dict[str, Any]:
        """Operational carbon with everything that it rests on, as plain data; the score has an object of its own."""
        carbon, pue = self.carbon, self.pue
        return {
            "g": carbon.grams,
            "interval": [carbon.low, carbon.high],
            "method": self.energy.method.value,
            "provider": self.energy.provider,
            "pue": carbon.pue,
            "pue_interval": [pue.low, pue.high] if isinstance(pue, Pue) else [pue, pue],
            "factor": carbon.factor.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Basis:
    """What carbon rests on besides energy and time.

    factor, pue  of the electricity; server  that the work runs on; threads  logical CPUs that are reserved for the work
    """

    factor: CarbonFactor
    pue: Pue | float
    server: Server
    threads: int

    @classmethod
    def of(cls, machine: Machine, config: CarbonConfig, server_threads: int | None = None) -> Basis:
        """What the settings say, else what the machine shows, else the defaults; the whole machine counts as reserved.

        server_threads  logical CPUs of the server below a virtual machine, where its CPU model reveals them
        Raises ConfigError for an unknown zone, year or basis, and for a server with fewer CPUs than this machine.
        """
        factor, host = factor_for(config), Host.of(machine, server_threads)
        server = server_of(config.embodied, host)
        embodied_of(server, 0.0, host.threads)  # raises for settings that contradict the machine
        return cls(factor, pue_for(config, factor), server, host.threads)

    def carbon(self, energy: Energy) -> Carbon:
        """Operational carbon, g."""
        return carbon_of(energy, self.factor, self.pue)

    def sci(self, energy: Energy, wall_s: float, units: float, unit_name: str) -> Sci:
        """The score of work that took `energy` and `wall_s` seconds. Raises as `greenlint.carbon.sci.sci` does."""
        share = embodied_of(self.server, wall_s, self.threads)
        return sci(energy, self.factor, share, units, unit_name, self.pue)

    def footprint(self, energy: Energy, wall_s: float, units: float, unit_name: str | None) -> Footprint:
        """Carbon, and the score unless `unit_name` is None."""
        score = None if unit_name is None else self.sci(energy, wall_s, units, unit_name)
        return Footprint(energy, self.carbon(energy), self.pue, score)

    def check(self, units: float, unit_name: str) -> None:
        """Raises what a score of these units would raise, before there is work to score.

        IncompatibleError for a market-based factor, ConfigError for no, a negative or an infinite number of units.
        """
        self.sci(_NOTHING, 0.0, units, unit_name)


def score(
    energy: Energy,
    wall_s: float,
    machine: Machine,
    config: CarbonConfig,
    units: float,
    unit_name: str,
    server_threads: int | None = None,
) -> Sci:
    """The SCI of work that took `energy` and `wall_s` seconds of a machine and did `units` of `unit_name`, in one call.

    Raises ConfigError for settings that cannot be used and for no functional units, IncompatibleError for a market-based
    factor.
    """
    return Basis.of(machine, config, server_threads).sci(energy, wall_s, units, unit_name)


def whole(energy: Energy, devices: Iterable[Energy] = ()) -> Energy:
    """The energy of the CPU side and of the devices beside it (GPU boards) together, marked as the weakest of them is.

    Carbon is of all that was used; energies of different methods are shown apart everywhere else.
    """
    together = total((energy, *devices)).energy
    return together or energy
