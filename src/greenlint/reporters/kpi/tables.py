"""The indicators as a table, and as Markdown and terminal text around it."""

from __future__ import annotations

from greenlint.reporters.numbers import show
from greenlint.reporters.tables import markdown, text
from greenlint.reporters.tables.model import Column, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.reporters.base import RenderOptions
    from greenlint.reporters.catalog import Catalog
    from greenlint.reporters.kpi.facts import Facts
    from greenlint.reporters.kpi.tile import Figure, Tile


def render_text(facts: Facts, tiles: Sequence[Tile], words: Catalog, options: RenderOptions) -> str:
    """A heading, the table, what to do next, and what the numbers stand on."""
    head = options.style(words("kpi.heading", project=facts.project), bold=True)
    lines = [head, *text.wrap(words("kpi.lead"), options.width), ""]
    lines += text.render_table(table(tiles, words), options.width, options.style).splitlines()
    steps = next_steps(tiles, words)
    lines += ["", options.style(words("kpi.next"), bold=True)]
    for step in steps or [words("kpi.next.none")]:
        lines += text.wrap(f"- {step}", options.width, "  ")
    lines.append("")
    for line in footer(facts, words):
        lines += [options.style(part, fg="dim") for part in text.wrap(line, options.width)]
    return "\n".join(lines) + "\n"


def render_markdown(facts: Facts, tiles: Sequence[Tile], words: Catalog) -> str:
    """The same as Markdown."""
    steps = next_steps(tiles, words) or [words("kpi.next.none")]
    parts = [
        f"## {words('kpi.heading', project=facts.project)}\n",
        words("kpi.lead") + "\n",
        markdown.render_table(table(tiles, words)),
        f"### {words('kpi.next')}\n",
        "\n".join(f"- {step}" for step in steps) + "\n",
        "\n\n".join(footer(facts, words)) + "\n",
    ]
    return "\n".join(parts)


def table(tiles: Sequence[Tile], words: Catalog) -> Table:
    """A row per figure; weak and missing ones say so."""
    columns = (
        Column("", drop=3),
        Column(words("col.kpi"), flexible=True),
        Column(words("col.value"), ">"),
        Column(words("col.interval")),
        Column(words("col.mark"), drop=1),
        Column(words("col.coverage"), ">", drop=2),
    )
    rows = tuple(
        _row(tile, figure, first=number == 0, words=words) for tile in tiles for number, figure in enumerate(tile.figures)
    )
    return Table(words("kpi.table"), columns, rows)


def figure_cells(figure: Figure, words: Catalog) -> tuple[str, str]:
    """Value with unit, and interval; a figure without a value says that it was not measured."""
    if figure.value is None:
        return words("not_measured"), ""
    shown = show(figure.value, figure.unit, figure.low, figure.high)
    return f"{shown.value} {shown.unit}", shown.interval


def next_steps(tiles: Sequence[Tile], words: Catalog) -> list[str]:
    """What to do, the indicators' own order, each step once."""
    return list(dict.fromkeys(words.say(step) for tile in tiles for step in tile.next_steps))


def footer(facts: Facts, words: Catalog) -> list[str]:
    """What the numbers stand on, and what they leave out."""
    runs = facts.survey.runs
    machines = sorted({total.run.machine.machine_class for total in runs})
    boundaries = dict.fromkeys(boundary for total in runs if total.energy for boundary in total.energy.boundary.split(" + "))
    first, last = runs[0].run.started_utc[:10], runs[-1].run.started_utc[:10]
    return [
        words("kpi.ledger", runs=len(runs), first=first, last=last, machines=", ".join(machines)),
        *(words("kpi.boundary", boundary=boundary) for boundary in boundaries),
        words("kpi.location"),
        words("kpi.not_covered"),
    ]


def _row(tile: Tile, figure: Figure, *, first: bool, words: Catalog) -> tuple[str, ...]:
    value, interval = figure_cells(figure, words)
    label = words.say(figure.label) if figure.label else ""
    name = words(f"{tile.id}.name") if first else label
    if first and label and len(tile.figures) == 1:
        name = f"{name}: {label}"
    mark = words(f"mark.{figure.mark}")
    weak = f" · {words('kpi.weak.short')}" if figure.vague or (first and tile.state == "weak") else ""
    coverage = "" if tile.coverage is None or not first else f"{tile.coverage * 100:.0f} %"
    return (tile.id if first else "", name, value, interval, mark + weak, coverage)
