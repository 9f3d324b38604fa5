"""`battery`: a laptop that runs on its battery measures itself; the whole machine, screen and GPU included.

It is used only while the battery discharges and nothing else feeds the machine: on mains the same files show the charger.
Plugging in ends the measurement. GREENLINT_POWER_SUPPLY_ROOT moves the tree, for containers and tests.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Domain, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.batteries import Gauge
    from greenlint.profiler.polled import PolledCounter
    from greenlint.profiler.provider import Context

PERIOD_S = 1.0
"""Controllers of batteries refresh their values every second or more slowly, and asking them costs them energy."""

GAIN = 0.10
"""Relative standard uncertainty of a fuel gauge and of what happens between two looks at it; a convention."""

BOUNDARY = "whole machine as its battery feeds it (screen, disks and GPU included; power supply unit not)"
_MAX_W = 500.0
_UNPLUG = "unplug the power supply: on mains the battery shows what the charger does"


class BatteryProvider(Provider):
    """Batteries of a machine that is not plugged in."""

    name = "battery"
    order = 65
    whole_machine = True

    def __init__(self, root: str | None = None, period_s: float = PERIOD_S) -> None:
        """`root` and `period_s` stand in for the kernel's tree and for the usual pace."""
        self._period_s = period_s
        self._root = root or os.environ.get("GREENLINT_POWER_SUPPLY_ROOT") or "/sys/class/power_supply"

    def probe(self, context: Context) -> Probe:
        """Found while a battery discharges, shows its power, and nothing else feeds the machine."""
        if not self._supplies():
            return Probe(self.name, UNAVAILABLE, f"there is no battery below {self._root}")
        from greenlint.profiler.batteries import close_gauges, find_batteries, not_alone, open_gauges
        from greenlint.profiler.fault import explain

        batteries = find_batteries(self._root)
        if not batteries:
            return Probe(self.name, UNAVAILABLE, f"there is no battery below {self._root}")
        problem = not_alone(self._root, batteries)
        if problem:
            return Probe(self.name, REFUSED, problem, _UNPLUG)
        try:
            close_gauges(open_gauges(batteries))
        except (OSError, ValueError) as error:
            return Probe(self.name, REFUSED, explain(error))
        facts = {"batteries": ", ".join(battery.name for battery in batteries)}
        return Probe(self.name, FOUND, "the machine runs on its battery", "", Method.COUNTER, ("machine",), facts)

    def open(self, context: Context) -> PolledCounter:
        """Integrate the power of the batteries. Raises ProviderError."""
        from greenlint.profiler.batteries import close_gauges, find_batteries, not_alone, open_gauges, read_w
        from greenlint.profiler.fault import explain
        from greenlint.profiler.frozen import FrozenCheck
        from greenlint.profiler.polled import Integral, PolledCounter

        batteries = find_batteries(self._root)
        problem = not_alone(self._root, batteries) if batteries else f"there is no battery below {self._root}"
        if problem:
            raise ProviderError(f"battery: {problem}", _UNPLUG if batteries else "")
        gauges: list[Gauge] = []
        try:
            gauges += open_gauges(batteries)
            return PolledCounter(
                Integral(FrozenCheck(lambda: (read_w(self._root, batteries, gauges),)), self._period_s),
                name=self.name,
                method=Method.COUNTER,
                boundary=BOUNDARY,
                domains=(Domain("machine", 0, _MAX_W),),
                period_s=self._period_s,
                gain=GAIN,
                identity="battery " + ":".join(battery.path for battery in batteries),
                release=lambda: close_gauges(gauges),
            )
        except (OSError, ValueError) as error:
            close_gauges(gauges)
            raise ProviderError(f"battery: {explain(error)}") from error

    def _supplies(self) -> bool:
        try:
            return bool(os.listdir(self._root))
        except OSError:
            return False
