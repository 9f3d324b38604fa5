"""Counter arithmetic: what a counter that wraps, stalls, resets or glitches has really counted between two reads."""

from __future__ import annotations

from greenlint.named_tuple import NamedTuple

SLACK_S = 0.1
"""A counter that is updated late may deliver this much more time's worth of energy at once, s."""

BACKWARD_UJ = 1000
"""Steps back of up to this many µJ are rounding of the counter's unit (15 or 61 µJ), not a reset."""


class Step(NamedTuple):
    """Energy between two reads, µJ, or None and the reason why it cannot be known."""

    delta_uj: int | None
    problem: str = ""


def step(last: int, now: int, *, range_uj: int, elapsed_s: float, max_w: float) -> Step:
    """The only plausible energy between two raw reads of one counter.

    range_uj  the counter returns to 0 above this value, 0 when it never does; max_w  no load exceeds this power.
    Every number of wraps that implies a power up to `max_w` is a candidate: one candidate is the answer, none means
    that the counter was reset or jumped, several mean that the reads were too far apart. Where the result is 0 the
    caller keeps `last`: a counter that trembles by its unit must not gain energy by it.
    """
    delta, cycle = now - last, range_uj + 1
    if 0 < range_uj < now:
        return Step(None, f"shows {now} µJ, above its range of {range_uj}")
    if -BACKWARD_UJ <= delta < 0:
        return Step(0)
    limit = int(max_w * (elapsed_s + SLACK_S) * 1e6)
    first = delta + cycle if delta < 0 < range_uj else delta
    if 0 <= first <= limit:
        if range_uj > 0 and cycle <= limit - first:
            return Step(None, f"may have wrapped more than once in {elapsed_s:.0f} s without a read")
        return Step(first)
    # A step back across the end of the range looks like a jump by nearly all of it.
    return Step(0) if range_uj > 0 and cycle - delta <= BACKWARD_UJ else Step(None, _jumped(delta, elapsed_s))


def _jumped(delta: int, elapsed_s: float) -> str:
    direction = "went back" if delta < 0 else "jumped"
    return f"{direction} by {abs(delta) / 1e6:.3g} J within {elapsed_s:.3g} s (reset, or a broken counter)"
