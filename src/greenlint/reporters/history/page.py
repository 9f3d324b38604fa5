"""The history as a page that stands alone: one file, no script, no network, light and dark, a chart for each series."""

from __future__ import annotations

import os

from greenlint.reporters.catalog import load_catalog
from greenlint.reporters.encoding import printable
from greenlint.reporters.history import wording
from greenlint.reporters.history.chart import chart
from greenlint.reporters.html.cells import row as table_row
from greenlint.reporters.html.cells import table
from greenlint.reporters.html.markup import Markup, join, tag
from greenlint.reporters.html.page import badge, page, section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.history.series import Point, Series, Shift
    from greenlint.history.view import History

_HEADS = (("commit", "mono"), ("day", "far"), ("value", "num"), ("", "name"))
_CHANGE_HEADS = (("series", "name"), ("change", "num"), ("commits", ""), ("remark", ""))


def render(history: History) -> str:
    """The document. It holds no time of writing: the same ledger gives the same page."""
    words = load_catalog("en")
    count = wording.commits_text(len({point.sha for series in history.series for point in series.points}))
    header = join(
        tag("p", "greenlint", class_="eyebrow"),
        tag("h1", f"{printable(history.project)}: energy per commit"),
        tag("p", f"{len(history.series)} series over {count}. {_lead(history)}", class_="lead"),
    )
    main = join(_changes(history), *(_figure(series) for series in history.series), _failed(history), _how())
    footer = tag("p", "; ".join(wording.notices(history)))
    return page(f"{history.project}: energy per commit", words, header, main, footer, style=_style())


def _lead(history: History) -> str:
    shifts = [shift for series in history.series for shift in series.shifts if not shift.accepted]
    worse, better = sum(shift.ratio > 1 for shift in shifts), sum(shift.ratio < 1 for shift in shifts)
    if not shifts:
        return "No change of level that is not accepted."
    return f"Changes of level: {worse} for the worse, {better} for the better."


def _changes(history: History) -> Markup:
    rows = [_change(series, shift) for series in reversed(history.series) for shift in reversed(series.shifts)]
    if not rows:
        return join()
    body = tag("div", table("The newest changes of each series first", _CHANGE_HEADS, rows, long_names=True), class_="card")
    return section("Changes", "", body)


def _change(series: Series, shift: Shift) -> Markup:
    kind = "accepted" if shift.accepted else "worse" if shift.ratio > 1 else "better"
    name = join(wording.title(series), tag("small", wording.basis_text(series)))
    step = wording.next_step(series, shift)
    remark = [printable(wording.shift_remark(shift)), tag("code", step) if step else ""]
    figure = join(
        tag("span", wording.shift_text(shift), class_=f"shift {kind}"),
        tag("span", wording.levels_text(series, shift), class_="between"),
    )
    return table_row(_CHANGE_HEADS, [name, figure, join(wording.range_text(shift)), join(remark)])


def _figure(series: Series) -> Markup:
    facts = [wording.limit_text(series, budget) for budget in series.limits] if series.used else []
    facts += [f"{one.kind} at {one.commit_sha[: wording.SHORT]}: {one.text}" for one, _ in series.marks]
    facts += list(series.remarks)
    newest = wording.point_text(series.used[-1], series.unit) if series.used else "-"
    ends = [tag("span", point.sha[: wording.SHORT]) for point in (series.points[0], series.points[-1])]
    mark = series.mark if series.mark in ("measured", "attributed") else "cpu"
    caption = [badge(series.mark, load_catalog("en")) if mark != "cpu" else tag("span", "CPU time", class_="badge"), " "]
    return section(
        wording.title(series),
        "",
        tag(
            "figure",
            tag("figcaption", caption, f"{wording.basis_text(series)} · newest {newest}"),
            tag("div", chart(series), class_="scroll", tabindex=0, role="region", aria_label="chart"),
            tag("p", ends, class_="ends mono", aria_hidden="true"),
            tag("ul", [tag("li", printable(fact)) for fact in facts], class_="facts") if facts else join(),
            _values(series),
            class_="card",
        ),
    )


def _values(series: Series) -> Markup:
    rows = [_value(series, point) for point in reversed(series.points)]
    return tag("details", tag("summary", f"Values of {wording.commits_text(len(rows))}"), table("", _HEADS, rows))


def _value(series: Series, point: Point) -> Markup:
    left_out = [tag("small", f"left out: {point.dropped}")] if point.dropped else []
    cells: Sequence[Markup] = [
        join(point.sha[: wording.SHORT]),
        join(wording.day_text(point)),
        join(wording.point_text(point, series.unit)),
        join(printable(point.subject), left_out),
    ]
    return table_row(_HEADS, cells)


def _failed(history: History) -> Markup:
    if not history.failed:
        return join()
    items = [tag("li", tag("code", sha[: wording.SHORT]), f" {printable(why)}") for sha, why in history.failed.items()]
    return section("Not measured", "", tag("ul", items, class_="facts"))


def _how() -> Markup:
    """What the drawing means; the words stand once, at the end."""
    items = (
        "A dot is the median of fresh processes of one commit, set against a control workload of the same session; "
        "the thin line is its 95 % interval.",
        "A band marks the commits among which a change lies; steps are the levels before and after. Single wild values do "
        "not make a change.",
        "Hollow dots are left out: their control workload was off. Values of different machine classes are never joined.",
        "The value axis need not start at zero; its lines say where it does.",
    )
    return section("How to read this", "", tag("ul", [tag("li", item) for item in items], class_="facts"))


def _style() -> str:
    with open(os.path.join(os.path.dirname(__file__), "style.css"), encoding="utf-8") as file:
        return "".join(line.strip() + "\n" for line in file if not line.startswith("/*"))
