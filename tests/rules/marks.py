"""Reads cases written as blocks of code: a line that ends in `# !` is one that must be reported."""

from __future__ import annotations


def marked(cases: dict[str, str]) -> dict[str, tuple[str, list[int]]]:
    """Name -> (text, marked lines), without the line break that opens each block."""
    texts = plain(cases)
    return {
        name: (text, [number for number, line in enumerate(text.splitlines(), 1) if line.endswith("# !")])
        for name, text in texts.items()
    }


def plain(cases: dict[str, str]) -> dict[str, str]:
    """Name -> text, without the line break that opens each block."""
    return {name: text.removeprefix("\n") for name, text in cases.items()}
