"""The series of benchmarks, from the runs that `history run` left in the ledger."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.analysis.stats import median
from greenlint.history.control_check import suspects
from greenlint.history.plan import KIND
from greenlint.history.rows import BENCH, CONTROL, number_of
from greenlint.history.series import Basis, Point, Series
from greenlint.history.spread import half_width, pooled_variance
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from greenlint.history.series import Line
    from greenlint.ledger.store import Ledger
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run


class Session(NamedTuple):
    """One finished run of one commit: the rows of each benchmark that count, those of the control workload, and benchmarks
    that failed, with the words of the last time.
    """

    run: Run
    place: int
    benchmarks: Mapping[str, list[Measurement]]
    control: list[Measurement]
    broken: Mapping[str, str]


def load_sessions(ledger: Ledger, line: Line) -> tuple[list[Session], int]:
    """The sessions of commits of this line in the order of measuring, and how many runs are of other commits."""
    found, elsewhere = [], 0
    for run in reversed(ledger.runs(kind=KIND)):
        if run.status != "complete" or run.commit is None:
            continue
        place = line.places.get(run.commit.sha)
        if place is None:
            elsewhere += 1
            continue
        session = _session(run, place, ledger.measurements(str(run.facts.get("same_as") or run.run_id)))
        if session.control:
            found.append(session)
    return found, elsewhere


def _session(run: Run, place: int, rows: Sequence[Measurement]) -> Session:
    counted = [row for row in rows if number_of(row) is not None]
    benchmarks: dict[str, list[Measurement]] = {}
    for row in counted:
        if row.phase == BENCH:
            benchmarks.setdefault(row.name, []).append(row)
    broken = {row.name: row.excluded for row in rows if row.outcome == "failed" and row.name not in benchmarks}
    return Session(run, place, benchmarks, [row for row in counted if row.phase == CONTROL], broken)


def failed_commits(ledger: Ledger, line: Line) -> dict[str, str]:
    """Commit -> why it could not be measured, for commits without any result."""
    ends: dict[str, str] = {}
    for run in reversed(ledger.runs(kind=KIND)):
        sha = run.commit.sha if run.commit is not None else ""
        if sha in line.places and run.status != "open" and ends.get(sha) != "complete":
            ends[sha] = run.status
    return {sha: status.removeprefix("failed: ") for sha, status in ends.items() if status != "complete"}


def broken_benchmarks(sessions: Sequence[Session]) -> dict[str, tuple[int, str]]:
    """Name -> at how many commits a benchmark failed in every process, and the words of the newest of these."""
    found: dict[str, dict[int, str]] = {}
    for session in sessions:
        for name, why in session.broken.items():
            found.setdefault(name, {})[session.place] = why
    return {name: (len(places), places[max(places)]) for name, places in sorted(found.items())}


def benchmark_series(sessions: Sequence[Session], renamed: Mapping[str, str]) -> list[Series]:
    """One series for each benchmark and basis, without its changes; `renamed` maps old names to new ones."""
    groups: dict[tuple[str, str], list[Session]] = {}
    for session in sessions:
        python = str(session.run.facts.get("python", ""))
        groups.setdefault((session.run.machine.machine_class, python), []).append(session)
    found = []
    for (machine_class, python), group in sorted(groups.items()):
        names = {renamed.get(name, name) for session in group for name in session.benchmarks}
        for name in sorted(names):
            old = {name, *(before for before, after in renamed.items() if after == name)}
            chosen = {}
            for session in group:  # the newest of a commit counts
                rows = [row for each in old for row in session.benchmarks.get(each, ())]
                if rows:
                    chosen[session.place] = (session, rows)
            found.append(_series(Basis("benchmark", name, machine_class, python), chosen))
    return found


def _series(basis: Basis, chosen: Mapping[int, tuple[Session, list[Measurement]]]) -> Series:
    places = sorted(chosen)
    rows = [chosen[place][1] for place in places]
    sessions = [chosen[place][0] for place in places]
    metric, mark = _metric([row for one in rows for row in one], [row for one in sessions for row in one.control])
    values = [_numbers(one, metric) for one in rows]
    controls = [_numbers(one.control, metric) for one in sessions]
    reference = median([median(one) for one in controls])
    noise, control_noise = pooled_variance(values), pooled_variance(controls)
    dropped = _dropped(sessions, controls)
    points = []
    for place, session, own, of_control, measured in zip(places, sessions, values, controls, rows):
        raw = median(own)
        value = raw * reference / median(of_control)
        random = math.hypot(half_width(*noise, len(own)), half_width(*control_noise, len(of_control)))
        width = math.hypot(random, _systematic(metric, measured))
        commit = session.run.commit
        assert commit is not None
        points.append(
            Point(
                commit.sha,
                commit.subject,
                commit.author_time,
                place,
                value,
                value * math.exp(-width),
                value * math.exp(min(width, 700.0)),
                raw,
                len(own),
                measured[0].extra.get("source", ""),
                dropped.get(session.run.run_id, ""),
            )
        )
    return Series(basis, metric, mark, sessions[-1].run.provider, tuple(points))


def _metric(rows: Sequence[Measurement], controls: Sequence[Measurement]) -> tuple[str, str]:
    """Energy where a device counted that of every process, control workloads included, else CPU time; and the mark."""
    energies = [row.energy for row in (*rows, *controls)]
    counted = [energy for energy in energies if energy is not None and energy.method.measured]
    if len(counted) < len(energies) or any(number is None or number <= 0 for number in map(_joules, (*rows, *controls))):
        return "cpu", "CPU time"
    if any(counted[0].incomparable(energy) for energy in counted):
        return "cpu", "CPU time"
    marks = {energy.method.mark for energy in counted}
    return "energy", "attributed" if "attributed" in marks else "measured"


def _joules(row: Measurement) -> float | None:
    number = number_of(row)
    return number.energy_j if number is not None else None


def _numbers(rows: Sequence[Measurement], metric: str) -> list[float]:
    found = []
    for row in rows:
        number = number_of(row)
        value = None if number is None else number.energy_j if metric == "energy" else number.cpu_s
        if value is not None:
            found.append(value)
    return found


def _systematic(metric: str, rows: Sequence[Measurement]) -> float:
    """The systematic part of an energy's interval, relative; CPU time has none."""
    energy = rows[0].energy
    if metric != "energy" or energy is None or energy.energy_j <= 0:
        return 0.0
    return 1.96 * energy.u_sys / energy.energy_j


def _dropped(sessions: Sequence[Session], controls: Sequence[Sequence[float]]) -> dict[str, str]:
    """Run -> why it is left out; the control values are compared in the order of measuring."""
    order = sorted(range(len(sessions)), key=lambda i: sessions[i].run.started_utc)
    found = suspects([median(controls[i]) for i in order])
    return {sessions[order[i]].run.run_id: reason for i, reason in found.items()}
