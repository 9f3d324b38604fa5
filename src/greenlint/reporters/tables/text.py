"""Tables for a terminal: on a narrow one the least important columns leave, long names are cut."""

from __future__ import annotations

from greenlint.reporters.encoding import printable
from greenlint.reporters.width import columns, cut, pad

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.reporters.base import Style
    from greenlint.reporters.tables.model import Column, Table

_GAP = 2
_LEAST = 11  # columns that a flexible cell keeps before a whole column leaves instead
_LAST_RESORT = 6  # and what it keeps where no other column may leave


def render_table(table: Table, width: int, style: Style) -> str:
    """The table at most `width` columns wide where its fixed cells allow it, ending in a line break."""
    rows = [tuple(map(printable, row)) for row in table.rows]
    shown = list(range(len(table.columns)))
    natural = [max(columns(text) for text in (table.columns[i].title, *(row[i] for row in rows))) for i in shown]
    while _least(shown, natural, table.columns) > width:
        droppable = [i for i in shown if table.columns[i].drop]
        if not droppable:
            break
        shown.remove(max(droppable, key=lambda i: table.columns[i].drop))
    widths = _fit(shown, natural, table.columns, width)
    lines = [style(table.title, bold=True)]
    lines += [style(line, fg="dim") for line in wrap(table.subtitle, width)] if table.subtitle else []
    heads = [pad(table.columns[i].title, widths[i], table.columns[i].align) for i in shown]
    lines.append(style((" " * _GAP).join(heads).rstrip(), fg="dim"))
    lines += [_line(row, shown, widths, table.columns, style) for row in rows]
    for note in table.notes:
        lines += [style(line, fg="dim") for line in wrap(note, width)]
    return "\n".join(lines) + "\n"


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """The text in lines of at most `width` columns, broken at spaces or behind wide characters."""
    lines, current = [], ""
    for piece in _pieces(text):
        if current.strip() and columns((current + piece).rstrip()) > width:
            lines.append(current.rstrip())
            current, piece = indent, piece.lstrip()
        current += piece
    return [*lines, current.rstrip()]


def _pieces(text: str) -> Iterator[str]:
    """Units that must not be broken: a word with the space before it, or one wide character."""
    piece = ""
    for char in text:
        wide = columns(char) == 2
        if piece and (char == " " or wide):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _least(shown: list[int], natural: list[int], all_columns: tuple[Column, ...]) -> int:
    return _GAP * (len(shown) - 1) + sum(min(natural[i], _LEAST) if all_columns[i].flexible else natural[i] for i in shown)


def _fit(shown: list[int], natural: list[int], all_columns: tuple[Column, ...], width: int) -> dict[int, int]:
    """Natural widths, with the widest flexible column giving way until the line fits."""
    widths = {i: natural[i] for i in shown}
    over = _GAP * (len(shown) - 1) + sum(widths.values()) - width
    while over > 0:
        giving = [i for i in shown if all_columns[i].flexible and widths[i] > min(_LAST_RESORT, natural[i])]
        if not giving:
            break
        widths[max(giving, key=lambda i: widths[i])] -= 1
        over -= 1
    return widths


def _line(row: tuple[str, ...], shown: list[int], widths: dict[int, int], heads: tuple[Column, ...], style: Style) -> str:
    cells = []
    for i in shown:
        text = cut(row[i], widths[i], keep_end=heads[i].keep_end) if heads[i].flexible else row[i]
        padded = pad(text, widths[i], heads[i].align)
        colour = heads[i].colours.get(row[i])
        cells.append(padded.replace(text, style(text, fg=colour), 1) if colour else padded)
    return (" " * _GAP).join(cells).rstrip()
