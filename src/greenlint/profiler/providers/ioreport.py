"""`ioreport`: chip and DRAM energy of Apple silicon from the energy model that macOS keeps; no administrator is needed.

The energy model is Apple's own estimate from activity counters, not a meter; powermetrics prints the same numbers. One
sample takes about 9 ms whatever it contains (lablup/all-smi issue 411), so a thread takes it four times a second and no
test waits for it. On macOS 27 the CPU channels stand still or move once in half an hour (vladkens/macmon issue 76): they
are refused. The layers below are `apple_chip` (sums),
`energy_model` (meaning) and `apple_ioreport` (calls).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Probe, Provider

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.profiler.apple_chip import Api
    from greenlint.profiler.polled import PolledCounter
    from greenlint.profiler.provider import Context

PERIOD_S = 0.25
GAIN = 0.10
"""Relative standard uncertainty of an energy model that its maker does not specify; a stated convention."""

STILL_S = 5.0
"""A processor that runs this very program uses some millijoules in this time; a channel that shows none has stopped, s."""

_REMEDY = "update macOS: versions 27.0 and its betas do not count CPU energy (macmon#76)"


class IoReport(Provider):
    """The energy model of Apple silicon."""

    name = "ioreport"
    order = 40

    def __init__(self, connect: Callable[[], Api] | None = None, period_s: float = PERIOD_S, still_s: float = STILL_S) -> None:
        """`connect` stands in for the subscription to the system's channels; the times for the usual ones."""
        self._connect, self._period_s, self._still_s = connect, period_s, still_s

    def probe(self, context: Context) -> Probe:
        """Found when there is a channel with the energy of all processors."""
        if self._connect is None and not _on_apple_silicon(context):
            return Probe(self.name, UNAVAILABLE, "it needs a Mac with an Apple chip")
        from greenlint.profiler.apple_chip import Chip

        try:
            chip = Chip(self._subscribe(), self._still_s)
        except (OSError, ValueError) as error:
            return Probe(self.name, REFUSED, str(error), _absent_remedy(context))
        chip.close()
        names = ", ".join(name for names in chip.layout.blocks.values() for name in names)
        domains = tuple(domain.name for domain in chip.domains)
        return Probe(self.name, FOUND, chip.layout.boundary, "", Method.COUNTER, domains, {"channels": names})

    def open(self, context: Context) -> PolledCounter:
        """Subscribe and start sampling. Raises ProviderError."""
        if self._connect is None and not _on_apple_silicon(context):
            raise ProviderError("ioreport: it needs a Mac with an Apple chip")
        from greenlint.profiler.apple_chip import Chip
        from greenlint.profiler.polled import PolledCounter

        try:
            chip = Chip(self._subscribe(), self._still_s)
        except (OSError, ValueError) as error:
            raise ProviderError(f"ioreport: {error}", _absent_remedy(context)) from error
        try:
            return PolledCounter(
                chip.poll,
                name=self.name,
                method=Method.COUNTER,
                boundary=chip.layout.boundary,
                domains=chip.domains,
                period_s=self._period_s,
                gain=GAIN,
                identity="ioreport Energy Model " + " ".join(chip.layout.cpu),
                release=chip.close,
            )
        except (OSError, ValueError) as error:
            chip.close()
            raise ProviderError(f"ioreport: {error}", _REMEDY) from error

    def _subscribe(self) -> Api:
        if self._connect is not None:
            return self._connect()
        from greenlint.profiler.apple_ioreport import AppleIoReport

        return AppleIoReport()


def _on_apple_silicon(context: Context) -> bool:
    return context.machine.os == "darwin" and context.cpu.architecture == "arm64"


def _absent_remedy(context: Context) -> str:
    return "virtual machines have no energy model of their own; a Mac itself has" if context.machine.virtualised else _REMEDY
