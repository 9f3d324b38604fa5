"""The check at the end of a session: a counter that worked at the start and stands still now has stalled."""

from __future__ import annotations

from time import perf_counter_ns, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_S = 0.060
_SLOW_S = 0.020


def still_counts(read: Callable[[], tuple[int, ...]], period_s: float) -> bool:
    """Whether every domain moves within a few update periods of work; ends as soon as all have."""
    before, start = read(), perf_counter_ns()
    longest_ns = max(_LONGEST_S, 5 * period_s) * 1e9
    while perf_counter_ns() - start < longest_ns:
        if all(now > then for now, then in zip(read(), before)):
            return True
        if period_s > _SLOW_S:
            sleep(0.005)
    return False
