"""Admits the carbon factors of plug-ins: a figure without interval, meaning or source is left out with a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greenlint.carbon.factors import CarbonFactor
from greenlint.plugins.manager import warn

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from greenlint.plugins.manager import Contribution

_MOST = 5000  # g/kWh; no way of generating electricity comes near it
_WORDS = ("convention", "basis", "source", "licence")


def admit(offered: Sequence[Contribution], own: Collection[str]) -> dict[str, CarbonFactor]:
    """The usable factors among those offered, by zone; one warning for each plug-in with others."""
    admitted: dict[str, CarbonFactor] = {}
    for plugin, factors in offered:
        problems: list[str] = []
        for factor in factors:
            wrong = _problem(factor, {*own, *admitted})
            if wrong:
                problems.append(f"carbon factor {getattr(factor, 'zone', None) or repr(factor)[:40]}: {wrong}")
            else:
                admitted[factor.zone] = factor
        warn(plugin, problems)
    return admitted


def _problem(factor: Any, taken: Collection[str]) -> str:
    if not isinstance(factor, CarbonFactor):
        return "is no CarbonFactor"
    zone: Any = factor.zone
    if not (isinstance(zone, str) and zone and zone == zone.strip().upper()):
        return "its zone is not a name in capitals"
    if zone in taken:
        return "the zone is taken"
    figures: tuple[Any, ...] = (factor.low, factor.value_g_per_kwh, factor.high)
    if not all(type(figure) in (int, float) for figure in figures):
        return "a figure is no number"
    if not 0 <= factor.low <= factor.value_g_per_kwh <= factor.high <= _MOST:
        return f"low, value and high are not in this order between 0 and {_MOST} g/kWh"
    missing = [word for word in _WORDS if not (isinstance(getattr(factor, word), str) and getattr(factor, word))]
    return f"{' and '.join(missing)} must be stated" if missing else ""
