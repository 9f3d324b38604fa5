"""What benchmark-action/github-action-benchmark reads with `tool: customSmallerIsBetter`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from greenlint.ledger.exports.series import subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.ledger.exports.selection import Selection
    from greenlint.ledger.exports.series import Figure
    from greenlint.model.run import Run

SUMMARY = "customSmallerIsBetter (JSON) of one run, for github-action-benchmark"


def export(selection: Selection) -> Iterator[str]:
    """A list of {name, unit, value, range, extra} of the newest run."""
    run = selection.newest()
    entries = [
        {"name": f"{subject.name} {figure.metric}", "unit": figure.unit, "value": figure.value, **_more(run, figure)}
        for subject in subjects(selection, run)
        for figure in subject.figures.values()
    ]
    yield json.dumps(entries, indent=2, allow_nan=False) + "\n"


def _more(run: Run, figure: Figure) -> dict[str, str]:
    lines = [f"median of {figure.repeats}", f"machine class {run.machine.machine_class}", f"greenlint run {run.run_id}"]
    if figure.source:
        lines.append(f"energy from {figure.source}")
    more = {"extra": "\n".join(lines)}
    if figure.low is not None and figure.high is not None:
        more["range"] = f"{figure.low:.6g} to {figure.high:.6g}"
    return more
