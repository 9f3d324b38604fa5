"""A series as one line of block characters: eight heights between its least and its largest value."""

from __future__ import annotations

from itertools import pairwise

from greenlint.analysis.stats import median

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"
_LEAST_SPAN = 0.02
"""A series that varies by less than 2 % is drawn flat: noise must not look like a mountain range."""


def sparkline(values: Sequence[float], width: int) -> str:
    """At most `width` characters; where there are more values, each stands for the median of its neighbours."""
    if len(values) > width:
        edges = [round(i * len(values) / width) for i in range(width + 1)]
        values = [median(values[start:end]) for start, end in pairwise(edges)]
    low, high = min(values), max(values)
    middle = (low + high) / 2
    span = max(high - low, _LEAST_SPAN * abs(middle))
    if span <= 0:
        return _BLOCKS[0] * len(values)
    base = middle - span / 2
    return "".join(_BLOCKS[min(7, int((value - base) / span * 8))] for value in values)
