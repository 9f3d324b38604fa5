"""What each scope of a budget is about: which measurements of which runs are added up."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from greenlint.analysis.combine import total

if TYPE_CHECKING:
    from greenlint.ledger.store import Ledger
    from greenlint.model.budget import Budget
    from greenlint.model.energy import Energy
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to judge: its name, its energy, its CPU time in s (None: nothing measured), and its machine class."""

    name: str
    energy: Energy | None
    cpu_s: float | None
    machine_class: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The newest test run, and all runs of its commit on the same class of machine, with their measurements."""

    run: Run
    runs: tuple[Run, ...]
    measurements: dict[str, list[Measurement]]


def gather(ledger: Ledger, run_id: str | None) -> Evidence | None:
    """The run to judge (the newest finished account run, or the one asked for) and its companions; None when there is none."""
    run = ledger.run(run_id) if run_id else _newest(ledger)
    if run is None:
        return None
    runs = [run]
    if run.commit is not None:
        runs += [
            other
            for other in ledger.by_commit(run.commit.sha)
            if other.run_id != run.run_id and other.machine.machine_class == run.machine.machine_class and usable(other)
        ]
    return Evidence(run, tuple(runs), {one.run_id: ledger.measurements(one.run_id) for one in runs})


def usable(run: Run) -> bool:
    """Whether the numbers of a run count: not when its counter stalled."""
    return not run.status.startswith("invalid")


def _newest(ledger: Ledger) -> Run | None:
    runs = ledger.runs(kind="account", limit=20)
    return next((run for run in runs if run.status == "complete"), runs[0] if runs else None)


def subjects(budget: Budget, evidence: Evidence) -> list[Subject]:
    """What `budget` applies to; empty when nothing matches it."""
    run = evidence.run
    machine_class = run.machine.machine_class
    own = evidence.measurements[run.run_id] if usable(run) else []
    if budget.scope == "test":
        return _tests(budget.selector, own, machine_class)
    if budget.scope == "suite":
        session = [m for m in own if m.phase == "session"]
        return [_one(run.project or "suite", session, machine_class)] if session else []
    rows = [m for one in evidence.runs for m in _whole(one, evidence.measurements[one.run_id])]
    if budget.scope == "language":
        rows = [m for m in rows if m.language == budget.selector]
        return [_one(budget.selector, rows, machine_class)] if rows else []
    sha = run.commit.sha[:12] + ("+dirty" if run.commit.dirty else "") if run.commit else "no commit"
    return [_one(sha, rows, machine_class)] if rows else []


def _whole(run: Run, rows: list[Measurement]) -> list[Measurement]:
    """The measurements that make up a run without counting anything twice: its session, else its commands."""
    if not usable(run):
        return []
    sessions = [row for row in rows if row.phase == "session"]
    return sessions or [row for row in rows if row.phase == "command" and not row.excluded]


def _tests(selector: str, rows: list[Measurement], machine_class: str) -> list[Subject]:
    last: dict[str, Measurement] = {}
    glob = selector.replace("[", "[[]")  # the brackets of a node id are those of its parameters, not a set of characters
    for row in rows:
        if row.phase == "call" and (row.name == selector or fnmatchcase(row.name, glob)):
            last[row.name] = row  # a rerun replaces the attempt before it
    judged = [row for row in last.values() if row.outcome in ("passed", "failed")]
    return [
        Subject(row.name, None, None, machine_class)  # an excluded window must not be judged, and must not pass unseen
        if row.excluded
        else Subject(row.name, row.energy, row.cpu_ns / 1e9, machine_class)
        for row in judged
    ]


def _one(name: str, rows: list[Measurement], machine_class: str) -> Subject:
    energy = total(row.energy for row in rows)
    complete = energy.energy if not energy.unmeasured else None
    return Subject(name, complete, sum(row.cpu_ns for row in rows) / 1e9, machine_class)
