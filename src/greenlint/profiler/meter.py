"""The energy meter: picks a provider that passes its self-check, reads integers, and turns windows into energy."""

from __future__ import annotations

from time import perf_counter_ns
from typing import TYPE_CHECKING

from greenlint.profiler.clock import ProcessTreeClock
from greenlint.profiler.reading import Reading
from greenlint.profiler.selection import choose

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from typing_extensions import Self

    from greenlint.model.energy import Energy, Method
    from greenlint.profiler.selection import Choice

__all__ = ["Meter", "Reading"]


class Meter:
    """An open energy meter; use it as a context manager, and pair its readings into windows.

    provider, method, boundary  where the numbers of this session come from
    probes   what was looked at, with reason and remedy for what was not taken
    invalid  the reason when a counter stalled: then all numbers of the session count as unmeasured
    """

    def __init__(self, choice: Choice, clock: ProcessTreeClock) -> None:
        self.probes, self.machine = choice.probes, choice.machine
        self.provider = choice.name
        self.clock = clock
        self._account = choice.account(clock)
        self._read_counters, self._read_clock = self._account.read, clock.read
        self._closed: tuple[str, ...] | None = None

    @classmethod
    def open(cls, provider: str = "auto", *, self_check: bool = True, settings: Mapping[str, Any] | None = None) -> Meter:
        """Open the named provider, or with "auto" the best that works here (the model always does).

        settings  `tdp_w` and `threads_per_socket` of `[tool.greenlint.machine]`
        self_check  burn up to 60 ms of CPU once per boot to prove that a counter counts
        Raises ProviderError when a provider asked for by name is missing or refused.
        """
        clock = ProcessTreeClock()
        try:
            return cls(choose(provider, self_check=self_check, settings=settings or {}), clock)
        except BaseException:
            clock.close()
            raise

    @property
    def method(self) -> Method:
        """How the values of this session come about, at best."""
        return self._account.method

    @property
    def boundary(self) -> str:
        """What is inside the values, in words, without the idle policy."""
        return self._account.boundary

    @property
    def invalid(self) -> str | None:
        """Why no number of this session counts, or None."""
        return self._account.invalid

    def read(self) -> Reading:
        """The integers of this moment; a few microseconds."""
        return Reading(perf_counter_ns(), self._read_clock(), self._read_counters())

    def energy(self, start: Reading, end: Reading, *, idle: str = "apart") -> Energy:
        """Energy between two readings of this meter.

        idle  "apart": dynamic energy of this process tree only, idle is the session's affair;
              "wall": the idle energy of the window's wall time is inside `energy_j`
        """
        return self._account.energy(start, end, idle)

    def start_timeline(self, period_s: float = 0.05) -> None:
        """Record counters and busy time from now on, so that `energy_of` can split windows of other processes."""
        self._account.record(period_s)

    def energy_of(self, t0_ns: int, t1_ns: int, cpu_ns: int, *, idle: str = "apart") -> Energy:
        """Energy of a window that ran in another process (an xdist worker) and used `cpu_ns` of CPU time."""
        return self._account.share(t0_ns, t1_ns, cpu_ns, idle)

    def close(self) -> tuple[str, ...]:
        """Check at the end that the counters still count, release everything; returns warnings. Safe to repeat."""
        if self._closed is None:
            missed = self.clock.missed_ns()
            lost = (f"{missed / 1e9:.2f} s of CPU time escaped the process-tree clock (set-user-id program?)",)
            self._closed = self._account.finish() + (lost if missed else ())
            self.clock.close()
        return self._closed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
