"""JSON Lines: an object for each run with all about it, and one for each mark, for `ledger import` and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from greenlint.ledger.exchange import LINES_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.ledger.exports.selection import Selection

SUMMARY = "one object per run with all that is stored, and one per mark; what `ledger import` reads"


def export(selection: Selection) -> Iterator[str]:
    """One line per run, oldest first, then one per mark; invalid runs as well, for this is the store itself."""
    ledger = selection.ledger
    for run in selection.runs:
        rows = [
            {**m.to_json(), "t0_ns": m.t0_ns, "wall_ns": m.wall_ns, "cpu_ns": m.cpu_ns} for m in ledger.measurements(run.run_id)
        ]
        commit = run.commit and run.commit._asdict()
        packed = {**run._asdict(), "machine": run.machine._asdict(), "commit": commit}
        ended = [row["at_utc"] for row in ledger.rows_of("run_status", run.run_id)]
        line = {"version": LINES_VERSION, "run": packed, "ended_utc": ended[-1] if ended else "", "measurements": rows}
        yield json.dumps({**line, "verdicts": ledger.rows_of("verdict", run.run_id)}) + "\n"
    for mark in selection.marks():
        yield json.dumps({"version": LINES_VERSION, "mark": mark._asdict()}) + "\n"
