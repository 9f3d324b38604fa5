"""Words of texts: tables of names written as text, and the bytes that make up a word."""

from __future__ import annotations

_WORD_BYTES = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_" + bytes(range(128, 256))
BLANKED = bytes(byte if byte in _WORD_BYTES else 32 for byte in range(256))
"""For `bytes.translate`: blanks in place of all bytes that no name holds; then `split` finds words faster than a pattern."""


def words(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())
