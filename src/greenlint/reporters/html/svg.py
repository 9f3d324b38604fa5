"""Drawings as inline SVG: an interval beside a number, a stacked bar, a trend with its band; each has a text equal."""

from __future__ import annotations

from greenlint.reporters.html.markup import Markup, tag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from greenlint.reporters.survey.rows import Point


def interval_bar(value: float, low: float, high: float, top: float, mark: str) -> Markup:
    """A bar from zero to `value` with a whisker from `low` to `high`, on a scale that ends at `top`; decoration only."""
    width, scale = 160.0, 150.0 / top if top > 0 else 0.0
    x, left, right = (min(width - 2, number * scale) for number in (value, low, high))
    whisker = [
        tag("line", x1=_n(left), x2=_n(right), y1=8, y2=8, class_="whisker"),
        tag("line", x1=_n(left), x2=_n(left), y1=4.5, y2=11.5, class_="whisker"),
        tag("line", x1=_n(right), x2=_n(right), y1=4.5, y2=11.5, class_="whisker"),
    ]
    return tag(
        "svg",
        tag("rect", x=0, y=3, width=_n(max(x, 0.8)), height=10, rx=2, class_=f"bar {mark}"),
        whisker if right > left else [],
        viewBox=f"0 0 {width:g} 16",
        class_="interval",
        aria_hidden="true",
    )


def stacked_bar(parts: Sequence[tuple[float, str]], label: str) -> Markup:
    """Shares (0 to 1) with a class each, side by side; `label` says the same in words."""
    cells, x = [], 0.0
    for share, name in parts:
        width = max(0.0, share * 400 - (2 if len(parts) > 1 else 0))
        cells.append(tag("rect", x=_n(x), y=0, width=_n(width), height=14, rx=3, class_=f"part {name}"))
        x += share * 400
    return tag("svg", cells, viewBox="0 0 400 14", class_="stack", role="img", aria_label=label, preserveAspectRatio="none")


def trend(points: Sequence[Point], label: str, *, height: int = 56, width: int = 320) -> Markup:
    """A line through values with the band of their intervals; it breaks where neighbours cannot be compared."""
    top = max(point.high for point in points) or 1.0
    step = (width - 12) / max(1, len(points) - 1)
    xs = [6 + i * step for i in range(len(points))] if len(points) > 1 else [width / 2]

    def y(value: float) -> float:
        return height - 4 - value / top * (height - 10)

    shapes: list[Markup] = [tag("line", x1=0, x2=width, y1=height - 4, y2=height - 4, class_="axis")]
    for run in _runs(points):
        shapes += _band([(xs[i], y(points[i].value), y(points[i].low), y(points[i].high)) for i in run])
    last = len(points) - 1
    shapes.append(tag("circle", cx=_n(xs[last]), cy=_n(y(points[last].value)), r=3.5, class_="last"))
    return tag("svg", shapes, viewBox=f"0 0 {width} {height}", class_="trend", role="img", aria_label=label)


def _band(places: list[tuple[float, float, float, float]]) -> Iterable[Markup]:
    if len(places) == 1:
        x, middle, low, high = places[0]
        yield tag("line", x1=_n(x), x2=_n(x), y1=_n(low), y2=_n(high), class_="whisker")
        yield tag("circle", cx=_n(x), cy=_n(middle), r=2.5, class_="dot")
        return
    outline = [(x, high) for x, _, _, high in places] + [(x, low) for x, _, low, _ in reversed(places)]
    yield tag("polygon", points=_path(outline), class_="band")
    yield tag("polyline", points=_path([(x, middle) for x, middle, _, _ in places]), class_="line")
    if len(places) <= 40:
        for x, middle, _, _ in places:
            yield tag("circle", cx=_n(x), cy=_n(middle), r=1.8, class_="dot")


def _runs(points: Sequence[Point]) -> list[list[int]]:
    """Indices of neighbours that share a group."""
    runs: list[list[int]] = []
    for i, point in enumerate(points):
        if not runs or points[runs[-1][-1]].group != point.group:
            runs.append([])
        runs[-1].append(i)
    return runs


def _path(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
