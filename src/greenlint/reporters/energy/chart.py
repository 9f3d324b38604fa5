"""The trend of the energy per run over commits, one drawing per series that may be compared."""

from __future__ import annotations

from greenlint.reporters.html.markup import Markup, tag
from greenlint.reporters.html.svg import trend
from greenlint.reporters.numbers import show
from greenlint.reporters.survey.rows import Point

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.reporters.catalog import Catalog
    from greenlint.reporters.survey.rows import Basis, Row

_MOST = 60


def commit_charts(groups: list[tuple[Basis, list[Row]]], words: Catalog) -> list[Markup]:
    """A chart for each basis with at least two measured commits, oldest on the left."""
    series = ([row for row in rows if row.energy is not None and row.order][:_MOST] for _, rows in groups)
    return [_chart(rows[::-1], words) for rows in series if len(rows) > 1]


def _chart(rows: list[Row], words: Catalog) -> Markup:
    energies = [row.energy for row in rows if row.energy is not None]
    points = [Point(energy.energy_j, *energy.interval) for energy in energies]
    first, last, most = (show(value, "J") for value in (points[0].value, points[-1].value, max(p.high for p in points)))
    alt = words(
        "report.chart.alt",
        count=len(rows),
        first=f"{first.value} {first.unit}",
        last=last.value,
        unit=last.unit,
    )
    estimate = "estimate" if not energies[-1].method.measured else None
    ends = [tag("span", rows[0].key), tag("span", rows[-1].key)]
    caption = f"{words('report.chart.commit')} · {words(f'kind.{rows[0].kind}')} · {words('mark.' + energies[-1].method.mark)}"
    return tag(
        "figure",
        tag("figcaption", caption, f" · 0 – {most.value} {most.unit}"),
        tag("div", trend(points, alt, height=190, width=760), class_=estimate),
        tag("p", ends, class_="ends mono", aria_hidden="true"),
        class_="card",
    )
