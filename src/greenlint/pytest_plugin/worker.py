"""Inside an xdist worker: clocks only. Counters see the whole machine, so only the controller may read them."""

from __future__ import annotations

from time import perf_counter_ns
from typing import TYPE_CHECKING

import pytest

from greenlint.profiler.clock import ProcessTreeClock
from greenlint.profiler.reading import Reading
from greenlint.pytest_plugin.fixture import EnergyFixture
from greenlint.pytest_plugin.limits import read_budgets

if TYPE_CHECKING:
    from collections.abc import Generator

    from greenlint.model.budget import Budget

PROPERTY = "greenlint.window"
"""Of a tear-down report: the window of the whole test and the attempt."""

BLOCKS = "greenlint.blocks"
"""Of a tear-down report: name and borders of each block that the test measured with its `energy` fixture."""

JUDGE = "greenlint.judge"
"""Of a call report with a budget: the borders so far, and the budgets."""


class WorkerHooks:
    """Sends the window of each test with its last report, so that a killed worker loses only the test in flight."""

    def __init__(self) -> None:
        self._clock = ProcessTreeClock()
        self._marks: list[int] = []
        self._budgets: dict[str, tuple[Budget, ...]] = {}
        self._fixtures: dict[str, EnergyFixture] = {}

    def fixture(self, nodeid: str) -> EnergyFixture:
        """The `energy` fixture of a test: its blocks go to the controller."""
        clock = self._clock
        bound = self._fixtures[nodeid] = EnergyFixture(nodeid, lambda: Reading(perf_counter_ns(), clock.read()))
        return bound

    def _mark(self) -> None:
        self._marks += (perf_counter_ns(), self._clock.read())

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Wrong budgets end the run here, before any test."""
        self._budgets = read_budgets(items)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        """The first border."""
        self._marks = []
        self._mark()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        """The borders of the call phase."""
        self._mark()
        try:
            return (yield)
        finally:
            self._mark()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Put the integers into the report of the tear-down."""
        report = yield
        if call.when == "call":
            budgets = [(b.quantity, b.limit, b.text, b.where) for b in self._budgets.get(item.nodeid, ())]
            if budgets and len(self._marks) == 6:
                report.user_properties.append((JUDGE, (*self._marks, budgets)))
        elif call.when == "teardown":
            self._mark()
            if len(self._marks) == 4:  # set-up failed: there was no call
                self._marks[2:2] = [*self._marks[:2], *self._marks[:2]]
            if len(self._marks) == 8:
                fixture = self._fixtures.pop(item.nodeid, None)
                if fixture is not None and fixture.blocks:
                    blocks = [(b.name, b.start.t_ns, b.start.cpu_ns, b.end.t_ns, b.end.cpu_ns) for b in fixture.blocks]
                    report.user_properties.append((BLOCKS, blocks))
                report.user_properties.append((PROPERTY, (*self._marks, getattr(item, "execution_count", 1))))
        return report

    def pytest_unconfigure(self) -> None:
        """Release the clock."""
        self._clock.close()
