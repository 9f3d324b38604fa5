"""`model`: energy estimated from CPU time, for machines without a readable counter. Always available, never measured.

Watts per logical CPU come from a fit on published SPECpower_ssj2008 server results (`profiler/data`, made by
`benchmarks/model/fit.py`), so the estimate is a share of AC wall power and holds in a virtual machine, where the
socket's TDP would not.

Tiers, by what is known: A  architecture and TDP, because the processor's name is in the table or the user stated
`tdp_w`; A0  TDP alone; B  the architecture alone; C  a server processor that is not in the table; D  anything else.
"""

from __future__ import annotations

import math
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from greenlint.errors import ConfigError
from greenlint.named_tuple import NamedTuple
from greenlint.profiler.machine import calibration_path
from greenlint.profiler.power_model import (
    Z90,
    PowerModel,
    ThreadPower,
    curve_of,
    factors,
    spread,
    thread_power,
    thread_power_unknown,
)
from greenlint.profiler.power_model_cpu import Recognised, recognise
from greenlint.profiler.power_model_names import name_key
from greenlint.profiler.provider import FOUND, REFUSED, Probe, Provider

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.abc import ResourceLoader

    from greenlint.profiler.calibration import Calibration
    from greenlint.profiler.provider import Context

_MAX_TDP_W = 2000.0
_MAX_THREADS = 4096.0
_STATE_BOTH = "state tdp_w and threads_per_socket in [tool.greenlint.machine] for a narrower interval"


class ModelProvider(Provider):
    """CPU time times watts per logical CPU."""

    name = "model"
    order = 100

    def __init__(self) -> None:
        self._probed: tuple[Context, PowerModel] | None = None

    def probe(self, context: Context) -> Probe:
        """Always found, unless the settings are unusable; the facts carry the tier and its figures."""
        try:
            model, calibration = fit_machine(context), _calibration(context)
        except ConfigError as error:
            return Probe(self.name, REFUSED, error.message, error.hint)
        model = calibrated(model, calibration)
        self._probed = context, model
        return Probe(
            self.name,
            FOUND,
            f"tier {model.tier}: {_TIER_MEANS[model.tier]}",
            remedy=_STATE_BOTH if model.tier in "BC" else "",
            method=model.method,
            domains=("machine",),
            facts={
                "tier": model.tier,
                "architecture": model.architecture,
                "idle": f"{model.idle_w:.2f} W, {factors(model.idle_sd)}",
                "full": f"{model.full_w:.2f} W",
                "per_busy_cpu": f"{model.dynamic_w:.2f} W",
                "interval90": factors(model.dynamic_sd),
                "model": f"{model.version}, published results to {model.data_to}",
                **({"note": model.note} if model.note else {}),
                **({"calibrated": f"{calibration.date} by {calibration.provider}"} if calibration else {}),
            },
        )

    def open(self, context: Context) -> PowerModel:
        """The model, after what a counter once said of this machine class. Raises ConfigError for unusable settings."""
        if self._probed is not None and self._probed[0] is context:
            return self._probed[1]
        return calibrated(fit_machine(context), _calibration(context))


_TIER_MEANS = {
    "A": "TDP and CPU architecture known",
    "A0": "TDP known, CPU not in the table",
    "B": "CPU architecture known",
    "C": "server CPU not in the table",
    "D": "not an x86 server CPU: outside the data of the model",
}


class _Tdp(NamedTuple):
    """TDP of a socket, W, and its logical CPUs; why a stated TDP was not used."""

    watts: float | None
    threads: float
    note: str = ""


def fit_machine(context: Context) -> PowerModel:
    """Choose tier and coefficients for this machine. Raises ConfigError for unusable settings."""
    table, cpu = load_data("power_model.json"), context.cpu
    recognised = recognise(cpu, table, load_data("cpus.json") if name_key(cpu.name) else {})
    tdp = _tdp(context, recognised)
    row = recognised.row
    if tdp.watts:
        tier, power = "A" if row else "A0", thread_power(table, row, tdp.watts, tdp.threads)
    else:
        tier, power = "B" if row else "C" if recognised.server else "D", thread_power_unknown(table, row)
    limited, cut = _limit(power, table["vcpu_max_w"]) if context.machine.virtualised else (power, 0.0)
    note = f"held at {limited.full_w:.2f} W per virtual CPU, {power.full_w:.2f} W by the table" if cut else tdp.note
    intervals = table["intervals90"][tier]
    return PowerModel(
        tier=tier,
        architecture=row["arch"] if row else "unknown",
        logical_cpus=cpu.logical_cpus,
        idle_w=limited.idle_w * cpu.logical_cpus,
        dynamic_w=limited.full_w - limited.idle_w,
        idle_sd=math.hypot(spread(intervals["idle"]), cut),
        dynamic_sd=math.hypot(spread(intervals["dynamic"]), cut),
        version=table["version"],
        curve=curve_of(table, row),
        data_to=table["data_to"],
        note=note,
    )


def _calibration(context: Context) -> Calibration | None:
    if context.settings.get("calibration") is None and not os.path.exists(calibration_path()):
        return None  # most machines: the reader of these files is not even imported
    from greenlint.profiler.calibration import find_calibration

    return find_calibration(context.machine.machine_class, context.settings)


def calibrated(model: PowerModel, calibration: Calibration | None) -> PowerModel:
    """The model with the watts, the uncertainty and the boundary of a calibration; it stays an estimate by CPU time."""
    if calibration is None:
        return model
    return model._replace(
        idle_w=calibration.idle_w,
        dynamic_w=calibration.busy_w,
        idle_sd=calibration.idle_sd,
        dynamic_sd=calibration.busy_sd,
        curve=(0.0, 1.0),
        note="",
        boundary=f"{calibration.boundary} by CPU time, calibrated",
    )


def _limit(power: ThreadPower, most_w: float) -> tuple[ThreadPower, float]:
    """Hold a virtual CPU under the ceiling, and how much wider, in logarithms, that makes the interval.

    A guest cannot know its share: CPUs of hosts are promised more than once, and clouds run parts with more threads per
    socket than most published results. The interval is widened so that it still contains the figure without the ceiling.
    """
    if power.full_w <= most_w:
        return power, 0.0
    ratio = most_w / power.full_w
    return ThreadPower(power.idle_w * ratio, most_w), -math.log(ratio) / Z90


def _tdp(context: Context, recognised: Recognised) -> _Tdp:
    stated_w = _positive(context.settings, "tdp_w", _MAX_TDP_W)
    stated_threads = _positive(context.settings, "threads_per_socket", _MAX_THREADS)
    known, cpu = recognised.known, context.cpu
    threads = stated_threads or (known.threads if known else None)
    if not context.machine.virtualised:  # a guest does not see its socket
        seen = cpu.threads_per_socket or (0 if known else cpu.logical_cpus)
        threads = stated_threads or _plausible(seen, threads)
    if not stated_w:
        return _Tdp(known.tdp_w, threads or known.threads) if known else _Tdp(None, 1.0)
    if threads:
        return _Tdp(stated_w, threads)
    return _Tdp(None, 1.0, "tdp_w is not used: in a virtual machine state threads_per_socket of the host's processor too")


def _plausible(seen: int, listed: float | None) -> float | None:
    """Logical CPUs of a socket: what the machine shows, if all are on or multithreading is off; else what is listed."""
    if listed is None:
        return seen or None
    return seen if seen in (listed, listed / 2) else listed


def _positive(settings: Mapping[str, Any], key: str, most: float) -> float | None:
    value = settings.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= most:
        raise ConfigError(f"machine.{key} = {value!r} is not a number above 0 and up to {most:g}", f"for example {key} = 280")
    return float(value)


@lru_cache(maxsize=2)
def load_data(name: str) -> dict[str, Any]:
    """A data file of the model, not to be changed."""
    import json

    from greenlint import profiler

    # The loader, and not the file system, for the package may lie in a zip archive.
    path = os.path.join(os.path.dirname(profiler.__file__), "data", name)
    table: dict[str, Any] = json.loads(cast("ResourceLoader", profiler.__loader__).get_data(path))
    return table
