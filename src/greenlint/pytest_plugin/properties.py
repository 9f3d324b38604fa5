"""Properties of each test case in JUnit XML: what it used, how that is known, and its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.model.budget import Outcome

if TYPE_CHECKING:
    import pytest

    from greenlint.profiler.meter import Meter
    from greenlint.pytest_plugin.records import Attempt

_WORST = (Outcome.FAIL, Outcome.UNMEASURED, Outcome.INCOMPARABLE, Outcome.INCONCLUSIVE, Outcome.PASS)


def attach(report: pytest.TestReport, attempt: Attempt, meter: Meter) -> None:
    """Add the properties to the last report of a test; a value that is not known has no property."""
    add = report.user_properties.append
    energy, call = attempt.energy(meter), attempt.call
    if energy is not None and meter.invalid is None:
        add(("greenlint.energy_j", f"{energy.energy_j:.6g}"))
        add(("greenlint.energy_u_j", f"{energy.u:.3g}"))
    add(("greenlint.method", (energy.method if energy is not None else meter.method).value))
    add(("greenlint.provider", meter.provider))
    if call is not None and not attempt.skipped:
        add(("greenlint.cpu_s", f"{call.cpu_ns / 1e9:.6g}"))
        fixtures = meter.energy_of(call.start[0], call.end[0], attempt.fixture_ns) if attempt.fixture_ns else None
        if fixtures is not None and meter.invalid is None:
            add(("greenlint.fixture_j", f"{fixtures.energy_j:.6g}"))
    limits = [limit.budget.limit for limit, _ in attempt.judged if limit.budget.quantity == "energy"]
    if limits:
        add(("greenlint.budget_j", f"{min(limits):.6g}"))
    if attempt.judged:
        add(("greenlint.verdict", min((verdict.outcome for _, verdict in attempt.judged), key=_WORST.index).value))
