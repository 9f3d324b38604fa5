"""Where the physical lines of a file lie, for edits that take whole lines."""

from __future__ import annotations

from itertools import accumulate


class Layout:
    """The physical lines of a file and their byte offsets; line numbers are 1-based."""

    def __init__(self, data: bytes) -> None:
        self._lines = data.splitlines(keepends=True)
        self._starts = [0, *accumulate(map(len, self._lines))]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Bytes [start, end) of the lines `first` to `last`, without the last line end."""
        end = self._starts[last] - len(self._lines[last - 1]) + len(self._lines[last - 1].rstrip(b"\r\n"))
        return self._starts[first - 1], end

    def cut(self, first: int, last: int) -> tuple[int, int]:
        """Bytes [start, end) to delete so that the lines `first` to `last` go with the blank lines that set them apart.

        Of the blank lines around them the smaller group goes too: those before if there are as many after.
        """
        lines, starts = self._lines, self._starts
        start, before, after = first - 1, first - 1, last
        while after < len(lines) and lines[after].isspace():
            after += 1
        while before > 0 and lines[before - 1].isspace():
            before -= 1
        at_end = after == len(lines)
        if before < start and (at_end or start - before <= after - last):
            return starts[before], starts[after if at_end else last]
        return starts[start], starts[after]
