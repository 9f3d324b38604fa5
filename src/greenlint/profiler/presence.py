"""Where each of our providers can be present at all, told without importing it.

Importing all of them took 9 ms of every session's start, and most machines have one or two. So the automatic choice first
looks for a trace that the provider's own `probe` could not do without, at some 5 µs each. `greenlint doctor` asks all of them,
and says why not. A provider without an entry is imported always.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context


class Entry:
    """`order` and `beside` of the provider, and its traces, of which one is enough.

    "win32" is a system, "[meter]" a key of `[tool.greenlint.machine]`, "$NAME" an environment variable, "/dev/kfd" a path,
    "/sys/class/hwmon/" a folder with something in it, and "" is found everywhere.
    """

    __slots__ = ("beside", "order", "traces")

    def __init__(self, order: int | None, *traces: str, beside: bool = False) -> None:
        self.order, self.traces, self.beside = order, traces, beside


ENTRIES = {
    "meter": Entry(5, "[meter]"),
    "rapl-perf": Entry(10, "/sys/bus/event_source/devices/power/events/energy-pkg"),
    "rapl-powercap": Entry(20, "$GREENLINT_POWERCAP_ROOT", "/sys/class/powercap/"),
    "nvml": Entry(30, "win32", "/dev/nvidiactl", "/dev/dxg", beside=True),
    "amdsmi": Entry(31, "/dev/kfd", beside=True),
    "ioreport": Entry(40, "darwin"),
    "emi": Entry(50, "win32"),
    "hwmon": Entry(60, "[hwmon]", "$GREENLINT_HWMON_ROOT", "/sys/class/hwmon/"),
    "battery": Entry(65, "$GREENLINT_POWER_SUPPLY_ROOT", "/sys/class/power_supply/"),
    "model": Entry(100, ""),
    "codecarbon": Entry(None),
    "proxy": Entry(None),
    "pyrapl": Entry(None),
    "rapl-psys": Entry(None),
    "replay": Entry(None),
}


def possible(entry: Entry, context: Context) -> bool:
    """Whether a provider of the automatic choice has to be asked on this machine."""
    return entry.order is not None and any(_found(trace, context) for trace in entry.traces)


def _found(trace: str, context: Context) -> bool:
    if trace.startswith("/"):
        return _something_in(trace) if trace.endswith("/") else os.path.exists(trace)
    if trace.startswith("$"):
        return bool(os.environ.get(trace[1:]))
    if trace.startswith("["):
        return trace[1:-1] in context.settings
    return not trace or trace == context.machine.os


def _something_in(folder: str) -> bool:
    try:
        return bool(os.listdir(folder))
    except OSError:
        return os.path.isdir(folder)  # one that may not be listed is there all the same
