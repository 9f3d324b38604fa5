"""The gate's verdicts as a terminal table, as Markdown, and as JSON."""

from __future__ import annotations

import textwrap

from greenlint.model.budget import Outcome
from greenlint.model.format import format_quantity
from greenlint.reporters.base import plain
from greenlint.reporters.encoding import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.gate.gate import GateResult
    from greenlint.model.budget import Verdict
    from greenlint.model.run import Run
    from greenlint.reporters.base import Style

_COLOURS = {Outcome.PASS: "green", Outcome.FAIL: "red"}


def render_text(result: GateResult, run: Run, width: int, style: Style = plain) -> str:
    """One block per verdict: subject and outcome, then value, limit, place and advice, wrapped to `width` columns."""
    head = f"greenlint gate: run {run.run_id} of {run.started_utc[:19]}Z on {run.machine.machine_class}, {run.provider}"
    lines = [*textwrap.wrap(head, max(width, 40), subsequent_indent="  ", break_long_words=False), ""]
    for verdict in result.verdicts:
        outcome = style(verdict.outcome.value.upper(), fg=_COLOURS.get(verdict.outcome, "yellow"), bold=True)
        lines.append(f"{outcome}  {verdict.budget.scope}: {printable(verdict.subject)}")
        against = f"{value_text(verdict)} against {verdict.budget.text} ({verdict.budget.where})"
        details = [against]
        if verdict.outcome is not Outcome.PASS:
            details += [verdict.reason, *([f"next: {verdict.advice}"] if verdict.advice else [])]
        for detail in details:
            lines += textwrap.wrap(detail, max(width, 40), initial_indent="      ", subsequent_indent="      ")
    lines += ["", *textwrap.wrap(summary(result), max(width, 40))]
    return "\n".join(lines) + "\n"


def render_markdown(result: GateResult, run: Run) -> str:
    """A table for a pull request or a job summary."""
    rows = [
        f"| {v.budget.scope} | `{_cell(v.subject)}` | {value_text(v)} | {v.budget.text} | {v.outcome.value} "
        f"| {_cell(v.reason)} |"
        for v in result.verdicts
    ]
    head = ["| scope | subject | value | limit | verdict | reason |", "| --- | --- | --- | --- | --- | --- |"]
    note = f"run `{run.run_id}` on {run.machine.machine_class}, provider {run.provider}"
    return "\n".join([f"### greenlint gate: {summary(result)}", "", *head, *rows, "", note]) + "\n"


def _cell(text: str) -> str:
    """The text on one line of a Markdown table, where a bar ends the cell even inside code."""
    return printable(text).replace("|", "\\|")


def as_json(result: GateResult, run: Run, exit_code: int) -> dict[str, Any]:
    """The JSON object of `greenlint gate --json`, version 1."""
    return {
        "version": 1,
        "run": run.run_id,
        "machine_class": run.machine.machine_class,
        "provider": run.provider,
        "exit_code": exit_code,
        "notices": list(result.notices),
        "verdicts": [
            {
                "scope": v.budget.scope,
                "selector": v.budget.selector,
                "subject": v.subject,
                "quantity": v.budget.quantity,
                "limit": v.budget.limit,
                "limit_text": v.budget.text,
                "where": v.budget.where,
                "outcome": v.outcome.value,
                "value": v.value,
                "low": v.low,
                "high": v.high,
                "mark": v.mark,
                "reason": v.reason,
                "advice": v.advice,
                "energy": v.energy.to_json() if v.energy else None,
            }
            for v in result.verdicts
        ],
    }


def value_text(verdict: Verdict) -> str:
    """The judged value with its mark, or "unmeasured"."""
    if verdict.value is None:
        return "unmeasured"
    unit = "J" if verdict.budget.quantity == "energy" else "s"
    return f"{format_quantity(verdict.value, unit)} {verdict.mark}"


def summary(result: GateResult) -> str:
    """Counts per outcome: "1 fail, 3 pass"."""
    counts = {outcome: sum(v.outcome is outcome for v in result.verdicts) for outcome in Outcome}
    order = (Outcome.FAIL, Outcome.UNMEASURED, Outcome.INCONCLUSIVE, Outcome.INCOMPARABLE, Outcome.PASS)
    return ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in order if counts[outcome]) or "no budget was judged"
