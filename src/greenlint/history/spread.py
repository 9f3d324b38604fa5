"""How far repeated values of commits scatter, and what that makes of the median of a few."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.analysis.student import quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

_OF_MEDIAN = math.pi / 2
"""Variance of a median over that of a mean, for many normal values; for three it is 1.35, so intervals err on the wide side."""


def pooled_variance(groups: Sequence[Sequence[float]]) -> tuple[float, int]:
    """Variance of the logarithms within groups, all groups together, and its degrees of freedom (0: not known)."""
    squares, free = 0.0, 0
    for group in groups:
        logs = [math.log(value) for value in group]
        if len(logs) > 1:
            mean = sum(logs) / len(logs)
            squares += sum((log - mean) ** 2 for log in logs)
            free += len(logs) - 1
    return (squares / free if free else 0.0), free


def half_width(variance: float, free: int, samples: int) -> float:
    """Half of the 95 % interval of the logarithm of a median of `samples` values; infinite when nothing is known."""
    if not free:
        return math.inf
    return quantile(0.975, free) * math.sqrt(variance * (_OF_MEDIAN if samples > 2 else 1.0) / samples)
