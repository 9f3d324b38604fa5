"""The table of a comparison, folded where it is too wide: nothing is dropped, and excluded rows stay."""

from __future__ import annotations

from greenlint.model.energy import format_joules
from greenlint.reporters.encoding import printable
from greenlint.reporters.numbers import show
from greenlint.reporters.width import columns, cut, pad

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.bench.comparison import Comparison, Subject
    from greenlint.bench.figures import Centre, Figures
    from greenlint.bench.ratios import Ratio
    from greenlint.bench.summary import Summary
    from greenlint.reporters.base import Style

EXACT_ENOUGH = 0.005
"""Intervals of at most ±0.5 % are not printed: three digits do not show them."""

_GAP = "  "
_FOUR_DIGITS = 0.001  # more digits than four are noise, however narrow the interval
_NONE = "-"
_LONGEST_NAME = 24
_LONGEST_BASE = 12


def table_lines(comparison: Comparison, summary: Summary, width: int, style: Style) -> list[str]:
    """Columns beside each other as far as they fit; the rest below, under the names again: nothing is dropped."""
    rows = _rows(comparison, summary)
    cells = _columns(comparison, summary, rows)
    names = [cut(printable(subject.name), _LONGEST_NAME) for subject in rows]
    first = max(columns(name) for name in ("name", *names))
    lines: list[str] = []
    while cells:
        taken, used = 0, first
        while taken < len(cells) and (not taken or used + len(_GAP) + _wide(cells[taken]) <= width):
            used += len(_GAP) + _wide(cells[taken])
            taken += 1
        block, cells = cells[:taken], cells[taken:]
        lines += [""] if lines else []
        for number, name in enumerate(("name", *names)):
            row = _GAP.join((pad(name, first), *(pad(column[number], _wide(column)) for column in block))).rstrip()
            lines.append(style(row, fg="dim") if number == 0 or not rows[number - 1].ok else row)
    return lines


def _rows(comparison: Comparison, summary: Summary) -> list[Subject]:
    """Ranked ones first, least CPU time on top; the others in the order of the plan."""
    rank = {name: position for position, name in enumerate(summary.order)}
    return sorted(comparison.subjects, key=lambda subject: (rank.get(subject.name, len(rank)), not subject.ok))


def _columns(comparison: Comparison, summary: Summary, rows: Sequence[Subject]) -> list[list[str]]:
    """Each a heading and one cell per row; excluded rows show their status in place of the first figure."""
    base = cut(printable(comparison.baseline), _LONGEST_BASE)
    shown = {name: summary.figures[name] for name in summary.order}
    marks = sorted({figures.energy.method.mark for figures in shown.values() if figures.energy})

    def figure(heading: str, text: Callable[[Figures], str]) -> list[str]:
        return [heading, *(text(shown[row.name]) if row.name in shown else _NONE for row in rows)]

    def ratio(heading: str, read: Callable[[str], Ratio | None]) -> list[str]:
        return [heading, *(_ratio_cell(read(row.name), row.name, comparison, shown) for row in rows)]

    cpu = figure("CPU time", lambda figures: _amount(figures.cpu_s, "s"))
    cpu[1:] = [row.status.value if not row.ok else cell for row, cell in zip(rows, cpu[1:])]
    cells = [cpu, ratio(f"CPU / {base}", lambda name: _read(summary, name, "cpu"))]
    cells.append(["group", *(summary.groups.get(row.name, _NONE) for row in rows)])
    cells.append(figure("wall time", lambda figures: _amount(figures.wall_s, "s")))
    cells.append(figure("peak memory", lambda figures: _amount(figures.peak_bytes, "B")))
    if marks:
        cells.append(figure(f"energy ({', '.join(marks)})", lambda figures: _joules(figures, marked=len(marks) > 1)))
    if not summary.energy_unranked:
        cells.append(ratio(f"energy above idle / {base}", lambda name: _read(summary, name, "energy")))
    cells.append(["language", *(printable(row.implementation.language) for row in rows)])
    return cells


def _read(summary: Summary, name: str, quantity: str) -> Ratio | None:
    ratios = summary.ratios.get(name)
    return {"cpu": ratios.cpu, "energy": ratios.energy}[quantity] if ratios else None


def _ratio_cell(ratio: Ratio | None, name: str, comparison: Comparison, shown: dict[str, Figures]) -> str:
    if name not in shown:
        return _NONE
    return "1" if name == comparison.baseline else ratio_text(ratio) if ratio else _NONE


def _wide(column: Sequence[str]) -> int:
    return max(columns(cell) for cell in column)


def _amount(centre: Centre | None, unit: str) -> str:
    if centre is None:
        return "unknown"
    narrow = centre.high - centre.low <= 2 * EXACT_ENOUGH * centre.value
    shown = show(centre.value, unit) if narrow else show(centre.value, unit, centre.low, centre.high)
    return f"{shown.value} {shown.unit} {shown.interval}".rstrip()


def _joules(figures: Figures, *, marked: bool) -> str:
    energy = figures.energy
    if energy is None:
        return "unmeasured"
    return f"{format_joules(energy)} {energy.method.mark}" if marked else format_joules(energy)


def ratio_text(ratio: Ratio) -> str:
    """The factor and its interval: "26.2 [25.9, 26.6]"."""
    if ratio.high - ratio.low < 2 * _FOUR_DIGITS * ratio.value:
        return f"{ratio.value:.4g} [{ratio.low:.4g}, {ratio.high:.4g}]"
    shown = show(ratio.value, "", ratio.low, ratio.high)
    return f"{shown.value} {shown.interval}".rstrip()
