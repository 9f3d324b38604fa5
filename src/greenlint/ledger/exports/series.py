"""What one run says about each of its subjects, as figures with a name that tells how they came about.

A measured and a modelled energy never share the name of a metric, so no dashboard can put them into one line.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.analysis.stats import median, walsh_interval
from greenlint.model.energy import Z95, Method
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.ledger.exports.selection import Selection
    from greenlint.model.energy import Energy
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run

ENERGY = {mark: f"energy_{mark}_joules" for mark in ("measured", "attributed", "estimated")}
"""The name of the metric by the mark of the method; a proxy claims no joules and has none."""

METRICS = {
    ENERGY["measured"]: ("J", "Energy counted by a device that the run had alone"),
    ENERGY["attributed"]: ("J", "Energy counted by a device, divided by share of CPU time"),
    ENERGY["estimated"]: ("J", "Energy by a power model: an estimate, not a measurement"),
    "cpu_seconds": ("s", "User and system CPU time of the process tree"),
    "wall_seconds": ("s", "Elapsed time"),
    "peak_memory_bytes": ("B", "Peak memory of the process tree"),
}
"""Unit and meaning of every metric."""

_SUBJECTS = ("call", "bench", "command", "session")
_GOOD = ("ok", "passed")


class Figure(NamedTuple):
    """The median of `repeats` values of one metric; a time or energy of a benchmark is that of one iteration.

    low, high  95 % interval: of the value itself when there is one, of the centre of the values when there are more
               (less than 95 % below 6 values); that of an energy holds its systematic part; None when nothing is known
    source     provider of an energy, else ""
    """

    metric: str
    value: float
    low: float | None
    high: float | None
    repeats: int
    source: str = ""

    @property
    def unit(self) -> str:
        """J, s or B."""
        return METRICS[self.metric][0]


class Subject(NamedTuple):
    """A test, benchmark, command or session of a run, with its figures by metric and the rows behind them."""

    run: Run
    name: str
    language: str
    figures: dict[str, Figure]
    rows: tuple[Measurement, ...]

    @property
    def iterations(self) -> int:
        """Iterations of the first row: 1 unless it is a round of a benchmark."""
        return iterations_of(self.rows[0])


def subjects(selection: Selection, run: Run) -> list[Subject]:
    """The subjects of a run in the order in which they ran; what is left out is noted in `selection.notices`."""
    groups: dict[tuple[str, str], list[Measurement]] = {}
    left_out = 0
    for row in selection.ledger.measurements(run.run_id):
        if row.phase not in _SUBJECTS:
            continue
        if row.excluded or row.outcome not in _GOOD:
            left_out += 1
            continue
        groups.setdefault((row.phase, row.name), []).append(row)
    if left_out:
        selection.note(f"run {run.run_id}: {left_out} windows that failed or must not be ranked are left out")
    benchmarks = {name for phase, name in groups if phase == "bench"}
    found = []
    for (phase, name), rows in groups.items():
        if phase == "call" and name in benchmarks:
            continue  # the test around the rounds
        shown = f"{run.project or 'project'} (whole session)" if phase == "session" else name
        found.append(Subject(run, shown, rows[0].language, _figures(selection, run, name, rows), tuple(rows)))
    return found


def iterations_of(row: Measurement) -> int:
    """How often the code ran inside a window."""
    text = str(row.extra.get("iterations", "1"))
    return int(text) if text.isdigit() and int(text) > 0 else 1


def _figures(selection: Selection, run: Run, name: str, rows: Sequence[Measurement]) -> dict[str, Figure]:
    found = _energies(selection, run, name, rows)
    cpu = [row.cpu_ns / 1e9 / iterations_of(row) for row in rows if row.extra.get("cpu") != "unknown"]
    wall = [row.wall_ns / 1e9 / iterations_of(row) for row in rows]
    peak = [float(row.peak_bytes) for row in rows if row.peak_bytes is not None]
    for metric, values in (("cpu_seconds", cpu), ("wall_seconds", wall), ("peak_memory_bytes", peak)):
        if values:
            low, high = walsh_interval(values) if len(values) > 1 else (None, None)
            found[metric] = Figure(metric, median(values), low, high, len(values))
    return found


def _energies(selection: Selection, run: Run, name: str, rows: Sequence[Measurement]) -> dict[str, Figure]:
    """Energies by metric; one with a value below the detection limit is left out, for it is no number."""
    by_metric: dict[str, list[Measurement]] = {}
    for row in rows:
        if row.energy is not None and row.energy.method is not Method.PROXY:
            by_metric.setdefault(ENERGY[row.energy.method.mark], []).append(row)
    found = {}
    for metric, group in by_metric.items():
        energies = [(row.energy, iterations_of(row)) for row in group if row.energy is not None]
        if any(energy.below_limit for energy, _ in energies):
            selection.note(f"run {run.run_id}: {name}: its energy is below the detection limit and left out")
            continue
        each = [energy.per(count) for energy, count in energies]
        low, high = _interval(each)
        source = " + ".join(dict.fromkeys(energy.provider for energy, _ in energies))
        middle = median([energy.energy_j for energy in each])
        found[metric] = Figure(metric, middle, low, high, len(each), source)
    return found


def _interval(energies: Sequence[Energy]) -> tuple[float, float]:
    """95 % interval of the middle of repeated energies, J: repeats narrow the random part, the systematic one stays whole."""
    if len(energies) == 1:
        return energies[0].interval
    values = [energy.energy_j for energy in energies]
    middle = median(values)
    low, high = walsh_interval(values)
    u_sys = max(energy.u_sys for energy in energies)
    steady = energies[0]._replace(energy_j=middle, u_rand=0.0, u_sys=u_sys, limit_j=0.0, most_j=None)
    least, most = steady.bounds(Z95)
    return max(0.0, middle - math.hypot(middle - low, middle - least)), middle + math.hypot(high - middle, most - middle)
