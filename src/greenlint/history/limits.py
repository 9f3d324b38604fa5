"""Limits from what was measured: the 95th percentile of runs, and above it what a single run could not tell from it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.analysis.student import quantile
from greenlint.model.format import scale_of
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

QUANTILE = 0.95
LEAST_RUNS = 3
"""Runs from which a spread can be told; a head-room given as a percentage needs one."""

_LEAST_SPREAD = 0.02
"""Relative standard uncertainty of CPU time between equal runs that verdicts reckon with (analysis/judge.py)."""

_DIGITS = 3


class Value(NamedTuple):
    """What one run used, J or s, and its standard uncertainty."""

    value: float
    u: float


class Limit(NamedTuple):
    """A limit, its base (the 95th percentile), the head-room between them as a share, and how many runs are behind it."""

    limit: float
    base: float
    headroom: float
    runs: int


def limit_of(values: Sequence[Value], headroom: float | None, process_sd: float = 0.0) -> Limit | None:
    """The limit from one value per run; None with too few of them.

    headroom  a share of the base; None for the minimum detectable effect: what one run must exceed the base by to be found
    worse with 80 % power at the 99 % certainty of a verdict, from the spread of the runs and the uncertainty of each.
    process_sd  what `greenlint doctor --aa` found of this class of machine, a relative standard deviation; 0 where it did not
    """
    if len(values) < (LEAST_RUNS if headroom is None else 1):
        return None
    base = percentile([one.value for one in values], QUANTILE)
    if headroom is None:
        spread = max(_LEAST_SPREAD, _spread([one.value for one in values]), process_sd)
        u = math.hypot(spread * base, max(one.u for one in values))
        free = len(values) - 1
        limit = base + (quantile(0.99, free) + quantile(0.80, free)) * u
    else:
        limit = base * (1 + headroom)
    limit = round_up(limit)
    return Limit(limit, base, limit / base - 1 if base else 0.0, len(values))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies, between neighbours in proportion (type 7 of Hyndman and Fan, 1996)."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def round_up(value: float) -> float:
    """The next number with three digits: a limit is never rounded below what it was made from."""
    if value <= 0:
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(value)) - _DIGITS + 1)
    return float(f"{math.ceil(value / unit - 1e-6) * unit:.{_DIGITS}g}")


def limit_text(value: float, unit: str) -> str:
    """The limit as configuration has it: "12.3 mJ"; reads back as the same number."""
    scale, prefix = scale_of(value)
    return f"{value / scale:.{_DIGITS}g} {prefix.replace('µ', 'u')}{unit}" if value < 1000 else f"{value:.0f} {unit}"


def _spread(values: Sequence[float]) -> float:
    """Standard deviation of the logarithms."""
    logs = [math.log(max(value, 1e-9)) for value in values]
    mean = sum(logs) / len(logs)
    return math.sqrt(sum((log - mean) ** 2 for log in logs) / (len(logs) - 1))
