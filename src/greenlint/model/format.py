"""Numbers for people: three significant digits and an SI prefix."""

from __future__ import annotations

import math


def format_quantity(value: float, unit: str) -> str:
    """A number with three significant digits and an SI prefix: 0.0123, "J" -> "12.3 mJ"."""
    scale, prefix = scale_of(value)
    return f"{digits(value / scale)} {prefix}{unit}"


def scale_of(value: float) -> tuple[float, str]:
    """The factor and the SI prefix that bring `value` between 1 and 1000 (up to 10,000 without a prefix)."""
    size = abs(value)
    if size == 0 or 1 <= size < 10_000 or not math.isfinite(size):
        return 1.0, ""
    for scale, prefix in ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n")):
        if size >= scale:
            return scale, prefix
    return 1e-9, "n"


def digits(value: float) -> str:
    """Three significant digits."""
    if value == 0:
        return "0"
    if not math.isfinite(value):
        return str(value)
    size = abs(float(f"{value:.2e}"))  # rounding may bring another digit before the point: 9.999 is 10.0
    if size >= 100:
        return f"{value:.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(size)))}f}"
