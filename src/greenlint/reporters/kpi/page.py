"""The organisation page: one card per indicator, what to do next, and what the numbers stand on."""

from __future__ import annotations

from greenlint.reporters.html.cells import row, table
from greenlint.reporters.html.markup import Markup, join, prose, tag
from greenlint.reporters.html.page import legend, page, section
from greenlint.reporters.kpi.card import card
from greenlint.reporters.kpi.tables import figure_cells, footer, next_steps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.reporters.catalog import Catalog
    from greenlint.reporters.kpi.facts import Facts
    from greenlint.reporters.kpi.tile import Tile


def render_page(facts: Facts, tiles: Sequence[Tile], words: Catalog) -> str:
    """The whole page as one HTML document."""
    title = words("kpi.heading", project=facts.project)
    runs = facts.survey.runs
    first, last = runs[0].run.started_utc[:10], runs[-1].run.started_utc[:10]
    header = join(
        tag("p", "greenlint", class_="eyebrow"),
        tag("h1", title),
        tag("p", words("kpi.lead"), class_="lead"),
        tag("p", words("report.period", runs=len(runs), first=first, last=last), class_="meta"),
    )
    steps = next_steps(tiles, words) or [words("kpi.next.none")]
    main = join(
        tag("div", [card(tile, words) for tile in tiles], class_="tiles"),
        section(words("kpi.next"), "", tag("ol", [tag("li", prose(step)) for step in steps], class_="steps")),
        section(words("kpi.table"), "", tag("div", _table(tiles, words), class_="card")),
        legend(words),
    )
    return page(title, words, header, main, join(tag("p", line) for line in footer(facts, words)))


def _table(tiles: Sequence[Tile], words: Catalog) -> Markup:
    columns = (("kpi", "name"), ("value", "num"), ("interval", "num"), ("mark", ""), ("coverage", "num far"))
    heads = [(words(f"col.{key}"), css) for key, css in columns]
    cells = [_cells(tile, number, words) for tile in tiles for number in range(len(tile.figures))]
    return table(words("kpi.table.caption"), heads, [row(heads, one) for one in cells], long_names=True)


def _cells(tile: Tile, number: int, words: Catalog) -> list[Markup]:
    figure = tile.figures[number]
    value, interval = figure_cells(figure, words)
    label = [tag("small", words.say(figure.label))] if figure.label else []
    coverage = f"{tile.coverage * 100:.0f} %" if number == 0 and tile.coverage is not None else ""
    return [
        join(f"{tile.id} {words(f'{tile.id}.name')}", label),
        tag("span", value, class_="value" if figure.value is not None else "absent"),
        join(interval),
        join(words(f"mark.{figure.mark}")),
        join(coverage),
    ]
