"""Everything that `history show` and `publish` show: all series of the ledger along one line of commits."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from greenlint.history.accounts import account_series, load_parts
from greenlint.history.benchmarks import benchmark_series, broken_benchmarks, failed_commits, load_sessions
from greenlint.history.series import Line, Series, with_shifts
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from greenlint.history.commits import Listed
    from greenlint.ledger.store import Ledger
    from greenlint.model.annotation import Annotation
    from greenlint.model.budget import Budget


_ORDER = ("benchmark", "suite", "language")


class History(NamedTuple):
    """The series by name and basis, what could not be measured, and notices.

    line  commits, oldest first; failed  commit -> reason; elsewhere  runs of commits that are not on the line
    broken  benchmark -> at how many commits it failed, and its words
    """

    project: str
    line: Line
    series: tuple[Series, ...]
    failed: Mapping[str, str]
    elsewhere: int
    broken: Mapping[str, tuple[int, str]]


class Wanted(NamedTuple):
    """What to show: names hold `name`, old names of benchmarks are joined to new ones, `budgets` are drawn."""

    name: str = ""
    renamed: Mapping[str, str] = {}
    budgets: tuple[Budget, ...] = ()


def load_history(ledger: Ledger, commits: Sequence[Listed], project: str, wanted: Wanted) -> History:
    """Read the ledger. Raises LedgerError."""
    line = Line(commits)
    sessions, elsewhere = load_sessions(ledger, line)
    found = [*benchmark_series(sessions, wanted.renamed), *account_series(load_parts(ledger, line))]
    chosen = [series for series in found if matches(series.basis.name, wanted.name)]
    chosen.sort(key=lambda series: (_ORDER.index(series.basis.what), series.basis.name, series.points[0].place))
    annotations = _placed(ledger.annotations(), wanted.renamed)
    complete = [with_shifts(series, annotations, line.places) for series in chosen]
    limited = [series._replace(limits=_limits(series, wanted.budgets)) for series in complete]
    broken = broken_benchmarks(sessions)
    return History(project, line, tuple(_with_remarks(limited)), failed_commits(ledger, line), elsewhere, broken)


def matches(name: str, wanted: str) -> bool:
    """Whether a name is meant: the same, a part of it, or a pattern with * and ?."""
    return not wanted or wanted in name or fnmatchcase(name, wanted.replace("[", "[[]"))


def _placed(annotations: Sequence[Annotation], renamed: Mapping[str, str]) -> list[Annotation]:
    return [one._replace(benchmark=renamed.get(one.benchmark, one.benchmark)) for one in annotations]


def _limits(series: Series, budgets: Sequence[Budget]) -> tuple[Budget, ...]:
    """The budgets of this very quantity on this class of machine."""
    basis = series.basis
    scopes = {"benchmark": ("test",), "suite": ("suite",), "language": ("language",)}[basis.what]
    return tuple(
        budget
        for budget in budgets
        if budget.scope in scopes
        and budget.quantity == series.metric
        and budget.machine_class in ("", basis.machine_class)
        and (budget.selector == "*" or fnmatchcase(basis.name, budget.selector.replace("[", "[[]")))
    )


def _with_remarks(all_series: Sequence[Series]) -> list[Series]:
    """Where a name goes on under another class of machine, or ends and a like name begins."""
    found = []
    for series in all_series:
        remarks = list(series.remarks)
        last = series.points[-1].place
        for other in all_series:
            same = other.basis.name == series.basis.name
            first = other.points[0]
            where = f"{first.sha[:10]}"
            if same and other is not series and first.place > series.points[0].place:
                what = other.basis.machine_class
                if what == series.basis.machine_class:
                    what = other.basis.python
                remarks.append(f"break: from {where} on also measured on {what}, which is a series of its own")
            elif not same and first.place > last and _alike(series.basis.name, other.basis.name):
                remarks.append(f"ends here; renamed? join it with --rename '{series.basis.name}={other.basis.name}'")
        found.append(series._replace(remarks=tuple(remarks)))
    return found


def _alike(old: str, new: str) -> bool:
    """Whether a benchmark may have been moved or renamed: the same test in another file, or another test in its place."""
    return "::" in old and "::" in new and (old.partition("::")[2] == new.partition("::")[2])
