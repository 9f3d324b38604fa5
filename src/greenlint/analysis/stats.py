"""Exact small-sample statistics with the standard library alone; nothing here assumes a normal distribution.

Wilcoxon (1945) for the signed-rank test, Hodges and Lehmann (1963) for the estimate and its Walsh-average interval,
Holm (1979) for several comparisons at once.
"""

from __future__ import annotations

import math
import random
from functools import lru_cache
from statistics import median as _median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EXACT_UP_TO = 50
"""Pairs up to which the signed-rank distribution is enumerated; beyond, the normal approximation is within 0.001."""


def median(xs: Sequence[float]) -> float:
    """The middle value. Raises ValueError for an empty sequence."""
    if not xs:
        raise ValueError("the median of nothing is not defined")
    return _median(xs)


def mad(xs: Sequence[float]) -> float:
    """Median absolute deviation from the median, unscaled."""
    middle = median(xs)
    return median([abs(x - middle) for x in xs])


def walsh_averages(ds: Sequence[float]) -> list[float]:
    """All averages of two (or the same) values, sorted: n(n+1)/2 of them."""
    return sorted((ds[i] + ds[j]) / 2 for i in range(len(ds)) for j in range(i, len(ds)))


def hodges_lehmann(ds: Sequence[float]) -> float:
    """The median of the Walsh averages: the shift that differences agree on, untouched by single outliers."""
    return median(walsh_averages(ds))


def walsh_interval(ds: Sequence[float], level: float = 0.95) -> tuple[float, float]:
    """Exact distribution-free interval for the centre of symmetric differences, after Wilcoxon's signed ranks.

    With fewer pairs than `level` needs (5 for 93.75 %, 6 for 95 %) it is the whole range of the averages.
    """
    averages = walsh_averages(ds)
    n = len(ds)
    if n == 0:
        raise ValueError("an interval needs at least one pair")
    counts = signed_rank_counts(n) if n <= EXACT_UP_TO else None
    tail = (1 - level) / 2
    if counts is None:
        mean, sd = n * (n + 1) / 4, math.sqrt(n * (n + 1) * (2 * n + 1) / 24)
        skip = max(0, int(mean - _z(1 - tail) * sd))
    else:
        total, reached, skip = 2.0**n, 0.0, 0
        for rank_sum, count in enumerate(counts):
            reached += count
            if reached / total > tail:
                skip = rank_sum
                break
    skip = min(skip, (len(averages) - 1) // 2)
    skip = max(0, skip - 1) if skip else 0
    return averages[skip], averages[-1 - skip]


def one_sided_p(ds: Sequence[float]) -> float:
    """Probability of signed ranks at least this positive when nothing changed; zeros are dropped. 1.0 for no pairs.

    Ties share their mean rank; the probability is then approximate.
    """
    values = [d for d in ds if d != 0]
    n = len(values)
    if n == 0:
        return 1.0
    ranks = signed_ranks(values)
    plus = sum(rank for rank, d in zip(ranks, values) if d > 0)
    if n <= EXACT_UP_TO:
        return float(sum(signed_rank_counts(n)[math.ceil(plus) :]) / 2.0**n)
    mean, sd = n * (n + 1) / 4, math.sqrt(n * (n + 1) * (2 * n + 1) / 24)
    return 0.5 * math.erfc((plus - mean - 0.5) / sd / math.sqrt(2))


def signed_rank_p(ds: Sequence[float]) -> float:
    """Two-sided p of Wilcoxon's signed-rank test: twice the smaller of the two one-sided probabilities."""
    return min(1.0, 2 * min(one_sided_p(ds), one_sided_p([-d for d in ds])))


def bootstrap_median_interval(xs: Sequence[float], seed: int, level: float = 0.95, rounds: int = 2000) -> tuple[float, float]:
    """Percentile bootstrap interval of the median; the seed makes it repeatable."""
    draw = random.Random(seed)
    medians = sorted(median(draw.choices(xs, k=len(xs))) for _ in range(rounds))
    skip = int((1 - level) / 2 * rounds)
    return medians[skip], medians[-1 - skip]


def holm(ps: Sequence[float]) -> list[float]:
    """Adjusted p values in the given order: below alpha means significant with all comparisons together at alpha."""
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    adjusted = [0.0] * len(ps)
    highest = 0.0
    for position, index in enumerate(order):
        highest = max(highest, min(1.0, (len(ps) - position) * ps[index]))
        adjusted[index] = highest
    return adjusted


def wilson_interval(successes: int, trials: int, z: float = 1.959964) -> tuple[float, float]:
    """95 % interval of a proportion (Wilson, 1927); (0, 1) for no trials."""
    if trials == 0:
        return 0.0, 1.0
    p = successes / trials
    centre = p + z * z / (2 * trials)
    half = z * math.sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


def signed_ranks(ds: Sequence[float]) -> list[float]:
    """The rank of each difference by its size, 1 for the smallest; equal ones share their mean rank."""
    values = [abs(d) for d in ds]
    order = sorted(range(len(values)), key=lambda i: values[i])
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for position in range(start, end + 1):
            ranks[order[position]] = (start + end) / 2 + 1
        start = end + 1
    return ranks


@lru_cache(maxsize=64)
def signed_rank_counts(n: int) -> tuple[int, ...]:
    """How many of the 2^n sign patterns give each rank sum."""
    counts = [1]
    for rank in range(1, n + 1):
        grown = counts + [0] * rank
        for rank_sum, count in enumerate(counts):
            grown[rank_sum + rank] += count
        counts = grown
    return tuple(counts)


def _z(probability: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(probability)
