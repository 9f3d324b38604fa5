"""An Apple chip as a counter: the totals of its energy model added up, and frozen channels told from idle ones."""

from __future__ import annotations

from time import perf_counter_ns
from typing import TYPE_CHECKING, Any, Protocol

from greenlint.profiler.energy_model import Layout, find_layout, picojoules
from greenlint.profiler.provider import Domain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.profiler.energy_model import Channel

_MAX_W = {"soc": 500.0, "dram": 100.0}


class Api(Protocol):
    """The calls into the system; `apple_ioreport.AppleIoReport` makes them, tests play them back. All raise OSError."""

    def sample(self) -> Any: ...
    def delta(self, before: Any, after: Any) -> Sequence[Channel]: ...
    def release(self, snapshot: Any) -> None: ...
    def close(self) -> None: ...


class Chip:
    """The sums of a chip's channels since it was opened.

    GPU and ANE stand still for as long as nothing uses them, so they cannot prove that they count; the CPU can. Their
    energy is added to the CPU's in one domain, which moves only when every CPU channel has moved: where one of them is
    dead, the whole is dead, and the self-check and the meter see it.
    """

    def __init__(self, api: Api, still_s: float) -> None:
        """Raises OSError or ValueError when there is nothing to read; the subscription is ended then."""
        self._api, self._still_ns = api, still_s * 1e9
        self._last: Any = None
        try:
            self._last = api.sample()
            self.layout: Layout = find_layout(self._channels())
        except (OSError, ValueError):
            self.close()
            raise
        self._dram = self.layout.blocks.get("DRAM", ())
        self._soc = tuple(name for block, names in self.layout.blocks.items() if block != "DRAM" for name in names)
        self.domains = tuple(Domain(name, 0, _MAX_W[name]) for name in ("soc", *(["dram"] if self._dram else [])))
        self._pending_pj = self._soc_pj = self._dram_pj = 0
        self._waiting = set(self.layout.cpu)
        self._moved_ns = dict.fromkeys(self.layout.cpu, perf_counter_ns())

    def poll(self) -> tuple[int, ...]:
        """Microjoules of the chip, and of the DRAM where it is shown. Raises OSError or ValueError."""
        counted = picojoules(self._channels(), (*self._soc, *self._dram))
        now = perf_counter_ns()
        for name in self.layout.cpu:
            if counted[name]:
                self._moved_ns[name] = now
                self._waiting.discard(name)
            elif now - self._moved_ns[name] > self._still_ns:
                still_s = (now - self._moved_ns[name]) / 1e9
                raise ValueError(f"the channel {name} has stood still for {still_s:.1f} s (known of macOS 27, macmon#76)")
        self._pending_pj += sum(counted[name] for name in self._soc)
        self._dram_pj += sum(counted[name] for name in self._dram)
        if not self._waiting:
            self._soc_pj, self._pending_pj = self._soc_pj + self._pending_pj, 0
            self._waiting = set(self.layout.cpu)
        soc = self._soc_pj // 10**6
        return (soc, self._dram_pj // 10**6) if self._dram else (soc,)

    def close(self) -> None:
        """End the subscription."""
        if self._last is not None:
            self._api.release(self._last)
            self._last = None
        self._api.close()

    def _channels(self) -> Sequence[Channel]:
        now = self._api.sample()
        try:
            return self._api.delta(self._last, now)
        finally:
            self._api.release(self._last)
            self._last = now
