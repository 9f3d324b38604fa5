"""The energy report for programs: JSON with every field, and CSV with one line per row."""

from __future__ import annotations

from greenlint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.model.budget import Verdict
    from greenlint.reporters.energy.report import EnergyReport
    from greenlint.reporters.survey.rows import Row, RunTotal

CSV_COLUMNS = (
    "section",
    "key",
    "label",
    "kind",
    "machine_class",
    "tier",
    "boundary",
    "provider",
    "mark",
    "energy_j",
    "low_j",
    "high_j",
    "below_limit",
    "share",
    "cpu_s",
    "windows",
    "runs",
    "unmeasured",
    "verdict",
)


def as_json(report: EnergyReport) -> dict[str, Any]:
    """Version 1 of the document; a value that was not measured is null."""
    survey = report.survey
    return {
        "version": 1,
        "kind": "energy-report",
        "tool": {"name": "greenlint", "version": __version__},
        "project": report.project,
        "period": {"from": survey.runs[0].run.started_utc, "to": survey.runs[-1].run.started_utc},
        "runs": [_run(total) for total in survey.runs],
        **{f"by_{name}": [_row(report, name, row) for row in report.rows(name)] for name in report.sections},
        "budgets": [_verdict(verdict) for verdict in report.judged.verdicts],
        "left_out": {"interrupted": survey.interrupted, "invalid": survey.invalid, "excluded": survey.excluded},
    }


def as_csv(report: EnergyReport) -> str:
    """Values in base units with a dot, empty where nothing was measured."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for section in report.sections:
        writer.writerows(_csv_row(report, section, row) for row in report.rows(section))
    return out.getvalue()


def _csv_row(report: EnergyReport, section: str, row: Row) -> list[object]:
    energy, basis = row.energy, row.basis
    measured: list[object] = [""] * 6
    if energy is not None:
        low, high = energy.interval
        measured = [energy.provider, energy.method.mark, energy.energy_j, low, high, energy.below_limit]
    verdict = report.verdict_of(row) if section == "test" else ""
    share = "" if row.share is None else row.share
    subject = [section, row.key, row.label, row.kind, basis.machine_class, basis.tier, basis.boundary]
    return [*subject, *measured, share, row.cpu_s, row.windows, row.runs, row.unmeasured, verdict]


def _row(report: EnergyReport, section: str, row: Row) -> dict[str, Any]:
    own: dict[str, Any] = {"share": row.share}
    if section == "test":
        own["verdict"] = report.verdict_of(row) or None
    if section == "commit":
        own = {"kind": row.kind, "subject": row.label, "author_time": row.order or None}
    return {
        section: row.key,
        "machine_class": row.basis.machine_class or None,
        "energy": row.energy.to_json() if row.energy else None,
        "mark": row.energy.method.mark if row.energy else "unmeasured",
        "cpu_s": row.cpu_s,
        "windows": row.windows,
        "runs": row.runs,
        "unmeasured": row.unmeasured,
        **own,
    }


def _run(total: RunTotal) -> dict[str, Any]:
    run = total.run
    return {
        "run": run.run_id,
        "kind": run.kind,
        "started": run.started_utc,
        "status": run.status,
        "commit": run.commit.sha if run.commit else None,
        "machine_class": run.machine.machine_class,
        "energy": total.energy.to_json() if total.energy else None,
        "cpu_s": total.cpu_s,
        "windows": total.windows,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    budget = verdict.budget
    return {
        "scope": budget.scope,
        "selector": budget.selector,
        "quantity": budget.quantity,
        "limit": budget.limit,
        "limit_text": budget.text,
        "where": budget.where,
        "subject": verdict.subject,
        "outcome": verdict.outcome.value,
        "value": verdict.value,
        "bounds": None if verdict.low is None else [verdict.low, verdict.high],
        "mark": verdict.mark,
        "reason": verdict.reason,
    }
