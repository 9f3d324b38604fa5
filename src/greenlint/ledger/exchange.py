"""Runs from one ledger to another, directly or as JSON Lines; a run is known by its id, so nothing is ever added twice."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from greenlint.errors import LedgerError
from greenlint.model.energy import Energy
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit, Machine, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.ledger.store import Ledger

_VERSION = 1


def merge_from(ledger: Ledger, other: Ledger) -> tuple[int, int]:
    """Copy the runs that `ledger` does not have; returns (added, known). Raises LedgerError."""
    return _add(ledger, ((run, other.measurements(run.run_id)) for run in reversed(other.runs())))


def export_lines(ledger: Ledger) -> Iterator[str]:
    """One JSON object per run, oldest first, with its measurements."""
    for run in reversed(ledger.runs()):
        rows = [
            {**m.to_json(), "t0_ns": m.t0_ns, "wall_ns": m.wall_ns, "cpu_ns": m.cpu_ns} for m in ledger.measurements(run.run_id)
        ]
        commit = run.commit and run.commit._asdict()
        packed = {**run._asdict(), "machine": run.machine._asdict(), "commit": commit}
        yield json.dumps({"version": _VERSION, "run": packed, "measurements": rows})


def import_lines(ledger: Ledger, path: str) -> tuple[int, int]:
    """Add the runs of an exported file; returns (added, known). Raises LedgerError naming the line that is wrong."""
    try:
        with open(path, encoding="utf-8") as file:
            return _add(ledger, (_parse(path, number, line) for number, line in enumerate(file, 1) if line.strip()))
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LedgerError(
            f"{path}: is not UTF-8 (byte {error.start})", "import files that `greenlint ledger export` wrote"
        ) from error


def _add(ledger: Ledger, runs: Iterator[tuple[Run, list[Measurement]]]) -> tuple[int, int]:
    present = {run.run_id for run in ledger.runs()}
    added = known = 0
    for run, measurements in runs:
        if run.run_id in present:
            known += 1
            continue
        ledger.add_run(run, measurements)
        present.add(run.run_id)
        added += 1
    return added, known


def _parse(path: str, number: int, line: str) -> tuple[Run, list[Measurement]]:
    try:
        data = json.loads(line, parse_float=_finite, parse_constant=_finite)
        if data["version"] != _VERSION:
            raise LedgerError(f"{path}:{number}: is of export version {data['version']}", "upgrade greenlint")
        return _run(data["run"]), [_measurement(row) for row in data["measurements"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise LedgerError(f"{path}:{number}: is not an exported run ({error})") from error


def _run(data: dict[str, Any]) -> Run:
    commit = Commit(**data["commit"]) if data["commit"] else None
    lists = {key: tuple(data[key]) for key in ("args", "notes")}
    run = Run(**{**data, **lists, "machine": Machine(**data["machine"]), "commit": commit})
    for part in (run, run.machine, run.commit):
        _check_types(part)
    if not all(isinstance(text, str) for text in (*run.args, *run.notes)):
        raise TypeError("args and notes are texts")
    return run


def _measurement(row: dict[str, Any]) -> Measurement:
    measurement = Measurement(
        row["name"],
        row["phase"],
        Energy.from_json(row["energy"]) if row["energy"] else None,
        row["wall_ns"],
        row["cpu_ns"],
        row["peak_bytes"],
        row["outcome"],
        row["language"],
        row["attempt"],
        row["excluded"],
        row["t0_ns"],
        dict(row["extra"]),
    )
    _check_types(measurement)
    return measurement


_TYPES: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "bool": (bool,), "int | None": (int, type(None))}


def _check_types(part: object) -> None:
    """Raise TypeError for a field that is not of the type that its class says, or is a number that the store cannot hold."""
    for name, annotation in getattr(type(part), "__annotations__", {}).items():
        value = getattr(part, name)
        written = getattr(annotation, "__forward_arg__", annotation)  # as it stands in the source, in named tuples as well
        wanted = _TYPES.get(written)
        if wanted is not None and not isinstance(value, wanted):
            raise TypeError(f"{name} is {value!r}, not of type {written}")
        if isinstance(value, int) and abs(value) >= 1 << 63:
            raise TypeError(f"{name} is {value}, too large a number")


def _finite(text: str) -> float:
    """A number of a JSON document. Raises ValueError for one beyond all limits, and for NaN, which is no JSON."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is no number")
    return value
