"""The xdist controller: it alone reads the counters, and splits them over the windows that its workers send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from greenlint.model.budget import Budget
from greenlint.profiler.reading import Reading
from greenlint.pytest_plugin.records import Record, block_row
from greenlint.pytest_plugin.summary import write_summary
from greenlint.pytest_plugin.window import Window
from greenlint.pytest_plugin.worker import BLOCKS, JUDGE, PROPERTY

if TYPE_CHECKING:
    from collections.abc import Generator

    from greenlint.model.budget import Verdict
    from greenlint.pytest_plugin.session import EnergySession


class ControllerHooks:
    """Turns reports of workers into records."""

    def __init__(self, session: EnergySession) -> None:
        self.session = session
        self._verdicts: dict[str, list[Verdict]] = {}
        self._outcomes: dict[str, str] = {}

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Generator[None, object, object]:
        """Before anyone else sees the report: take our properties out of it, judge, record."""
        judge, blocks, window = _take(report, JUDGE), _take(report, BLOCKS), _take(report, PROPERTY)
        if judge is not None:
            self._judge(report, judge)
        if report.when == "call" or report.outcome != "passed":
            self._outcomes[report.nodeid] = "xfailed" if hasattr(report, "wasxfail") and report.skipped else report.outcome
        if window is not None:
            self._record(report.nodeid, window, blocks or [])
        return (yield)

    def _judge(self, report: pytest.TestReport, packed: list[Any]) -> None:
        _t0, cpu0, call_t0, call_cpu0, call_t1, call_cpu1, budgets = packed
        self.session.budgets[report.nodeid] = tuple(
            Budget("test", report.nodeid, quantity, limit, text, where) for quantity, limit, text, where in budgets
        )
        cpu = call_cpu1 - call_cpu0
        energy = self.session.meter.energy_of(call_t0, call_t1, cpu)
        self._verdicts[report.nodeid] = self.session.judge(report.nodeid, report, energy, cpu, call_cpu0 - cpu0)

    def _record(self, nodeid: str, packed: list[int], blocks: list[tuple[str, int, int, int, int]]) -> None:
        *borders, attempt = packed
        window = Window(*borders)
        called = window.call_t1 > window.call_t0
        energy = self.session.meter.energy_of(window.call_t0, window.call_t1, window.call_cpu) if called else None
        record = Record(
            nodeid,
            energy,
            self._outcomes.pop(nodeid, "passed"),
            window.call_t1 - window.call_t0,
            window.call_cpu,
            window.fixture_cpu,
            attempt,
            window.call_t0,
            self._verdicts.pop(nodeid, []),
        )
        self.session.add(record)
        for name, t0, cpu0, t1, cpu1 in blocks:
            part = self.session.meter.energy_of(t0, t1, cpu1 - cpu0)
            self.session.writer.add(block_row(record, name, part, Reading(t0, cpu0), Reading(t1, cpu1)))

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Complete the run."""
        self.session.finish(int(exitstatus))
        self.session.write_json()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The energy table."""
        write_summary(terminalreporter, self.session)


def _take(report: pytest.TestReport, name: str) -> Any:
    """Remove one of our properties from a report and return its value; the rest is the user's."""
    for index, (key, value) in enumerate(report.user_properties):
        if key == name:
            del report.user_properties[index]
            return value
    return None
