"""One pass over the ledger: each window goes to its test, its language, its run; each run to its commit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from greenlint.analysis.combine import total
from greenlint.reporters.survey.mean import mean
from greenlint.reporters.survey.rows import Basis, Row, RunTotal, Survey

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from greenlint.ledger.store import Ledger
    from greenlint.model.energy import Energy
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run

_SUBJECTS = ("call", "command")
_OVERHEAD = ("session", "idle")
_SUITES = ("account", "bench", "measure")  # kinds whose runs are a series; compare and gate repeat on purpose


def gather(ledger: Ledger, since: str | None = None) -> Survey:
    """The survey of all runs that started at `since` (ISO date or time, UTC) or later. Raises LedgerError."""
    runs = ledger.runs(since=since)
    return survey((run, ledger.measurements(run.run_id)) for run in reversed(runs))


def survey(records: Iterable[tuple[Run, Sequence[Measurement]]]) -> Survey:
    """The survey of runs with their measurements, oldest first; runs without measurements are no part of it."""
    collected = _Collected()
    for run, measurements in records:
        if measurements:
            collected.add(run, measurements)
    return collected.finish()


@dataclass(slots=True)
class _Group:
    """What is known so far about one subject on one basis."""

    energies: list[Energy] = field(default_factory=list)
    cpu_ns: int = 0
    windows: int = 0
    unmeasured: int = 0
    runs: set[str] = field(default_factory=set)
    verdicts: dict[str, str] = field(default_factory=dict)
    label: str = ""
    kind: str = ""
    order: float = 0.0

    def add(self, run: Run, energy: Energy | None, cpu_ns: int, windows: int = 1) -> None:
        if energy is None:
            self.unmeasured += 1
        else:
            self.energies.append(energy)
        self.cpu_ns += cpu_ns
        self.windows += windows
        self.runs.add(run.run_id)

    def row(self, key: str, basis: Basis, value: Callable[[list[Energy]], Energy | None], per: int) -> Row:
        runs = len(self.runs)
        return Row(
            key,
            basis,
            value(self.energies),
            self.cpu_ns / 1e9 / max(1, per),
            self.windows,
            runs,
            self.unmeasured,
            None,
            self.verdicts,
            self.label,
            self.kind,
            self.order,
        )


_Groups = dict[tuple[str, str, Basis], _Group]  # by kind, key and basis


class _Collected:
    def __init__(self) -> None:
        self.tests: _Groups = {}
        self.languages: _Groups = {}
        self.commits: _Groups = {}
        self.totals: list[RunTotal] = []
        self.interrupted = self.invalid = self.excluded = 0

    def add(self, run: Run, measurements: Sequence[Measurement]) -> None:
        if run.status.startswith("invalid"):
            self.invalid += 1
            measurements = [one._replace(energy=None) for one in measurements]
        parts = [one for one in measurements if one.phase not in _OVERHEAD]
        for one in parts:
            self._add_part(run, one)
        whole = [one for one in measurements if one.phase == "session"] or parts
        added = total(one.energy for one in whole)
        energy = None if added.unmeasured else added.energy
        cpu_ns = sum(one.cpu_ns for one in whole)
        wall_s = sum(one.wall_ns for one in whole) / 1e9
        subjects = sum(one.phase in _SUBJECTS for one in parts)
        complete = run.status not in ("open", "interrupted")
        self.interrupted += not complete
        self.totals.append(RunTotal(run, energy, cpu_ns / 1e9, wall_s, subjects, complete))
        if complete and run.kind in _SUITES:
            self._add_commit(run, energy, cpu_ns, subjects)

    def _add_part(self, run: Run, one: Measurement) -> None:
        if one.phase == "window":  # a block inside a test, which counts it already
            return
        basis = Basis.of(run, one.energy)
        _group(self.languages, "", one.language, basis).add(run, one.energy, one.cpu_ns)
        if one.phase not in _SUBJECTS:
            return
        if one.excluded:
            self.excluded += 1
            return
        if one.outcome == "skipped":
            return
        test = _group(self.tests, one.phase, one.name, basis)
        test.add(run, one.energy, one.cpu_ns)
        verdicts = {key[8:]: value for key, value in one.extra.items() if key.startswith("verdict_")}
        if verdicts:
            test.verdicts = verdicts

    def _add_commit(self, run: Run, energy: Energy | None, cpu_ns: int, subjects: int) -> None:
        commit = run.commit
        name = (commit.sha[:10] + ("+dirty" if commit.dirty else "")) if commit else "-"
        group = _group(self.commits, run.kind, name, Basis.of(run, energy))
        group.add(run, energy, cpu_ns, subjects)
        group.label = commit.subject if commit else ""
        group.order = max(group.order, float(commit.author_time if commit else 0))

    def finish(self) -> Survey:
        tests = [group.row(key, basis, mean, group.windows) for (_, key, basis), group in self.tests.items()]
        languages = [group.row(key, basis, _sum, 1) for (_, key, basis), group in self.languages.items()]
        commits = [group.row(key, basis, mean, len(group.runs)) for (_, key, basis), group in self.commits.items()]
        newest = sorted(commits, key=lambda row: -row.order)
        return Survey(
            tuple(self.totals),
            _with_shares(tests),
            _with_shares(languages),
            tuple(newest),
            self.interrupted,
            self.invalid,
            self.excluded,
        )


def _group(groups: _Groups, kind: str, key: str, basis: Basis) -> _Group:
    found = groups.get((kind, key, basis))
    if found is None:
        found = groups[kind, key, basis] = _Group(kind=kind)
    return found


def _sum(energies: list[Energy]) -> Energy | None:
    return total(energies).energy


def _with_shares(rows: list[Row]) -> tuple[Row, ...]:
    """The rows by energy, largest first, each with its part of the energy of its kind and basis."""
    sums: dict[tuple[str, Basis], float] = {}
    for row in rows:
        if row.energy is not None:
            sums[row.kind, row.basis] = sums.get((row.kind, row.basis), 0.0) + max(0.0, row.energy.energy_j)
    shared = [
        replace(row, share=row.energy.energy_j / sums[row.kind, row.basis])
        if row.energy and sums[row.kind, row.basis] > 0
        else row
        for row in rows
    ]
    return tuple(sorted(shared, key=_largest_first))


def _largest_first(row: Row) -> tuple[bool, float, float, str]:
    return (row.energy is None, -(row.energy.energy_j if row.energy else 0.0), -row.cpu_s, row.key)
