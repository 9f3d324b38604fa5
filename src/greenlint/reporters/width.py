"""How many columns a text takes on a terminal, and cutting it to fit: Chinese and emoji take two."""

from __future__ import annotations

_ELLIPSIS = "…"


def char_columns(char: str) -> int:
    """0 for combining marks, 2 for wide characters, else 1."""
    if char.isascii():
        return 1
    from unicodedata import category, east_asian_width

    if category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def columns(text: str) -> int:
    """Columns of a text that holds no control characters."""
    return len(text) if text.isascii() else sum(map(char_columns, text))


def pad(text: str, width: int, align: str = "<") -> str:
    """The text with spaces to `width` columns, behind it or (">") before it."""
    gap = " " * (width - columns(text))
    return gap + text if align == ">" else text + gap


def cut(text: str, width: int, *, keep_end: bool = False) -> str:
    """At most `width` columns, with a mark where something was taken away: at the end, or at the start."""
    if columns(text) <= width:
        return text
    kept, used = "", 1
    for char in reversed(text) if keep_end else text:
        used += char_columns(char)
        if used > width:
            break
        kept = char + kept if keep_end else kept + char
    return _ELLIPSIS + kept if keep_end else kept + _ELLIPSIS
