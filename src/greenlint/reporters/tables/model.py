"""A table as a report means it, before anyone decides how it looks."""

from __future__ import annotations

from dataclasses import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and how its cells behave.

    align     "<" or ">"; drop: 0 never leaves, the highest number leaves first when the terminal is narrow
    flexible  cells may be cut to make room; keep_end cuts them at their start (paths, test names)
    colours   cell text -> colour
    """

    title: str
    align: str = "<"
    drop: int = 0
    flexible: bool = False
    keep_end: bool = False
    colours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A title, what all rows share, the rows (one text per column), and notes below."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    subtitle: str = ""
    notes: tuple[str, ...] = ()
