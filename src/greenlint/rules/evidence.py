"""What was measured of each rule's fix, by version of Python; `benchmarks/rules/run.py --write` writes the file."""

from __future__ import annotations

import json
import os
from functools import lru_cache

from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_FILE = os.path.join(os.path.dirname(__file__), "evidence.json")
LEAST_CPU = 1.05
"""Least CPU ratio that counts: what is less in a program made to show it is nothing in a real one, however sure."""
LEAST_MEMORY = 1.05
"""Peak memory must fall by more than this factor: the allocator alone moves it by some percent."""


class Measured(NamedTuple):
    """A rule's before and after at one size: whole processes, paired, start-up included.

    python         "CPython 3.11.7"; machine  class of the machine; date  ISO
    size           as the benchmark's `before.py` explains it
    cpu_s          CPU seconds before and after; ratio, low, high  before / after with its 95 % interval
    peak_bytes     peak memory before and after, None where the system does not tell
    memory_low     lower bound of the ratio of the peaks
    """

    python: str
    size: int
    machine: str
    date: str
    cpu_s: tuple[float, float]
    ratio: float
    low: float
    high: float
    peak_bytes: tuple[float, float] | None
    memory_low: float | None

    @property
    def minor(self) -> tuple[int, int]:
        """(3, 11) of "CPython 3.11.7"."""
        first, second = self.python.split()[1].split(".")[:2]
        return int(first), int(second)

    @property
    def saves_cpu(self) -> bool:
        """Whether the CPU ratio matters and its interval lies above 1."""
        return self.low > 1 and self.ratio >= LEAST_CPU

    @property
    def saves_memory(self) -> bool:
        """Whether peak memory certainly falls by more than the allocator moves it."""
        return self.memory_low is not None and self.memory_low > LEAST_MEMORY


@lru_cache(maxsize=1)
def _all() -> dict[str, tuple[Measured, ...]]:
    with open(_FILE, encoding="utf-8") as file:
        rows = json.load(file)
    return {code: tuple(_measured(row) for row in of_rule) for code, of_rule in rows.items()}


def _measured(row: Any) -> Measured:
    python, size, machine, date, (before, after, ratio, low, high), (peak_before, peak_after, memory_low, _) = row
    peaks = None if peak_before is None else (peak_before, peak_after)
    return Measured(python, size, machine, date, (before, after), ratio, low, high, peaks, memory_low)


def measured(code: str) -> tuple[Measured, ...]:
    """The kept measurements of a rule, by size and version; empty for a rule that is measured otherwise (assets, plug-ins)."""
    return _all().get(code, ())


def without_effect(code: str) -> tuple[tuple[int, int], ...]:
    """The versions of Python on which no size showed the fix to save CPU time or memory beyond noise."""
    rows = measured(code)
    useful = {row.minor for row in rows if row.saves_cpu or row.saves_memory}
    return tuple(sorted({row.minor for row in rows} - useful))


def with_effect(code: str) -> tuple[tuple[int, int], ...]:
    """The versions of Python on which some size did."""
    return tuple(sorted({row.minor for row in measured(code)} - set(without_effect(code))))
