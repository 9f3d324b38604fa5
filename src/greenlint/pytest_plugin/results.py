"""What the summary needs of all tests, without keeping all tests: a suite of ten thousand must not cost memory and time."""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.model.measurement import Measurement

_TRIM = 1000


class Results:
    """Sums over all attempts, and those rows that are shown.

    joules  of all calls; rerun_joules  of attempts after which the same test ran again; count  of attempts
    rows    every row, empty unless `keep`
    """

    def __init__(self, shown: int, *, keep: bool) -> None:
        """`shown`  how many of the costliest tests are wanted; `keep` all rows."""
        self.joules = self.rerun_joules = 0.0
        self.count = 0
        self.rows: list[Measurement] = []
        self._shown, self._keep = shown, keep
        self._top: list[Measurement] = []
        self._judged: list[Measurement] = []
        self._failed: dict[str, float] = {}

    def add(self, rows: Sequence[Measurement]) -> None:
        """Take in a batch."""
        self.count += len(rows)
        if self._keep:
            self.rows += rows
        for row in rows:
            joules = row.energy.energy_j if row.energy is not None else 0.0
            self.joules += joules
            if row.attempt > 1:
                self.rerun_joules += self._failed.pop(row.name, 0.0)
            if row.outcome == "failed":
                self._failed[row.name] = joules
            if row.extra and any(key.startswith("verdict_") for key in row.extra):
                self._judged.append(row)
        self._top += rows
        if len(self._top) > _TRIM + self._shown:
            self._top = _costliest(self._top, self._shown)

    def table(self) -> list[Measurement]:
        """The costliest tests, and below them all that have a budget."""
        top = _costliest(self._top, self._shown)
        listed = set(map(id, top))
        judged = [row for row in self._judged if id(row) not in listed and row.energy is not None]
        return top + sorted(judged, key=_joules, reverse=True)


def _costliest(rows: Sequence[Measurement], count: int) -> list[Measurement]:
    return nlargest(count, [row for row in rows if row.energy is not None], key=_joules)


def _joules(row: Measurement) -> float:
    return row.energy.energy_j if row.energy is not None else 0.0
