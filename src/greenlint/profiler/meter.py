"""The energy meter: picks a provider that passes its self-check, reads integers, and turns windows into energy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.profiler.clock import ProcessTreeClock
from greenlint.profiler.provider import is_curve, is_model, is_proxy
from greenlint.profiler.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from greenlint.model.energy import Energy, Method
    from greenlint.profiler.clock import Clock
    from greenlint.profiler.idle import IdlePower
    from greenlint.profiler.provider import Provider
    from greenlint.profiler.selection import Choice

__all__ = ["Meter", "Reading"]

_new = tuple.__new__
"""Makes a reading without the constructor of its class, which takes a fifth of a read."""
_GAP_NS = 200_000
"""Clock and counters must be read within this time, else the process was interrupted in between."""


class Meter:
    """An open energy meter; use it as a context manager, and pair its readings into windows.

    provider, method, boundary  where the numbers of this session come from
    probes   what was looked at, with reason and remedy for what was not taken
    machine  what it runs on; clock  the CPU time of this process tree
    gain     relative standard uncertainty of the counter's calibration; 0 for a model, which states its own
    invalid  the reason when a counter stalled: then all numbers of the session count as unmeasured
    """

    def __init__(self, choice: Choice, clock: Clock) -> None:
        self.probes, self.machine = choice.probes, choice.context.machine
        self.provider, self.clock = choice.source.name, clock
        source = choice.source
        self._counterless = is_model(source) or is_curve(source)
        self.gain = 0.0 if is_model(source) or is_proxy(source) else source.gain
        self._account = choice.account(clock)
        self._devices = choice.device_accounts()
        self._read_counters, self._read_clock, self._now = self._account.read, clock.read, clock.now_ns
        self._gap_ns = max(_GAP_NS, 4 * self._cost_ns())
        self._clock_kind = clock.kind
        self._notes = choice.notes
        self._closed: tuple[str, ...] | None = None

    @classmethod
    def open(
        cls,
        provider: str | Provider = "auto",
        *,
        self_check: bool = True,
        settings: Mapping[str, Any] | None = None,
        clock: Clock | None = None,
        fresh: bool = False,
    ) -> Meter:
        """Open the named provider (or a provider object), or with "auto" the best that works here (the model always does).

        settings  `tdp_w` and `threads_per_socket` of `[tool.greenlint.machine]`
        self_check  burn up to 60 ms of CPU once per boot to prove that a counter counts
        clock  a clock of a test in place of the real one; fresh  check again what was checked before in this boot
        Raises ProviderError when a provider asked for by name is missing or refused.
        """
        from greenlint.profiler.selection import choose

        clock = clock or ProcessTreeClock()
        try:
            return cls(choose(provider, self_check=self_check, settings=settings or {}, fresh=fresh), clock)
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
    def idle(self) -> IdlePower:
        """Idle power of what the provider covers, and how well it is known."""
        return self._account.idle

    @property
    def invalid(self) -> str | None:
        """Why no number of this session counts, or None."""
        return self._account.invalid

    def read(self) -> Reading:
        """The integers of this moment; a few microseconds. The time is that of the middle of the read."""
        now = self._now
        for _ in range(3):
            start = now()
            cpu, counters = self._read_clock(), self._read_counters()
            end = now()
            if end - start <= self._gap_ns:
                break
        return _new(Reading, ((start + end) // 2, cpu, counters))

    def reader(self) -> Callable[[], Reading]:
        """`read`, or a quicker function that gives the same where the provider has no counter to be read at boundaries."""
        clock = self.clock
        return clock.reader() if self._counterless and isinstance(clock, ProcessTreeClock) else self.read

    def _cost_ns(self) -> int:
        """What a read costs here: adapters of other libraries take hundreds of microseconds."""
        start = self.clock.now_ns()
        self._read_counters()
        return self.clock.now_ns() - start

    def energy(self, start: Reading, end: Reading, *, idle: str = "apart") -> Energy | None:
        """Energy between two readings of this meter.

        idle  "apart": dynamic energy of this process tree only, idle is the session's affair;
              "wall": the idle energy of the window's wall time is inside `energy_j`
        None where the provider claims no joules (`proxy`).
        """
        return self._account.energy(start, end, idle)

    def counted(self, start: Reading, end: Reading) -> Mapping[str, str]:
        """What a proxy counted between two readings, with its kind ("instructions"); empty for other providers."""
        from greenlint.profiler.accounts.proxy import ProxyAccount

        return self._account.counted(start, end) if isinstance(self._account, ProxyAccount) else {}

    def devices(self, start: Reading, end: Reading, *, idle: str = "apart") -> tuple[Energy, ...]:
        """Energy of the devices beside the CPU (GPU boards), one value each; never part of `energy`.

        Waits up to about a third of a second for their slow counters, so it is for windows of a command or a session.
        """
        for device in self._devices:
            device.settle(end.t_ns)
        return tuple(energy for device in self._devices for energy in device.each(start, end, idle))

    def device_facts(self) -> dict[str, Mapping[str, str]]:
        """What the providers of the devices beside the CPU have found out by now, such as their power by two ways."""
        return {device.provider: device.facts for device in self._devices}

    def measure_idle(self, seconds: float = 2.0) -> IdlePower:
        """Sleep and measure idle power; a figure from a quiet machine is remembered for this boot. Counters only."""
        return self._account.measure_idle(seconds)

    def start_timeline(self, period_s: float = 0.05) -> None:
        """Record counters and busy time from now on, so that `energy_of` can split windows of other processes."""
        self._account.record(period_s)

    def energy_of(self, t0_ns: int, t1_ns: int, cpu_ns: int, *, idle: str = "apart") -> Energy | None:
        """Energy of a window that ran in another process (an xdist worker) and used `cpu_ns` of CPU time.

        Idle energy under the policy "wall" is charged per CPU in use, for such windows run side by side.
        """
        return self._account.share(t0_ns, t1_ns, cpu_ns, idle)

    def close(self) -> tuple[str, ...]:
        """Check at the end that the counters still count, release everything; returns warnings. Safe to repeat.

        Windows that were read before can still be turned into energy.
        """
        if self._closed is None:
            lost: tuple[str, ...] = ()
            missed = self.clock.missed_ns()
            if missed:
                lost = (f"{missed / 1e9:.2f} s of CPU time escaped the process-tree clock (set-user-id program?)",)
            if self.clock.kind != self._clock_kind:
                lost = (f"the program closed our file descriptors: CPU time is from {self.clock.kind} since then",)
            of_devices = tuple(text for device in self._devices for text in device.finish())
            self._closed = self._notes + self._account.finish() + of_devices + lost
            self.clock.close()
        return self._closed

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()
