"""Applies the edits of many fixes to the bytes of one file, and keeps only what still parses."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from greenlint.model.fix import Edit, Fix


def apply_fixes(data: bytes, fixes: Sequence[Fix]) -> tuple[bytes, int]:
    """The repaired bytes and how many fixes went in.

    Fixes whose edits touch those of an earlier one are left for the next round. When the outcome does not parse, the fixes
    are tried one by one and only those kept that leave a file that parses.
    """
    chosen = _without_conflicts(fixes)
    if not chosen:
        return data, 0
    repaired = _apply(data, (edit for fix in chosen for edit in fix.edits))
    if parses(repaired):
        return repaired, len(chosen)
    kept: list[Fix] = []
    for fix in chosen:
        if parses(_apply(data, (edit for one in [*kept, fix] for edit in one.edits))):
            kept.append(fix)
    return _apply(data, (edit for fix in kept for edit in fix.edits)), len(kept)


def parses(data: bytes) -> bool:
    """Whether the bytes are valid Python for the running interpreter."""
    try:
        ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _without_conflicts(fixes: Iterable[Fix]) -> list[Fix]:
    taken: list[tuple[int, int]] = []
    chosen: list[Fix] = []
    for fix in sorted(fixes, key=lambda fix: min((edit.start for edit in fix.edits), default=0)):
        spans = [(edit.start, edit.end) for edit in fix.edits]
        if spans and not any(_touch(span, other) for span in spans for other in taken):
            taken += spans
            chosen.append(fix)
    return chosen


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return (a[0] < b[1] and b[0] < a[1]) or a[0] == b[0]


def _apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Later edits first, so that earlier offsets stay true; new text takes over the file's line ends."""
    crlf = b"\r\n" in data
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = edit.text.encode("utf-8")
        if crlf:
            text = text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        data = data[: edit.start] + text + data[edit.end :]
    return data
