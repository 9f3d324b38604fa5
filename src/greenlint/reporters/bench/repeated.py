"""Repeated benchmarks as a table for people and as JSON, version 1."""

from __future__ import annotations

from greenlint.model.format import digits, scale_of
from greenlint.reporters.tables.model import Column, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.analysis.medians import Centre
    from greenlint.gate.repeat import Measured, Repeated

_UNITS = {"energy": "J", "cpu": "s", "instructions": "instr"}
_WHAT = {"energy": "energy above idle", "cpu": "CPU time", "instructions": "instructions"}


def table_of(result: Repeated, machine_class: str) -> Table:
    """One row for each benchmark, the ones without a value last."""
    unit, energies = _UNITS[result.metric], any(one.energy is not None for one in result.results)
    columns = [
        Column("benchmark", flexible=True, keep_end=True),
        Column(_WHAT[result.metric], ">"),
        Column("95 %", drop=2),
        Column("mark", drop=1, colours={"measured": "green"}),
        Column("spread", ">", drop=3),
        Column("processes", ">", drop=4),
    ]
    if energies:
        columns.append(Column("energy", drop=5))
    rows = [_row(one, unit, energies) for one in result.results]
    subtitle = f"medians of an iteration over fresh processes · {machine_class} · seed {result.goal.seed}"
    return Table("greenlint bench", tuple(columns), tuple(rows), subtitle, tuple(_notes(result)))


def _row(one: Measured, unit: str, energies: bool) -> tuple[str, ...]:
    centre = one.centre
    if centre is None:
        cells = [one.name, "-", "-", "failed", "-", "0"]
    else:
        value, interval = _shown(centre, unit)
        cells = [one.name, value, interval, one.mark, f"{centre.spread:.1%}", str(centre.values)]
    if energies:
        shown = [] if one.energy is None else [text for text in (*_shown(one.energy, "J"), one.energy_mark) if text != "-"]
        cells.append(" ".join(shown) or "-")
    return tuple(cells)


def _shown(centre: Centre, unit: str) -> tuple[str, str]:
    """ "1.23 ms" and "[1.21, 1.25]", both in one unit; a repeat that is equal, and too few values, have no interval."""
    scale, prefix = scale_of(centre.value)
    value = f"{digits(centre.value / scale)} {prefix}{unit}"
    if centre.low is None or centre.high is None:
        return value, "-"
    return value, f"[{digits(centre.low / scale)}, {digits(centre.high / scale)}]"


def _notes(result: Repeated) -> list[str]:
    notes = [f"{one.name}: {one.failed}" for one in result.results if one.failed]
    rough = [one for one in result.results if one.centre is not None and not one.precise]
    if rough:
        worst = max(one.centre.precision for one in rough if one.centre is not None)
        reached = f"; the roughest is known to ±{worst:.1%}" if worst < 10 else ""
        many = "1 benchmark is" if len(rough) == 1 else f"{len(rough)} benchmarks are"
        notes.append(f"{many} not precise to ±{result.goal.precision:.1%} after {result.goal.most} processes{reached}")
    again = sum(bool(sample.excluded) for sample in result.samples)
    if again:
        notes.append(f"{again} processes were measured again: the CPU was taken away meanwhile")
    return notes


def as_object(result: Repeated, machine_class: str, run_id: str | None, exit_code: int) -> dict[str, Any]:
    """The object of `greenlint bench --json`; values of one iteration in s, J or instructions."""
    return {
        "version": 1,
        "run": run_id,
        "metric": result.metric,
        "unit": _UNITS[result.metric],
        "machine_class": machine_class,
        "seed": result.goal.seed,
        "precision": result.goal.precision,
        "processes": sum(not sample.excluded for sample in result.samples),
        "exit_code": exit_code,
        "benchmarks": [
            {
                "name": one.name,
                **_numbers(one.centre),
                "mark": one.mark,
                "precise": one.precise,
                "energy": {**_numbers(one.energy), "mark": one.energy_mark} if one.energy is not None else None,
                "failed": one.failed,
            }
            for one in result.results
        ],
    }


def _numbers(centre: Centre | None) -> dict[str, Any]:
    if centre is None:
        return {"value": None, "interval": None, "spread": None, "processes": 0}
    interval = [centre.low, centre.high] if centre.low is not None else None
    return {"value": centre.value, "interval": interval, "spread": centre.spread, "processes": centre.values}
