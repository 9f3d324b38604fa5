"""The exact interval of a median from order statistics: no distribution is assumed (David and Nagaraja, 2003, section 7.1)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.analysis.stats import mad, median
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL = 0.95
LEAST = 6
"""The fewest values of which any interval holds the median with 95 %: the whole range of 6 does with 96.9 %."""

_NORMAL = 1.4826


class Centre(NamedTuple):
    """A median, its 95 % interval, and the robust relative standard deviation of the values; `low` is None with too few."""

    value: float
    low: float | None
    high: float | None
    spread: float
    values: int

    @property
    def precision(self) -> float:
        """Half the width of the interval as a part of the median; infinite without an interval."""
        if self.low is None or self.high is None or self.value <= 0:
            return math.inf
        return (self.high - self.low) / 2 / self.value


def centre_of(values: Sequence[float], level: float = LEVEL) -> Centre:
    """Median and interval of independent values. Raises ValueError for none."""
    ordered, middle = sorted(values), median(values)
    spread = _NORMAL * mad(values) / middle if middle > 0 else 0.0
    outside = _outside(len(ordered), level)
    if outside is None:
        return Centre(middle, None, None, spread, len(ordered))
    return Centre(middle, ordered[outside], ordered[-1 - outside], spread, len(ordered))


def _outside(count: int, level: float) -> int | None:
    """How many values may lie beyond each bound: the most for which both tails of Binomial(n, 1/2) stay within the rest."""
    tail, found, limit = 0, None, (1 - level) / 2 * 2**count
    for beyond in range(count // 2):
        tail += math.comb(count, beyond)
        if tail > limit:
            break
        found = beyond
    return found
