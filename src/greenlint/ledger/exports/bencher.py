"""Bencher Metric Format (bencher.dev/docs/reference/bencher-metric-format): `bencher run --adapter json --file FILE`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from greenlint.ledger.exports.series import subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.ledger.exports.selection import Selection

SUMMARY = "Bencher Metric Format (JSON) of one run"
_LONGEST_NAME = 1024


def export(selection: Selection) -> Iterator[str]:
    """{benchmark: {measure: {value, lower_value, upper_value}}} of the newest run."""
    document: dict[str, dict[str, dict[str, float]]] = {}
    for subject in subjects(selection, selection.newest()):
        if len(subject.name) > _LONGEST_NAME:
            selection.note(f"{subject.name[:60]}… is left out: Bencher takes names of up to {_LONGEST_NAME} characters")
            continue
        measures = {}
        for figure in subject.figures.values():
            measures[figure.metric] = {"value": figure.value}
            if figure.low is not None and figure.high is not None:
                measures[figure.metric] |= {"lower_value": figure.low, "upper_value": figure.high}
        document[subject.name] = measures
    yield json.dumps(document, indent=2, allow_nan=False) + "\n"
