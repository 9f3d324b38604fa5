"""A simulated energy counter as a pure function of time, and the program that keeps counter files at its value.

Both servers of simulated trees use it: `CounterTree`, which writes files, and `FuseTree`, which computes each read.
This file also runs as a script without site-packages, so it imports the standard library alone.
"""

from __future__ import annotations

import errno
import json
import math
import os
import sys
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

NEVER = float("inf")
TORN = "torn"
"""As `broken`: every read shows only the first part of the number."""

_WIDTH = 20
_PERIOD_S = 0.001
_RIPPLE_HZ = 37.0  # faster than a self-check is long, and no multiple of any update period


@dataclass(frozen=True)
class Zone:
    """One zone of the tree, with the sub-zones inside it.

    name        content of its `name` file: package-0, package-0-die-1, psys, dram, core, uncore
    watts       power at rest; per_cpu_w  what every busy CPU of this machine adds to it
    start_uj    first value of the counter; range_uj  it wraps to 0 above this, 0: never
    range_file  content of the range file where it does not tell `range_uj`; "" leaves the file out, as range 0 does
    limit_w     the greatest power that can be set for the zone, which the kernel states; 0: not stated
    dead        the counter never moves; stalls_after_s  it stops moving after this time
    content     fixed content of the counter file instead of a number, such as garbage
    control     control type: intel-rapl, or intel-rapl-mmio for the duplicates
    ripple      the power swings by this part of itself; phase  of the swing, so that two zones differ
    update_s    the counter is updated at this interval only; back_uj  every other update goes back by so much
    resets_after_s  it starts again from 0 after this time, as when a driver is loaded again
    breaks_after_s  from then on reads show `broken`: a text, TORN, or the name of an error such as "EIO" (FuseTree only)
    delay_s     a read takes this long (FuseTree only); mode  permissions of the counter file
    """

    name: str = "package-0"
    watts: float = 40.0
    per_cpu_w: float = 0.0
    start_uj: int = 1_000_000
    range_uj: int = 262_143_328_850
    range_file: str | None = None
    limit_w: float = 0.0
    dead: bool = False
    stalls_after_s: float = NEVER
    content: str | None = None
    control: str = "intel-rapl"
    zones: tuple[Zone, ...] = ()
    ripple: float = 0.0
    phase: float = 0.0
    update_s: float = 0.0
    back_uj: int = 0
    resets_after_s: float = NEVER
    breaks_after_s: float = NEVER
    broken: str = ""
    delay_s: float = 0.0
    mode: int = 0o444

    @property
    def alive(self) -> bool:
        """Whether the content of the counter file ever changes."""
        return self.content is None and not self.dead

    def content_at(self, elapsed_s: float, busy_s: float = 0.0) -> bytes:
        """What a read of the counter file gives; `busy_s` is the busy time of all CPUs since the start.

        Raises OSError where `broken` names an error.
        """
        if self.content is not None:
            return f"{self.content.rstrip()}\n".encode() if self.content else b""
        text = f"{self._value_uj(elapsed_s, busy_s):0{_WIDTH}d}\n"
        if elapsed_s < self.breaks_after_s:
            return text.encode()
        if self.broken == TORN:
            return text[: int(elapsed_s * 1000) % _WIDTH].encode()
        code = getattr(errno, self.broken, 0) if self.broken else 0
        if code:
            raise OSError(code, os.strerror(code))
        return self.broken.ljust(_WIDTH).encode() + b"\n" if self.broken else b""

    def _value_uj(self, elapsed_s: float, busy_s: float) -> int:
        if self.dead:
            return self.start_uj
        updates = int(elapsed_s / self.update_s) if self.update_s else 0
        seconds = min(updates * self.update_s if self.update_s else elapsed_s, self.stalls_after_s)
        reset = seconds >= self.resets_after_s
        seconds -= self.resets_after_s if reset else 0.0
        turn = 2 * math.pi * _RIPPLE_HZ
        swing_s = self.ripple * (math.sin(turn * seconds + self.phase) - math.sin(self.phase)) / turn
        value = (0 if reset else self.start_uj) + int(((seconds + swing_s) * self.watts + busy_s * self.per_cpu_w) * 1e6)
        value -= self.back_uj * (updates % 2)
        return value % (self.range_uj + 1) if self.range_uj else value


@dataclass(frozen=True)
class Node:
    """One entry of a tree: a folder, a link to `target`, a file with `text`, or the counter of `zone`."""

    path: str
    target: str = ""
    text: str | None = None
    zone: Zone | None = None

    @property
    def folder(self) -> bool:
        """True for a directory."""
        return not self.target and self.text is None and self.zone is None


def layout(zones: Sequence[Zone]) -> list[Node]:
    """The folders and files below the device directory, as the kernel lays them out, parents first.

    The link to the class directory, `subsystem`, is the same for all and left to the caller.
    """
    nodes: list[Node] = []
    numbers: dict[str, int] = {}
    for zone in zones:
        if zone.control not in numbers:
            nodes += [Node(zone.control), Node(f"{zone.control}/enabled", text="1\n")]
        number = numbers[zone.control] = numbers.get(zone.control, -1) + 1
        nodes += _zone_nodes(zone, zone.control, f"{zone.control}:{number}")
    return nodes


def _zone_nodes(zone: Zone, parent: str, name: str) -> list[Node]:
    folder = f"{parent}/{name}"
    nodes = [Node(folder), Node(f"{folder}/name", text=f"{zone.name}\n"), Node(f"{folder}/energy_uj", zone=zone)]
    range_text = zone.range_file if zone.range_file is not None else str(zone.range_uj or "")
    if range_text:
        nodes.append(Node(f"{folder}/max_energy_range_uj", text=f"{range_text}\n"))
    if zone.limit_w:
        nodes.append(Node(f"{folder}/constraint_0_max_power_uw", text=f"{zone.limit_w * 1e6:.0f}\n"))
    for number, child in enumerate(zone.zones):
        nodes += _zone_nodes(child, folder, f"{name}:{number}")
    return nodes


def order(counters: Sequence[tuple[str, Zone]], start_s: float | None) -> str:
    """The argument of this file as a script: the counter files to keep, and when they started (None: when it starts)."""
    return json.dumps({"start_s": start_s, "counters": [[path, {**asdict(zone), "zones": ()}] for path, zone in counters]})


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


def _advance(task: dict[str, Any]) -> None:
    """Write every counter about once a millisecond, until killed or until the parent has gone.

    One write of a fixed width and no new file, as descriptors that are held expect; all counters show the same moment.
    """
    _hurry()
    counters = [(os.open(path, os.O_WRONLY), Zone(**fields)) for path, fields in task["counters"]]
    with_load = any(zone.per_cpu_w for _, zone in counters)
    start = time.perf_counter() if task["start_s"] is None else task["start_s"]
    busy_start, told, parent = _busy_s() if with_load else 0.0, False, os.getppid()
    while os.getppid() == parent:
        busy_s = _busy_s() - busy_start if with_load else 0.0
        elapsed_s = time.perf_counter() - start
        for descriptor, zone in counters:
            text = zone.content_at(elapsed_s, busy_s)
            os.pwrite(descriptor, text, 0)
            if len(text) <= _WIDTH:
                os.ftruncate(descriptor, len(text))
        if not told:
            sys.stdout.write("moving\n")
            sys.stdout.flush()
            told = True
        time.sleep(_PERIOD_S)


if __name__ == "__main__":
    _advance(json.loads(sys.argv[1]))
