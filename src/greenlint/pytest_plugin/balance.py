"""Where a session's energy went: its parts sum to the whole, and what is no part of anything is named as such.

session = idle + collection + calls of tests + fixtures + this plug-in + other. Idle is what the machine draws anyway; "other"
is pytest itself, its other plug-ins, and what ran between the windows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.model.format import format_quantity
from greenlint.model.measurement import Measurement
from greenlint.named_tuple import NamedTuple
from greenlint.pytest_plugin.fixture_costs import SCOPES

if TYPE_CHECKING:
    from greenlint.pytest_plugin.session import EnergySession

_TOLERANCE_J, _TOLERANCE = 1.0, 0.01
"""Parts that exceed the whole by more than the larger of 1 J and 1 % are reported as a fault of the accounting."""


class Balance(NamedTuple):
    """Joules of each part of a session, and CPU seconds of the fixtures by scope.

    other  may be slightly negative: parts are measured one by one, each with its own uncertainty
    """

    idle: float
    collection: float
    tests: float
    fixtures: dict[str, float]
    fixtures_cpu_s: dict[str, float]
    own: float
    other: float

    @property
    def parts(self) -> dict[str, float]:
        """Every part with its name, in J; they sum to the session."""
        return {
            "tests": self.tests,
            "fixtures": sum(self.fixtures.values()),
            "collection": self.collection,
            "greenlint": self.own,
            "other": self.other,
            "idle": self.idle,
        }


def overhead_rows(session: EnergySession) -> list[Measurement]:
    """Rows of collection, of the plug-in itself, and of what is left."""
    rows = []
    for cost, phase in ((session.collection, "collect"), (session.own, "plugin")):
        energy = cost.energy(session.meter, foreign=session.foreign)
        rows.append(Measurement(cost.name, phase, energy, cost.wall_ns, cost.cpu_ns))
    return rows


def balance_of(session: EnergySession) -> Balance | None:
    """The balance of a finished session; None where no joules are claimed."""
    whole = session.total
    if whole is None:
        return None
    benches = (stats.energy for stats in session.benches)
    tests = session.results.joules if session.plan is None else sum(one.energy_j for one in benches if one is not None)
    by_phase: dict[str, float] = {}
    fixtures: dict[str, float] = {}
    cpu: dict[str, float] = {}
    for row in session.rows:
        joules = row.energy.energy_j if row.energy is not None else 0.0
        by_phase[row.phase] = by_phase.get(row.phase, 0.0) + joules
        if row.phase == "fixture":
            scope = row.extra["scope"]
            fixtures[scope] = fixtures.get(scope, 0.0) + joules
            cpu[scope] = cpu.get(scope, 0.0) + row.cpu_ns / 1e9
    known = tests + sum(fixtures.values()) + by_phase.get("collect", 0.0) + by_phase.get("plugin", 0.0)
    other = whole.dynamic_j - known
    ordered = {scope: fixtures[scope] for scope in SCOPES if scope in fixtures}
    return Balance(
        *(whole.idle_j, by_phase.get("collect", 0.0), tests, ordered, cpu, by_phase.get("plugin", 0.0)),
        other,
    )


def fault(session: EnergySession, balance: Balance) -> str:
    """One line when the parts exceed the whole by more than they may, else ""."""
    whole = session.total.energy_j if session.total is not None else 0.0
    if balance.other >= -max(_TOLERANCE_J, _TOLERANCE * whole):
        return ""
    return (
        f"the parts of the session exceed it by {format_quantity(-balance.other, 'J')}: do not rely on single tests of this run"
    )
