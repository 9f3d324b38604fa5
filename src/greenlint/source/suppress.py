"""Suppression comments: `# greenlint: ignore[GL205] reason` on a line, `# greenlint: ignore-file[GL205]` for a file.

Only real comments count, never text inside strings, so the tokenizer runs on files that contain the marker, and on no other.
"""

from __future__ import annotations

import re

from greenlint.named_tuple import NamedTuple

MARKER = b"greenlint:"
_COMMENT = re.compile(r"#\s*greenlint:\s*ignore(?P<file>-file)?\s*(?:\[(?P<codes>[^\]]*)\])?")


class Suppression(NamedTuple):
    """One comment: the line it stands on, the codes it names (none: it is itself reported), and its reach."""

    line: int
    codes: tuple[str, ...]
    whole_file: bool
    column: int = 1


def find_suppressions(data: bytes) -> list[Suppression]:
    """All suppression comments of a Python file; comments inside string literals do not count."""
    if MARKER not in data:
        return []
    return [
        Suppression(line, _codes(match["codes"]), match["file"] is not None, column + match.start() + 1)
        for line, column, text in _comments(data)
        for match in _COMMENT.finditer(text)
    ]


def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(code.strip() for code in (text or "").split(",") if code.strip())


def _comments(data: bytes) -> list[tuple[int, int, str]]:
    import io
    import tokenize

    if b"\r" in data:  # a lone CR ends a line for the parser, but not for the tokenizer
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    found: list[tuple[int, int, str]] = []
    try:
        for token in tokenize.tokenize(io.BytesIO(data).readline):
            if token.type == tokenize.COMMENT and "greenlint:" in token.string:
                found.append((token.start[0], token.start[1], token.string))
    except (tokenize.TokenError, SyntaxError):
        pass  # the file does not parse: what stands before the error still counts
    return found
