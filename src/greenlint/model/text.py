"""Words for people, free of imports: text of any origin as UTF-8 can hold it, and one run or two runs."""

from __future__ import annotations


def encodable(text: str) -> str:
    """The text with undecodable bytes of a file name or a commit (PEP 383) and lone surrogates written as \\x.. or \\u...."""
    if text.isascii():
        return text
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


def counted(number: int, noun: str) -> str:
    """ "1 file", "2 files", "0 files"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
