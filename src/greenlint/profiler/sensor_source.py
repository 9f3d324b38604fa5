"""The counters and gauges that `hwmon` reads, once it is decided which: held open, checked against each other, integrated."""

from __future__ import annotations

import os
from itertools import pairwise
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler import rapl
from greenlint.profiler.fault import explain
from greenlint.profiler.frozen import FrozenCheck
from greenlint.profiler.polled import Integral, PolledCounter
from greenlint.profiler.provider import Domain
from greenlint.profiler.sensors import OpenSensor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.profiler.sensor_scopes import Selection
    from greenlint.profiler.sensors import Sensor
    from greenlint.profiler.source import CounterSource

PERIOD_S = 0.1
GAUGE_GAIN = 0.10
"""Relative standard uncertainty of a sensor that shows watts: its shunt, and what happens between two looks; a convention."""

_SLOWEST_S = 5.0  # a gauge that averages over more than this says nothing about a test
_ON_CHIP = ("amd_energy", "zenergy")  # these drivers read a register; all others may wait for a bus
_MAX_W = 3000.0
_TWIN_S, _TWIN_STEPS, _TWIN_UJ = 0.060, 5, 70


def open_sensors(selection: Selection) -> CounterSource:
    """Open the chosen sensors. Raises ProviderError with the file, the reason and the remedy."""
    opened = open_all(selection)
    try:
        if all(sensor.sensor.chip in _ON_CHIP for sensor in opened):
            return SensorCounters(selection, opened)
        return _polled(selection, opened)
    except (OSError, ValueError) as error:
        close_all(opened)
        raise ProviderError(f"hwmon: {explain(error)}") from error
    except ProviderError:
        close_all(opened)
        raise


class SensorCounters:
    """Counters of drivers that answer at once: a read is one pread per domain."""

    name = "hwmon"
    method = Method.COUNTER
    period_s, gain = rapl.PERIOD_S, rapl.GAIN

    def __init__(self, selection: Selection, sensors: Sequence[OpenSensor]) -> None:
        """Raises ProviderError when two sockets show one counter, OSError or ValueError when one cannot be read."""
        self._sensors = tuple(sensors)
        self.domains = _domains(selection)
        self.boundary, self.identity = selection.boundary, _identity(sensors)
        self._refuse_twins()

    def read(self) -> tuple[int, ...]:
        """Microjoules. Raises OSError or ValueError."""
        return tuple([sensor.read() for sensor in self._sensors])

    def close(self) -> None:
        """Close the files."""
        close_all(self._sensors)

    def _refuse_twins(self) -> None:
        """Some versions of amd_energy read socket 0 for all sockets (amd/amd_energy issue 5): the others are not measured."""
        names = [domain.name for domain in self.domains]
        rows = [self.read()]
        if not any(_near(a, b) for place, a in enumerate(rows[0]) for b in rows[0][:place]):
            return
        until = perf_counter() + _TWIN_S
        while perf_counter() < until and len(set(rows)) <= _TWIN_STEPS + 3:
            sleep(rapl.PERIOD_S)
            rows.append(self.read())
        twins = [(a, b) for b in range(len(names)) for a in range(b) if are_twins([(row[a], row[b]) for row in rows])]
        if twins:
            a, b = twins[0]
            problem = f"{names[a]} and {names[b]} show one and the same counter, so one of the sockets is not measured"
            raise ProviderError(f"hwmon: {problem}", "use rapl-perf or rapl-powercap, or a corrected driver (amd_energy#5)")


def are_twins(rows: Sequence[tuple[int, int]]) -> bool:
    """Whether two counters, read one after the other again and again, are one: equal values, and equal steps, always.

    Equal power proves nothing, for two sockets may well draw the same; the values since boot must be equal too. A
    counter may step between the two reads of a row, so values may differ by one step.
    """
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(rows)]
    moved = [pair for pair in steps if any(pair)]
    largest = max((abs(value) for pair in moved for value in pair), default=0)
    close = all(abs(a - b) <= largest + _TWIN_UJ for a, b in rows)
    equal = sum(abs(a - b) <= _TWIN_UJ for a, b in moved)
    return close and len(moved) >= _TWIN_STEPS and equal >= 0.6 * len(moved)


def _near(a: int, b: int) -> bool:
    return a > 0 and abs(a - b) < 10_000_000  # 10 J: more than one step, much less than two sockets differ after boot


def _polled(selection: Selection, opened: Sequence[OpenSensor]) -> PolledCounter:
    gauges = [sensor for sensor in opened if sensor.sensor.kind != "energy"]
    period_s = max([PERIOD_S, *(sensor.sensor.interval_s for sensor in gauges)])
    return PolledCounter(
        _Poll(opened, period_s),
        name="hwmon",
        method=Method.COUNTER,
        boundary=selection.boundary,
        domains=_domains(selection),
        period_s=period_s,
        gain=GAUGE_GAIN if gauges else rapl.GAIN,
        identity=_identity(opened),
        release=lambda: close_all(opened),
    )


class _Poll:
    """Reads all sensors; gauges are integrated, in the order of the sensors."""

    def __init__(self, sensors: Sequence[OpenSensor], period_s: float) -> None:
        self._is_gauge = [sensor.sensor.kind != "energy" for sensor in sensors]
        gauges = [sensor for sensor in sensors if sensor.sensor.kind != "energy"]
        self._counters = [sensor for sensor in sensors if sensor.sensor.kind == "energy"]
        read_w = FrozenCheck(lambda: tuple([sensor.read() / 1e6 for sensor in gauges]))
        self._integral = Integral(read_w, period_s) if gauges else tuple

    def __call__(self) -> tuple[int, ...]:
        """Microjoules. Raises OSError or ValueError."""
        counted = iter([sensor.read() for sensor in self._counters])
        integrated = iter(self._integral())
        return tuple([next(integrated) if gauge else next(counted) for gauge in self._is_gauge])


def open_all(selection: Selection) -> list[OpenSensor]:
    """Open and read each sensor once. Raises ProviderError with the file, the reason and the remedy."""
    opened: list[OpenSensor] = []
    try:
        for scoped in selection.chosen:
            if scoped.sensor.interval_s > _SLOWEST_S:
                raise ValueError(f"{scoped.sensor.name} averages over {scoped.sensor.interval_s:.0f} s, too long for a test")
            opened.append(OpenSensor(scoped.sensor))
            opened[-1].read()
    except PermissionError as error:
        close_all(opened)
        raise ProviderError(f"hwmon: {error.filename}: permission denied", _permission_remedy(scoped.sensor)) from error
    except (OSError, ValueError) as error:
        close_all(opened)
        raise ProviderError(f"hwmon: {explain(error)}") from error
    return opened


def _permission_remedy(sensor: Sensor) -> str:
    # The tree numbers its directories anew at each boot, so the rule names the files by a pattern.
    pattern = f"/sys/class/hwmon/hwmon*/{os.path.basename(sensor.files[0])}"
    return (
        "run with the capability CAP_DAC_READ_SEARCH, or let a group read it: "
        f"'z {pattern} 0440 root energy - -' in /etc/tmpfiles.d/energy.conf"
    )


def _domains(selection: Selection) -> tuple[Domain, ...]:
    return tuple(Domain(scoped.domain, 0, _MAX_W) for scoped in selection.chosen)


def _identity(opened: Sequence[OpenSensor]) -> str:
    return "hwmon " + ":".join(file for sensor in opened for file in sensor.sensor.files)


def close_all(opened: Sequence[OpenSensor]) -> None:
    for sensor in opened:
        sensor.close()
