"""Words and figures that all formats of a history share."""

from __future__ import annotations

import datetime

from greenlint.model.format import digits, format_quantity, scale_of
from greenlint.model.text import counted
from greenlint.model.units import parse_quantity
from greenlint.reporters.encoding import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.history.series import Point, Series, Shift
    from greenlint.history.view import History
    from greenlint.model.budget import Budget

SHORT = 10


def title(series: Series) -> str:
    """What a series is of."""
    kind = {"suite": "test suite: ", "language": "language: "}.get(series.basis.what, "")
    return printable(kind + series.basis.name)


def value_text(value: float, unit: str) -> str:
    """A value of a series in its unit."""
    return format_quantity(value, unit)


def point_text(point: Point, unit: str) -> str:
    """ "1.21 ms [1.19, 1.23]"; without bounds where one run says nothing about its spread."""
    if not point.low < point.high:
        return format_quantity(point.value, unit)
    scale, prefix = scale_of(point.value)
    return f"{digits(point.value / scale)} {prefix}{unit} [{digits(point.low / scale)}, {digits(point.high / scale)}]"


def day_text(point: Point) -> str:
    """The day of a commit, UTC, ISO 8601."""
    return datetime.datetime.fromtimestamp(point.author_time, datetime.timezone.utc).strftime("%Y-%m-%d")


def levels_text(series: Series, shift: Shift) -> str:
    """ "1.2 ms → 1.4 ms", before and after a change."""
    return f"{value_text(shift.before, series.unit)} → {value_text(shift.after, series.unit)}"


def shift_text(shift: Shift) -> str:
    """ "+20.1 %"."""
    return f"{shift.ratio - 1:+.1%}"


def range_text(shift: Shift) -> str:
    """The commits among which the culprit is."""
    if shift.commits == 1:
        return f"at {shift.bad[:SHORT]}"
    return f"after {shift.good[:SHORT]} up to {shift.bad[:SHORT]} ({shift.commits} commits)"


def shift_remark(shift: Shift) -> str:
    """What qualifies a change, or ""."""
    said = []
    if shift.accepted:
        said.append(f"accepted: {shift.accepted}")
    if shift.source_changed:
        said.append("the benchmark's own file changed as well")
    return "; ".join(said)


def next_step(series: Series, shift: Shift) -> str:
    """The command that narrows a change down, or "" where there is nothing to narrow down."""
    if series.basis.what != "benchmark" or shift.accepted or shift.commits == 1:
        return ""
    return f"greenlint history bisect {shift.good[:SHORT]} {shift.bad[:SHORT]} '{series.basis.name}'"


def basis_text(series: Series) -> str:
    """Method mark, class of machine and interpreter of a series."""
    basis = series.basis
    mark = {"measured": "energy, measured", "attributed": "energy, attributed"}.get(series.mark, series.mark)
    provider = f" ({series.provider})" if series.metric == "energy" else ""
    what = " of an iteration" if basis.what == "benchmark" else " of a run"
    return " · ".join(part for part in (f"{mark}{provider}{what}", basis.machine_class, basis.python) if part)


def limit_text(series: Series, budget: Budget) -> str:
    """Whether the newest value keeps a limit; certain only beyond its interval."""
    newest = series.used[-1]
    limit = parse_quantity(budget.text).value
    if newest.low > limit:
        verdict = "exceeded"
    elif newest.high <= limit:
        verdict = "kept"
    else:
        verdict = "open: the interval straddles it"
    over = sum(point.low > limit for point in series.used)
    times = f"; exceeded at {over} of {len(series.used)} commits" if over else ""
    return f"limit {budget.text} ({budget.where}): {verdict}{times}"


def commits_text(count: int) -> str:
    """ "1 commit", "12 commits"."""
    return counted(count, "commit")


def notices(history: History) -> list[str]:
    """What is not in the series."""
    said = []
    if history.failed:
        said.append(f"{commits_text(len(history.failed))} could not be measured")
    for name, (count, why) in history.broken.items():
        said.append(printable(f"{name} failed at {commits_text(count)}: {why}"))
    if history.elsewhere:
        said.append(f"not shown: {counted(history.elsewhere, 'run')} of commits off this line of first parents")
    return said
