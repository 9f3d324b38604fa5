"""Where a series of per-commit values changed its level: energy statistics, robust to single outliers, deterministic.

E-divisive (Matteson and James, 2014) finds the split that sets two parts most apart; a t test instead of random
permutations decides whether it is real, so that the same data always give the same answer (as in Hunter, Fleming et al.,
2023). Single wild values are first pulled to their neighbourhood (winsorised), or they would hide or fake a change.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.analysis.stats import median
from greenlint.analysis.student import two_sided_p
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_P = 0.001
MIN_MAGNITUDE = 0.025
LEAST = 3
"""A part needs this many values to be a level of its own: two can agree by chance."""

_WINDOW = 11
_FENCE = 3 * 1.4826


class ChangePoint(NamedTuple):
    """The level changed at `place`, the first value of the new level.

    before, after  mean of both levels; ratio  after over before; p  of the t test
    first, last    indexes within which the change certainly (95 %) lies; the culprit is one of these values' commits
    """

    place: int
    before: float
    after: float
    p: float
    first: int
    last: int

    @property
    def ratio(self) -> float:
        """After over before."""
        return self.after / self.before if self.before else math.inf


def winsorise(xs: Sequence[float]) -> list[float]:
    """Values further than three robust deviations from the median of their 11 neighbours are moved to that fence.

    The deviation is that of the whole series around its running median: a handful of neighbours tells too little of it.
    """
    middles = [median(xs[max(0, i - _WINDOW // 2) : i + _WINDOW // 2 + 1]) for i in range(len(xs))]
    if not xs:
        return []
    fence = _FENCE * median([abs(x - middle) for x, middle in zip(xs, middles)])
    return [min(max(x, middle - fence), middle + fence) for x, middle in zip(xs, middles)]


def change_points(xs: Sequence[float], *, max_p: float = MAX_P, min_magnitude: float = MIN_MAGNITUDE) -> list[ChangePoint]:
    """The points at which the level changed by at least `min_magnitude` (relative), in order.

    Splits top down as long as the best split is significant, then takes away the least significant until every one is
    significant and large enough between its neighbours.
    """
    values = winsorise(xs)
    splits = _split(values, 0, len(values), max_p)
    while splits:
        found = _between(values, splits)
        worst = max(found, key=lambda point: (not _matters(point, min_magnitude), point.p))
        if worst.p <= max_p and _matters(worst, min_magnitude):
            return found
        splits.remove(worst.place)
    return []


def _matters(point: ChangePoint, min_magnitude: float) -> bool:
    return abs(point.after - point.before) >= min_magnitude * abs(point.before)


def _split(xs: list[float], start: int, end: int, max_p: float) -> list[int]:
    index = _best_split(xs[start:end])
    if index is None or _t_test(xs[start : start + index], xs[start + index : end]) > max_p:
        return []
    at = start + index
    return [*_split(xs, start, at, max_p), at, *_split(xs, at, end, max_p)]


def _best_split(xs: list[float]) -> int | None:
    """The split with the largest energy distance between both parts, scaled by their sizes.

    The sums of |x - y| within and across the parts are carried on from one split to the next: n^2 steps in all.
    """
    n = len(xs)
    if n < 2 * LEAST:
        return None
    sums = [sum(abs(x - y) for y in xs) for x in xs]
    left = right = across = 0.0
    right = sum(sums) / 2
    best, place = -1.0, None
    for size in range(1, n - LEAST + 1):
        moved = xs[size - 1]
        to_left = sum(abs(moved - xs[i]) for i in range(size - 1))
        to_right = sums[size - 1] - to_left
        left, right, across = left + to_left, right - to_right, across + to_right - to_left
        if size < LEAST:
            continue
        rest = n - size
        distance = 2 * across / (size * rest) - left / (size * (size - 1) / 2) - right / (rest * (rest - 1) / 2)
        score = distance * size * rest / n
        if score > best:
            best, place = score, size
    return place


def _t_test(a: Sequence[float], b: Sequence[float]) -> float:
    """Two-sided p of Student's t test with common variance."""
    n, m = len(a), len(b)
    mean_a, mean_b = sum(a) / n, sum(b) / m
    squares = sum((x - mean_a) ** 2 for x in a) + sum((x - mean_b) ** 2 for x in b)
    if mean_a == mean_b:
        return 1.0
    if squares == 0:
        return 0.0
    t = (mean_b - mean_a) / math.sqrt(squares / (n + m - 2) * (1 / n + 1 / m))
    return two_sided_p(t, n + m - 2)


def _between(xs: list[float], splits: list[int]) -> list[ChangePoint]:
    found = []
    edges = [0, *splits, len(xs)]
    for start, at, end in zip(edges, edges[1:], edges[2:]):
        before, after = xs[start:at], xs[at:end]
        first, last = _range(xs, start, at, end)
        mean_before, mean_after = sum(before) / len(before), sum(after) / len(after)
        found.append(ChangePoint(at, mean_before, mean_after, _t_test(before, after), first, last))
    return found


def _range(xs: list[float], start: int, at: int, end: int) -> tuple[int, int]:
    """The splits that explain the values nearly as well as the best one (likelihood ratio, 95 %, one parameter)."""
    squares = {}
    for split in range(start + 1, end):
        parts = (xs[start:split], xs[split:end])
        squares[split] = sum(sum((x - sum(part) / len(part)) ** 2 for x in part) for part in parts)
    least = max(squares[at], 1e-300)
    limit = least * math.exp(3.841 / (end - start))
    near = [split for split, value in squares.items() if value <= limit]
    return min(near, default=at), max(near, default=at)
