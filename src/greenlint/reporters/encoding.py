"""Makes any text printable: file names that are not UTF-8, and control characters that would drive a terminal."""

from __future__ import annotations

from greenlint.model.text import encodable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_SPACES = "\u00a0\u202f"  # spaces inside numbers, which must not break; harmless, though str.isprintable() says otherwise


def visible(text: str) -> str:
    """The text with every control character written out, so that it cannot drive a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _SPACES else _escaped(c) for c in encodable(text))


def printable(text: str) -> str:
    """One line that is safe on a terminal: white space that is no plain space becomes one."""
    return text if text.isprintable() else visible(" ".join(text.split()))


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


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
