"""The arithmetic of the power model: watts of one logical CPU, and of a whole machine at a given load.

One architecture is one row of the table. Everything is per logical CPU, so that a virtual machine gets its share of a
host that it cannot see. The same functions serve the provider, the fit and its tests, so what is tested is what runs.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from greenlint.model.energy import Method
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Z90 = 1.644854
"""Half-width of a 90 % interval in standard deviations."""

BOUNDARY = "server AC power by CPU time"
_SCALE_RANGE = (0.25, 4.0)  # beyond this ratio to the architecture's usual TDP, power is proportional to TDP again


class ThreadPower(NamedTuple):
    """Watts of one logical CPU, with its part of the rest of the server, when all are idle and when all are busy."""

    idle_w: float
    full_w: float


class PowerModel(NamedTuple):
    """The model of one machine; see `ModelSource` for `dynamic_w`, `idle_w` and their standard deviations.

    curve  what part of the dynamic power is drawn at 0, 10, ... 100 % load
    version, data_to  of the coefficients, and the month of the newest published result among them
    note  what else a user must know, or ""
    """

    tier: str
    architecture: str
    logical_cpus: int
    idle_w: float
    dynamic_w: float
    idle_sd: float
    dynamic_sd: float
    version: str
    curve: tuple[float, ...] = (0.0, 1.0)
    data_to: str = ""
    note: str = ""
    name: str = "model"
    boundary: str = BOUNDARY

    @property
    def method(self) -> Method:
        """MODEL where the processor is known, DEFAULT where it is not."""
        return Method.MODEL if self.tier in ("A", "A0", "B") else Method.DEFAULT

    @property
    def full_w(self) -> float:
        """Watts with all logical CPUs busy."""
        return self.watts(1.0)

    def watts(self, load: float) -> float:
        """Watts of the whole machine when this share of all CPU time is busy, 0 to 1.

        For a test, CPU seconds times `dynamic_w` is right: what others run decides where on the curve the machine is.
        """
        return self.idle_w + self.dynamic_w * self.logical_cpus * share_at(self.curve, load)

    def close(self) -> None:
        """Nothing is held."""


def thread_power(table: Mapping[str, Any], row: Mapping[str, Any] | None, tdp_w: float, threads: float) -> ThreadPower:
    """Tiers A (row and TDP) and A0 (TDP, row None): power by the TDP of a socket, W, and its logical CPUs.

    Within an architecture power grows more slowly than TDP, because boards, fans and disks do not shrink with it;
    between architectures it is proportional to TDP.
    """
    if row is None:
        common = table["global"]
        return ThreadPower(common["idle_per_tdp"] * tdp_w / threads, common["max_per_tdp"] * tdp_w / threads)
    ratio, (low, high) = tdp_w / row["tdp_ref_w"], _SCALE_RANGE
    watts = tdp_w * min(max(ratio, low), high) ** (table["tdp_exponent"] - 1) / threads
    return ThreadPower(row["idle_per_tdp"] * watts, row["max_per_tdp"] * watts)


def thread_power_unknown(table: Mapping[str, Any], row: Mapping[str, Any] | None) -> ThreadPower:
    """Tiers B (row) and C (row None): power of a usual logical CPU of this architecture, or of any server."""
    row = row or table["global"]
    return ThreadPower(row["idle_w_per_thread"], row["max_w_per_thread"])


def curve_of(table: Mapping[str, Any], row: Mapping[str, Any] | None) -> tuple[float, ...]:
    """The load curve of an architecture, or the common one."""
    return tuple((row or table).get("curve_g") or table["curve_g"])


def share_at(curve: Sequence[float], load: float) -> float:
    """Linear interpolation between equally spaced points of a curve over loads of 0 to 1; outside it the end points."""
    place = min(max(load, 0.0), 1.0) * (len(curve) - 1)
    left = min(int(place), len(curve) - 2)
    return curve[left] + (curve[left + 1] - curve[left]) * (place - left)


def spread(interval: Sequence[float]) -> float:
    """Standard deviation of the logarithm of true over modelled, from the factors of a 90 % interval."""
    low, high = interval
    return max(-math.log(low), math.log(high)) / Z90


def factors(sd: float) -> str:
    """A 90 % interval in words, from the standard deviation of the logarithm."""
    return f"x{math.exp(-Z90 * sd):.2f} to x{math.exp(Z90 * sd):.2f}"
