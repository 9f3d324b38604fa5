"""The hooks of a pytest process that runs its own tests: it reads the meter itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from greenlint.pytest_plugin.children import left_line
from greenlint.pytest_plugin.marks import Marks, read_marks
from greenlint.pytest_plugin.phases import PhaseHooks
from greenlint.pytest_plugin.records import Attempt

if TYPE_CHECKING:
    from collections.abc import Generator

    from greenlint.pytest_plugin.fixture import EnergyFixture
    from greenlint.pytest_plugin.limits import Limit
    from greenlint.pytest_plugin.session import EnergySession

JUDGE = "greenlint-judge"


class SerialHooks(PhaseHooks):
    """Notes every test, judges those that have limits, and writes the summary."""

    def __init__(self, session: EnergySession) -> None:
        super().__init__(session.meter.reader(), keep=session.whole_device)
        self.session = session
        session.fixtures, self.began = self.costs, session.start
        self.marks = Marks({}, {}, {})
        self.limits: dict[str, tuple[Limit, ...]] = {}
        self.running: dict[str, EnergyFixture] = {}
        self._properties = bool(session.config.getoption("xmlpath", None))

    def fixture(self, nodeid: str) -> EnergyFixture:
        """The `energy` fixture of a test."""
        bound = self.running.get(nodeid)
        if bound is None:
            bound = self.running[nodeid] = self.session.fixture_of(nodeid, self.marks.groups.get(nodeid, {}))
        return bound

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Read marks and limits of all that was collected; a wrong one ends the run before any test."""
        session = self.session
        self.marks = read_marks(items)
        self.limits = self.marks.limits
        if session.budgets:
            from greenlint.pytest_plugin.limits import with_configured
            from greenlint.pytest_plugin.selection import collected_all

            nodeids = [item.nodeid for item in items]
            self.limits, notes = with_configured(self.limits, session.budgets, nodeids, whole=collected_all(config))
            session.warnings += notes
        if session.plan is not None:
            from greenlint.pytest_plugin.selection import keep_benchmarks, skip_benchmarks

            keep_benchmarks(config, items)
            skip_benchmarks(items, self.marks.skips)
            if config.getoption("energy_adopt_benchmarks"):
                from greenlint.pytest_plugin.adopt import NAME, AdoptHooks

                config.pluginmanager.register(AdoptHooks(self.fixture), NAME)
        if self.limits:
            config.pluginmanager.register(JudgeHooks(self), JUDGE)

    def pytest_collection_finish(self) -> None:
        """The end of the collection window."""
        self.session.collection.charge(self.session.start, self.read(), True)

    def close(self, report: pytest.TestReport, outcome: str, attempt: int) -> None:
        """Keep the attempt."""
        nodeid, session, marks = report.nodeid, self.session, self.marks
        fixture = self.running.pop(nodeid, None) if self.running else None
        judged = session.judged.pop(nodeid, ()) if session.judged else ()
        kept = Attempt(
            nodeid,
            outcome,
            attempt,
            self.call,
            self.costs.test_cpu_ns,
            False,
            judged,
            marks.skips.get(nodeid, "") if marks.skips else "",
            marks.groups.get(nodeid) if marks.groups else None,
        )
        if fixture is None:
            session.add(kept)
        else:
            session.add(kept, fixture.blocks, fixture.stats)
        if self._properties:
            from greenlint.pytest_plugin.properties import attach

            attach(report, kept, session.meter)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Complete the run, once pytest has torn down what an interrupted session has left."""
        session = self.session
        if self.children.left is not None:
            session.warnings += (left_line(*self.children.left),)
        session.finish(int(exitstatus))
        session.write_json()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The energy table."""
        from greenlint.pytest_plugin.summary import write_summary

        write_summary(terminalreporter, self.session)


class JudgeHooks:
    """Registered only where there are limits: turns reports into failures while others can still see them as such."""

    def __init__(self, hooks: SerialHooks) -> None:
        self._hooks = hooks
        self._passed = False

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """After the call: limits of the call. After the tear-down: those that count fixtures as well."""
        report = yield
        limits = self._hooks.limits.get(item.nodeid)
        if call.when == "call":
            self._passed = report.outcome == "passed" and not hasattr(report, "wasxfail") and not self._hooks.failed
        if limits is not None and self._passed and call.when != "setup":
            self._judge(item.nodeid, report, limits, fixtures=call.when == "teardown")
        return report

    def _judge(self, nodeid: str, report: pytest.TestReport, limits: tuple[Limit, ...], *, fixtures: bool) -> None:
        from greenlint.pytest_plugin.judging import NOTHING, Usage

        hooks, session = self._hooks, self._hooks.session
        due = [limit for limit in limits if limit.with_fixtures is fixtures]
        if session.plan is not None:  # the call of a benchmark is repeated: only its iterations say anything
            due = [limit for limit in due if limit.per == "op"]
        if not due or hooks.call is None or nodeid in hooks.marks.skips:
            return
        fixture = hooks.running.get(nodeid)
        spent = hooks.costs.test_cpu_ns
        usage = Usage(
            session.used(hooks.call),
            fixture.used if fixture is not None else NOTHING,
            session.used(hooks.call, spent) if fixtures else NOTHING,
            spent,
        )
        session.judge(report, due, usage)
