"""The history for a terminal: each series as a small drawing, its newest values, and its changes."""

from __future__ import annotations

from greenlint.model.text import counted
from greenlint.reporters.encoding import printable
from greenlint.reporters.history.sparkline import sparkline
from greenlint.reporters.history.wording import (
    SHORT,
    basis_text,
    commits_text,
    day_text,
    levels_text,
    limit_text,
    next_step,
    notices,
    point_text,
    range_text,
    shift_remark,
    shift_text,
    title,
    value_text,
)
from greenlint.reporters.tables.text import wrap
from greenlint.reporters.width import cut

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.history.series import Series, Shift
    from greenlint.history.view import History
    from greenlint.reporters.base import Style

NAME = "text"
_NEWEST = 48
_WITH_DAY = 60


def render(history: History, width: int, style: Style, *, detailed: bool = False) -> str:
    """The whole history; `detailed` adds the values of commits."""
    blocks = [_series(series, width, style, detailed=detailed) for series in history.series]
    tail = [line for text in notices(history) for line in wrap(text, width)]
    if detailed:
        tail += [
            line for sha, why in history.failed.items() for line in wrap(f"{sha[:SHORT]} failed: {printable(why)}", width, "  ")
        ]
    if tail:
        blocks.append([style(line, fg="dim") for line in tail])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _series(series: Series, width: int, style: Style, *, detailed: bool) -> list[str]:
    used, unit = series.used, series.unit
    lines = [style(cut(title(series), width, keep_end=True), bold=True)]
    lines += [style(line, fg="dim") for line in wrap(basis_text(series), width)]
    if used:
        drawing = sparkline([point.value for point in used], max(8, min(60, width - 32)))
        lines += wrap(f"{drawing}  {value_text(used[0].value, unit)} → {point_text(used[-1], unit)}", width, "  ")
        lines += wrap(_span(series), width, "    ")
    for shift in series.shifts:
        lines += _shift(series, shift, width, style)
    for budget in series.limits if used else ():
        lines += wrap(f"  {limit_text(series, budget)}", width, "    ")
    for one, _ in series.marks:
        lines += wrap(f"  {one.kind} at {one.commit_sha[:SHORT]}: {printable(one.text)}", width, "    ")
    for remark in series.remarks:
        lines += [style(line, fg="dim") for line in wrap(f"  {printable(remark)}", width, "    ")]
    return lines + (_values(series, width, style) if detailed else [])


def _span(series: Series) -> str:
    first, last = series.points[0], series.points[-1]
    left_out = len(series.points) - len(series.used)
    dropped = f", {left_out} left out" if left_out else ""
    changes = f", {counted(len(series.shifts), 'change')}"
    return f"  {commits_text(len(series.points))}{dropped}, {first.sha[:SHORT]} to {last.sha[:SHORT]}{changes}"


def _shift(series: Series, shift: Shift, width: int, style: Style) -> list[str]:
    colour = "dim" if shift.accepted else "red" if shift.ratio > 1 else "green"
    remark = shift_remark(shift)
    text = f"  {shift_text(shift)} {range_text(shift)}, {levels_text(series, shift)}" + (
        f" ({printable(remark)})" if remark else ""
    )
    lines = [style(line, fg=colour) for line in wrap(text, width, "    ")]
    step = next_step(series, shift)
    return lines + ([f"    {step}"] if step else [])


def _values(series: Series, width: int, style: Style) -> list[str]:
    lines: list[str] = []
    marks = _marks(series.shifts)
    for point in series.points[-_NEWEST:]:
        head = (
            f"  {point.sha[:SHORT]}  {day_text(point) + '  ' if width >= _WITH_DAY else ''}{point_text(point, series.unit):<26}"
        )
        remark = point.dropped or marks.get(point.sha, "")
        text = cut(f"{head}  {printable(remark or point.subject)}", width)
        lines.append(style(text, fg="dim") if point.dropped else text)
    if len(series.points) > _NEWEST:
        lines += wrap(f"  the newest {_NEWEST} of {len(series.points)}; --json has all of them", width, "    ")
    return lines


def _marks(shifts: Sequence[Shift]) -> dict[str, str]:
    return {shift.at: f"change {shift_text(shift)}" for shift in shifts}
