"""Sums and means of many energy values, with their uncertainty kept in two parts until the end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.model.energy import Z95, Energy, Method

if TYPE_CHECKING:
    from collections.abc import Iterable

_T95 = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131)
"""Two-sided 95 % quantiles of Student's t for 1 to 15 degrees of freedom."""


class EnergySum:
    """Random parts add in quadrature, systematic parts linearly inside their group and in quadrature across groups.

    Values of different tiers may be summed (a bill is a sum of everything); the sum then carries the weakest method.
    """

    __slots__ = ("_domains", "_idle", "_limit2", "_mean", "_rand2", "_spread", "_sys", "_values", "count", "methods", "tiers")

    def __init__(self, energies: Iterable[Energy] = ()) -> None:
        self.count = 0
        self.methods: set[Method] = set()
        self.tiers: dict[str, float] = {}
        self._values = self._idle = self._rand2 = self._limit2 = self._mean = self._spread = 0.0
        self._sys: dict[str, float] = {}
        self._domains: dict[str, dict[str, None]] = {"provider": {}, "domains": {}, "boundary": {}, "warnings": {}}
        for energy in energies:
            self.add(energy)

    def add(self, energy: Energy) -> None:
        """Take one more value in."""
        self.count += 1
        self.methods.add(energy.method)
        tier = energy.method.tier
        self.tiers[tier] = self.tiers.get(tier, 0.0) + energy.energy_j
        self._values += energy.energy_j
        self._idle += energy.idle_j
        self._rand2 += energy.u_rand**2
        self._limit2 += energy.limit_j**2
        self._sys[energy.sys_group] = self._sys.get(energy.sys_group, 0.0) + energy.u_sys
        step = energy.energy_j - self._mean
        self._mean += step / self.count
        self._spread += step * (energy.energy_j - self._mean)
        for name, values in (
            ("provider", (energy.provider,)),
            ("domains", energy.domains),
            ("boundary", (energy.boundary,)),
            ("warnings", energy.warnings),
        ):
            self._domains[name].update(dict.fromkeys(values))

    def sum(self) -> Energy | None:
        """The total in J; None when there was nothing to add."""
        return self._scaled(1.0, math.sqrt(self._rand2)) if self.count else None

    def mean(self) -> Energy | None:
        """The mean in J; its random part is the larger of the propagated one and the spread seen between the values."""
        n = self.count
        if not n:
            return None
        seen = 0.0
        if n > 1:
            quantile = _T95[n - 2] if n - 2 < len(_T95) else Z95
            seen = math.sqrt(self._spread / (n - 1) / n) * quantile / Z95
        return self._scaled(1.0 / n, max(math.sqrt(self._rand2) / n, seen))

    def _scaled(self, factor: float, u_rand: float) -> Energy:
        kept = self._domains
        return Energy(
            energy_j=self._values * factor,
            idle_j=self._idle * factor,
            u_rand=u_rand,
            u_sys=math.hypot(*self._sys.values()) * factor,
            sys_group="+".join(sorted(self._sys)),
            method=max(self.methods, key=list(Method).index),
            provider=" + ".join(kept["provider"]),
            domains=tuple(kept["domains"]),
            boundary=" + ".join(kept["boundary"]),
            limit_j=math.sqrt(self._limit2) * factor,
            warnings=tuple(kept["warnings"]),
        )
