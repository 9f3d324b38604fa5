"""Measurements and runs to table rows and back; energy is stored in whole microjoules, its provenance beside it."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from greenlint.model.energy import Energy, Method
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit, Machine, Run
from greenlint.model.text import encodable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

SAMPLE_COLUMNS = [
    "run_id",
    "seq",
    "name",
    "phase",
    "language",
    "outcome",
    "attempt",
    "excluded",
    "t0_ns",
    "wall_ns",
    "cpu_ns",
    "peak_bytes",
    "energy_uj",
    "idle_uj",
    "u_rand",
    "u_sys",
    "sys_group",
    "method",
    "provider",
    "domains",
    "boundary",
    "limit_j",
    "warnings",
    "most_j",
    "extra",
]


@lru_cache(maxsize=64)
def _list(texts: tuple[str, ...]) -> str:
    """JSON of a list of texts; most rows of a session hold the same."""
    return json.dumps(texts)


@lru_cache(maxsize=64)
def _texts(text: str) -> tuple[str, ...]:
    """The inverse of `_list`."""
    return tuple(json.loads(text))


def sample_row(run_id: str, seq: int, measurement: Measurement) -> tuple[Any, ...]:
    """Values in the order of SAMPLE_COLUMNS."""
    m, e = measurement, measurement.energy
    head = (run_id, seq, encodable(m.name), m.phase, encodable(m.language), m.outcome, m.attempt, encodable(m.excluded))
    resources = (m.t0_ns, m.wall_ns, m.cpu_ns, m.peak_bytes)
    energy: tuple[Any, ...] = (None,) * 12
    if e is not None:
        energy = (
            round(e.energy_j * 1e6),
            round(e.idle_j * 1e6),
            e.u_rand,
            e.u_sys,
            e.sys_group,
            e.method.value,
            e.provider,
            _list(e.domains),
            e.boundary,
            e.limit_j,
            _list(e.warnings),
            e.most_j,
        )
    return (*head, *resources, *energy, _extra(m.extra) if m.extra else None)


def _extra(facts: Mapping[str, str]) -> str:
    return json.dumps({encodable(name): encodable(text) if isinstance(text, str) else text for name, text in facts.items()})


def measurement_of(row: sqlite3.Row) -> Measurement:
    """The inverse of `sample_row`."""
    energy = None
    if row["energy_uj"] is not None:
        energy = Energy(
            energy_j=row["energy_uj"] / 1e6,
            idle_j=row["idle_uj"] / 1e6,
            u_rand=row["u_rand"],
            u_sys=row["u_sys"],
            sys_group=row["sys_group"],
            method=Method(row["method"]),
            provider=row["provider"],
            domains=_texts(row["domains"]),
            boundary=row["boundary"],
            limit_j=row["limit_j"],
            warnings=_texts(row["warnings"]),
            most_j=row["most_j"],
        )
    return Measurement(
        row["name"],
        row["phase"],
        energy,
        row["wall_ns"],
        row["cpu_ns"],
        row["peak_bytes"],
        row["outcome"],
        row["language"],
        row["attempt"],
        row["excluded"],
        row["t0_ns"],
        json.loads(row["extra"]) if row["extra"] else {},
    )


def run_of(row: sqlite3.Row) -> Run:
    """A run from the join of run, machine, commit_ and its last status."""
    machine = Machine(
        row["class"],
        row["cpu_model"],
        row["logical_cpus"],
        row["ram_bytes"],
        bool(row["virtualised"]),
        row["os"],
        row["kernel"],
    )
    commit = None
    if row["commit_sha"]:
        commit = Commit(
            row["commit_sha"],
            row["parent"],
            row["author_time"],
            bool(row["dirty"]),
            row["branch"],
            row["subject"],
        )
    return Run(
        row["id"],
        row["kind"],
        row["started_utc"],
        machine,
        commit,
        row["tool_version"],
        row["provider"],
        row["method"],
        row["project"],
        row["status"] or "open",
        tuple(json.loads(row["args"])),
        tuple(json.loads(row["notes"])),
        json.loads(row["facts"]),
    )
