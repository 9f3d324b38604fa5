"""The history as Markdown, for a job summary or a wiki: the changes first, then one row for each series."""

from __future__ import annotations

from greenlint.reporters.history.sparkline import sparkline
from greenlint.reporters.history.wording import (
    basis_text,
    commits_text,
    limit_text,
    notices,
    point_text,
    range_text,
    shift_remark,
    shift_text,
    title,
)
from greenlint.reporters.tables.markdown import render_table
from greenlint.reporters.tables.model import Column, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.history.series import Series
    from greenlint.history.view import History

NAME = "md"


def render(history: History) -> str:
    """Two tables; what a number is stands beside it."""
    changes = [
        (title(series), shift_text(shift), range_text(shift), shift_remark(shift) or "-")
        for series in history.series
        for shift in series.shifts
    ]
    heads = (Column("benchmark"), Column("change", ">"), Column("commits"), Column("remark"))
    blocks = [render_table(Table("Changes", heads, tuple(changes)))] if changes else ["No change of level was found.\n"]
    blocks.append(render_table(Table("Series", _COLUMNS, tuple(_row(series) for series in history.series))))
    blocks += [text + "\n" for text in notices(history)]
    return "\n".join(blocks)


_COLUMNS = (Column("name"), Column("commits"), Column("trend"), Column("newest", ">"), Column("basis"), Column("limit"))


def _row(series: Series) -> tuple[str, ...]:
    used = series.used
    return (
        title(series),
        commits_text(len(series.points)),
        sparkline([point.value for point in used], 30) if used else "-",
        point_text(used[-1], series.unit) if used else "-",
        basis_text(series),
        "; ".join(limit_text(series, budget) for budget in series.limits if used) or "-",
    )
