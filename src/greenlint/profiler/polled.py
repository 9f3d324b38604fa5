"""Sources that are slow to ask, or that show watts instead of energy, turned into counters by a thread that asks at a pace.

A session reads a counter in microseconds whenever a window begins or ends. A smart plug answers in milliseconds, a power
sensor shows the watts of one moment: here a thread asks, integrates, and what is read is what it found last. The pace is
the update period of the counter, so that the meter's rules for short windows apply unchanged.
"""

from __future__ import annotations

from threading import Event, Thread
from time import perf_counter_ns
from typing import TYPE_CHECKING

from greenlint.profiler.forks import lock_for_forks

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.model.energy import Method
    from greenlint.profiler.provider import Domain

MOST_GAP_PERIODS = 5
"""A gap between two samples of a gauge longer than this many periods is a failure: nobody knows what happened in it."""


class PolledCounter:
    """A CounterSource whose counters are asked for by a thread.

    poll  gives the counters in µJ, not unwrapped; called at once and then every `period_s`. An OSError or ValueError
          that it raises is raised by the next `read`; a later poll that works ends the failure
    release  called once when the thread has ended
    """

    def __init__(
        self,
        poll: Callable[[], tuple[int, ...]],
        *,
        name: str,
        method: Method,
        boundary: str,
        domains: tuple[Domain, ...],
        period_s: float,
        gain: float,
        identity: str,
        release: Callable[[], object] = lambda: None,
    ) -> None:
        """Raises OSError or ValueError when the first poll fails."""
        self.name, self.method, self.boundary, self.domains = name, method, boundary, domains
        self.period_s, self.gain, self.identity = period_s, gain, identity
        self._poll, self._release = poll, release
        self._lock, self._ended = lock_for_forks(), Event()
        self._problem: OSError | ValueError | None = None
        self._last = poll()
        self._thread = Thread(target=self._run, name=f"greenlint-{name}", daemon=True)
        self._thread.start()

    def read(self) -> tuple[int, ...]:
        """Microjoules as last polled. Raises the OSError or ValueError of the last poll, and ValueError in a forked child."""
        if not self._thread.is_alive() and not self._ended.is_set():
            raise ValueError("nobody asks the device any more: the process was forked, or the asking thread failed")
        with self._lock:
            if self._problem is not None:
                raise self._problem
            return self._last

    def close(self) -> None:
        """End the thread, which may take as long as one poll."""
        if not self._ended.is_set():
            self._ended.set()
            self._thread.join(timeout=5)
            self._release()

    def _run(self) -> None:
        wait_s = self.period_s
        while not self._ended.wait(wait_s):
            start = perf_counter_ns()
            try:
                values, problem = self._poll(), None
            except (OSError, ValueError) as error:
                values, problem = self._last, error
            with self._lock:
                self._last, self._problem = values, problem
            # A poll that is slower than the pace must not keep a CPU busy.
            elapsed_s = (perf_counter_ns() - start) / 1e9
            wait_s = max(self.period_s - elapsed_s, self.period_s / 10)


class Integral:
    """Gauges in watts summed to counters in µJ by the trapezoidal rule; call it as the `poll` of a PolledCounter.

    What a gauge showed while nobody asked is lost: after a gap that is too long every later call fails as well.
    """

    def __init__(self, read_w: Callable[[], tuple[float, ...]], period_s: float) -> None:
        self._read_w, self._period_s = read_w, period_s
        self._energies: list[float] = []
        self._watts: tuple[float, ...] = ()
        self._at_ns = 0

    def __call__(self) -> tuple[int, ...]:
        """Ask the gauges, and add the energy since the last time. Raises OSError or ValueError."""
        before = perf_counter_ns()
        watts = self._read_w()
        if not all(0 <= value < float("inf") for value in watts):
            raise ValueError(f"{watts} are no plausible watts")
        now = (before + perf_counter_ns()) // 2
        if not self._watts:
            self._energies = [0.0] * len(watts)
        elif now - self._at_ns > MOST_GAP_PERIODS * self._period_s * 1e9 + 1e9:
            raise ValueError(f"the gauge was not read for {(now - self._at_ns) / 1e9:.1f} s")
        else:
            seconds = (now - self._at_ns) / 1e9
            for place, (then, this) in enumerate(zip(self._watts, watts)):
                self._energies[place] += (then + this) / 2 * seconds * 1e6
        self._watts, self._at_ns = watts, now
        return tuple([int(energy) for energy in self._energies])
