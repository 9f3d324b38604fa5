"""Judges a value against a budget: a failure needs certainty, a pass needs it too, and missing data is neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.model.budget import Outcome, Verdict
from greenlint.model.energy import Z99_ONE_SIDED
from greenlint.model.format import format_quantity

if TYPE_CHECKING:
    from greenlint.model.budget import Budget
    from greenlint.model.energy import Energy

_REPEAT = "measure again, or widen the limit: the interval straddles it"
TICK_S = 0.001
"""Standard uncertainty of a CPU time, s: reading the clock at both ends, and work of the interpreter between them."""
_CPU_SPREAD = 0.02
"""Relative standard uncertainty of CPU time between equal runs on a shared machine (2 %: the median seen in repeats)."""


def judge(budget: Budget, energy: Energy | None, subject: str, *, machine_class: str = "") -> Verdict:
    """The verdict about an energy budget: fail when the one-sided 99 % lower bound exceeds the limit, pass when the upper
    one does not, else inconclusive; a budget of another machine class is incomparable, no value is unmeasured.
    """
    if energy is None or _elsewhere(budget, machine_class):
        return _without_value(budget, subject, machine_class, missing=energy is None)
    low, high = energy.bounds(Z99_ONE_SIDED)
    if energy.below_limit:
        low, high = 0.0, max(energy.limit_j, high)
    return _decide(budget, subject, energy.energy_j, low, high, energy.method.mark)._replace(energy=energy)


def judge_cpu(budget: Budget, cpu_s: float | None, subject: str, *, machine_class: str = "", tick_s: float = TICK_S) -> Verdict:
    """The verdict about a CPU-time budget, after the same rules; the spread between equal runs stands in for repeats.

    tick_s  standard uncertainty of the clock's readings; less than TICK_S where many calls share them
    """
    if cpu_s is None or _elsewhere(budget, machine_class):
        return _without_value(budget, subject, machine_class, missing=cpu_s is None)
    u = (tick_s**2 + (_CPU_SPREAD * cpu_s) ** 2) ** 0.5
    return _decide(budget, subject, cpu_s, max(0.0, cpu_s - Z99_ONE_SIDED * u), cpu_s + Z99_ONE_SIDED * u, "CPU time")


def _decide(budget: Budget, subject: str, value: float, low: float, high: float, mark: str) -> Verdict:
    unit = "J" if budget.quantity == "energy" else "s"
    span = f"99 % bounds {format_quantity(low, unit)} to {format_quantity(high, unit)}"
    if low > budget.limit:
        more = f", {value / budget.limit:.1f} times the limit" if budget.limit > 0 else ""
        advice = f"find the cause: greenlint check, then a profiler on {subject!r}" if budget.scope == "test" else ""
        return Verdict(budget, subject, Outcome.FAIL, value, low, high, mark, span + more, advice)
    if high <= budget.limit:
        return Verdict(budget, subject, Outcome.PASS, value, low, high, mark, span)
    return Verdict(budget, subject, Outcome.INCONCLUSIVE, value, low, high, mark, span, _REPEAT)


def _elsewhere(budget: Budget, machine_class: str) -> bool:
    """Whether the limit was set for another class of machine than the one that measured."""
    return bool(budget.machine_class and machine_class and budget.machine_class != machine_class)


def _without_value(budget: Budget, subject: str, machine_class: str, *, missing: bool) -> Verdict:
    if missing:
        outcome, reason, advice = Outcome.UNMEASURED, "nothing was measured", "run `pytest --energy`"
    else:
        outcome, advice = Outcome.INCOMPARABLE, "measure there, or set a limit for this class"
        reason = f"the limit is for machine class {budget.machine_class}, this is {machine_class}"
    return Verdict(budget, subject, outcome, None, None, None, "unmeasured", reason, advice)
