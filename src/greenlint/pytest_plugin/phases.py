"""The borders of a test's call and of its fixtures, the same in a process that measures and in a worker that only clocks.

Hooks are few and plain because each costs microseconds on every test of every suite: two reads around the call, the outcome
from the reports as they pass, and reads around fixtures where there are any.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from greenlint.named_tuple import NamedTuple
from greenlint.pytest_plugin.children import Children
from greenlint.pytest_plugin.fixture_costs import FixtureCosts

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from greenlint.profiler.reading import Reading


_NO_PROCESS_NS = 50_000
"""A call as short as this has started no process: the quickest way takes 90 us from Python on a machine of 2023. And looking
for one is a system call, which takes 5 us of a test."""


class Call(NamedTuple):
    """The borders of a call, and the CPU time inside it that belongs to fixtures, ns."""

    start: Reading
    end: Reading
    nested_ns: int

    @property
    def cpu_ns(self) -> int:
        """CPU time of the call alone."""
        return self.end[1] - self.start[1] - self.nested_ns


class PhaseHooks:
    """Notes what every attempt of every test used and hands it to `close`, which its subclass defines."""

    def __init__(self, read: Callable[[], Reading], *, keep: bool = False) -> None:
        self.read = read
        self.costs = FixtureCosts(read, keep=keep)
        self.call: Call | None = None
        self.began = read()
        self.attempts = 0
        self.children = Children()
        self._outcome = "passed"
        self._rerun: tuple[str, int] | None = None
        self._looked_ns = 0

    def __dir__(self) -> list[str]:
        """The hooks: pytest and pluggy look at each name of a plug-in, at some 60 of every object, for hooks and fixtures."""
        return [name for name in super().__dir__() if name.startswith("pytest_")]

    def close(self, report: pytest.TestReport, outcome: str, attempt: int) -> None:
        """The last report of an attempt is passing by."""
        raise TypeError(f"{type(self).__name__} does not say what becomes of {report.nodeid}")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        """The borders of the call phase."""
        __tracebackhide__ = True
        read, costs = self.read, self.costs
        before = costs.cpu_ns
        start = read()
        try:
            return (yield)
        finally:
            self.call = Call(start, read(), costs.cpu_ns - before)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        """The borders of a fixture's set-up; two finalizers around the fixture's own are those of its tear-down."""
        __tracebackhide__ = True
        costs = self.costs
        cost = costs.cost_of(fixturedef)
        if cost is None:
            return (yield)
        fixturedef.addfinalizer(costs.leave)  # the first to be added runs last
        costs.enter(cost)
        try:
            return (yield)
        finally:
            cost.set_ups += 1
            cost.set_up_cpu_ns += costs.leave()
            fixturedef.addfinalizer(partial(costs.enter, cost))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Follow the outcome; of subtests and their test the worst counts. The end of an attempt closes it."""
        outcome: str = report.outcome
        if report.when == "call" or outcome != "passed":
            if outcome == "rerun":
                self._outcome = "failed"
            elif self._outcome != "failed":
                self._outcome = "xfailed" if outcome == "skipped" and hasattr(report, "wasxfail") else outcome
        if report.when == "teardown" or outcome == "rerun":
            self._end(report, rerun=outcome == "rerun")

    @property
    def failed(self) -> bool:
        """Whether something of the attempt that runs has failed so far, such as a subtest."""
        return self._outcome == "failed"

    def _end(self, report: pytest.TestReport, *, rerun: bool) -> None:
        """Once for each attempt: some versions of rerunfailures report the tear-down of an attempt that is repeated."""
        attempt = getattr(report, "rerun", 0) + 1
        if self._rerun == (report.nodeid, attempt):
            return
        self._rerun = (report.nodeid, attempt) if rerun else None
        call, fixtures_ns = self.call, self.costs.cpu_ns
        if call is None or call[1][0] - call[0][0] > _NO_PROCESS_NS or fixtures_ns != self._looked_ns:
            self._looked_ns = fixtures_ns
            self.children.look(report.nodeid)
        self.attempts += 1
        self.close(report, self._outcome, attempt)
        self.call, self._outcome = None, "passed"
        self.costs.test_cpu_ns = 0
