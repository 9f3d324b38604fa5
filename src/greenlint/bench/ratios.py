"""Paired ratios: both programs of a pair ran in the same round, so what slowed the host slowed both."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from greenlint.analysis.stats import hodges_lehmann, holm, signed_rank_p, walsh_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL = 0.95
ALPHA = 0.05
MARGIN = 0.03
"""Differences of up to 3 % are called equivalent: less than what a rebuild of the same source often changes."""

FEWEST_FOR_LEVEL = 6  # the exact signed-rank interval reaches 95 % from six pairs on; five give 93.75 %


class Relation(str, Enum):
    """What the paired rounds say about two implementations."""

    DIFFERENT = "different"
    EQUIVALENT = "equivalent"
    UNDECIDED = "undecided"
    TOO_FEW_ROUNDS = "too-few-rounds"


@dataclass(frozen=True, slots=True)
class Ratio:
    """a over b: Hodges-Lehmann estimate and exact Walsh interval of the paired log ratios, as factors.

    level  coverage of the interval: 0.95, or less when there are too few pairs;  p  two-sided signed-rank, not adjusted
    """

    value: float
    low: float
    high: float
    pairs: int
    level: float
    p: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two implementations; `p_holm` is adjusted over all pairs of the comparison, `reason` says why this relation."""

    a: str
    b: str
    ratio: Ratio
    p_holm: float
    relation: Relation
    reason: str


def paired_ratio(a: Sequence[float], b: Sequence[float]) -> Ratio | None:
    """The ratio of a to b, round by round; None without pairs, or when a value is not positive (no logarithm)."""
    if not a or len(a) != len(b) or min(*a, *b) <= 0:
        return None
    logs = [math.log(x / y) for x, y in zip(a, b)]
    low, high = walsh_interval(logs, LEVEL)
    level = LEVEL if len(logs) >= FEWEST_FOR_LEVEL else 1 - 2 / 2 ** len(logs)
    return Ratio(math.exp(hodges_lehmann(logs)), math.exp(low), math.exp(high), len(logs), level, signed_rank_p(logs))


def judge_pairs(values: dict[str, Sequence[float]]) -> list[Pair]:
    """All pairs of the implementations (name -> one value per round), Holm over all of them."""
    names = list(values)
    ratios = [
        (a, b, ratio)
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if (ratio := paired_ratio(values[a], values[b])) is not None
    ]
    adjusted = holm([ratio.p for _, _, ratio in ratios])
    return [Pair(a, b, ratio, p, *relate(ratio, p)) for (a, b, ratio), p in zip(ratios, adjusted)]


def relate(ratio: Ratio, p_holm: float) -> tuple[Relation, str]:
    """Equivalent needs the whole interval within the margin; different needs it beside 1 and p that survives Holm."""
    if ratio.level >= LEVEL and ratio.low >= 1 - MARGIN and ratio.high <= 1 + MARGIN:
        return Relation.EQUIVALENT, f"the interval lies within ±{MARGIN:.0%}"
    if ratio.low <= 1 <= ratio.high:
        return Relation.UNDECIDED, "the interval includes 1"
    if p_holm > ALPHA:
        return Relation.TOO_FEW_ROUNDS, f"p = {p_holm:.2g} over all pairs (Holm)"
    return Relation.DIFFERENT, f"p = {p_holm:.2g} over all pairs (Holm)"
