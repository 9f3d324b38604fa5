"""The rows of a survey: one subject on one basis, and the run totals behind them."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.model.energy import Energy
    from greenlint.model.run import Run


@dataclass(frozen=True, slots=True, order=True)
class Basis:
    """What two values must share to stand in one table: machine class, tier and boundary; empty when nothing was measured."""

    machine_class: str = ""
    tier: str = ""
    boundary: str = ""

    @classmethod
    def of(cls, run: Run, energy: Energy | None) -> Basis:
        """The basis of a value of this run."""
        if energy is None:
            return cls()
        return cls(run.machine.machine_class, energy.method.tier, energy.boundary)


@dataclass(frozen=True, slots=True)
class Row:
    """One test, language or commit on one basis.

    energy      per window for a test, in total for a language, per run for a commit; None means not measured, never zero
    cpu_s       CPU time of the same quantity, s
    windows     windows behind the value; runs: distinct runs; unmeasured: windows without energy
    share       part of the energy of the same table, 0 to 1; None when nothing was measured
    verdicts    quantity -> outcome of the newest window that had a budget of its own
    label       a second name: the subject of a commit
    kind        call or command for a test; the kind of the runs for a commit
    order       position in time, for commits
    """

    key: str
    basis: Basis
    energy: Energy | None
    cpu_s: float
    windows: int
    runs: int
    unmeasured: int = 0
    share: float | None = None
    verdicts: Mapping[str, str] | None = None
    label: str = ""
    kind: str = ""
    order: float = 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a trend with its interval; `group` changes where neighbours must not be joined by a line."""

    value: float
    low: float
    high: float
    group: str = ""


@dataclass(frozen=True, slots=True)
class RunTotal:
    """One run: its whole energy (None when unmeasured), CPU and wall time in s, and whether it ran to its end."""

    run: Run
    energy: Energy | None
    cpu_s: float
    wall_s: float
    windows: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """What the ledger holds about a period; runs oldest first, rows with the largest energy first.

    interrupted, invalid  runs left out of the commits, and runs whose counters stalled, so that they count as unmeasured
    excluded  windows that must not be ranked
    """

    runs: tuple[RunTotal, ...]
    by_test: tuple[Row, ...]
    by_language: tuple[Row, ...]
    by_commit: tuple[Row, ...]
    interrupted: int
    invalid: int
    excluded: int

    @property
    def measured(self) -> bool:
        """Whether any window has energy."""
        return any(row.energy for row in self.by_test) or any(total.energy for total in self.runs)
