"""A clock that tests cannot stop: the functions it reads time with are out of reach of those who freeze or replace `time`."""

from __future__ import annotations

import time

from greenlint.profiler.clock import ProcessTreeClock


class SteadyClock(ProcessTreeClock):
    """The real clock, with its time function held by the class: tools that freeze time replace those in modules only."""

    now_ns = staticmethod(time.perf_counter_ns)
