"""A series: one benchmark on one class of machine, commit by commit, with its changes; never mixed with another class."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from greenlint.analysis.changepoints import change_points
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.history.commits import Listed
    from greenlint.model.annotation import Annotation
    from greenlint.model.budget import Budget


class Point(NamedTuple):
    """One commit: seconds or joules with a 95 % interval.

    place    position in the line of commits; raw  the value before it was set against the control workload
    samples  processes or runs behind it; source  hash of the benchmark's file, "" when unknown
    dropped  why it is left out of the search for changes, or ""
    """

    sha: str
    subject: str
    author_time: int
    place: int
    value: float
    low: float
    high: float
    raw: float
    samples: int
    source: str = ""
    dropped: str = ""


class Shift(NamedTuple):
    """A change of level.

    before, after  means of both levels; ratio  after over before; p  of the t test
    good, bad      the culprit is one of the commits after `good` up to `bad`; commits  how many these are
    at             the likeliest first commit of the new level
    accepted       the text of a mark that says it is wanted, or ""; source_changed  the benchmark's own file changed as well
    """

    before: float
    after: float
    ratio: float
    p: float
    good: str
    bad: str
    commits: int
    at: str
    accepted: str = ""
    source_changed: bool = False


class Basis(NamedTuple):
    """What all values of a series share; `what` is "benchmark", "suite" or "language"."""

    what: str
    name: str
    machine_class: str
    python: str


class Mark(NamedTuple):
    """What people said about a commit, and where that commit stands in the line."""

    annotation: Annotation
    place: int


class Series(NamedTuple):
    """The points of one basis, oldest first, their changes, what people said, and the limits that apply.

    metric  "energy" (J) or "cpu" (s); mark  how values came about ("measured", "attributed", "CPU time"); provider of energy
    remarks  what a reader must know about the series as a whole
    """

    basis: Basis
    metric: str
    mark: str
    provider: str
    points: tuple[Point, ...]
    shifts: tuple[Shift, ...] = ()
    marks: tuple[Mark, ...] = ()
    limits: tuple[Budget, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def used(self) -> tuple[Point, ...]:
        """The points that count."""
        return tuple(point for point in self.points if not point.dropped)

    @property
    def unit(self) -> str:
        """ "J" or "s"."""
        return "J" if self.metric == "energy" else "s"


class Line:
    """The commits along first parents, oldest first, and where each stands."""

    def __init__(self, commits: Sequence[Listed]) -> None:
        self.commits = tuple(commits)
        self.places = {commit.sha: place for place, commit in enumerate(self.commits)}


def with_shifts(series: Series, annotations: Sequence[Annotation], places: dict[str, int]) -> Series:
    """The series with its changes, searched between breaks, and the annotations about it and its commits."""
    basis = series.basis
    own = [one for one in annotations if one.concerns(basis.name, basis.machine_class)]
    placed = [Mark(one, places[one.commit_sha]) for one in own if one.commit_sha in places]
    first, last = series.points[0].place, series.points[-1].place
    marked = tuple(sorted((mark for mark in placed if first <= mark.place <= last), key=lambda mark: mark.place))
    series = series._replace(marks=marked)
    shifts = [shift for part in parts(series) for shift in _shifts(part, marked)]
    return series._replace(shifts=tuple(shifts))


def parts(series: Series) -> list[list[Point]]:
    """The points that count, cut at every break: a break begins with the commit that it names."""
    cuts = deque(sorted({mark.place for mark in series.marks if mark.annotation.kind == "break"}))
    found: list[list[Point]] = [[]]
    for point in series.used:
        while cuts and point.place >= cuts[0]:
            cuts.popleft()
            found.append([])
        found[-1].append(point)
    return [part for part in found if part]


def _shifts(points: Sequence[Point], marks: Sequence[Mark]) -> list[Shift]:
    found = []
    for change in change_points([point.value for point in points]):
        good, bad, at = points[max(0, change.first - 1)], points[change.last], points[change.place]
        sources = {point.source for point in points[max(0, change.first - 1) : change.last + 1] if point.source}
        accepted = [
            mark.annotation.text
            for mark in marks
            if mark.annotation.kind == "accepted" and good.place < mark.place <= bad.place
        ]
        found.append(
            Shift(
                change.before,
                change.after,
                change.ratio,
                change.p,
                good.sha,
                bad.sha,
                bad.place - good.place,
                at.sha,
                "; ".join(accepted),
                len(sources) > 1,
            )
        )
    return found
