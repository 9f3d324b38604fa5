"""The series of whole test suites and languages, from the accounting runs that CI leaves in the ledger."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from greenlint.analysis.combine import total
from greenlint.analysis.stats import median
from greenlint.history.series import Basis, Point, Series
from greenlint.history.spread import half_width, pooled_variance
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.history.series import Line
    from greenlint.ledger.store import Ledger
    from greenlint.model.energy import Energy
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Commit, Run

_QUIET = ("-q", "-qq", "-v", "-vv", "--energy", "--junit", "--durations", "--color", "--tb", "-r")
"""Options that change what a test run prints, not what it does."""


class Part(NamedTuple):
    """What one run used for one thing: a suite as it was called, or a command."""

    run: Run
    place: int
    what: str
    language: str
    energy: Energy | None
    cpu_s: float


def load_parts(ledger: Ledger, line: Line) -> list[Part]:
    """The whole of every finished run of a commit of this line whose files were those of the commit."""
    found = []
    for kind in ("account", "measure"):
        for run in reversed(ledger.runs(kind=kind)):
            commit = run.commit
            if run.status != "complete" or commit is None or commit.dirty or commit.sha not in line.places:
                continue
            for name, language, rows in _whole(run, ledger.measurements(run.run_id)):
                added = total(row.energy for row in rows)
                energy = None if added.unmeasured else added.energy
                found.append(Part(run, line.places[commit.sha], name, language, energy, sum(row.cpu_ns for row in rows) / 1e9))
    return found


def account_series(parts: Sequence[Part]) -> list[Series]:
    """One series for each suite and one for each language, on each class of machine; without changes."""
    found = []
    for machine_class in sorted({part.run.machine.machine_class for part in parts}):
        here = [part for part in parts if part.run.machine.machine_class == machine_class]
        suites = [part for part in here if part.run.kind == "account"]
        for name in sorted({part.what for part in suites}):
            found.append(_series(Basis("suite", name, machine_class, ""), [part for part in suites if part.what == name]))
        for language in sorted({part.language for part in here}):
            chosen = [part for part in here if part.language == language]
            if {part.what for part in chosen} - {part.what for part in suites}:  # else it is the suite once more
                found.append(_series(Basis("language", language, machine_class, ""), chosen))
    return found


def _whole(run: Run, rows: list[Measurement]) -> list[tuple[str, str, list[Measurement]]]:
    """Name, language and rows of what a run did, nothing twice."""
    sessions = [row for row in rows if row.phase == "session"]
    if sessions:
        return [(selection_of(run), sessions[0].language, sessions)]
    commands = [row for row in rows if row.phase == "command" and not row.excluded]
    return [(row.name, row.language, [row]) for row in commands]


def selection_of(run: Run) -> str:
    """The test run as it was called, without options that only change what it prints: equal ones do equal work."""
    return " ".join(["pytest", *(argument for argument in run.args if not argument.startswith(_QUIET))])


def _series(basis: Basis, parts: Sequence[Part]) -> Series:
    """Per commit the sum over things, each the median of its runs; a commit at which others were measured is left out."""
    metric, mark = _metric(parts)
    by_place: dict[int, dict[str, list[float]]] = {}
    for part in parts:
        value = part.energy.energy_j if metric == "energy" and part.energy is not None else part.cpu_s
        by_place.setdefault(part.place, {}).setdefault(part.what, []).append(max(value, 1e-9))
    usual = Counter(frozenset(things) for things in by_place.values()).most_common(1)[0][0]
    noise = pooled_variance([runs for things in by_place.values() for runs in things.values()])
    commits = {part.place: part.run.commit for part in parts}
    points = [_point(place, commits[place], things, usual, noise) for place, things in sorted(by_place.items())]
    remarks = () if noise[1] else ("one run per commit: intervals are not known",)
    return Series(basis, metric, mark, parts[-1].run.provider, tuple(points), remarks=remarks)


def _point(
    place: int, commit: Commit | None, things: dict[str, list[float]], usual: frozenset[str], noise: tuple[float, int]
) -> Point:
    assert commit is not None
    value = sum(median(runs) for runs in things.values())
    samples = min(len(runs) for runs in things.values())
    width = half_width(*noise, samples)
    low, high = (value * math.exp(-width), value * math.exp(width)) if math.isfinite(width) else (value, value)
    dropped = "" if things.keys() == usual else f"other things were measured: {', '.join(sorted(things))}"
    return Point(commit.sha, commit.subject, commit.author_time, place, value, low, high, value, samples, "", dropped)


def _metric(parts: Sequence[Part]) -> tuple[str, str]:
    energies = [part.energy for part in parts]
    counted = [energy for energy in energies if energy is not None and energy.method.measured]
    if len(counted) < len(energies) or any(counted[0].incomparable(energy) for energy in counted):
        return "cpu", "CPU time"
    marks = {energy.method.mark for energy in counted}
    return "energy", "attributed" if "attributed" in marks else "measured"
