"""Inside an xdist worker: clocks only. Counters see the whole machine, so only the controller may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from greenlint.model.budget import Budget
from greenlint.pytest_plugin.fixture import EnergyFixture
from greenlint.pytest_plugin.limits import with_configured
from greenlint.pytest_plugin.marks import Marks, read_marks
from greenlint.pytest_plugin.phases import PhaseHooks
from greenlint.pytest_plugin.steady import SteadyClock

if TYPE_CHECKING:
    from greenlint.pytest_plugin.fixture import Block
    from greenlint.pytest_plugin.limits import Limit
    from greenlint.pytest_plugin.phases import Call

PROPERTY = "greenlint.attempt"
"""Of the last report of an attempt: a dict of plain values, what the test and its fixtures used."""

JUDGE = "greenlint.judge"
"""Of a call report whose test has limits: its borders, what its fixtures used so far, and the limits."""

BUDGETS = "greenlint_budgets"
"""Of `workerinput`: the limits of the configuration, and whether all tests of the project are collected."""

ERROR = "greenlint_error"
"""Of `workeroutput`: why no test was run, in one line."""

REST = "greenlint_rest"
"""Of `workeroutput`: what no report has carried."""


class WorkerHooks(PhaseHooks):
    """Sends what each test used with its last report, so that a killed worker loses only the test in flight."""

    def __init__(self, config: pytest.Config) -> None:
        self._clock = clock = SteadyClock()
        super().__init__(clock.reader())
        self._input: dict[str, Any] = config.workerinput.get(BUDGETS, {})  # type: ignore[attr-defined]
        self._marks = Marks({}, {}, {})
        self._limits: dict[str, tuple[Limit, ...]] = {}
        self._running: dict[str, EnergyFixture] = {}
        self._once: dict[str, Any] = {}
        self._told_left = False

    def fixture(self, nodeid: str) -> EnergyFixture:
        """The `energy` fixture of a test: its blocks go to the controller."""
        bound = self._running[nodeid] = EnergyFixture(nodeid, self.read, marked=self._marks.groups.get(nodeid))
        return bound

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Read marks and limits. A wrong one is the controller's to report; no test runs here then."""
        try:
            self._marks = read_marks(items)
        except pytest.UsageError as error:
            config.workeroutput[ERROR] = str(error)  # type: ignore[attr-defined]
            items.clear()
            return
        budgets = [Budget(*fields) for fields in self._input.get("budgets", ())]
        nodeids, whole = [item.nodeid for item in items], bool(self._input.get("whole"))
        self._limits, notes = with_configured(self._marks.limits, budgets, nodeids, whole=whole)
        self._once["notes"] = list(notes)

    def pytest_collection_finish(self) -> None:
        """The collection of this worker, sent with its first test."""
        now = self.read()
        self._once["collect"] = (self.began.t_ns, now.t_ns, now.cpu_ns - self.began.cpu_ns)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Before the report goes to the controller."""
        limits = self._limits.get(report.nodeid) if self._limits else None
        if limits and report.when == "call" and self.call is not None and report.nodeid not in self._marks.skips:
            packed = [limit.packed() for limit in limits]
            blocks = _blocks(self._running.get(report.nodeid))
            report.user_properties.append((JUDGE, [_plain(self.call), self.costs.test_cpu_ns, packed, blocks]))
        super().pytest_runtest_logreport(report)

    def close(self, report: pytest.TestReport, outcome: str, attempt: int) -> None:
        """Put what the attempt used into its last report."""
        nodeid = report.nodeid
        sent: dict[str, Any] = {"outcome": outcome, "attempt": attempt, **self._once}
        self._once = {}
        if self.call is not None:
            sent["call"] = _plain(self.call)
        if self.costs.test_cpu_ns:
            sent["fixture_ns"] = self.costs.test_cpu_ns
        fixtures = self.costs.take()
        if fixtures:
            sent["fixtures"] = fixtures
        blocks = _blocks(self._running.pop(nodeid, None))
        if blocks:
            sent["blocks"] = blocks
        if nodeid in self._marks.skips:
            sent["skipped"] = self._marks.skips[nodeid]
        if nodeid in self._marks.groups:
            sent["group"] = self._marks.groups[nodeid]
        if self.children.left is not None and not self._told_left:
            self._told_left = True
            sent["left"] = self.children.left
        report.user_properties.append((PROPERTY, sent))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """The collection of a worker that ran no test, and fixtures that were torn down after the last report."""
        fixtures = self.costs.take()
        rest = {**self._once, "fixtures": fixtures} if fixtures else self._once
        if rest:
            session.config.workeroutput[REST] = rest  # type: ignore[attr-defined]

    def pytest_unconfigure(self) -> None:
        """Release the clock."""
        self._clock.close()


def _plain(call: Call) -> tuple[int, int, int, int, int]:
    return (call.start.t_ns, call.start.cpu_ns, call.end.t_ns, call.end.cpu_ns, call.nested_ns)


def _blocks(fixture: EnergyFixture | None) -> list[tuple[str, int, int, int, int]]:
    blocks: list[Block] = fixture.blocks if fixture is not None else []
    return [(b.name, b.start.t_ns, b.start.cpu_ns, b.end.t_ns, b.end.cpu_ns) for b in blocks]
