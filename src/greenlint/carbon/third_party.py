"""Admits the carbon factors of plug-ins: a figure without interval, meaning or source is left out with a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greenlint.carbon.live import LiveFactor, problem_of
from greenlint.carbon.record import CarbonFactor
from greenlint.plugins.manager import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.plugins.manager import Contribution


def admit(offered: Sequence[Contribution], is_shipped: Callable[[str], bool]) -> dict[str, CarbonFactor | LiveFactor]:
    """The usable factors among those offered, by zone; one warning for each plug-in with others."""
    admitted: dict[str, CarbonFactor | LiveFactor] = {}
    for plugin, factors in offered:
        problems: list[str] = []
        for factor in factors:
            wrong = _problem(factor, lambda zone: zone in admitted or is_shipped(zone), is_shipped)
            if wrong:
                problems.append(f"carbon factor {getattr(factor, 'zone', None) or repr(factor)[:40]}: {wrong}")
            else:
                admitted[factor.zone] = factor
        warn(plugin, problems)
    return admitted


def _problem(factor: Any, taken: Callable[[str], bool], is_shipped: Callable[[str], bool]) -> str:
    live = isinstance(factor, LiveFactor)
    if not live and not isinstance(factor, CarbonFactor):
        return "is no CarbonFactor"
    zone: Any = factor.zone
    if not (isinstance(zone, str) and zone and zone == zone.strip().upper()):
        return "its zone is not a name in capitals"
    if taken(zone):
        return "the zone is taken"
    if not live:
        return problem_of(factor)
    if not callable(factor.fetch):
        return "its fetch cannot be called"
    if not (isinstance(factor.fallback, str) and is_shipped(factor.fallback)):
        return f"its fallback {factor.fallback!r} is no zone of greenlint"
    return ""
