"""How often to run a piece of code so that a round is long enough to be measured, and what the rounds then say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.analysis.stats import median
from greenlint.errors import ConfigError
from greenlint.named_tuple import NamedTuple
from greenlint.sampling.turns import turns_here

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from greenlint.model.energy import Energy

ROUNDS = 5
"""Rounds in one process. More say little: processes differ more than rounds in one do, so runs are repeated instead."""

COUNTER_NS, CPU_NS = 41_000_000, 10_000_000
"""Least length of a round, ns: 41 ms of a counter that steps every millisecond are known to 1 %; CPU time is far finer."""

MOST_ITERATIONS = 100_000_000

PARTS = 4
"""Of a round that takes turns with the other side of a pair: the more often they change, the more alike is what they see."""


class Plan(NamedTuple):
    """How to measure: rounds, iterations of each (None: found out), least length of a round in ns, warm-up rounds.

    parts  into which a round is divided whose iterations are found out, as far as there are as many
    """

    rounds: int = ROUNDS
    iterations: int | None = None
    least_ns: int = CPU_NS
    warmup_rounds: int = 1
    parts: int = 1

    def divided(self, found: int) -> tuple[int, int]:
        """Iterations of a round and number of rounds, once it is found out how many iterations are long enough."""
        parts = min(self.parts, found)
        return found // parts, self.rounds * parts


def read_plan(option: Callable[[str], Any], *, measured: bool) -> Plan:
    """The plan by the options of pytest. Raises ConfigError for values that make no sense."""
    rounds, iterations, least_ms = option("energy_rounds"), option("energy_iterations"), option("energy_min_window")
    for name, value in (("rounds", rounds), ("iterations", iterations)):
        if value is not None and not 1 <= value <= MOST_ITERATIONS:
            raise ConfigError(f"--energy-{name}={value}: a whole number of at least 1 is needed")
    if least_ms is not None and not 0 < least_ms <= 600_000:
        raise ConfigError(f"--energy-min-window={least_ms:g}: milliseconds from above 0 to 600000 are needed")
    least_ns = int(least_ms * 1e6) if least_ms is not None else COUNTER_NS if measured else CPU_NS
    parts = PARTS if turns_here() is not None and least_ms is None and not measured else 1
    return Plan(rounds or ROUNDS, iterations, least_ns, parts=parts)


class Round(NamedTuple):
    """One round: iterations, and its energy, CPU time, elapsed time and instructions (None: not counted) as a whole."""

    iterations: int
    energy: Energy | None
    cpu_ns: int
    wall_ns: int
    t0_ns: int = 0
    instructions: int | None = None


class BenchStats(NamedTuple):
    """What the rounds of one benchmark say; times in s and energy in J are of one iteration.

    cpu_s, wall_s  median over the rounds; energy_j  median, None when nothing valid was measured
    energy         of all rounds together, with its interval and provenance
    group, baseline  label of reports, and the group that it is compared with
    """

    name: str
    rounds: tuple[Round, ...]
    group: str = ""
    extra_info: Mapping[str, object] = {}
    baseline: str = ""

    @property
    def iterations(self) -> int:
        """Iterations of all rounds."""
        return sum(one.iterations for one in self.rounds)

    @property
    def cpu_s(self) -> float:
        """Median CPU time of an iteration, s."""
        return median([one.cpu_ns / one.iterations for one in self.rounds]) / 1e9

    @property
    def wall_s(self) -> float:
        """Median elapsed time of an iteration, s."""
        return median([one.wall_ns / one.iterations for one in self.rounds]) / 1e9

    @property
    def energy_j(self) -> float | None:
        """Median energy of an iteration, J."""
        values = [one.energy.energy_j / one.iterations for one in self.rounds if one.energy is not None]
        return median(values) if values else None

    @property
    def energy(self) -> Energy | None:
        """Energy of all rounds together."""
        return total_energy(self.rounds)

    @property
    def instructions(self) -> float | None:
        """Median instructions of an iteration; None where they are not counted."""
        values = [one.instructions / one.iterations for one in self.rounds if one.instructions is not None]
        return median(values) if values else None


def total_energy(rounds: Sequence[Round]) -> Energy | None:
    """The sum over rounds; None when one has none."""
    energies = [one.energy for one in rounds if one.energy is not None]
    if not energies or len(energies) < len(rounds):
        return None
    total = energies[0]
    for energy in energies[1:]:
        total = total + energy
    return total


def more_iterations(iterations: int, elapsed_ns: int, least_ns: int) -> int | None:
    """The next number of iterations to try after a trial round, or None when it was long enough.

    Grows at most tenfold at a time, for the first iterations are the slowest.
    """
    if elapsed_ns >= least_ns or iterations >= MOST_ITERATIONS:
        return None
    wanted = iterations * least_ns * 1.2 / max(elapsed_ns, 1)
    return min(MOST_ITERATIONS, max(iterations + 1, min(iterations * 10, int(wanted) + 1)))
