"""What the session keeps of each attempt of each test, and how that becomes rows of the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.model.measurement import Measurement
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from greenlint.model.budget import Verdict
    from greenlint.model.energy import Energy
    from greenlint.profiler.meter import Meter
    from greenlint.profiler.reading import Reading
    from greenlint.pytest_plugin.fixture_costs import Cost
    from greenlint.pytest_plugin.limits import Limit
    from greenlint.pytest_plugin.phases import Call
    from greenlint.pytest_plugin.rounds import BenchStats

Plain = tuple[str, str, int, int, int, int, int]
"""An attempt of which there is no more to know: its name, outcome and number, when its call began and ended (ns), and the CPU
time of the call and of function fixtures (ns). A bare tuple of these is nothing to the garbage collector while it waits."""

_NOTHING: Mapping[str, str] = {}
"""Shared by all rows with nothing to say: most tests of most suites."""


class Attempt(NamedTuple):
    """One attempt of one test, in raw integers: its energy is worked out later, for many at once.

    call  None when set-up failed; fixture_ns  CPU time of its function fixtures; foreign  when a worker ran it
    judged  verdicts with their limits; skipped  why it was not to be measured; group  its label and baseline
    """

    nodeid: str
    outcome: str
    attempt: int
    call: Call | None
    fixture_ns: int
    foreign: bool = False
    judged: Sequence[tuple[Limit, Verdict]] = ()
    skipped: str = ""
    group: Mapping[str, str] | None = None

    def plain(self) -> Plain | None:
        """The attempt as a bare tuple; None where it has no call, a counter was read, or there is more to say."""
        call = self.call
        if call is None or call[0][2] or self.skipped or self.judged or self.group:
            return None
        start, end, nested_ns = call
        return self.nodeid, self.outcome, self.attempt, start[0], end[0], end[1] - start[1] - nested_ns, self.fixture_ns

    def energy(self, meter: Meter) -> Energy | None:
        """Energy of the call; None when there was none, or none is claimed."""
        call = self.call
        if call is None or self.skipped:
            return None
        if self.foreign or call.nested_ns:
            return meter.energy_of(call.start[0], call.end[0], call.cpu_ns)
        return meter.energy(call.start, call.end)

    def measurement(self, meter: Meter) -> Measurement:
        """The row of the ledger."""
        call, wall, cpu, start = self.call, 0, 0, 0
        if call is not None and not self.skipped:
            wall, cpu, start = call.end[0] - call.start[0], call.cpu_ns, call.start[0]
        return Measurement(
            self.nodeid,
            "call",
            self.energy(meter),
            wall,
            cpu,
            None,
            self.outcome,
            "python",
            self.attempt,
            self.skipped,
            start,
            self._extra(meter),
        )

    def _extra(self, meter: Meter) -> Mapping[str, str]:
        counted = self.call is not None and not self.foreign and self.call.start.counters
        if not (self.fixture_ns or self.group or self.judged or counted):
            return _NOTHING
        extra = {"fixture_cpu_ns": str(self.fixture_ns)} if self.fixture_ns else {}
        if self.group:
            extra.update(self.group)
        for limit, verdict in self.judged:
            quantity = verdict.budget.quantity + ("" if limit.per == "test" else "_per_op")
            quantity += "_with_fixtures" if limit.with_fixtures else ""
            kind = "limit" if limit.node is None else "budget"  # `greenlint gate` judges the limits of the configuration anew
            extra[f"{kind}_{quantity}"] = verdict.budget.text
            extra[f"verdict_{quantity}"] = verdict.outcome.value
        if counted and self.call is not None:
            extra.update(meter.counted(self.call.start, self.call.end))
        return extra


def plain_row(plain: Plain, meter: Meter) -> Measurement:
    """The row of a plain attempt: without a counter, times alone tell its energy."""
    nodeid, outcome, attempt, start_ns, end_ns, cpu_ns, fixture_ns = plain
    energy = meter.energy_of(start_ns, end_ns, cpu_ns)
    extra = {"fixture_cpu_ns": str(fixture_ns)} if fixture_ns else _NOTHING
    return Measurement(nodeid, "call", energy, end_ns - start_ns, cpu_ns, None, outcome, "python", attempt, "", start_ns, extra)


def block_row(attempt: Attempt, name: str, energy: Energy | None, start: Reading, end: Reading) -> Measurement:
    """The row of a named block inside a test; part of the test's call, never to be added to it."""
    return Measurement(
        f"{attempt.nodeid}::{name}",
        "window",
        energy,
        end.t_ns - start.t_ns,
        end.cpu_ns - start.cpu_ns,
        outcome=attempt.outcome,
        attempt=attempt.attempt,
        excluded="part of its test",
        t0_ns=start.t_ns,
    )


def fixture_row(cost: Cost, energy: Energy | None) -> Measurement:
    """The row of a fixture: all its set-ups and tear-downs together."""
    extra = {"scope": cost.scope, "set_ups": str(cost.set_ups), "set_up_cpu_ns": str(cost.set_up_cpu_ns)}
    start = min([cost.first_ns or cost.last_ns, *(piece[0][0] for piece in cost.long)], default=0)
    return Measurement(cost.name, "fixture", energy, cost.wall_ns, cost.cpu_ns, t0_ns=start, extra=extra)


def round_rows(stats: BenchStats) -> list[Measurement]:
    """One row for each round of a benchmark, with its number of iterations."""
    facts = {name: str(value) for name, value in stats.extra_info.items()}
    if stats.group:
        facts["group"] = stats.group
    if stats.baseline:
        facts["baseline"] = stats.baseline
    return [
        Measurement(
            stats.name,
            "bench",
            one.energy,
            one.wall_ns,
            one.cpu_ns,
            t0_ns=one.t0_ns,
            extra={**facts, "iterations": str(one.iterations), "round": str(number)},
        )
        for number, one in enumerate(stats.rounds)
    ]
