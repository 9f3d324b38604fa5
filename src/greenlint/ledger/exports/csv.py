"""A table with one row per measurement, for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from greenlint.ledger.exports.table import COLUMNS, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.ledger.exports.selection import Selection

SUMMARY = "one row per measurement with everything known about it"


def export(selection: Selection) -> Iterator[str]:
    """RFC 4180; an empty cell is unknown, never zero."""
    line = io.StringIO()
    writer = csv.DictWriter(line, list(COLUMNS), restval="")
    writer.writeheader()
    for row in rows(selection):
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()
