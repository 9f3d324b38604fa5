"""A live powercap tree made of files: a process advances the counters in place about every millisecond.

The counters follow the monotonic clock at a stated power, so a test knows the true energy of every window. Files are
written with one `pwrite` of a fixed-width number, never truncated and never replaced, as held descriptors require.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH = 20
_PERIOD_S = 0.001


@dataclass(frozen=True)
class Zone:
    """One zone of the tree, with the sub-zones inside it.

    name        content of its `name` file: package-0, package-0-die-1, psys, dram, core, uncore
    watts       power at rest; per_cpu_w  what every busy CPU of this machine adds to it
    start_uj    first value of the counter; range_uj  it wraps to 0 above this, 0 leaves the range file out
    dead        the counter never moves; stalls_after_s  it stops moving after this time
    content     fixed content of the counter file instead of a number, such as garbage
    control     control type: intel-rapl, or intel-rapl-mmio for the duplicates
    """

    name: str = "package-0"
    watts: float = 40.0
    per_cpu_w: float = 0.0
    start_uj: int = 1_000_000
    range_uj: int = 262_143_328_850
    dead: bool = False
    stalls_after_s: float = float("inf")
    content: str | None = None
    control: str = "intel-rapl"
    zones: tuple[Zone, ...] = ()


class CounterTree:
    """Builds the tree below `root` and keeps it alive; a context manager. `root` is what GREENLINT_POWERCAP_ROOT names."""

    def __init__(self, root: str | os.PathLike[str], zones: Sequence[Zone] = (Zone(),)) -> None:
        self.root, self.zones = os.fspath(root), tuple(zones)
        self._writer: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> CounterTree:
        self.build()
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def path(self, zone: str, file: str = "energy_uj") -> str:
        """The path of a zone's file, the zone as the kernel names it ("intel-rapl:0", "intel-rapl:0:0")."""
        return os.path.join(self.root, zone, file)

    def build(self) -> None:
        """Make directories, files and links as the kernel does."""
        devices = os.path.join(self.root, ".devices")
        numbers: dict[str, int] = {}
        for zone in self.zones:
            number = numbers[zone.control] = numbers.get(zone.control, -1) + 1
            self._make(zone, os.path.join(devices, zone.control), f"{zone.control}:{number}")
        for control in numbers:
            os.symlink(os.path.join(".devices", control), os.path.join(self.root, control))

    def start(self) -> None:
        """Start the process that advances the counters; returns when they move."""
        order = json.dumps([{**asdict(zone), "zones": None, "path": path} for zone, path in self._counters()])
        # -I -S: the writer needs nothing but the standard library, and starts faster so.
        self._writer = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__, order], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._writer.stdout is not None
        if not self._writer.stdout.readline():
            raise RuntimeError("the writer of the simulated counters did not start")

    def stop(self) -> None:
        """Stop the counters where they are."""
        if self._writer is not None:
            self._writer.kill()
            self._writer.communicate()
            self._writer = None

    def _make(self, zone: Zone, parent: str, name: str) -> None:
        folder = os.path.join(parent, name)
        os.makedirs(folder)
        files = {"name": zone.name, "energy_uj": zone.content if zone.content is not None else _text(zone.start_uj)}
        if zone.range_uj:
            files["max_energy_range_uj"] = str(zone.range_uj)
        for file, content in files.items():
            with open(os.path.join(folder, file), "w", encoding="ascii") as stream:
                stream.write(f"{content.rstrip()}\n" if content else "")
        os.symlink(os.path.relpath(folder, self.root), os.path.join(self.root, name))
        for number, child in enumerate(zone.zones):
            self._make(child, folder, f"{name}:{number}")

    def _counters(self) -> list[tuple[Zone, str]]:
        found: list[tuple[Zone, str]] = []
        numbers: dict[str, int] = {}
        for zone in self.zones:
            number = numbers[zone.control] = numbers.get(zone.control, -1) + 1
            name = f"{zone.control}:{number}"
            found.append((zone, self.path(name)))
            found += [(child, self.path(f"{name}:{place}")) for place, child in enumerate(zone.zones)]
        return [(zone, path) for zone, path in found if zone.content is None and not zone.dead]


def _text(value: int) -> str:
    return f"{value:0{_WIDTH}d}"


def _busy_s() -> float:
    with open("/proc/stat", encoding="ascii") as file:
        fields = file.readline().split()
    return sum(int(fields[place]) for place in (1, 2, 3, 6, 7)) / os.sysconf("SC_CLK_TCK")


def _hurry() -> None:
    """Hardware is not descheduled: take real-time priority where it is allowed."""
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except (AttributeError, OSError):
        return


def _advance(order: list[dict[str, Any]]) -> None:
    """What the writer process does until it is killed or its parent has gone."""
    _hurry()
    descriptors = [os.open(zone["path"], os.O_WRONLY) for zone in order]
    with_load = any(zone["per_cpu_w"] for zone in order)
    start, busy_start, told, parent = time.perf_counter(), _busy_s() if with_load else 0.0, False, os.getppid()
    while os.getppid() == parent:
        busy_s = _busy_s() - busy_start if with_load else 0.0
        for zone, descriptor in zip(order, descriptors):
            elapsed_s = min(time.perf_counter() - start, zone["stalls_after_s"])
            value = zone["start_uj"] + int((elapsed_s * zone["watts"] + busy_s * zone["per_cpu_w"]) * 1e6)
            wrapped = value % (zone["range_uj"] + 1) if zone["range_uj"] else value
            os.pwrite(descriptor, f"{_text(wrapped)}\n".encode(), 0)
        if not told:
            sys.stdout.write("moving\n")
            sys.stdout.flush()
            told = True
        time.sleep(_PERIOD_S)


if __name__ == "__main__":
    _advance(json.loads(sys.argv[1]))
