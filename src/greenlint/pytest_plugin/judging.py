"""Verdicts about the limits of one test, and the block of text that a test which exceeds one fails with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.analysis.judge import TICK_S, judge, judge_cpu
from greenlint.model.budget import Outcome, Verdict
from greenlint.model.energy import format_joules
from greenlint.model.format import format_quantity
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

    from greenlint.model.energy import Energy
    from greenlint.pytest_plugin.limits import Limit

_NOT_SETTLED = (Outcome.INCONCLUSIVE, Outcome.UNMEASURED, Outcome.INCOMPARABLE)


class Used(NamedTuple):
    """What a test used, in one respect: its energy, CPU seconds and instructions; None where nothing was measured.

    tick_s  standard uncertainty of `cpu_s` from reading the clock
    """

    energy: Energy | None
    cpu_s: float | None
    instructions: float | None = None
    tick_s: float = TICK_S


NOTHING = Used(None, None)


class Usage(NamedTuple):
    """What one attempt used: in its call, in one iteration of the `energy` fixture, in its call and function fixtures.

    fixtures_ns  CPU time of the function fixtures that `call` leaves out
    """

    call: Used
    op: Used = NOTHING
    with_fixtures: Used = NOTHING
    fixtures_ns: int = 0

    def without_energy(self) -> Usage:
        """The same with every energy unmeasured."""
        call, op, both = (used._replace(energy=None) for used in (self.call, self.op, self.with_fixtures))
        return Usage(call, op, both, self.fixtures_ns)

    def of(self, limit: Limit) -> Used:
        """The part that a limit is about."""
        return self.op if limit.per == "op" else self.with_fixtures if limit.with_fixtures else self.call


def judge_limits(limits: Iterable[Limit], usage: Usage, machine_class: str) -> list[Verdict]:
    """A verdict for each limit."""
    verdicts = []
    for limit in limits:
        budget, used = limit.budget, usage.of(limit)
        subject = budget.selector
        if budget.quantity == "energy":
            verdict = judge(budget, used.energy, subject, machine_class=machine_class)
        elif budget.quantity == "cpu":
            verdict = judge_cpu(budget, used.cpu_s, subject, machine_class=machine_class, tick_s=used.tick_s)
        else:
            verdict = _judge_count(limit, used.instructions)
        if verdict.outcome is Outcome.UNMEASURED and limit.per == "op":
            verdict = verdict._replace(
                reason="the test measured no call", advice="call energy(function) in it, or leave out per='op'"
            )
        verdicts.append(verdict)
    return verdicts


def _judge_count(limit: Limit, count: float | None) -> Verdict:
    """Instructions are counted, not sampled: the value is its own bound."""
    budget = limit.budget
    if count is None:
        return Verdict(
            *(budget, budget.selector, Outcome.UNMEASURED, None, None, None, "unmeasured"),
            "instructions were not counted in this run",
            "run `pytest --energy --energy-provider proxy` where `greenlint doctor` finds an instruction counter",
        )
    outcome = Outcome.FAIL if count > budget.limit else Outcome.PASS
    reason = f"{format_quantity(count, 'instr')} counted"
    return Verdict(budget, budget.selector, outcome, count, count, count, "proxy", reason)


def failed(verdicts: list[Verdict], *, strict: bool) -> list[Verdict]:
    """Those that fail their test: certain ones, and with --energy-strict the doubtful ones.

    Of several quantities that limit one test the others stand in for instructions that nobody counted here.
    """
    certain = [verdict for verdict in verdicts if verdict.outcome is Outcome.FAIL]
    if not strict:
        return certain
    settled = any(verdict.outcome is Outcome.PASS for verdict in verdicts)
    doubtful = [verdict for verdict in verdicts if verdict.outcome in _NOT_SETTLED]
    return certain + [
        verdict for verdict in doubtful if not (settled and verdict.budget.quantity == "instructions" and verdict.value is None)
    ]


def fail_report(report: pytest.TestReport, verdicts: list[Verdict], usage: Usage, limits: Iterable[Limit]) -> None:
    """Turn a report into a failure that says why."""
    about = {limit.budget: limit for limit in limits}
    report.outcome = "failed"
    report.longrepr = "\n\n".join(failure_text(verdict, about[verdict.budget], usage) for verdict in verdicts)


def failure_text(verdict: Verdict, limit: Limit, usage: Usage) -> str:
    """Value, interval, source, limit, where it is written, what is not counted, what to run next."""
    budget = verdict.budget
    certain = "certainly exceeds" if verdict.outcome is Outcome.FAIL else f"is {verdict.outcome.value} against"
    if limit.with_fixtures:
        left_out = "fixtures of class, module and session"
    else:
        spent = format_quantity(usage.fixtures_ns / 1e9, "s")
        left_out = f"fixtures (set-up of those of function scope: {spent} of CPU time)"
    each = " for each call" if limit.per == "op" else ""
    lines = [
        f"{budget.quantity} budget: {verdict.subject}",
        f"  used         {_value(verdict, usage.of(limit))}{each}",
        f"  limit        {budget.text}{each} (written at {budget.where})",
        f"  verdict      {certain} the limit: {verdict.reason}",
        f"  not counted  {left_out}",
        f"  next         {verdict.advice or 'greenlint measure --repeat 5 -- pytest ' + repr(verdict.subject)}",
    ]
    return "\n".join(lines)


def _value(verdict: Verdict, used: Used) -> str:
    if verdict.value is None:
        return f"unknown: {verdict.reason}"
    if verdict.budget.quantity == "energy" and used.energy is not None:
        energy = used.energy
        return f"{format_joules(energy)}, {energy.method.mark} by {energy.provider} ({energy.boundary})"
    if verdict.budget.quantity == "instructions":
        return f"{format_quantity(verdict.value, 'instr')} (process tree)"
    return f"{format_quantity(verdict.value, 's')} of CPU time (process tree)"
