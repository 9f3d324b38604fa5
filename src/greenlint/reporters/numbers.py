"""Numbers as reports print them: as many digits as the interval deserves, one unit for value and bounds."""

from __future__ import annotations

import math

from greenlint.named_tuple import NamedTuple

_PREFIXES = ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1.0, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n"))
_LADDERS: dict[str, tuple[tuple[float, str], ...]] = {
    "g": ((1e6, "t"), (1e3, "kg"), (1.0, "g"), (1e-3, "mg"), (1e-6, "µg")),
    "B": ((2.0**30, "GiB"), (2.0**20, "MiB"), (2.0**10, "KiB"), (1.0, "B")),
    "s": ((3600.0, "h"), (1.0, "s"), (1e-3, "ms"), (1e-6, "µs")),
    "%": ((0.01, "%"),),
    "": ((1.0, ""),),
}
_THIN = "\N{NARROW NO-BREAK SPACE}"


class Shown(NamedTuple):
    """A value and its bounds as text, all in `unit`; the bounds are empty when the value is exact."""

    value: str
    low: str
    high: str
    unit: str

    @property
    def interval(self) -> str:
        """ "[8.0, 8.8]", or nothing for an exact value."""
        return f"[{self.low}, {self.high}]" if self.low else ""


def show(value: float, unit: str, low: float | None = None, high: float | None = None) -> Shown:
    """Scale to a readable prefix and round to two significant digits of the half-width of the interval.

    `unit` is a base unit (J, Wh, g, B, s); "%" takes a share of 0 to 1. Without an interval, or with an empty one, three
    digits are shown.
    """
    scale, name = _scale(abs(value) or abs(high or 0.0), unit)
    if low is None or high is None or low == high == value:
        text = _group(f"{value / scale:.0f}") if value == int(value) and scale == 1 else _digits(value / scale)
        if unit == "%":
            text = _fixed(value / scale, 1 if value < 0.995 else 0)
        return Shown(text, "", "", name)
    decimals = _decimals((high - low) / 2 / scale)
    shown, lower, upper = (_fixed(number / scale, decimals) for number in (value, low, high))
    return Shown(shown, lower, upper, name)


def _scale(size: float, unit: str) -> tuple[float, str]:
    ladder = _LADDERS.get(unit) or tuple((scale, prefix + unit) for scale, prefix in _PREFIXES)
    for scale, name in ladder:
        if size >= scale:
            return scale, name
    if size:
        return ladder[-1]
    return next(step for step in ladder if step[0] in (1.0, 0.01))


def _decimals(half_width: float) -> int:
    return 0 if half_width <= 0 else 1 - math.floor(math.log10(half_width))


def _fixed(number: float, decimals: int) -> str:
    rounded = round(number, decimals)
    return _group(f"{rounded:.{max(0, decimals)}f}") if rounded else "0"


def _digits(number: float) -> str:
    if number == 0:
        return "0"
    return _fixed(number, 2 - math.floor(math.log10(abs(number))))


def _group(text: str) -> str:
    """Thousands apart by a narrow space, in every language (ISO 80000-1)."""
    whole, dot, fraction = text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.removeprefix("-")
    if len(digits) > 4:
        first = len(digits) % 3 or 3
        digits = _THIN.join([digits[:first], *(digits[i : i + 3] for i in range(first, len(digits), 3))])
    return f"{sign}{digits}{dot}{fraction}"
