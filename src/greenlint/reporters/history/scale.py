"""The value axis of a chart: round ticks around what is to be seen."""

from __future__ import annotations

import math

from greenlint.analysis.stats import median
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_SPAN = 0.10
"""The axis spans at least 10 % of the values, so that noise of 1 % looks like it."""


class Axis(NamedTuple):
    """Bounds, and the values at which lines are drawn."""

    low: float
    high: float
    ticks: tuple[float, ...]


def axis_of(bounds: Sequence[float], values: Sequence[float], limits: Sequence[float]) -> Axis:
    """An axis that holds all values, their intervals where these are not much wider, and limits that are near.

    It starts at zero where that costs little room; else its ticks say that it does not.
    """
    low, high = min(values), max(values)
    span = max(high - low, _LEAST_SPAN * median(values), 1e-12)
    near = [bound for bound in bounds if low - span <= bound <= high + span]
    near += [limit for limit in limits if low - 3 * span <= limit <= high + 3 * span]
    middle = (low + high) / 2
    low, high = min([*near, middle - span / 2]), max([*near, middle + span / 2])
    if low < 0.4 * high:
        low = 0.0
    step = _step((high - low) / 4)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return Axis(first * step, last * step, tuple(number * step for number in range(first, last + 1)))


def _step(least: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= least * 0.999)
