"""The flat table behind the `csv` and `parquet` formats: one row per measurement with all that is known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greenlint.model.energy import Method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.ledger.exports.selection import Selection
    from greenlint.model.energy import Energy
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run

COLUMNS: dict[str, type] = {
    **dict.fromkeys(("run", "kind", "started_utc", "project", "status", "machine_class", "os", "commit"), str),
    "dirty": bool,
    **dict.fromkeys(("branch", "name", "phase", "language", "outcome"), str),
    "attempt": int,
    "excluded": str,
    "iterations": int,
    "wall_seconds": float,
    "cpu_seconds": float,
    "peak_memory_bytes": int,
    **dict.fromkeys(("energy_measured_joules", "energy_attributed_joules", "energy_estimated_joules"), float),
    **dict.fromkeys(("energy_low_joules", "energy_high_joules", "idle_joules", "detection_limit_joules"), float),
    "below_detection_limit": bool,
    **dict.fromkeys(("method", "provider", "domains", "boundary", "warnings"), str),
}
"""Names and types; an energy stands in the column of its method, with its 95 % interval beside it."""


def rows(selection: Selection) -> Iterator[dict[str, Any]]:
    """The measurements of the valid runs, oldest first; a key that is missing is unknown."""
    from greenlint.ledger.exports.series import iterations_of

    for run in selection.valid_runs():
        about = _about(run)
        for row in selection.ledger.measurements(run.run_id):
            found = {**about, **_window(row), "iterations": iterations_of(row)}
            if row.energy is not None and row.energy.method is not Method.PROXY:
                found |= _energy(row.energy)
            yield found


def _about(run: Run) -> dict[str, Any]:
    about: dict[str, Any] = {
        "run": run.run_id,
        "kind": run.kind,
        "started_utc": run.started_utc,
        "project": run.project,
        "status": run.status,
        "machine_class": run.machine.machine_class,
        "os": run.machine.os,
    }
    if run.commit is not None:
        about |= {"commit": run.commit.sha, "dirty": run.commit.dirty, "branch": run.commit.branch}
    return about


def _window(row: Measurement) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": row.name,
        "phase": row.phase,
        "language": row.language,
        "outcome": row.outcome,
        "attempt": row.attempt,
        "excluded": row.excluded,
        "wall_seconds": row.wall_ns / 1e9,
    }
    if row.extra.get("cpu") != "unknown":
        found["cpu_seconds"] = row.cpu_ns / 1e9
    if row.peak_bytes is not None:
        found["peak_memory_bytes"] = row.peak_bytes
    return found


def _energy(energy: Energy) -> dict[str, Any]:
    """Below the detection limit there is no value, only the interval up to it."""
    low, high = energy.interval
    found: dict[str, Any] = {
        "energy_low_joules": low,
        "energy_high_joules": high,
        "idle_joules": energy.idle_j,
        "detection_limit_joules": energy.limit_j,
        "below_detection_limit": energy.below_limit,
        "method": energy.method.value,
        "provider": energy.provider,
        "domains": "; ".join(energy.domains),
        "boundary": energy.boundary,
        "warnings": "; ".join(energy.warnings),
    }
    if not energy.below_limit:
        found[f"energy_{energy.method.mark}_joules"] = energy.energy_j
    return found
