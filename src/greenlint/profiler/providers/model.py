"""`model`: energy estimated from CPU time, for machines without a readable counter. Always available, never measured.

Watts per logical CPU come from a fit on published SPECpower_ssj2008 server results (`profiler/data/power_model.json`),
so the estimate is a share of AC wall power and holds in a virtual machine, where the socket's TDP would not.

Tiers, by what is known: A  the user gave `tdp_w` and the CPU numbers are in the table; A0  `tdp_w` alone;
B  the CPU numbers alone; C  a server CPU that is not in the table; D  anything else (laptop, desktop, ARM).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from greenlint.errors import ConfigError
from greenlint.model.energy import Method
from greenlint.profiler.calibration import find_calibration
from greenlint.profiler.provider import FOUND, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.calibration import Calibration
    from greenlint.profiler.cpu import CpuIdentity
    from greenlint.profiler.provider import Context

_Z90 = 1.644854  # half-width of a 90 % interval in standard deviations
_BOUNDARY = "server AC power by CPU time"


class PowerModel(NamedTuple):
    """Coefficients for this machine; see `ModelSource` for the meaning of the fields."""

    tier: str
    architecture: str
    logical_cpus: int
    idle_w: float
    dynamic_w: float
    idle_sd: float
    dynamic_sd: float
    version: str
    name: str = "model"
    boundary: str = _BOUNDARY

    @property
    def method(self) -> Method:
        """MODEL where the processor is known, DEFAULT where it is not."""
        return Method.MODEL if self.tier in ("A", "A0", "B") else Method.DEFAULT

    @property
    def full_w(self) -> float:
        """Watts with all logical CPUs busy."""
        return self.idle_w + self.dynamic_w * self.logical_cpus

    def close(self) -> None:
        """Nothing is held."""


class ModelProvider(Provider):
    """CPU time times watts per logical CPU."""

    name = "model"
    order = 100

    def probe(self, context: Context) -> Probe:
        """Always found; the facts carry the tier and its figures."""
        try:
            model, calibration = fit_machine(context), find_calibration(context.machine.machine_class, context.settings)
        except ConfigError as error:
            return Probe(self.name, "refused", error.message, error.hint)
        model = calibrated(model, calibration)
        return Probe(
            self.name, FOUND, f"tier {model.tier}: {_TIER_MEANS[model.tier]}",
            remedy=_REMEDY.get(model.tier, ""),
            method=model.method,
            domains=("machine",),
            facts={
                "tier": model.tier,
                "architecture": model.architecture,
                "idle": f"{model.idle_w:.2f} W",
                "full": f"{model.full_w:.2f} W",
                "per_busy_cpu": f"{model.dynamic_w:.2f} W",
                "interval90": _factors(model.dynamic_sd),
                "model": model.version,
                **({"calibrated": f"{calibration.date} by {calibration.provider}"} if calibration else {}),
            },
        )  # fmt: skip

    def open(self, context: Context) -> PowerModel:
        """The coefficients, after what a counter once said of this machine class. Raises ConfigError for unusable settings."""
        return calibrated(fit_machine(context), find_calibration(context.machine.machine_class, context.settings))


_TIER_MEANS = {
    "A": "TDP and CPU architecture known",
    "A0": "TDP known, CPU not in the table",
    "B": "CPU architecture known",
    "C": "server CPU not in the table",
    "D": "not an x86 server CPU: outside the data of the model",
}
_REMEDY = dict.fromkeys("BC", "state tdp_w and threads_per_socket in [tool.greenlint.machine] for a narrower interval")


def fit_machine(context: Context) -> PowerModel:
    """Choose tier and coefficients for this machine. Raises ConfigError for unusable settings."""
    table, cpu = _load_table(), context.cpu
    tdp_w = _positive(context.settings, "tdp_w")
    threads = _positive(context.settings, "threads_per_socket") or float(cpu.logical_cpus)
    row = find_architecture(cpu, table)
    if tdp_w:
        tier, row = ("A", row) if row else ("A0", table["global"])
        idle, full = (row[key] * tdp_w / threads for key in ("idle_per_tdp", "max_per_tdp"))
    else:
        tier, row = ("B", row) if row else (_unknown_tier(cpu), table["global"])
        idle, full = row["idle_w_per_thread"], row["max_w_per_thread"]
    intervals = table["intervals90"][tier]
    return PowerModel(
        tier=tier,
        architecture=row.get("arch", "unknown"),
        logical_cpus=cpu.logical_cpus,
        idle_w=idle * cpu.logical_cpus,
        dynamic_w=full - idle,
        idle_sd=_sd(intervals["idle"]),
        dynamic_sd=_sd(intervals["dynamic"]),
        version=table["version"],
    )


def calibrated(model: PowerModel, calibration: Calibration | None) -> PowerModel:
    """The model with the watts, the uncertainty and the boundary of a calibration; it stays an estimate by CPU time."""
    if calibration is None:
        return model
    return model._replace(
        idle_w=calibration.idle_w,
        dynamic_w=calibration.busy_w,
        idle_sd=calibration.idle_sd,
        dynamic_sd=calibration.busy_sd,
        boundary=f"{calibration.boundary} by CPU time, calibrated",
    )


def find_architecture(cpu: CpuIdentity, table: dict[str, Any]) -> dict[str, Any] | None:
    """The table row of a server processor by its CPUID numbers, or None; a row that also asks for a name goes first."""
    if not cpu.server:
        return None
    rows = [row for row in table["arch"] if any(_matches(cpu, numbers) for numbers in row["cpuid"])]
    named = [row for row in rows if row.get("name_contains", "\n") in cpu.name]
    plain = [row for row in rows if "name_contains" not in row]
    return next(iter([*named, *plain]), None)


def _matches(cpu: CpuIdentity, numbers: dict[str, Any]) -> bool:
    return (
        (cpu.vendor, cpu.family, cpu.model) == (numbers["vendor"], numbers["family"], numbers["model"])
        and numbers["stepping_min"] <= cpu.stepping <= numbers["stepping_max"]
    )  # fmt: skip


def _unknown_tier(cpu: CpuIdentity) -> str:
    return "C" if cpu.server and cpu.family >= 0 and cpu.architecture in ("x86_64", "amd64") else "D"


def _sd(interval: list[float]) -> float:
    low, high = interval
    return max(-math.log(low), math.log(high)) / _Z90


def _factors(sd: float) -> str:
    return f"x{math.exp(-_Z90 * sd):.2f} to x{math.exp(_Z90 * sd):.2f}"


def _positive(settings: Any, key: str) -> float | None:
    value = settings.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
        raise ConfigError(f"machine.{key} = {value!r} is not a positive number", f"for example {key} = 280")
    return float(value)


def _load_table() -> dict[str, Any]:
    import json
    from pkgutil import get_data

    data = get_data("greenlint.profiler", "data/power_model.json")
    table: dict[str, Any] = json.loads(data or b"{}")
    return table
