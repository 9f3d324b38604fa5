"""Draws a line of code with a caret below it, cut to the terminal, with wide characters and tabs accounted for."""

from __future__ import annotations

_TAB = 4
_LEAD = 12  # columns of context kept before the caret when a long line is cut


def excerpt(line: str, column: int, end_column: int, width: int) -> tuple[str, str]:
    """The line as shown and the caret line below it, both at most `width` columns wide.

    `column` and `end_column` are 1-based code points, the end exclusive; an end before the start marks one character.
    """
    cells = _cells(line.rstrip())
    start = min(max(column - 1, 0), len(cells))
    stop = min(max(end_column - 1, start + 1), max(len(cells), start + 1))
    first, cut_left = _first_cell(cells, start, width)
    shown, used, last = ("…" if cut_left else ""), int(cut_left), len(cells)
    for index in range(first, len(cells)):
        text, columns = cells[index]
        room = width - (index + 1 < len(cells))  # one column for the mark of a cut, unless this is the last character
        if used + columns > room:
            shown, last = shown + "…", index
            break
        shown, used = shown + text, used + columns
    indent = int(cut_left) + sum(columns for _, columns in cells[first:start])
    span = sum(columns for _, columns in cells[start : min(stop, last)])
    return shown.rstrip(), " " * indent + "^" * max(span, 1)


def _first_cell(cells: list[tuple[str, int]], start: int, width: int) -> tuple[int, bool]:
    """Where to start showing so that the caret is visible, and whether something is cut off on the left."""
    total = sum(columns for _, columns in cells)
    if total <= width or sum(columns for _, columns in cells[:start]) < width * 2 // 3:
        return 0, False
    room, first = _LEAD, start
    while first > 0 and cells[first - 1][1] <= room:
        first -= 1
        room -= cells[first][1]
    return first, first > 0


def _cells(line: str) -> list[tuple[str, int]]:
    """What to print for each code point and how many columns it takes."""
    if line.isascii() and line.isprintable():
        return [(char, 1) for char in line]
    from greenlint.reporters.width import char_columns

    cells: list[tuple[str, int]] = []
    for char in line:
        if char == "\t":
            cells.append((" " * _TAB, _TAB))
        elif (taken := char_columns(char)) and not char.isprintable():
            cells.append(("�", 1))
        else:
            cells.append((char, taken))
    return cells
