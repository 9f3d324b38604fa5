"""A reading: the raw integers at one moment, which every window is the difference of two of."""

from __future__ import annotations

from greenlint.named_tuple import NamedTuple


class Reading(NamedTuple):
    """What the meter read at one moment. Parts of a session telescope: the end of one window starts the next.

    t_ns      monotonic time (`time.perf_counter_ns`, shared by all processes of the machine on Linux)
    cpu_ns    user + system time of the process tree, ns
    counters  microjoules per domain, unwrapped; empty for providers that read no counter at boundaries; of `proxy` the
              instructions
    """

    t_ns: int
    cpu_ns: int
    counters: tuple[int, ...] = ()
