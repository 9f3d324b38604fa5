"""Which part of a counter's energy is ours, and how sure that is: the arithmetic of attribution, without any state.

Two estimates of the energy above idle: the difference of two reads (`direct`), exact but for the counter's steps, and our
CPU time's share of a longer stretch around the window (`pooled`), exact but for programs being uneven. docs/uncertainty.md
derives each term.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.model.energy import Z99_ONE_SIDED
from greenlint.named_tuple import NamedTuple
from greenlint.profiler.idle import LAG

if TYPE_CHECKING:
    from greenlint.profiler.accounts.history import Stretch

UNEVEN = 0.2
"""Relative standard deviation of the energy per CPU second between programs on one machine, and between parts of one.

A stated convention. Seen: 0.14 (36 programs) and 0.28 (9 programs without turbo), each with more than 30 busy CPUs, in the
raw data of van Kempen et al. (arXiv 2410.05460)."""

UNIT_J = 61e-6  # the widest energy unit in use (Intel SDM, volume 3, MSR_RAPL_POWER_UNIT)
ALONE_CPUS, ALONE_SHARE = 0.1, 0.1  # others busy less than this, or less than this part of the busy time: we are alone
_BETWEEN = math.sqrt(2) * UNEVEN  # the difference of two programs
_TINY = 1e-9


class Window(NamedTuple):
    """What was read in a window: J of all domains, wall seconds, CPU seconds of our process tree."""

    total_j: float
    wall_s: float
    own_s: float


class Steps(NamedTuple):
    """What limits the reading: s between updates of the counter, number of counters, s between ticks of the CPU accounting."""

    period_s: float
    counters: int
    tick_s: float


class Part(NamedTuple):
    """Our part of the energy above idle, J; noise can push it below 0.

    u_read        its standard uncertainty from reading counters that step, J: what is left where nothing was used
    u_split       the same from ticks and from windows of one program being uneven, J; proportional to what was used
    u_between     the same from our programs and those of others being uneven, J; no sum of windows makes it smaller
    subtracted_s  seconds of idle power that were subtracted to get it
    others_cpus   CPUs that others kept busy; shared  they were more than background
    """

    dynamic_j: float
    u_read: float
    u_split: float
    u_between: float
    subtracted_s: float
    others_cpus: float
    shared: bool


def direct(window: Window, near: Stretch, idle_w: float, steps: Steps) -> Part:
    """From the window's own difference of two reads; `near` tells how busy the others were."""
    others_cpus = others(near)
    busy_s = max(window.own_s + others_cpus * window.wall_s, _TINY)
    share = window.own_s / busy_s if others_cpus else 1.0
    above_j = window.total_j - idle_w * window.wall_s
    u_ticks = min(1.0, _u_busy(near, steps) * window.wall_s / busy_s) if others_cpus else 0.0
    return Part(
        dynamic_j=above_j * share,
        u_read=_u_read(window, near, steps, share),
        u_split=above_j * share * u_ticks,
        u_between=above_j * share * _BETWEEN * (1.0 - share),
        subtracted_s=window.wall_s * share,
        others_cpus=others_cpus,
        shared=others_cpus > ALONE_CPUS and 1.0 - share > ALONE_SHARE,
    )


def pooled(window: Window, near: Stretch, idle_w: float, steps: Steps) -> Part:
    """As if all CPU time in the stretch around the window cost the same."""
    others_cpus = others(near)
    pool_s = max(near.own_s, window.own_s, _TINY)
    busy_s = max(near.busy_s, pool_s)
    share = window.own_s / busy_s
    above_j = max(0.0, near.energy_j - idle_w * near.wall_s)
    u_ticks = min(1.0, _u_busy(near, steps) * near.wall_s / busy_s)
    # This window differs from the rest of our pool, and all of ours from all of theirs.
    u_split = math.hypot(u_ticks, UNEVEN * (1.0 - window.own_s / pool_s))
    return Part(
        dynamic_j=above_j * share,
        u_read=_u_read(window, near, steps, share),
        u_split=above_j * share * u_split,
        u_between=above_j * share * _BETWEEN * (1.0 - pool_s / busy_s),
        subtracted_s=near.wall_s * share,
        others_cpus=others_cpus,
        shared=others_cpus > ALONE_CPUS and others_cpus * near.wall_s > ALONE_SHARE * busy_s,
    )


def surer(part: Part, window: Window, near: Stretch, u_idle_w: float, steps: Steps) -> bool:
    """Whether a `pooled` part of a short window is surer than the difference of its two reads.

    It is, unless the idle power that was subtracted over the long stretch is worth more than the counter's steps. What the
    window itself read must not decide: windows that read too little would then count more, and sums come out too low.
    """
    return u_idle_w * abs(part.subtracted_s - window.wall_s) < LAG * steps.period_s * _power(near)


def with_background(part: Part, window: Window, idle_w: float) -> Part:
    """The same with the background of others inside, as the counter's own difference has it: up to all of it is not ours."""
    above_j = window.total_j - idle_w * window.wall_s
    background_j = (above_j - part.dynamic_j) / math.sqrt(3)  # as if any part of it were equally likely
    return part._replace(dynamic_j=above_j, u_between=math.hypot(part.u_between, background_j), subtracted_s=window.wall_s)


def most(window: Window, near: Stretch, gain: float, steps: Steps) -> float:
    """What the whole machine used in a window at most, J: what was counted, with the counter's own uncertainty (99 %)."""
    return window.total_j + Z99_ONE_SIDED * math.hypot(gain * window.total_j, _u_read(window, near, steps, 1.0))


def others(near: Stretch) -> float:
    """CPUs that other processes kept busy."""
    return max(0.0, near.busy_s - near.own_s) / near.wall_s if near.wall_s else 0.0


def _power(near: Stretch) -> float:
    return near.energy_j / near.wall_s if near.wall_s else 0.0


def _u_busy(near: Stretch, steps: Steps) -> float:
    """Standard uncertainty of the CPUs busy in a stretch: each busy CPU is counted in ticks, read up to one tick late."""
    cpus = near.busy_s / max(near.wall_s, _TINY)
    return LAG * steps.tick_s * math.sqrt(max(1.0, cpus)) / max(near.wall_s, _TINY)


def _u_read(window: Window, near: Stretch, steps: Steps, share: float) -> float:
    """Standard uncertainty of our share of a difference of two reads of counters that step, J.

    Each read shows the energy of up to one period ago, so it lacks what the power before it was worth: that of the
    surroundings at the start, that of the window at the end. The difference of the two powers is a bias of unknown sign.
    """
    period_s = steps.period_s
    before_w = _power(near)
    # The read at the end may lack one period, so the window's power may have been more than it seems.
    within_w = (window.total_j + before_w * period_s) / max(window.wall_s, period_s)
    u_lag = period_s * math.sqrt((before_w**2 + within_w**2) / 12 + (before_w - within_w) ** 2 / 4)
    # A share of nothing is still known to one unit only.
    return math.hypot(u_lag * share, LAG * UNIT_J * math.sqrt(steps.counters))
