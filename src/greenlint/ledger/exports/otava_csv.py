"""The table that Apache Otava's CSV importer reads: `time`, attributes of the commit, one column per metric and benchmark."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from greenlint.ledger.exports.series import subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.ledger.exports.selection import Selection
    from greenlint.model.run import Run

SUMMARY = "a history for Apache Otava: time, commit, one column per benchmark and metric"
_ATTRIBUTES = ("time", "commit", "branch", "run", "machine_class")


def export(selection: Selection) -> Iterator[str]:
    """The runs of the newest machine class and kind, by time of commit, for a series never mixes either.

    What a run lacks is an empty cell: Otava then refuses the column, while it would take "nan" and find no change in it.
    """
    runs = selection.valid_runs()
    same = [run for run in runs if _series(run) == _series(runs[-1])]
    if len(same) < len(runs):
        selection.note(f"{len(same)} of {len(runs)} runs are in: those of {' and '.join(_series(runs[-1]))}, like the newest")
    cells = {run.run_id: _cells(selection, run) for run in same}
    names = list(dict.fromkeys(name for found in cells.values() for name in found))
    patchy = sum(any(name not in found for found in cells.values()) for name in names)
    if patchy:
        selection.note(f"{patchy} of {len(names)} columns have empty cells, which Otava refuses if such a column is analysed")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*_ATTRIBUTES, *names])
    for run in sorted(same, key=_time):
        found = cells[run.run_id]
        writer.writerow([*_attributes(run), *(repr(found[name]) if name in found else "" for name in names)])
    yield text.getvalue()


def _series(run: Run) -> tuple[str, str]:
    return run.machine.machine_class, run.kind


def _cells(selection: Selection, run: Run) -> dict[str, float]:
    return {
        f"{subject.name} {figure.metric}": figure.value
        for subject in subjects(selection, run)
        for figure in subject.figures.values()
    }


def _time(run: Run) -> datetime:
    """When the commit was made; without one, when the run began."""
    if run.commit is not None and run.commit.author_time:
        return datetime.fromtimestamp(run.commit.author_time, timezone.utc)
    return datetime.fromisoformat(run.started_utc.replace("Z", "+00:00"))


def _attributes(run: Run) -> list[str]:
    commit = run.commit
    name = f"{commit.sha}{'+dirty' if commit.dirty else ''}" if commit else ""
    return [
        _time(run).isoformat(timespec="seconds"),
        name,
        commit.branch if commit else "",
        run.run_id,
        run.machine.machine_class,
    ]
