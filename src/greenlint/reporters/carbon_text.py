"""Carbon and SCI of a measured command as lines for people: each number with its interval and what it rests on."""

from __future__ import annotations

from greenlint.carbon.record import Pue
from greenlint.model.format import digits, scale_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.carbon.factors import Carbon, CarbonFactor
    from greenlint.carbon.sci import Part, Sci
    from greenlint.carbon.score import Footprint

    Row = tuple[str, str]


def footprint_rows(footprint: Footprint) -> list[Row]:
    """A line of carbon, one of its factor, what must be known about the factor, and the score if there is one."""
    carbon, factor, mark = footprint.carbon, footprint.carbon.factor, footprint.energy.method.mark
    gas = "CO2e" if "CO2e" in factor.unit else "CO2"
    limit = footprint.energy.below_limit
    rows = [("carbon", f"{_grams(carbon, gas, limit=limit)}  from {mark} energy"), ("", _factor(factor, footprint.pue))]
    if factor.note:
        rows.append(("", factor.note))
    return rows + (_sci_rows(footprint.sci, mark, gas, limit=limit) if footprint.sci else [])


def unknown_rows(reason: str) -> list[Row]:
    """The line in place of them where there is no energy."""
    return [("carbon", f"not known: {reason}")]


def _sci_rows(score: Sci, mark: str, gas: str, *, limit: bool) -> list[Row]:
    units, unit = f"{score.functional_units:,.10g}", score.unit_name
    return [
        ("SCI", f"{_grams(score.total, gas)} per {unit}  from {mark} energy · one run is {units} x {unit}"),
        ("", f"operational {_grams(score.operational, '', limit=limit)} + embodied {_grams(score.embodied, '')}"),
        ("", f"embodied: {'; '.join(score.share.server.notes)}"),
    ]


def _factor(factor: CarbonFactor, pue: Pue | float) -> str:
    value = f"{digits(factor.value_g_per_kwh)} {factor.unit} [{digits(factor.low)}, {digits(factor.high)}]"
    place = f"{factor.zone} {factor.year or ''}".strip()
    what = ", ".join(dict.fromkeys((place, factor.convention, f"{factor.basis}-based")))  # an own factor has no convention
    overhead = f" · PUE {pue.value:g} [{pue.low:g}, {pue.high:g}]" if isinstance(pue, Pue) else f" · PUE {pue:g}"
    return f"{value} · {what}" + ("" if pue == 1.0 else overhead)


def _grams(part: Part | Carbon, gas: str, *, limit: bool = False) -> str:
    unit = f"g {gas}".strip()
    if limit:
        scale, prefix = scale_of(part.high)
        return f"<= {digits(part.high / scale)} {prefix}{unit}"
    scale, prefix = scale_of(part.grams)
    return f"{digits(part.grams / scale)} {prefix}{unit} [{digits(part.low / scale)}, {digits(part.high / scale)}]"
