"""Sums of many energy values: random errors shrink, systematic errors of one group do not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlint.errors import IncompatibleError
from greenlint.model.energy import Method

if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.model.energy import Energy


_RANK = {method: place for place, method in enumerate(Method)}


@dataclass(frozen=True, slots=True)
class Total:
    """A sum, whole and by tier.

    energy  the sum with the weakest method of its parts, None when there was nothing to sum
    by_tier  tier -> sum of the values of that tier; measured_share  joules that a device counted / all joules
    count, unmeasured  how many values went in, and how many were missing
    """

    energy: Energy | None
    by_tier: dict[str, Energy]
    measured_share: float
    count: int
    unmeasured: int


def total(values: Iterable[Energy | None]) -> Total:
    """Add energy values of disjoint windows.

    Random parts add in quadrature, systematic parts linearly inside a `sys_group` and in quadrature between groups: adding
    everything in quadrature makes the error of a year of runs hundreds of times too small. Raises IncompatibleError when
    two values cover a common domain in the same window.
    """
    present: list[Energy] = []
    missing = 0
    for value in values:
        if value is None:
            missing += 1
        else:
            present.append(value)
    _refuse_overlap(present)
    tiers: dict[str, list[Energy]] = {}
    for energy in present:
        tiers.setdefault(energy.method.tier, []).append(energy)
    by_tier = {tier: _sum(group) for tier, group in sorted(tiers.items())}
    joules = sum(energy.energy_j for energy in present)
    measured = sum(energy.energy_j for energy in present if energy.method.measured)
    return Total(
        _sum(present) if present else None,
        by_tier,
        measured / joules if joules > 0 else 0.0,
        len(present),
        missing,
    )


def _refuse_overlap(energies: list[Energy]) -> None:
    seen: set[tuple[str, str]] = set()
    for energy in energies:
        covered = {(energy.window_id, domain) for domain in energy.domains} if energy.window_id else set()
        if covered & seen:
            names = ", ".join(sorted(domain for _, domain in covered & seen))
            raise IncompatibleError(f"cannot add overlapping domains of one window: {names}")
        seen |= covered


def _sum(energies: list[Energy]) -> Energy:
    groups: dict[str, float] = {}
    for energy in energies:
        groups[energy.sys_group] = groups.get(energy.sys_group, 0.0) + energy.u_sys
    weakest = max(energies, key=lambda energy: _RANK[energy.method])
    caps = [energy.most_j for energy in energies if energy.most_j is not None]
    boundaries = list(dict.fromkeys(energy.boundary for energy in energies))
    return weakest._replace(
        energy_j=sum(energy.energy_j for energy in energies),
        idle_j=sum(energy.idle_j for energy in energies),
        u_rand=math.sqrt(sum(energy.u_rand**2 for energy in energies)),
        u_sys=math.sqrt(sum(u * u for u in groups.values())),
        sys_group=" + ".join(groups),
        provider=" + ".join(dict.fromkeys(energy.provider for energy in energies)),
        domains=tuple(dict.fromkeys(domain for energy in energies for domain in energy.domains)),
        boundary=" / ".join(boundaries),
        limit_j=math.sqrt(sum(energy.limit_j**2 for energy in energies)),
        warnings=tuple(dict.fromkeys(warning for energy in energies for warning in energy.warnings)),
        window_id="",
        most_j=sum(caps) if len(caps) == len(energies) else None,
    )
