"""The JSON of pytest-benchmark, for `pytest-benchmark compare FILE` and the dashboards that read it: elapsed times in seconds.

Its figures are times by definition, so an energy goes into `extra_info`, under the name of its method.
"""

from __future__ import annotations

import json
from datetime import datetime, timezone
from statistics import fmean, quantiles, stdev
from typing import TYPE_CHECKING, Any

from greenlint.ledger.exports.series import iterations_of, subjects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from greenlint.ledger.exports.selection import Selection
    from greenlint.ledger.exports.series import Subject
    from greenlint.model.run import Run

SUMMARY = "JSON of pytest-benchmark with the elapsed times of one run"


def export(selection: Selection) -> Iterator[str]:
    """A saved session with the subjects of the newest run."""
    run = selection.newest()
    document = {
        "machine_info": _machine(run),
        "commit_info": _commit(run),
        "benchmarks": [_benchmark(subject) for subject in subjects(selection, run)],
        "datetime": run.started_utc,
        "version": f"greenlint {run.tool_version}",
    }
    yield json.dumps(document, indent=4, allow_nan=False) + "\n"


def _machine(run: Run) -> dict[str, Any]:
    machine = run.machine
    cpu = {"brand_raw": machine.cpu_model, "count": machine.logical_cpus}
    return {"node": machine.machine_class, "system": machine.os, "release": machine.kernel, "cpu": cpu}


def _commit(run: Run) -> dict[str, Any]:
    commit = run.commit
    if commit is None:
        return {"id": "unversioned", "time": None, "author_time": None, "dirty": False, "branch": "(unknown)"}
    at = datetime.fromtimestamp(commit.author_time, timezone.utc).isoformat()
    return {"id": commit.sha, "time": at, "author_time": at, "dirty": commit.dirty, "branch": commit.branch or "(unknown)"}


def _benchmark(subject: Subject) -> dict[str, Any]:
    seconds = [row.wall_ns / 1e9 / iterations_of(row) for row in subject.rows]
    extra: dict[str, object] = {figure.metric: figure.value for figure in subject.figures.values()}
    extra.pop("wall_seconds", None)
    sources = {figure.source for figure in subject.figures.values() if figure.source}
    if sources:
        extra["energy_source"] = " + ".join(sorted(sources))
    return {
        "group": subject.rows[0].extra.get("group"),
        "name": subject.name.rsplit("::", 1)[-1],
        "fullname": subject.name,
        "params": None,
        "param": None,
        "extra_info": extra,
        "options": {"timer": "perf_counter", "disable_gc": False, "warmup": False},
        "stats": _stats(seconds, subject.iterations),
    }


def _stats(seconds: Sequence[float], iterations: int) -> dict[str, Any]:
    """The figures of pytest-benchmark: outliers lie beyond 1.5 interquartile ranges, or one deviation."""
    data = sorted(seconds)
    mean, spread = fmean(data), stdev(data) if len(data) > 1 else 0.0
    q1, middle, q3 = quantiles(data, n=4, method="inclusive") if len(data) > 1 else data * 3
    low, high = q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)
    inside = [value for value in data if low <= value <= high]
    by_deviation = sum(abs(value - mean) > spread for value in data)
    return {
        "min": data[0],
        "max": data[-1],
        "mean": mean,
        "stddev": spread,
        "rounds": len(data),
        "median": middle,
        "iqr": q3 - q1,
        "q1": q1,
        "q3": q3,
        "iqr_outliers": len(data) - len(inside),
        "stddev_outliers": by_deviation,
        "outliers": f"{by_deviation};{len(data) - len(inside)}",
        "ld15iqr": inside[0],
        "hd15iqr": inside[-1],
        "ops": 1 / mean if mean else 0.0,
        "total": sum(data),
        "iterations": iterations,
        "data": list(seconds),
    }
