"""The energy session of a pytest process that runs its own tests: one meter, read at the borders of every phase."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from greenlint.errors import ConfigError, ProviderError
from greenlint.model.budget import Outcome
from greenlint.model.measurement import Measurement
from greenlint.profiler.meter import Meter
from greenlint.pytest_plugin.fixture import EnergyFixture
from greenlint.pytest_plugin.limits import failure_text, judge_test, read_budgets
from greenlint.pytest_plugin.records import LedgerWriter, Record, block_row, round_rows
from greenlint.pytest_plugin.rounds import read_plan
from greenlint.pytest_plugin.summary import write_summary

if TYPE_CHECKING:
    from collections.abc import Generator

    from greenlint.config.schema import Config as Settings
    from greenlint.model.budget import Budget, Verdict
    from greenlint.model.energy import Energy, Method
    from greenlint.profiler.reading import Reading
    from greenlint.pytest_plugin.rounds import BenchStats, Plan

_RANK = {"measured": 3, "attributed": 2, "estimated": 1, "proxy": 0, "none": 0}


class EnergySession:
    """Meter, ledger and results of one pytest run; `plan` is None when tests are accounted and not repeated."""

    def __init__(
        self, config: pytest.Config, meter: Meter, writer: LedgerWriter, *, report: str, plan: Plan | None = None
    ) -> None:
        self.config, self.meter, self.writer, self.report, self.plan = config, meter, writer, report, plan
        self.strict = bool(config.getoption("energy_strict"))
        self.budgets: dict[str, tuple[Budget, ...]] = {}
        self.records: list[Record] = []
        self.fixtures: dict[str, EnergyFixture] = {}
        self.benches: list[BenchStats] = []
        self.start: Reading = meter.read()
        self.collected: Reading | None = None
        self.total: Energy | None = None
        self.collect: Energy | None = None
        self.warnings: tuple[str, ...] = ()

    @classmethod
    def open(cls, config: pytest.Config, settings: Settings, *, distributed: bool) -> EnergySession:
        """Open meter and ledger as options and configuration say. Raises GreenlintError for what cannot be satisfied."""
        from greenlint.ledger.git import describe_commit
        from greenlint.ledger.ids import new_run

        option = config.getoption
        provider = option("energy_provider") or settings.energy.provider
        meter = Meter.open(provider, settings=settings.machine)
        require = option("energy_require") or settings.energy.require
        if _RANK[meter.method.mark] < _RANK[require]:
            meter.close()
            raise ProviderError(
                f"--energy-require={require}, but {meter.provider} gives {meter.method.mark} energy",
                "`greenlint doctor` says why and what to do",
            )
        plan = read_plan(option, measured=meter.method.measured) if option("energy") == "bench" else None
        run = new_run(
            kind="account" if plan is None else "bench",
            machine=meter.machine,
            commit=describe_commit(str(config.rootpath)),
            provider=meter.provider,
            method=meter.method.value,
            project=settings.root,
            args=tuple(str(argument) for argument in config.invocation_params.args),
        )
        path = option("energy_ledger") or settings.energy.ledger
        ledger = None if path == "off" else os.path.join(settings.root, path)
        report = str(option("energy_report") or settings.energy.report)
        if report not in ("all", "none") and not report.isdigit():
            meter.close()
            raise ConfigError(f"--energy-report={report}: a number, all or none is needed")
        if distributed:
            meter.start_timeline()
        return cls(config, meter, LedgerWriter(ledger, run), report=report, plan=plan)

    @property
    def method(self) -> Method:
        """How the numbers of this run come about."""
        return self.meter.method

    def judge(
        self, nodeid: str, report: pytest.TestReport, energy: Energy | None, cpu_ns: int, fixture_ns: int
    ) -> list[Verdict]:
        """Judge the budgets of a passed call and turn its report into a failure when one is certainly exceeded."""
        budgets = self.budgets.get(nodeid, ())
        if not budgets or report.outcome != "passed" or hasattr(report, "wasxfail"):
            return []
        verdicts = judge_test(budgets, energy, cpu_ns)
        bad = (
            {Outcome.FAIL}
            if not self.strict
            else {Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.UNMEASURED, Outcome.INCOMPARABLE}
        )
        failed = [verdict for verdict in verdicts if verdict.outcome in bad]
        if failed:
            report.outcome = "failed"
            report.longrepr = "\n\n".join(failure_text(verdict, energy, fixture_ns) for verdict in failed)
        return verdicts

    def fixture(self, nodeid: str) -> EnergyFixture:
        """The `energy` fixture of a test."""
        bound = self.fixtures[nodeid] = EnergyFixture(nodeid, self.meter.read, self.meter.energy, self.plan)
        return bound

    def add(self, record: Record) -> None:
        """Keep and store one test; of a benchmark its rounds, for its call as a whole says nothing."""
        fixture = self.fixtures.pop(record.nodeid, None) if self.fixtures else None
        if self.plan is None:
            self.records.append(record)
            self.writer.add(record.measurement())
        if fixture is not None:
            self._add_windows(fixture, record)

    def _add_windows(self, fixture: EnergyFixture, record: Record) -> None:
        for block in fixture.blocks:
            energy = self.meter.energy(block.start, block.end)
            self.writer.add(block_row(record, block.name, energy, block.start, block.end))
        if self.plan is not None and fixture.stats is not None and record.outcome == "passed":
            self.benches.append(fixture.stats)
            for row in round_rows(fixture.stats):
                self.writer.add(row)

    def finish(self, exitstatus: int) -> None:
        """Close the windows of the session, re-check the counter, and complete the run in the ledger."""
        end = self.meter.read()
        self.total = self.meter.energy(self.start, end, idle="wall")
        self.warnings = self.meter.close()
        rows = [self._row("session", self.total, self.start, end)]
        if self.collected is not None:
            self.collect = self.meter.energy(self.start, self.collected)
            rows.append(self._row("collect", self.collect, self.start, self.collected))
        status = (
            f"invalid: {self.meter.invalid}" if self.meter.invalid else "complete" if exitstatus in (0, 1) else "interrupted"
        )
        self.writer.finish(rows, status)

    def write_json(self) -> None:
        """Write what was measured to the file of --energy-json; a file that cannot be written is a line in the summary."""
        path = self.config.getoption("energy_json")
        if not path:
            return
        from greenlint.pytest_plugin.json_file import write

        problem = write(self, path)
        if problem:
            self.warnings = (*self.warnings, problem)

    def _row(self, phase: str, energy: Energy | None, start: Reading, end: Reading) -> Measurement:
        return Measurement(f"[{phase}]", phase, energy, end.t_ns - start.t_ns, end.cpu_ns - start.cpu_ns, t0_ns=start.t_ns)


class SessionHooks:
    """Reads the meter four times per test and judges the budgets of its call phase."""

    def __init__(self, session: EnergySession) -> None:
        self.session = session
        self._read = session.meter.read
        self._readings: list[Reading] = []
        self._outcome = "passed"
        self._verdicts: list[Verdict] = []

    def fixture(self, nodeid: str) -> EnergyFixture:
        """The `energy` fixture of a test."""
        return self.session.fixture(nodeid)

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Read the budgets; a wrong one ends the run before any test. In benchmark mode only benchmarks are left."""
        if self.session.plan is not None:
            others = [item for item in items if "energy" not in getattr(item, "fixturenames", ())]
            if others:
                config.hook.pytest_deselected(items=others)
                items[:] = [item for item in items if item not in others]
        self.session.budgets = read_budgets(items)

    def pytest_collection_finish(self) -> None:
        """The end of the collection window."""
        self.session.collected = self._read()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        """The first border."""
        self._outcome, self._verdicts = "passed", []
        self._readings = [self._read()]

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self) -> Generator[None, object, object]:
        """The borders of the call phase."""
        self._readings.append(self._read())
        try:
            return (yield)
        finally:
            self._readings.append(self._read())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """After the call: budgets. After the tear-down: the record."""
        report = yield
        if call.when == "teardown":
            self._record(item)
            return report
        if call.when == "call" and item.nodeid in self.session.budgets:
            self._judge(item, report)
        if report.outcome != "passed" or call.when == "call":
            self._outcome = "xfailed" if hasattr(report, "wasxfail") and report.skipped else report.outcome
        return report

    def _judge(self, item: pytest.Item, report: pytest.TestReport) -> None:
        if len(self._readings) == 3:
            before, start, end = self._readings
            energy = self.session.meter.energy(start, end)
            cpu_ns, fixture_ns = end.cpu_ns - start.cpu_ns, start.cpu_ns - before.cpu_ns
            self._verdicts = self.session.judge(item.nodeid, report, energy, cpu_ns, fixture_ns)

    def _record(self, item: pytest.Item) -> None:
        readings = self._readings
        if not readings:
            return
        self._readings = []
        first, last = readings[0], self._read()
        called = len(readings) == 3
        start, end = (readings[1], readings[2]) if called else (first, first)
        call_cpu = end.cpu_ns - start.cpu_ns
        self.session.add(
            Record(
                item.nodeid,
                self.session.meter.energy(start, end) if called else None,
                self._outcome,
                end.t_ns - start.t_ns,
                call_cpu,
                last.cpu_ns - first.cpu_ns - call_cpu,
                getattr(item, "execution_count", 1),
                start.t_ns,
                self._verdicts,
            )
        )

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Complete the run."""
        self.session.finish(int(exitstatus))
        self.session.write_json()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The energy table."""
        write_summary(terminalreporter, self.session)
