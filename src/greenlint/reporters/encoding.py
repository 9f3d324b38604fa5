"""Makes any text printable: file names that are not UTF-8, and control characters that would drive a terminal."""

from __future__ import annotations

from typing import Any


def encodable(text: str) -> str:
    """The text with undecodable bytes of a file name (PEP 383) and lone surrogates written as \\x.. or \\u...."""
    if text.isascii():
        return text
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


def printable(text: str) -> str:
    """One line that is safe on a terminal: line breaks become spaces, other control characters are written out."""
    if text.isprintable():
        return text
    line = encodable(" ".join(text.split()))
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in line
    )


def json_text(document: Any) -> str:
    """The document as indented JSON that any parser reads; numbers are finite, text is real Unicode."""
    import json

    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        text.encode("utf-8")
        return text
    except UnicodeEncodeError:
        return "".join(_json_escape(char) if "\ud800" <= char <= "\udfff" else char for char in text)


def _json_escape(surrogate: str) -> str:
    code = ord(surrogate)
    return f"\\\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\\\u{code:04x}"
