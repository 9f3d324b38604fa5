"""Head against base from interleaved process pairs: is it slower, by how much, and what could have been seen at all.

Each pair is one number, the logarithm of head over base. A first stage looks at few pairs; only what looks worse there is
measured again on new pairs, and only the new pairs decide, so that a lucky first look cannot raise an alarm.
"""

from __future__ import annotations

import math
from statistics import stdev
from typing import TYPE_CHECKING

from greenlint.analysis.stats import hodges_lehmann, mad, one_sided_p, walsh_interval
from greenlint.analysis.student import quantile
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST_PAIRS, SECOND_PAIRS = 8, 12
FIRST_P, SECOND_P = 0.10, 0.005
MIN_EFFECT = 0.02
FAMILY_P = 0.05
HOLM_ABOVE = 50
"""With more benchmarks than this, the second stage's p values are adjusted for all its suspects together (Holm, 1979)."""

MOST_PAIRS = 1000
"""More than anybody runs: where even these do not see an effect, no number of pairs is recommended."""

_EFFICIENCY = 3 / math.pi
"""Of the signed-rank test against the t test on normal data (Hodges and Lehmann, 1956)."""

_NORMAL = 1.4826


class Change(NamedTuple):
    """What pairs say of head against base; ratios, 1.0 is no change.

    ratio      Hodges-Lehmann estimate; low, high  its exact 95 % interval
    p_worse, p_better  exact one-sided signed-rank probabilities; pairs  how many there were
    visible    the smallest worsening that would be found in 80 % of such runs, as a ratio
    """

    ratio: float
    low: float
    high: float
    p_worse: float
    p_better: float
    pairs: int
    visible: float


def change_of(logs: Sequence[float], *, alpha: float = SECOND_P) -> Change:
    """Summarise the logarithms of head over base, one per pair. Raises ValueError without a pair."""
    low, high = walsh_interval(logs)
    return Change(
        ratio=math.exp(hodges_lehmann(logs)),
        low=math.exp(low),
        high=math.exp(high),
        p_worse=one_sided_p(logs),
        p_better=one_sided_p([-log for log in logs]),
        pairs=len(logs),
        visible=math.exp(visible_effect(spread_of(logs), len(logs), alpha)),
    )


def suspicious(logs: Sequence[float], p: float = FIRST_P) -> bool:
    """Whether the first stage asks for a second: worse by the first look, or better (an improvement is confirmed as well)."""
    return min(one_sided_p(logs), one_sided_p([-log for log in logs])) <= p


def confirmed_worse(change: Change, p: float, min_effect: float = MIN_EFFECT) -> bool:
    """Whether the second stage's own pairs confirm: certain, and larger than what matters."""
    return p <= SECOND_P and change.ratio > 1 + min_effect


def confirmed_better(change: Change, p: float, min_effect: float = MIN_EFFECT) -> bool:
    """The mirror image of `confirmed_worse`."""
    return p <= SECOND_P and change.ratio < 1 / (1 + min_effect)


def pairs_for(suspects: int) -> int:
    """Pairs of the second stage: enough that the least p, 2^-n, passes Holm's adjustment for so many suspects."""
    return max(SECOND_PAIRS, math.ceil(math.log2(max(suspects, 1) / FAMILY_P)) + 1)


def least_pairs(p: float) -> int:
    """The fewest pairs that can reach this probability: that all of n are worse has 2^-n."""
    return math.ceil(-math.log2(p))


def robust_spread(logs: Sequence[float]) -> float:
    """Standard deviation of one pair's logarithm, by the median absolute deviation: what pairs do as a rule."""
    return _NORMAL * mad(logs) if logs else 0.0


def spread_of(logs: Sequence[float]) -> float:
    """What decides how much can be seen: the larger of the robust and the plain standard deviation, at least 0.01 %.

    The robust one alone promised too much: on a busy machine single pairs lie far off, and each of them costs power.
    """
    return max(1e-4, robust_spread(logs), stdev(logs) if len(logs) > 1 else 0.0)


def visible_effect(sd: float, pairs: int, alpha: float = SECOND_P, power: float = 0.80) -> float:
    """The worsening, as a logarithm, that `pairs` pairs find with this power at one-sided `alpha`.

    The t test's formula over the efficiency of ranks; infinite where so few pairs can never reach `alpha`.
    """
    if pairs < 2 or 0.5**pairs > alpha:
        return math.inf
    quantiles = quantile(1 - alpha, pairs - 1) + quantile(power, pairs - 1)
    return quantiles * sd / math.sqrt(pairs * _EFFICIENCY)


def pairs_needed(sd: float, effect: float, alpha: float = SECOND_P, power: float = 0.80) -> int | None:
    """The fewest pairs that find a worsening of `effect` (0.05 is 5 %) with this power; None beyond MOST_PAIRS.

    sd  of one pair's logarithm. Raises ValueError unless effect > 0.
    """
    if not effect > 0:
        raise ValueError("an effect must be above 0")
    wanted = math.log1p(effect)
    return next((n for n in range(least_pairs(alpha), MOST_PAIRS + 1) if visible_effect(sd, n, alpha, power) <= wanted), None)
