"""The figures of one implementation: the median of its rounds with an exact interval, per quantity."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlint.analysis.stats import mad, median

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.bench.comparison import Subject
    from greenlint.model.energy import Energy

_MAD_TO_SD = 1.4826
_MEDIAN_EFFICIENCY = 1.2533  # standard error of a median over that of a mean, sqrt(pi / 2)


@dataclass(frozen=True, slots=True)
class Centre:
    """A median and its distribution-free interval from order statistics; `level` is what n values can give at most."""

    value: float
    low: float
    high: float
    n: int
    level: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians over the counted rounds: seconds, seconds, bytes; energy as one value of the typical round.

    cores  CPU time over wall time: how many processors were busy on average
    """

    cpu_s: Centre
    wall_s: Centre
    peak_bytes: Centre | None
    energy: Energy | None
    cores: float


def figures_of(subject: Subject) -> Figures | None:
    """The figures of an implementation that was measured; None without a counted round."""
    trials = subject.trials
    if not trials:
        return None
    cpu, wall = centre([t.cpu_ns / 1e9 for t in trials]), centre([t.wall_ns / 1e9 for t in trials])
    peaks = [trial.peak_bytes for trial in trials if trial.peak_bytes is not None]
    energies = [trial.energy for trial in trials if trial.energy is not None]
    return Figures(
        cpu_s=cpu,
        wall_s=wall,
        peak_bytes=centre(peaks) if len(peaks) == len(trials) else None,
        energy=typical_energy(energies) if len(energies) == len(trials) else None,
        cores=cpu.value / wall.value if wall.value > 0 else 0.0,
    )


def centre(values: Sequence[float], level: float = 0.95) -> Centre:
    """Median and order-statistic interval of at least `level`, or the whole range where n values cannot give it."""
    ordered, n = sorted(values), len(values)
    skip, tail = 0, 0.5**n
    while True:
        wider = tail + math.comb(n, skip + 1) * 0.5**n
        if 2 * wider > 1 - level or skip + 1 > (n - 1) // 2:
            break
        skip, tail = skip + 1, wider
    return Centre(median(ordered), ordered[skip], ordered[n - 1 - skip], n, 1 - 2 * tail)


def typical_energy(energies: Sequence[Energy]) -> Energy:
    """The median round; its random uncertainty is what the rounds scatter by, its systematic one stays."""
    values = [energy.energy_j for energy in energies]
    middle = min(energies, key=lambda energy: abs(energy.energy_j - median(values)))
    scatter = _MAD_TO_SD * mad(values) * _MEDIAN_EFFICIENCY / math.sqrt(len(values))
    warnings = tuple(dict.fromkeys(text for energy in energies for text in energy.warnings))
    return middle._replace(u_rand=max(scatter, middle.u_rand / math.sqrt(len(values))), warnings=warnings, window_id="")
