"""Batteries that feed this machine: which there are, whether nothing else feeds it, and the power that flows out of them.

Linux shows it as `power_now` (µW), or as `voltage_now` (µV) and `current_now` (µA); see
Documentation/ABI/testing/sysfs-class-power in the Linux sources.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple
from greenlint.profiler.sensors import SensorFile, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_DISCHARGING, _RESTING = "discharging", ("not charging", "full", "unknown")


class Battery(NamedTuple):
    """A battery that feeds the machine: its name and directory."""

    name: str
    path: str

    @property
    def status(self) -> str:
        """What the kernel says that it does, in lower case; "gone" when it says nothing."""
        return read_text(self.path, "status").lower() or "gone"


class Gauge:
    """The power of one battery."""

    def __init__(self, battery: Battery) -> None:
        """Raises OSError when it shows neither power nor current."""
        self._battery = battery
        power = os.path.join(battery.path, "power_now")
        names = [power] if os.path.exists(power) else [os.path.join(battery.path, f"{n}_now") for n in ("voltage", "current")]
        self._files: list[SensorFile] = []
        try:
            for name in names:
                self._files.append(SensorFile(name))
        except OSError:
            self.close()
            raise

    def read_uw(self) -> int:
        """µW out of the battery; 0 while it rests and another one feeds the machine. Raises OSError or ValueError."""
        if self._battery.status != _DISCHARGING:
            return 0
        # Some drivers show what flows out as negative; the status has told the direction. µV times µA are pW.
        values = [abs(file.read()) for file in self._files]
        return values[0] if len(values) == 1 else values[0] * values[1] // 1_000_000

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()
        self._files = []


def find_batteries(root: str) -> list[Battery]:
    """Batteries that feed the machine, not those of a mouse or a headset."""
    found = []
    for name, path in _supplies(root):
        present = read_text(path, "present") != "0"
        if read_text(path, "type") == "Battery" and read_text(path, "scope") != "Device" and present:
            found.append(Battery(name, path))
    return found


def not_alone(root: str, batteries: Sequence[Battery]) -> str:
    """Why the batteries do not show what the machine uses now; "" when they do."""
    for name, path in _supplies(root):
        if read_text(path, "type") != "Battery" and read_text(path, "online") not in ("", "0"):
            return f"the machine is plugged in ({name} is online)"
    states = {battery.name: battery.status for battery in batteries}
    for name, status in states.items():
        if status not in (_DISCHARGING, *_RESTING):
            return f"{name} is {status}, not discharging"
    if _DISCHARGING not in states.values():
        return f"no battery is discharging ({', '.join(f'{name}: {status}' for name, status in states.items())})"
    return ""


def _supplies(root: str) -> list[tuple[str, str]]:
    try:
        return [(name, os.path.join(root, name)) for name in sorted(os.listdir(root))]
    except OSError:
        return []


def open_gauges(batteries: Sequence[Battery]) -> list[Gauge]:
    """Raises OSError or ValueError when one of them does not show its power."""
    gauges: list[Gauge] = []
    try:
        for battery in batteries:
            gauges.append(Gauge(battery))
            gauges[-1].read_uw()
    except (OSError, ValueError):
        close_gauges(gauges)
        raise
    return gauges


def read_w(root: str, batteries: Sequence[Battery], gauges: Sequence[Gauge]) -> float:
    """What the machine uses, W. Raises ValueError when something else feeds it too, OSError or ValueError on bad reads."""
    changed = not_alone(root, batteries)
    if changed:
        raise ValueError(changed)
    return sum(gauge.read_uw() for gauge in gauges) / 1e6


def close_gauges(gauges: Sequence[Gauge]) -> None:
    """Close all files."""
    for gauge in gauges:
        gauge.close()
