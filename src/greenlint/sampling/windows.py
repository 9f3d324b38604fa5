"""What a fixed piece of work used, from readings before and after each of its rounds, for workloads that measure themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.analysis.combine import total
from greenlint.analysis.stats import median
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.model.energy import Energy
    from greenlint.profiler.meter import Meter
    from greenlint.profiler.reading import Reading


class Figures(NamedTuple):
    """Of one iteration, medians over the rounds: CPU seconds, joules (None where none are known).

    energy  of all rounds together; cpu_rounds, wall_rounds  seconds of each round, all its iterations
    """

    cpu_s: float
    energy_j: float | None
    energy: Energy | None
    cpu_rounds: tuple[float, ...]
    wall_rounds: tuple[float, ...]


def figures(meter: Meter, windows: Sequence[tuple[Reading, Reading]], iterations: int = 1) -> Figures:
    """The figures of rounds of so many iterations each, of which there is at least one."""
    energies = [meter.energy(start, end) for start, end in windows]
    joules = [energy.energy_j / iterations for energy in energies if energy is not None]
    cpu = tuple((end.cpu_ns - start.cpu_ns) / 1e9 for start, end in windows)
    wall = tuple((end.t_ns - start.t_ns) / 1e9 for start, end in windows)
    whole = total(energies) if joules else None
    return Figures(
        median(cpu) / iterations,
        median(joules) if joules else None,
        whole.energy if whole is not None and not whole.unmeasured else None,
        cpu,
        wall,
    )
