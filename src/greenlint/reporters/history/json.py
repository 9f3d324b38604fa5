"""The history as one JSON object: every point, every change, every mark."""

from __future__ import annotations

from greenlint import __version__
from greenlint.reporters.history.wording import next_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.history.series import Series
    from greenlint.history.view import History

NAME = "json"


def as_object(history: History) -> dict[str, Any]:
    """Version 1. Values in J or s, by the `unit` of their series; a bound that is not known is null."""
    return {
        "version": 1,
        "kind": "history",
        "tool": {"name": "greenlint", "version": __version__},
        "project": history.project,
        "series": [_series(series) for series in history.series],
        "failed": [{"commit": sha, "reason": reason} for sha, reason in history.failed.items()],
        "broken": [{"name": name, "commits": count, "reason": why} for name, (count, why) in history.broken.items()],
        "runs_elsewhere": history.elsewhere,
    }


def _series(series: Series) -> dict[str, Any]:
    return {
        "name": series.basis.name,
        "what": series.basis.what,
        "machine_class": series.basis.machine_class,
        "python": series.basis.python,
        "metric": series.metric,
        "unit": series.unit,
        "mark": series.mark,
        "provider": series.provider,
        "points": [
            {
                "commit": point.sha,
                "subject": point.subject,
                "author_time": point.author_time,
                "value": point.value,
                "interval": [point.low, point.high] if point.low < point.high else None,
                "raw": point.raw,
                "samples": point.samples,
                "left_out": point.dropped,
            }
            for point in series.points
        ],
        "changes": [{**shift._asdict(), "bisect": next_step(series, shift)} for shift in series.shifts],
        "marks": [one._asdict() for one, _ in series.marks],
        "limits": [
            {"limit": budget.limit, "text": budget.text, "where": budget.where, "quantity": budget.quantity}
            for budget in series.limits
        ],
        "remarks": list(series.remarks),
    }
