"""The file of `--energy-json`: the session, its tests and its benchmarks, with the energy fields of the contract."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from greenlint.pytest_plugin.balance import balance_of

if TYPE_CHECKING:
    from greenlint.model.measurement import Measurement
    from greenlint.pytest_plugin.rounds import BenchStats
    from greenlint.pytest_plugin.session import EnergySession


def write(session: EnergySession, path: str) -> str:
    """Write the file whole or not at all; returns what went wrong, or ""."""
    part = f"{path}.{os.getpid()}"
    try:
        with open(part, "w", encoding="utf-8") as file:
            json.dump(as_object(session), file)
        os.replace(part, path)
    except OSError as error:
        return f"{path} was not written: {error.strerror}"
    return ""


def as_object(session: EnergySession) -> dict[str, Any]:
    """The JSON object, version 1; energies are null when nothing valid was measured."""
    meter, invalid = session.meter, session.meter.invalid
    valid = not invalid
    balance = balance_of(session)
    return {
        "version": 1,
        "provider": meter.provider,
        "machine_class": meter.machine.machine_class,
        "invalid": invalid,
        "warnings": list(session.warnings),
        "session": session.total.to_json() if session.total is not None and valid else None,
        "parts_j": balance.parts if balance is not None and valid else None,
        "tests": [_row(row, valid) for row in session.results.rows],
        "fixtures": [_row(row, valid) for row in session.rows if row.phase == "fixture"],
        "benchmarks": [_benchmark(stats, valid) for stats in session.benches],
    }


def _row(row: Measurement, valid: bool) -> dict[str, Any]:
    fields = row.to_json()
    return fields if valid else {**fields, "energy": None}


def _benchmark(stats: BenchStats, valid: bool) -> dict[str, Any]:
    energy = stats.energy if valid else None
    return {
        "name": stats.name,
        "group": stats.group,
        "baseline": stats.baseline,
        "extra_info": {name: str(value) for name, value in stats.extra_info.items()},
        "iterations": stats.iterations,
        "cpu_s": stats.cpu_s,
        "wall_s": stats.wall_s,
        "energy_j": stats.energy_j if valid else None,
        "instructions": stats.instructions,
        "energy": energy.to_json() if energy is not None else None,
        "rounds": [
            {
                "iterations": one.iterations,
                "cpu_s": one.cpu_ns / 1e9,
                "wall_s": one.wall_ns / 1e9,
                "energy_j": one.energy.energy_j if one.energy is not None and valid else None,
                "instructions": one.instructions,
            }
            for one in stats.rounds
        ],
    }
