"""The rows that a process leaves in the ledger: rounds with their energy, and the numbers of one iteration beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.history.control import NAME, ROUNDS
from greenlint.model.measurement import Measurement
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.history.control import Control
    from greenlint.sampling.sample import Process, Value

BENCH, CONTROL = "bench", "control"


class Number(NamedTuple):
    """What a row says of one iteration: CPU seconds, joules (None: not measured)."""

    cpu_s: float
    energy_j: float | None


def control_row(control: Control, process: int) -> Measurement:
    """The row of the control workload."""
    extra = {"process": str(process), **_numbers(control.cpu_s, control.energy_j)}
    wall_ns = round(control.wall_s * 1e9)
    return Measurement(NAME, CONTROL, control.energy, wall_ns, round(control.cpu_s * ROUNDS * 1e9), extra=extra)


def process_rows(done: Process, process: int, facts: Mapping[str, Mapping[str, str]], excluded: str = "") -> list[Measurement]:
    """One row for each benchmark of a process, failed ones with pytest's words; `facts` by name go beside them.

    excluded  why the whole process does not count, or ""
    """
    number = {"process": str(process)}
    rows = [value_row(name, value, {**number, **facts.get(name, {})}, excluded) for name, value in done.values.items()]
    for name, why in done.failed.items():
        if name not in done.values:
            rows.append(Measurement(name, BENCH, None, 0, 0, outcome="failed", excluded=why, extra=number))
    return rows


def value_row(name: str, value: Value, facts: Mapping[str, str], excluded: str = "") -> Measurement:
    """The row of one benchmark in one process."""
    cpu_ns = round(_mean(value.cpu_rounds, value.cpu_s) * value.iterations * 1e9)
    wall_ns = round(_mean(value.wall_rounds, 0.0) * value.iterations * 1e9)
    extra = {"iterations": str(value.iterations), **_numbers(value.cpu_s, value.energy_j), **facts}
    return Measurement(name, BENCH, value.energy, wall_ns, cpu_ns, excluded=excluded, extra=extra)


def number_of(row: Measurement) -> Number | None:
    """The numbers of a row; None for one that failed or that something else wrote."""
    try:
        cpu_s = float(row.extra["cpu_s"])
        energy_j = row.extra.get("energy_j")
        return Number(cpu_s, float(energy_j) if energy_j else None) if cpu_s > 0 and not row.excluded else None
    except (KeyError, ValueError):
        return None


def _numbers(cpu_s: float, energy_j: float | None) -> dict[str, str]:
    return {"cpu_s": repr(cpu_s), **({"energy_j": repr(energy_j)} if energy_j is not None else {})}


def _mean(rounds: tuple[float, ...], otherwise: float) -> float:
    return sum(rounds) / len(rounds) if rounds else otherwise
