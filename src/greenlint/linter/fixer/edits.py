"""Applies the edits of many fixes to the bytes of one file, and keeps only what still parses."""

from __future__ import annotations

from bisect import bisect_left, insort

from greenlint.source.parse import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from greenlint.model.fix import Fix


def apply_fixes(data: bytes, fixes: Sequence[Fix]) -> tuple[bytes, int]:
    """The repaired bytes and how many fixes went in.

    Fixes whose edits touch those of an earlier one are left for the next round, and so are those with which the file does not
    parse.
    """
    chosen = _without_conflicts(fixes)
    if not chosen:
        return data, 0
    kept = _that_parse(data, [], chosen)
    return _apply(data, kept), len(kept)


def _that_parse(data: bytes, kept: list[Fix], more: list[Fix]) -> list[Fix]:
    """`kept` and those of `more` with which the file still parses; halves, so that one bad fix among many costs little."""
    together = [*kept, *more]
    if not more or parses(_apply(data, together)):
        return together
    if len(more) == 1:
        return kept
    middle = len(more) // 2
    return _that_parse(data, _that_parse(data, kept, more[:middle]), more[middle:])


def parses(data: bytes) -> bool:
    """Whether the bytes are valid Python for the running interpreter."""
    try:
        parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _without_conflicts(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes whose edits touch none of an earlier one, in the order of their first edit."""
    taken: list[tuple[int, int]] = []  # sorted, and apart from each other but for edits of one fix
    chosen: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: min((edit.start for edit in fix.edits), default=0)):
        spans = [(edit.start, edit.end) for edit in fix.edits]
        if spans and not any(_touches(span, taken) for span in spans):
            for span in spans:
                insort(taken, span)
            chosen.append(fix)
    return chosen


def _touches(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Whether a span overlaps one that is taken, or starts where one does; only its neighbours can."""
    start, end = span
    place = bisect_left(taken, (start, start))
    after = place < len(taken) and (taken[place][0] == start or taken[place][0] < end)
    return after or (place > 0 and taken[place - 1][1] > start)


def _apply(data: bytes, fixes: Iterable[Fix]) -> bytes:
    """The bytes with all edits made; new text takes over the file's line ends."""
    crlf = b"\r\n" in data
    pieces: list[bytes] = []
    done = 0
    for edit in sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: (edit.start, edit.end)):
        text = edit.text.encode("utf-8")
        if crlf:
            text = text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        pieces += (data[done : edit.start], text)
        done = max(done, edit.end)
    return b"".join((*pieces, data[done:]))
