"""A series as inline SVG: values with their intervals, levels, the commits among which each change lies, limits and marks."""

from __future__ import annotations

from greenlint.history.series import parts
from greenlint.model.text import counted
from greenlint.model.units import parse_quantity
from greenlint.named_tuple import NamedTuple
from greenlint.reporters.encoding import printable
from greenlint.reporters.history.scale import Axis, axis_of
from greenlint.reporters.history.wording import SHORT, point_text, range_text, shift_text, title, value_text
from greenlint.reporters.html.markup import Markup, tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.history.series import Point, Series

_WIDTH, _HEIGHT = 900.0, 260.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 76.0, 12.0, 26.0, 26.0
_MOST_DOTS = 400


class _Frame(NamedTuple):
    """Where a value and a commit are drawn."""

    axis: Axis
    first: int
    last: int

    def x(self, place: float) -> float:
        span = max(1, self.last - self.first)
        share = (place - self.first) / span if self.last > self.first else 0.5
        return _LEFT + 8 + share * (_WIDTH - _LEFT - _RIGHT - 16)

    def y(self, value: float) -> float:
        share = (value - self.axis.low) / (self.axis.high - self.axis.low)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def chart(series: Series) -> Markup:
    """The drawing; what it shows is said in words as well (`label`), and each value by its title."""
    points = series.points
    limits = [parse_quantity(budget.text).value for budget in series.limits]
    axis = axis_of([*(p.low for p in points), *(p.high for p in points)], [p.value for p in points], limits)
    frame = _Frame(axis, points[0].place, points[-1].place)
    shapes = [
        *_grid(frame, series.unit),
        *_ranges(series, frame),
        *_limits(series, frame, limits),
        *_marks(series, frame),
        *_levels(series, frame),
        *_values(series, frame),
    ]
    return tag("svg", shapes, viewBox=f"0 0 {_WIDTH:g} {_HEIGHT:g}", class_="history", role="img", aria_label=label(series))


def label(series: Series) -> str:
    """The chart in words."""
    first, last = (value_text(point.value, series.unit) for point in (series.points[0], series.points[-1]))
    said = f"{counted(len(series.points), 'commit')}, from {first} to {last}"
    changes = "; ".join(f"{shift_text(shift)} {range_text(shift)}" for shift in series.shifts)
    return printable(f"{title(series)}: {said}. Changes: {changes or 'none'}.")


def _grid(frame: _Frame, unit: str) -> Iterable[Markup]:
    for tick in frame.axis.ticks:
        y = _n(frame.y(tick))
        yield tag("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, class_="axis")
        text = "0" if tick == 0 else value_text(tick, unit)
        yield tag("text", text, x=_LEFT - 8, y=_n(frame.y(tick) + 4), class_="tick end")


def _ranges(series: Series, frame: _Frame) -> Iterable[Markup]:
    """The commits among which each change lies, as a band with the change written above it."""
    places = {point.sha: point.place for point in series.points}
    for shift in series.shifts:
        left, right = frame.x(places[shift.good]), frame.x(places[shift.bad])
        kind = "accepted" if shift.accepted else "worse" if shift.ratio > 1 else "better"
        said = f"{shift_text(shift)} {range_text(shift)}" + (f"; accepted: {shift.accepted}" if shift.accepted else "")
        height = _HEIGHT - _TOP - _BOTTOM
        yield tag(
            "g",
            tag("title", printable(said)),
            tag("rect", x=_n(left), y=_TOP, width=_n(max(2.0, right - left)), height=height, class_=f"range {kind}"),
            tag("text", shift_text(shift), x=_n(_inside((left + right) / 2)), y=_TOP - 8, class_=f"shift {kind}"),
        )


def _limits(series: Series, frame: _Frame, limits: list[float]) -> Iterable[Markup]:
    for budget, limit in zip(series.limits, limits):
        y = _n(frame.y(limit))
        yield tag(
            "g",
            tag("title", f"limit {budget.text}, {budget.where}"),
            tag("line", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=y, y2=y, class_="limit"),
            tag("text", f"limit {budget.text}", x=_WIDTH - _RIGHT, y=_n(frame.y(limit) - 5), class_="tick end limit-text"),
        )


def _marks(series: Series, frame: _Frame) -> Iterable[Markup]:
    """A line for each mark; that of a break stands before its commit."""
    for one, place in series.marks:
        if frame.first <= place <= frame.last:
            x = _n(frame.x(place - 0.5 if one.kind == "break" else place))
            yield tag(
                "g",
                tag("title", printable(f"{one.kind} at {one.commit_sha[:SHORT]}: {one.text}")),
                tag("line", x1=x, x2=x, y1=_TOP, y2=_HEIGHT - _BOTTOM, class_=f"mark {one.kind}"),
                tag("circle", cx=x, cy=_HEIGHT - _BOTTOM + 9, r=4, class_=f"mark {one.kind}"),
            )


def _levels(series: Series, frame: _Frame) -> Iterable[Markup]:
    """The mean level between changes, as steps."""
    for part in parts(series):
        places = {point.sha: point.place for point in part}
        shifts = [shift for shift in series.shifts if shift.at in places]
        edges = [part[0].place, *(places[shift.at] for shift in shifts), part[-1].place]
        values = [shift.before for shift in shifts] + [shift.after for shift in shifts[-1:]]
        for start, end, value in zip(edges, edges[1:], values):
            yield _level(frame, start, end, value)


def _level(frame: _Frame, start: int, end: int, value: float) -> Markup:
    y = _n(frame.y(value))
    return tag("line", x1=_n(frame.x(start)), x2=_n(frame.x(end)), y1=y, y2=y, class_="level")


def _values(series: Series, frame: _Frame) -> Iterable[Markup]:
    """A thread through the values between breaks, and unless they are too many a dot with its interval for each."""
    for part in parts(series):
        path = " ".join(f"{_n(frame.x(point.place))},{_n(frame.y(point.value))}" for point in part)
        yield tag("polyline", points=path, class_="thread")
    if len(series.points) > _MOST_DOTS:
        return
    for point in series.used:
        low, high = max(point.low, frame.axis.low), min(point.high, frame.axis.high)
        if low < high:
            x = _n(frame.x(point.place))
            yield tag("line", x1=x, x2=x, y1=_n(frame.y(low)), y2=_n(frame.y(high)), class_="whisker-thin")
    for point in series.points:
        yield _dot(point, frame, series.unit)


def _dot(point: Point, frame: _Frame, unit: str) -> Markup:
    remark = f" (left out: {point.dropped})" if point.dropped else ""
    said = printable(f"{point.sha[:SHORT]} {point.subject}: {point_text(point, unit)}{remark}")
    place = min(max(frame.y(point.value), _TOP), _HEIGHT - _BOTTOM)
    kind = "dot left-out" if point.dropped else "dot"
    return tag("circle", tag("title", said), cx=_n(frame.x(point.place)), cy=_n(place), r=3, class_=kind)


def _inside(x: float) -> float:
    return min(max(x, _LEFT + 24), _WIDTH - _RIGHT - 24)


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
