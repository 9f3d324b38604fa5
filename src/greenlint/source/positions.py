"""Columns in other units: code points, UTF-16 code units (SARIF, editors)."""

from __future__ import annotations


def utf16_column(line: str, column: int) -> int:
    """1-based column in UTF-16 code units of a 1-based code-point column of `line`."""
    return len(line[: column - 1].encode("utf-16-le")) // 2 + 1
