"""Which sessions to believe: one whose control workload cost far more or less than that of its neighbours is left out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.analysis.stats import median

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_MAD = 3.0
_NORMAL = 1.4826
_WINDOW = 11
_LEAST_SESSIONS = 5
_FLOOR = 0.01
"""Control workloads that agree to 1 % agree: values are divided by them anyway."""


def suspects(controls: Sequence[float]) -> dict[int, str]:
    """Index -> reason of the sessions to leave out, from their control values in the order of measuring.

    A session is compared with the median of its 11 neighbours in time, so that a lasting change of the machine (a new
    kernel) is no outlier; the deviation, scaled to that of a normal distribution, is that of all sessions.
    """
    if len(controls) < _LEAST_SESSIONS:
        return {}
    logs = [math.log(value) for value in controls]
    half = _WINDOW // 2
    away = [log - median(logs[max(0, i - half) : i + half + 1]) for i, log in enumerate(logs)]
    fence = max(_FLOOR, MOST_MAD * _NORMAL * median([abs(one) for one in away]))
    return {
        i: f"control workload {math.expm1(one):+.1%} off its neighbours (more than 3 MAD)"
        for i, one in enumerate(away)
        if abs(one) > fence
    }
