"""What counters said about a machine class, kept so that the power model is nearer to the truth where no counter can be read.

`greenlint doctor --calibrate` measures idle power and the power of busy CPUs with the counter, beside what the model says
of the same moments. The ratio is kept per machine class, and the model takes it up in sessions without that counter:
another user without the privilege, a container, a runner of the same class. A calibrated estimate stays an estimate.
"""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Any

from greenlint.errors import ConfigError
from greenlint.named_tuple import NamedTuple
from greenlint.profiler.machine import calibration_path
from greenlint.profiler.records import RecordFile

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = RecordFile("calibration", "calibrations", 1, "remove it and run `greenlint doctor --calibrate`")

UNEVEN = 0.10
"""Energy per CPU second differs between programs on one machine, relative standard deviation; a stated convention."""


class Calibration(NamedTuple):
    """One machine class under one counter.

    provider, boundary  the counter, and what it covers
    idle_w     power of the idle machine, W; u_idle_w  its standard uncertainty, W
    busy_w     what each busy logical CPU adds above idle, W; spread  relative standard uncertainty of that, the counter's
               own gain and the difference between one and all CPUs busy included
    model_idle_w, model_busy_w  what the model said of the same; model  its version
    date       day of the calibration, ISO 8601
    """

    machine_class: str
    provider: str
    boundary: str
    idle_w: float
    u_idle_w: float
    busy_w: float
    spread: float
    model_idle_w: float
    model_busy_w: float
    model: str
    date: str

    @property
    def ratio(self) -> float:
        """Counted over modelled power of a busy CPU."""
        return self.busy_w / self.model_busy_w if self.model_busy_w else math.nan

    @property
    def busy_sd(self) -> float:
        """Standard deviation of the logarithm of true over calibrated power of a busy CPU, for programs of any kind."""
        return math.hypot(self.spread, UNEVEN)

    @property
    def idle_sd(self) -> float:
        """The same for idle power."""
        return math.sqrt(math.log1p((self.u_idle_w / self.idle_w) ** 2)) if self.idle_w > 0 else 0.0


def find_calibration(machine_class: str, settings: Mapping[str, Any]) -> Calibration | None:
    """The calibration of a machine class, from the file that `machine.calibration` names or from the user's own, or None.

    A file that is named must be there and be sound: ConfigError. The user's own is left out when it is neither.
    """
    named = settings.get("calibration")
    if named is None:
        try:
            return load(calibration_path()).get(machine_class)
        except ConfigError:
            return None
    if not isinstance(named, str):
        raise ConfigError(f"machine.calibration = {named!r} is not a path")
    if not os.path.isfile(named):
        raise ConfigError(f"machine.calibration: there is no file {named}", "`greenlint doctor --calibrate` writes one")
    return load(named).get(machine_class)


def load(path: str) -> dict[str, Calibration]:
    """The calibrations in a file by machine class; none when there is no file. Raises ConfigError for a broken one."""
    found = [_from_json(path, record) for record in _FILE.load(path)]
    return {calibration.machine_class: calibration for calibration in found}


def save(calibration: Calibration, path: str) -> None:
    """Put a calibration into the file, in place of that of the same machine class. Raises ConfigError or OSError."""
    kept = {**load(path), calibration.machine_class: calibration}
    _FILE.save(path, [one._asdict() for one in kept.values()])


def _from_json(path: str, record: Any) -> Calibration:
    if not isinstance(record, dict) or set(record) != set(Calibration._fields):
        raise ConfigError(f"{path}: a calibration needs the fields {', '.join(Calibration._fields)}")
    for name, value in record.items():
        number = name.endswith("_w") or name == "spread"
        sound = type(value) in (int, float) and 0 <= value < 1e6 if number else isinstance(value, str)
        if not sound:
            raise ConfigError(f"{path}: {name} = {value!r} is not {'a power' if number else 'a text'}")
    calibration = Calibration(**record)
    if not (calibration.busy_w > 0 and calibration.spread > 0):
        raise ConfigError(f"{path}: busy_w and spread of {calibration.machine_class} must be above 0")
    return calibration
