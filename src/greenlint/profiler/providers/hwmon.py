"""`hwmon`: processors measured by the sensors of a board or a driver, through the Linux hardware monitoring class.

Counters (amd_energy, zenergy) are read when a window begins and ends; gauges (NVIDIA Grace, Ampere, INA, LTC) and counters
behind a slow bus are asked ten times a second by a thread, gauges integrated by the trapezoidal rule. Which sensors are
believed is decided in `sensor_scopes`. GREENLINT_HWMON_ROOT moves the tree, for containers and tests.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context
    from greenlint.profiler.sensor_scopes import Selection
    from greenlint.profiler.source import CounterSource


class Hwmon(Provider):
    """Energy and power sensors of the processors."""

    name = "hwmon"
    order = 60

    def __init__(self, root: str | None = None) -> None:
        self._root = root or os.environ.get("GREENLINT_HWMON_ROOT") or "/sys/class/hwmon"

    def asked_for(self, context: Context) -> bool:
        """Whether `[tool.greenlint.machine]` has settings for it."""
        return "hwmon" in context.settings

    def probe(self, context: Context) -> Probe:
        """Found when sensors that measure the processors, or were named by the user, can be read."""
        if not os.path.isdir(self._root):
            return Probe(self.name, UNAVAILABLE, f"there is nothing below {self._root}")
        from greenlint.profiler.sensor_source import close_all, open_all

        facts = {"root": self._root}
        try:
            selection = self._select(context)
            if selection is None:
                return Probe(self.name, UNAVAILABLE, f"there is no energy or power sensor below {self._root}", facts=facts)
            close_all(open_all(selection))
        except ProviderError as error:
            return Probe(self.name, REFUSED, error.message.removeprefix("hwmon: "), error.hint, facts=facts)
        if selection.left_out:
            facts["left out"] = "; ".join(selection.left_out)
        names = tuple(scoped.domain for scoped in selection.chosen)
        facts["sensors"] = ", ".join(scoped.sensor.full_name for scoped in selection.chosen)
        return Probe(self.name, FOUND, f"{len(names)} sensors", "", Method.COUNTER, names, facts)

    def open(self, context: Context) -> CounterSource:
        """Open the sensors. Raises ProviderError."""
        from greenlint.profiler.sensor_source import open_sensors

        selection = self._select(context)
        if selection is None:
            raise ProviderError(f"hwmon: there is no energy or power sensor below {self._root}")
        return open_sensors(selection)

    def _select(self, context: Context) -> Selection | None:
        """The sensors to read, None where there is none of any kind. Raises ProviderError when none may be used."""
        from greenlint.profiler.sensor_scopes import named_sensors, select
        from greenlint.profiler.sensors import find_sensors

        sensors = find_sensors(self._root)
        return select(sensors, named_sensors(context.settings.get("hwmon"))) if sensors else None
