"""The energy report for people without a browser: on a terminal, and as Markdown."""

from __future__ import annotations

from greenlint.reporters.energy.tables import notes, tables
from greenlint.reporters.tables import markdown, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.reporters.base import RenderOptions
    from greenlint.reporters.catalog import Catalog
    from greenlint.reporters.energy.report import EnergyReport


def render_text(report: EnergyReport, words: Catalog, options: RenderOptions, top: int | None) -> str:
    """A heading, the tables, and what was left out."""
    head = options.style(words("report.heading", project=report.project), bold=True)
    blocks = ["\n".join([head, *text.wrap(period(report, words), options.width)]) + "\n"]
    blocks += [text.render_table(table, options.width, options.style) for table in tables(report, words, top=top)]
    blocks += ["\n".join(text.wrap(note, options.width)) + "\n" for note in notes(report, words)]
    return "\n".join(blocks)


def render_markdown(report: EnergyReport, words: Catalog, top: int | None) -> str:
    """The same as Markdown, for a job summary or a pull request."""
    blocks = [f"## {words('report.heading', project=report.project)}\n\n{period(report, words)}\n"]
    blocks += [markdown.render_table(table) for table in tables(report, words, top=top)]
    blocks += [note + "\n" for note in notes(report, words)]
    return "\n".join(blocks)


def period(report: EnergyReport, words: Catalog) -> str:
    """ "12 runs from 2026-10-01 to 2026-11-20"."""
    runs = report.survey.runs
    return words("report.period", runs=len(runs), first=runs[0].run.started_utc[:10], last=runs[-1].run.started_utc[:10])
