"""Prometheus text exposition (version 0.0.4), for the textfile collector of node_exporter or a push gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.ledger.exports.series import METRICS, Subject, subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.ledger.exports.selection import Selection
    from greenlint.model.run import Run

SUMMARY = "Prometheus text: the newest run of each project, kind and machine class"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


def export(selection: Selection) -> Iterator[str]:
    """One line per benchmark and metric. No times: a collector of files refuses them."""
    newest = {(run.project, run.kind, run.machine.machine_class): run for run in selection.valid_runs()}
    found = [subject for run in newest.values() for subject in subjects(selection, run)]
    for metric, (_, meaning) in METRICS.items():
        lines = [_line(subject, metric) for subject in found if metric in subject.figures]
        if lines:
            yield f"# HELP greenlint_{metric} {meaning}.\n# TYPE greenlint_{metric} gauge\n"
            yield from lines
    if newest:
        yield "# HELP greenlint_run_started_seconds When the newest run began.\n# TYPE greenlint_run_started_seconds gauge\n"
        yield from (_started(run) for run in newest.values())


def _line(subject: Subject, metric: str) -> str:
    figure = subject.figures[metric]
    labels = {"benchmark": subject.name, "language": subject.language, **_common(subject.run)}
    if figure.source:
        labels["provider"] = figure.source
    return f"greenlint_{metric}{_labels(labels)} {figure.value!r}\n"


def _started(run: Run) -> str:
    from datetime import datetime

    commit = run.commit.sha if run.commit else ""
    seconds = datetime.fromisoformat(run.started_utc.replace("Z", "+00:00")).timestamp()
    return f"greenlint_run_started_seconds{_labels({**_common(run), 'commit': commit})} {seconds!r}\n"


def _common(run: Run) -> dict[str, str]:
    return {"project": run.project, "kind": run.kind, "machine_class": run.machine.machine_class}


def _labels(labels: dict[str, str]) -> str:
    return "{" + ",".join(f'{name}="{value.translate(_ESCAPES)}"' for name, value in labels.items()) + "}"
