"""The `energy_budget` marker: read once at collection, judged once per test, and said in one block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from greenlint.errors import UnitError
from greenlint.model.budget import Budget, Outcome, Verdict
from greenlint.model.energy import format_joules
from greenlint.model.format import format_quantity
from greenlint.model.units import parse_quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.model.energy import Energy

MARKER = "energy_budget"
_BASE_UNIT = {"energy": "J", "cpu": "s"}


def read_budgets(items: Iterable[pytest.Item]) -> dict[str, tuple[Budget, ...]]:
    """Budgets by node id. Raises pytest.UsageError naming test and place for a limit without a unit or an unknown argument."""
    found: dict[str, tuple[Budget, ...]] = {}
    for item in items:
        mark = item.get_closest_marker(MARKER)
        if mark is not None:
            found[item.nodeid] = tuple(_budgets(item, mark))
    return found


def _budgets(item: pytest.Item, mark: pytest.Mark) -> Iterable[Budget]:
    where = f"{item.location[0]}:{(item.location[1] or 0) + 1}"
    limits: dict[str, object] = dict(mark.kwargs)
    if mark.args:
        limits = {"energy": mark.args[0], **limits}
    if len(mark.args) > 1 or not limits or set(limits) - set(_BASE_UNIT):
        raise pytest.UsageError(f'{where}: energy_budget takes one limit such as "2 J", or energy= and cpu= (in {item.nodeid})')
    for quantity, text in limits.items():
        try:
            limit = parse_quantity(text, expect=_BASE_UNIT[quantity])
        except UnitError as error:
            raise pytest.UsageError(f"{where}: energy_budget of {item.nodeid}: {error}") from None
        yield Budget("test", item.nodeid, quantity, limit.value, limit.text, where)


def judge_test(budgets: tuple[Budget, ...], energy: Energy | None, cpu_ns: int) -> list[Verdict]:
    """A verdict for each budget of one test."""
    from greenlint.analysis.judge import judge, judge_cpu

    return [
        judge(budget, energy, budget.selector)
        if budget.quantity == "energy"
        else judge_cpu(budget, cpu_ns / 1e9, budget.selector)
        for budget in budgets
    ]


def failure_text(verdict: Verdict, energy: Energy | None, fixture_cpu_ns: int) -> str:
    """What a test that exceeded its budget says: value, interval, source, limit, where, what is not counted, what next."""
    budget = verdict.budget
    if budget.quantity == "energy" and energy is not None:
        value = f"{format_joules(energy)}, {energy.method.mark} by {energy.provider} ({energy.boundary})"
    else:
        value = f"{format_quantity(verdict.value or 0.0, 's')} of CPU time (process tree)"
    certain = "certainly exceeds" if verdict.outcome is Outcome.FAIL else f"is {verdict.outcome.value} against"
    lines = [
        f"{budget.quantity} budget: {verdict.subject}",
        f"  used         {value}",
        f"  limit        {budget.text} (written at {budget.where})",
        f"  verdict      {certain} the limit: {verdict.reason}",
        f"  not counted  set-up and tear-down: {format_quantity(fixture_cpu_ns / 1e9, 's')} of CPU time",
        f"  next         {verdict.advice or 'greenlint measure --repeat 5 -- pytest ' + repr(verdict.subject)}",
    ]
    return "\n".join(lines)
