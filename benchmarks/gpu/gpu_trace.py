"""A recorded GPU: its trace and marks, the true energy of any window, and a stand-in for `pynvml` that plays it back.

The real provider runs over the stand-in: `replay` opens `nvml` with the clock of the recording and calls its reading
routine at the pace asked for, jittered, with late and missed reads.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from greenlint.profiler.accounts.curve import CurveAccount
from greenlint.profiler.providers.nvml import Nvml
from greenlint.profiler.reading import Reading
from greenlint.profiler.selection import make_context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.model.energy import Energy
    from greenlint.profiler.recorder import BoardRecorder

FIELDS = ("read_start_ns", "read_end_ns", "total_energy_mj", "power_mw")
CALL_NS = 3_000_000


class Mark(NamedTuple):
    """One phase of the workload; times in ns of the trace's clock."""

    name: str
    start_ns: int
    end_ns: int
    iterations: int

    @property
    def kind(self) -> str:
        """What ran: "matmul", "copy" or "idle"."""
        return self.name.split("-")[0]


class Trace:
    """The reads of one board in the order of time: counter in mJ, gauge in mW."""

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        self.times: list[int] = []
        self.energies: list[int] = []
        self.gauge_times: list[int] = []
        self.powers: list[int] = []
        for row in rows:
            if row["total_energy_mj"]:
                self.times.append(int(row["read_end_ns"]))
                self.energies.append(int(row["total_energy_mj"]))
            elif row["power_mw"]:
                self.gauge_times.append(int(row["read_start_ns"]))
                self.powers.append(int(row["power_mw"]))

    def energy_mj(self, t_ns: int) -> int:
        """What the counter showed at that time."""
        return self.energies[max(0, bisect_right(self.times, t_ns) - 1)]

    def power_mw(self, t_ns: int) -> int | None:
        """What the gauge showed; None without a gauge."""
        place = bisect_right(self.gauge_times, t_ns) - 1
        return self.powers[max(0, place)] if self.powers else None

    def whole_steps(self, start_ns: int, end_ns: int) -> tuple[float, float]:
        """Joules and seconds between the first and the last step inside a stretch of time."""
        first = bisect_right(self.times, start_ns)
        inside = [
            (self.times[place], self.energies[place])
            for place in range(max(1, first), bisect_right(self.times, end_ns))
            if self.energies[place] != self.energies[place - 1]
        ]
        if len(inside) < 2:
            return 0.0, 0.0
        return (inside[-1][1] - inside[0][1]) / 1e3, (inside[-1][0] - inside[0][0]) / 1e9


def load(trace: str, marks: str) -> tuple[Trace, list[Mark]]:
    """Read a trace (CSV, also gzipped) and its marks (JSON)."""
    with open(trace, "rb") as file:
        content = file.read()
    text = (gzip.decompress(content) if trace.endswith(".gz") else content).decode("ascii")
    with open(marks, encoding="utf-8") as stream:
        phases = [Mark(m["name"], m["start_ns"], m["end_ns"], m["iterations"]) for m in json.load(stream)["marks"]]
    return Trace(csv.DictReader(io.StringIO(text))), phases


class Truth:
    """The energy of any window: iterations times the long-run energy of one, and idle power in between.

    per_iteration_j  by kind, from the steps wholly inside the longest phase of that kind; idle_w  from the idle phases
    """

    def __init__(self, trace: Trace, marks: list[Mark]) -> None:
        self.marks = marks
        self.per_iteration_j: dict[str, float] = {}
        for kind in dict.fromkeys(mark.kind for mark in marks if mark.kind != "idle"):
            longest = max((mark for mark in marks if mark.kind == kind), key=lambda mark: mark.end_ns - mark.start_ns)
            joules, seconds = trace.whole_steps(longest.start_ns, longest.end_ns)
            length_s = (longest.end_ns - longest.start_ns) / 1e9
            self.per_iteration_j[kind] = joules / seconds * length_s / longest.iterations if seconds else 0.0
        idle = [trace.whole_steps(mark.start_ns, mark.end_ns) for mark in marks if mark.kind == "idle"]
        self.idle_w = sum(joules for joules, _ in idle) / sum(seconds for _, seconds in idle)

    def watts(self, mark: Mark) -> float:
        """Mean power of a phase."""
        if mark.kind == "idle":
            return self.idle_w
        return self.per_iteration_j[mark.kind] * mark.iterations / ((mark.end_ns - mark.start_ns) / 1e9)

    def energy_j(self, start_ns: int, end_ns: int) -> float:
        """Joules between two times."""
        joules = self.idle_w * (end_ns - start_ns) / 1e9
        for mark in self.marks:
            common_ns = min(end_ns, mark.end_ns) - max(start_ns, mark.start_ns)
            joules += (self.watts(mark) - self.idle_w) * max(0, common_ns) / 1e9
        return joules


class ReplayLibrary:
    """Stands in for the module `pynvml`: one board that plays the trace back at the time `now_ns`, which the caller sets."""

    class NVMLError(Exception):
        """What the library raises."""

    def __init__(self, trace: Trace, limit_w: float = 700.0) -> None:
        self._trace, self._limit_w, self.now_ns = trace, limit_w, trace.times[0]

    def clock(self) -> int:
        """The time of the replay."""
        return self.now_ns

    def nvmlInit(self) -> None:
        """Nothing to load."""

    def nvmlShutdown(self) -> None:
        """Nothing to release."""

    def nvmlDeviceGetCount(self) -> int:
        return 1

    def nvmlDeviceGetHandleByIndex(self, index: int) -> int:
        return index

    def nvmlDeviceGetUUID(self, handle: int) -> str:
        return "GPU-00000000-replay"

    def nvmlDeviceGetName(self, handle: int) -> str:
        return "NVIDIA H200 (replayed)"

    def nvmlDeviceGetMigMode(self, handle: int) -> list[int]:
        return [0, 0]

    def nvmlDeviceGetEnforcedPowerLimit(self, handle: int) -> int:
        return round(self._limit_w * 1e3)

    def nvmlDeviceGetTotalEnergyConsumption(self, handle: int) -> int:
        self.now_ns += CALL_NS // 2
        energy_mj = self._trace.energy_mj(self.now_ns)
        self.now_ns += CALL_NS // 2
        return energy_mj

    def nvmlDeviceGetPowerUsage(self, handle: int) -> int:
        self.now_ns += CALL_NS
        power_mw = self._trace.power_mw(self.now_ns)
        if power_mw is None:
            raise self.NVMLError("Not Supported")
        return power_mw


def replay(
    trace: Trace, *, pace_s: float = 0.1, jitter: float = 0.0, missed: float = 0.0, late: float = 0.0, seed: int = 0
) -> BoardRecorder:
    """The real provider, opened over the trace and run to its end.

    jitter  part of the pace by which a read may come early or late; missed  part of the reads that do not happen
    late  part of the reads that come one to four paces late, as on a machine that is starved of CPU
    """
    chance = random.Random(seed)
    library: Any = ReplayLibrary(trace)
    library.now_ns += int(chance.random() * pace_s * 1e9)
    source = Nvml(library, clock=library.clock).open(make_context({}))
    next_ns = library.now_ns
    while next_ns < trace.times[-1]:
        paces = 1 + jitter * chance.uniform(-1, 1) + (chance.uniform(1, 4) if chance.random() < late else 0.0)
        next_ns = max(library.now_ns, next_ns) + int(paces * pace_s * 1e9)
        if chance.random() >= missed:
            library.now_ns = next_ns
            source.sample()
    return source


def stated(source: BoardRecorder, start_ns: int, end_ns: int) -> Energy:
    """The value of a window as a session prints it, idle included."""
    return CurveAccount(source, "replay").energy(Reading(start_ns, 0), Reading(end_ns, 0), "wall")
