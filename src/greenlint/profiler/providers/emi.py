"""`emi`: CPU package and DRAM energy from the Energy Meter Interface of Windows; no administrator is needed.

Windows 11 and late Windows 10 show the RAPL counters of the CPU as channels RAPL_Package0_PKG, _DRAM, _PP0, _PP1. Interface:
learn.microsoft.com, "Energy Meter Interface". Which channels are read is decided in `emi_source`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Probe, Provider

if TYPE_CHECKING:
    from greenlint.profiler.emi_source import Api, EmiSource
    from greenlint.profiler.provider import Context

_NOT_WINDOWS = "the Energy Meter Interface is a part of Windows"
_NO_METER = "there is no energy meter"
_VIRTUAL = "virtual machines have no energy meter of their own; Windows on bare metal has"


class Emi(Provider):
    """Energy meters of Windows."""

    name = "emi"
    order = 50

    def __init__(self, api: Api | None = None) -> None:
        """`api` stands in for the calls into Windows."""
        self._api = api

    def probe(self, context: Context) -> Probe:
        """Found when a package channel exists that has counted since the start."""
        if self._api is None and context.machine.os != "win32":
            return Probe(self.name, UNAVAILABLE, _NOT_WINDOWS)
        try:
            source = self.open(context)
        except ProviderError as error:
            reason = error.message.removeprefix("emi: ")
            return Probe(self.name, UNAVAILABLE if reason == _NO_METER else REFUSED, reason, error.hint)
        try:
            names = tuple(domain.name for domain in source.domains)
            return Probe(self.name, FOUND, f"{len(names)} counters", "", Method.COUNTER, names, source.facts)
        finally:
            source.close()

    def open(self, context: Context) -> EmiSource:
        """Open all meters with channels that are believed. Raises ProviderError."""
        if self._api is None and context.machine.os != "win32":
            raise ProviderError(f"emi: {_NOT_WINDOWS}")
        from greenlint.profiler.emi_source import ABSENT, open_meters

        try:
            api = self._api or _windows()
            paths = api.devices()
        except OSError as error:
            raise ProviderError(f"emi: {error}") from error
        if not paths:
            raise ProviderError(f"emi: {_NO_METER}", _VIRTUAL if context.machine.virtualised else ABSENT)
        return open_meters(api, paths)


def _windows() -> Api:
    from greenlint.profiler.windows_emi import WindowsEmi

    return WindowsEmi()
