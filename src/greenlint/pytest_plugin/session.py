"""The energy session of a pytest run: one meter, the ledger, and what is known of every test."""

from __future__ import annotations

import os
import sys
from time import thread_time_ns
from typing import TYPE_CHECKING, Any

from greenlint.errors import ConfigError, ProviderError
from greenlint.model.measurement import Measurement
from greenlint.profiler.meter import Meter
from greenlint.profiler.reading import Reading
from greenlint.pytest_plugin.fixture_costs import Cost, FixtureCosts
from greenlint.pytest_plugin.ledger_writer import LedgerWriter
from greenlint.pytest_plugin.records import Attempt, block_row, fixture_row, plain_row, round_rows
from greenlint.pytest_plugin.results import Results
from greenlint.pytest_plugin.steady import SteadyClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pytest

    from greenlint.config.schema import Config as Settings
    from greenlint.model.budget import Budget, Verdict
    from greenlint.model.energy import Energy, Method
    from greenlint.pytest_plugin.fixture import Block, EnergyFixture
    from greenlint.pytest_plugin.judging import Usage, Used
    from greenlint.pytest_plugin.limits import Limit
    from greenlint.pytest_plugin.phases import Call
    from greenlint.pytest_plugin.records import Plain
    from greenlint.pytest_plugin.rounds import BenchStats, Plan

_RANK = {"measured": 3, "attributed": 2, "estimated": 1, "proxy": 0, "none": 0}
_FLUSH_AFTER_NS = 1_000_000_000
_FLUSH_AFTER_ROWS = 2000


class EnergySession:
    """Meter, ledger and results of one pytest run; `plan` is None when tests are accounted and not repeated."""

    def __init__(
        self,
        config: pytest.Config,
        meter: Meter,
        writer: LedgerWriter,
        *,
        report: str,
        budgets: Sequence[Budget] = (),
        plan: Plan | None = None,
        foreign: bool = False,
    ) -> None:
        """`budgets` of the configuration; `foreign` when other processes run the tests and send what they used."""
        self.config, self.meter, self.writer = config, meter, writer
        self.budgets, self.plan, self.foreign = budgets, plan, foreign
        self.strict = bool(config.getoption("energy_strict"))
        self.judged: dict[str, list[tuple[Limit, Verdict]]] = {}
        self.benches: list[BenchStats] = []
        self.bench_verdicts: dict[str, list[Verdict]] = {}
        self.start: Reading = meter.read()
        self.whole_device = meter.method.measured and not self.start.counters
        self.fixtures = FixtureCosts(meter.reader(), keep=self.whole_device)
        self.collection, self.own = Cost("[collect]", "session"), Cost("[greenlint]", "session")
        self.total: Energy | None = None
        self.total_cpu_ns = 0
        self.warnings: tuple[str, ...] = ()
        self.rows: list[Measurement] = []
        self._queue: list[Attempt | Plain] = []
        self._blocks: list[Measurement] = []
        self._flushed_ns = self.start.t_ns
        path = config.getoption("energy_json")
        self.json_path = os.path.abspath(path) if path else None  # tests may change the directory, or delete it
        shown = sys.maxsize if report == "all" else 0 if report == "none" else int(report)
        self.results = Results(shown, keep=self.json_path is not None)

    @classmethod
    def open(cls, config: pytest.Config, settings: Settings, *, distributed: bool) -> EnergySession:
        """Open meter and ledger as options and configuration say. Raises GreenlintError for what cannot be satisfied."""
        option = config.getoption
        report = str(option("energy_report") or settings.energy.report)
        if report not in ("all", "none") and not report.isdigit():
            raise ConfigError(f"--energy-report={report}: a number, all or none is needed")
        provider = option("energy_provider") or settings.energy.provider
        meter = Meter.open(provider, settings=settings.machine, clock=SteadyClock())
        try:
            require = option("energy_require") or settings.energy.require
            if _RANK[meter.method.mark] < _RANK[require]:
                raise ProviderError(
                    f"--energy-require={require}, but {meter.provider} gives {meter.method.mark} energy",
                    "`greenlint doctor` says why and what to do",
                )
            plan = _plan(option, meter)
            writer = _writer(config, settings, meter, bench=plan is not None)
            if distributed:
                meter.start_timeline()
        except BaseException:
            meter.close()
            raise
        return cls(config, meter, writer, report=report, budgets=settings.budgets, plan=plan, foreign=distributed)

    @property
    def method(self) -> Method:
        """How the numbers of this run come about."""
        return self.meter.method

    def judge(self, report: pytest.TestReport, limits: Iterable[Limit], usage: Usage) -> None:
        """Judge limits of a passed test and turn its report into a failure when one is certainly exceeded."""
        from greenlint.pytest_plugin.judging import fail_report, failed, judge_limits

        limits = tuple(limits)
        if not limits or report.outcome != "passed" or hasattr(report, "wasxfail"):
            return
        if self.meter.invalid is not None:  # a counter that died before the end says nothing
            usage = usage.without_energy()
        verdicts = judge_limits(limits, usage, self.meter.machine.machine_class)
        self.judged.setdefault(report.nodeid, []).extend(zip(limits, verdicts))
        bad = failed(verdicts, strict=self.strict)
        if bad:
            fail_report(report, bad, usage, limits)

    def used(self, call: Call | None, fixtures_ns: int = 0) -> Used:
        """What a call used, with function fixtures whose CPU time is given."""
        from greenlint.pytest_plugin.judging import Used

        if call is None:
            return Used(None, None)
        meter, (start, end, nested) = self.meter, call
        split = self.foreign or nested
        energy = meter.energy_of(start[0], end[0], call.cpu_ns) if split else meter.energy(start, end)
        if fixtures_ns and energy is not None:
            more = meter.energy_of(start[0], end[0], fixtures_ns)
            energy = energy + more if more is not None else None
        counted = self.meter.counted(start, end).get("instructions") if not self.foreign else None
        instructions = float(counted) if counted is not None and not fixtures_ns else None
        return Used(energy, (call.cpu_ns + fixtures_ns) / 1e9, instructions)

    def fixture_of(self, nodeid: str, group: dict[str, str]) -> EnergyFixture:
        """The `energy` fixture of a test."""
        from greenlint.pytest_plugin.fixture import EnergyFixture

        meter = self.meter
        return EnergyFixture(nodeid, meter.read, meter.energy, self.plan, group, counted=meter.counted)

    def add(self, attempt: Attempt, blocks: Sequence[Block] = (), stats: BenchStats | None = None) -> None:
        """Keep one attempt; of a benchmark its rounds, for its call as a whole says nothing."""
        if self.plan is None or attempt.skipped:
            self._queue.append(attempt.plain() or attempt)
        for block in blocks:
            used = block.end.cpu_ns - block.start.cpu_ns
            energy = (
                self.meter.energy_of(block.start.t_ns, block.end.t_ns, used)
                if attempt.foreign
                else self.meter.energy(block.start, block.end)
            )
            self._blocks.append(block_row(attempt, block.name, energy, block.start, block.end))
        ran = attempt.outcome == "passed" or bool(attempt.judged)  # only what passed is judged, and may fail by that
        if self.plan is not None and stats is not None and ran:
            self.benches.append(stats)
            self.bench_verdicts[stats.name] = [verdict for _, verdict in attempt.judged]
            self._blocks += round_rows(stats)
        now_ns = attempt.call.end[0] if attempt.call is not None else 0
        if now_ns - self._flushed_ns > _FLUSH_AFTER_NS or len(self._queue) >= _FLUSH_AFTER_ROWS:
            self._flushed_ns = max(now_ns, self._flushed_ns)
            self.flush()

    def flush(self) -> None:
        """Turn what waits into rows and write them; the time it takes is the plug-in's own."""
        start = self._now()
        self.writer.write(self._waiting_rows())
        self.own.charge(start, self._now(), self.whole_device)

    def _waiting_rows(self) -> list[Measurement]:
        meter = self.meter
        rows = [each.measurement(meter) if isinstance(each, Attempt) else plain_row(each, meter) for each in self._queue]
        self._queue.clear()
        self.results.add(rows)
        blocks, self._blocks = self._blocks, []
        return [*rows, *blocks]

    def _now(self) -> Reading:
        """The clocks for what the plug-in uses itself: under xdist this thread's, for workers go on while it writes."""
        now = self.meter.read()
        return Reading(now.t_ns, thread_time_ns()) if self.foreign else now

    def finish(self, exitstatus: int) -> None:
        """Close the windows of the session, re-check the counter, and complete the run in the ledger."""
        from greenlint.pytest_plugin.balance import overhead_rows

        start = self._now()
        last = self._waiting_rows()
        self.own.charge(start, self._now(), self.whole_device)
        end = self.meter.read()
        self.total = self.meter.energy(self.start, end, idle="wall")
        self.total_cpu_ns = end.cpu_ns - self.start.cpu_ns
        self.warnings += self.meter.close()
        fixtures = [fixture_row(cost, cost.energy(self.meter, foreign=self.foreign)) for cost in self.fixtures.costs.values()]
        session = Measurement("[session]", "session", self.total, end.t_ns - self.start.t_ns, self.total_cpu_ns)
        self.rows = [session, *fixtures, *overhead_rows(self)]
        invalid = self.meter.invalid
        status = f"invalid: {invalid}" if invalid else "complete" if exitstatus in (0, 1) else "interrupted"
        self.writer.write([*last, *self.rows], status)  # at once: each opening of the ledger takes 1 ms

    def write_json(self) -> None:
        """Write what was measured to the file of --energy-json; a file that cannot be written is a line in the summary."""
        if self.json_path is None or not self.writer.own_process:
            return
        from greenlint.pytest_plugin.json_file import write

        problem = write(self, self.json_path)
        if problem:
            self.warnings = (*self.warnings, problem)


def _plan(option: Callable[[str], Any], meter: Meter) -> Plan | None:
    if option("energy") != "bench":
        return None
    from greenlint.pytest_plugin.rounds import read_plan

    return read_plan(option, measured=meter.method.measured)


def _writer(config: pytest.Config, settings: Settings, meter: Meter, *, bench: bool) -> LedgerWriter:
    from greenlint.ledger.git import checked_out
    from greenlint.ledger.ids import new_run

    root = str(config.rootpath)
    wanted = config.getoption("energy_ledger") or settings.energy.ledger
    path = None if wanted == "off" else os.path.join(settings.root, wanted)
    run = new_run(
        kind="bench" if bench else "account",
        machine=meter.machine,
        commit=checked_out(root) if path is not None else None,
        provider=meter.provider,
        method=meter.method.value,
        project=settings.root,
        args=tuple(str(argument) for argument in config.invocation_params.args),
    )
    return LedgerWriter(path, run, root)
