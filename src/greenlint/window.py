"""The window of a measured block in Python: its energy and times, its carbon, its text and its JSON."""

from __future__ import annotations

from greenlint.errors import GreenlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.carbon.factors import Carbon
    from greenlint.carbon.sci import Sci
    from greenlint.carbon.score import Basis
    from greenlint.config.schema import Config
    from greenlint.model.energy import Energy
    from greenlint.model.measurement import Measurement
    from greenlint.profiler.meter import Meter


class Window:
    """What a block used; its values are there once the block has ended.

    measurement  name, energy, wall time and CPU time of the process tree; energy is None when nothing valid was measured
    devices      energy of the devices beside the CPU (GPU boards); not part of the measurement's energy
    warnings     what makes the values doubtful; provider, machine_class  where they come from
    """

    def __init__(self, name: str, meter: Meter, config: Config) -> None:
        self.name, self.provider, self.machine_class = name, meter.provider, meter.machine.machine_class
        self._machine, self._config = meter.machine, config
        self.warnings: tuple[str, ...] = ()
        self.invalid: str | None = None
        self.devices: tuple[Energy, ...] = ()
        self._measurement: Measurement | None = None

    @property
    def measurement(self) -> Measurement:
        """The measurement. Raises RuntimeError while the block is running."""
        if self._measurement is None:
            raise RuntimeError(f"the window {self.name!r} has not ended yet: read it after the block")
        return self._measurement

    @measurement.setter
    def measurement(self, measurement: Measurement) -> None:
        """Set once, when the block ends."""
        self._measurement = measurement

    @property
    def energy(self) -> Energy | None:
        """Energy with its provenance and interval; None when nothing valid was measured, which never means zero."""
        return self.measurement.energy

    @property
    def cpu_s(self) -> float:
        """CPU time of the process tree, s."""
        return self.measurement.cpu_ns / 1e9

    @property
    def wall_s(self) -> float:
        """Elapsed time, s."""
        return self.measurement.wall_ns / 1e9

    def carbon(self) -> Carbon:
        """Operational carbon of the block with its devices, g, and its factor, by `[tool.greenlint.carbon]` of the project.

        Raises GreenlintError with the reason when there is no energy, ConfigError for unusable settings (unknown zone).
        """
        basis, energy = self._work()
        return basis.carbon(energy)

    def sci(self, units: float, unit_name: str) -> Sci:
        """Software Carbon Intensity of the block, which did `units` of the functional unit: g CO2e per unit (ISO/IEC 21031).

        All logical CPUs of the machine count as reserved; with idle="apart" only energy above idle is inside.
        Raises as `carbon` does, ConfigError unless units > 0, and IncompatibleError for a market-based factor.
        """
        basis, energy = self._work()
        return basis.sci(energy, self.wall_s, units, unit_name)

    def to_json(self) -> dict[str, Any]:
        """The object of `greenlint measure --json` with one run; with carbon where the project sets its zone, as `carbon`."""
        from greenlint.carbon.place import is_placed
        from greenlint.reporters.measure_text import run_object, session_object

        footprint = None
        if self.energy is not None and is_placed(self._config.carbon):
            basis, energy = self._work()
            footprint = basis.footprint(energy, self.wall_s, 1.0, None)
        session = session_object(self.provider, self.machine_class, self.invalid, self.warnings)
        return {"version": 1, **session, "runs": [run_object(self.measurement, self.devices, footprint=footprint)]}

    def _work(self) -> tuple[Basis, Energy]:
        """What carbon rests on, and the energy of the block with its devices."""
        from greenlint.carbon.score import whole
        from greenlint.profiler.footprint import basis_of
        from greenlint.reporters.measure_text import no_energy

        if self.energy is None:
            reason = no_energy(self.provider, self.invalid)
            raise GreenlintError(f"no carbon of {self.name!r}: {reason}", "`greenlint doctor` says what can be measured here")
        return basis_of(self._machine, self._config), whole(self.energy, self.devices)

    def __str__(self) -> str:
        from greenlint.model.format import format_quantity

        if self._measurement is None:
            return f"{self.name}: not ended yet"
        energy = str(self.energy) if self.energy else f"no valid measurement: {self.invalid or 'nothing was read'}"
        times = f"{format_quantity(self.cpu_s, 's')} CPU, {format_quantity(self.wall_s, 's')} wall"
        return f"{self.name}: {energy}, {times}"
