"""A fix: exact byte-span edits of one file, and how far they may be trusted."""

from __future__ import annotations

from enum import Enum

from greenlint.named_tuple import NamedTuple


class Applicability(str, Enum):
    """When a fix may be applied without a person looking at it."""

    SAFE = "safe"  # the meaning of the program stays the same
    UNSAFE = "unsafe"  # the meaning may change in a corner case; applied with --unsafe-fixes only
    DISPLAY = "display"  # a suggestion; never applied


class Edit(NamedTuple):
    """Replace the bytes [start, end) of the file by `text` (encoded as the file is)."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """Edits that belong together: all of them are applied, or none.

    `replacement` carries new file contents for binary assets, where byte-span text edits have no meaning; it names a
    transformation (for example "png-optimise") that the fixer performs again at the time of writing.
    """

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability
    replacement: str | None = None
