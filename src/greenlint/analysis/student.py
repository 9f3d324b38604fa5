"""Student's t distribution with the standard library alone: tail probabilities and quantiles."""

from __future__ import annotations

import math
from functools import lru_cache

_STEPS = 300
_TINY = 1e-300


def two_sided_p(t: float, df: float) -> float:
    """Probability of a |t| at least this large; 0 for an infinite t. Raises ValueError unless df > 0."""
    if df <= 0:
        raise ValueError("degrees of freedom must be above 0")
    if math.isinf(t):
        return 0.0
    if t * t < df:  # near 0 the complement keeps its digits
        return 1 - incomplete_beta(0.5, df / 2, t * t / (df + t * t))
    return incomplete_beta(df / 2, 0.5, df / (df + t * t))


@lru_cache(maxsize=512)
def quantile(probability: float, df: float) -> float:
    """The t below which this part of the distribution lies, by bisection. Raises ValueError outside 0 < p < 1."""
    if not 0 < probability < 1:
        raise ValueError("a quantile needs a probability between 0 and 1")
    if probability < 0.5:
        return -quantile(1 - probability, df)
    tail, low, high = 2 * (1 - probability), 0.0, 1.0
    while two_sided_p(high, df) > tail and high < 1e9:
        low, high = high, high * 2
    for _ in range(100):
        middle = (low + high) / 2
        if two_sided_p(middle, df) > tail:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function by Lentz's continued fraction (Abramowitz and Stegun 26.5.8)."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d or _TINY)
    result = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d, c = 1 / (1 + step * d or _TINY), 1 + step / c or _TINY
            result *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return result
