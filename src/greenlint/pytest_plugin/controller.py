"""The xdist controller: it alone reads the counters, and splits them over the windows that its workers send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from greenlint.profiler.reading import Reading
from greenlint.pytest_plugin.children import left_line
from greenlint.pytest_plugin.fixture import Block
from greenlint.pytest_plugin.judging import NOTHING, Usage, Used
from greenlint.pytest_plugin.limits import unpack
from greenlint.pytest_plugin.phases import Call
from greenlint.pytest_plugin.properties import attach
from greenlint.pytest_plugin.records import Attempt
from greenlint.pytest_plugin.selection import collected_all
from greenlint.pytest_plugin.summary import write_summary
from greenlint.pytest_plugin.worker import BUDGETS, ERROR, JUDGE, PROPERTY, REST

if TYPE_CHECKING:
    from collections.abc import Generator

    from greenlint.pytest_plugin.limits import Limit
    from greenlint.pytest_plugin.session import EnergySession


class ControllerHooks:
    """Turns reports of workers into records."""

    def __init__(self, session: EnergySession) -> None:
        self.session = session
        self._properties = bool(session.config.getoption("xmlpath", None))
        self._late: dict[str, tuple[list[Limit], Call]] = {}

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Give each worker the limits of the configuration."""
        budgets = [list(budget) for budget in self.session.budgets if budget.scope == "test"]
        node.workerinput[BUDGETS] = {"budgets": budgets, "whole": collected_all(self.session.config)}

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take in what no report has carried. A wrong marker that a worker has found ends the run."""
        output = getattr(node, "workeroutput", {})
        if ERROR in output:
            raise pytest.UsageError(output[ERROR])
        rest = output.get(REST, {})
        self.session.fixtures.absorb(rest.get("fixtures", ()))
        self._once(rest)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Generator[None, object, object]:
        """Before anyone else sees the report: take our properties out of it, judge, record."""
        judge, sent = _take(report, JUDGE), _take(report, PROPERTY)
        if judge is not None:
            self._judge(report, judge)
        if sent is not None:
            self._record(report, sent)
        return (yield)

    def _judge(self, report: pytest.TestReport, packed: list[Any]) -> None:
        """Limits of the call; those that count fixtures wait for the tear-down."""
        border, spent, limits, blocks = packed
        call, found = _call(border), [unpack(limit) for limit in limits]
        late = [limit for limit in found if limit.with_fixtures]
        if late and report.outcome == "passed" and not hasattr(report, "wasxfail"):
            self._late[report.nodeid] = (late, call)
        op = next((self._of(block) for block in blocks if block[0] == "call"), NOTHING)
        usage = Usage(self.session.used(call), op, NOTHING, spent)
        self.session.judge(report, [limit for limit in found if not limit.with_fixtures], usage)

    def _of(self, block: tuple[str, int, int, int, int]) -> Used:
        """The measured call of the `energy` fixture, which a worker makes once."""
        _, start, cpu, end, cpu_end = block
        return self.session.used(Call(Reading(start, cpu), Reading(end, cpu_end), 0))

    def _record(self, report: pytest.TestReport, sent: dict[str, Any]) -> None:
        session, spent = self.session, sent.get("fixture_ns", 0)
        call = _call(sent["call"]) if "call" in sent else None
        limits, judged_call = self._late.pop(report.nodeid, ([], None))
        if limits:
            usage = Usage(session.used(judged_call), NOTHING, session.used(judged_call, spent), spent)
            session.judge(report, limits, usage)
        attempt = Attempt(
            report.nodeid,
            sent["outcome"] if report.outcome != "failed" else "failed",
            sent["attempt"],
            call,
            spent,
            True,
            session.judged.pop(report.nodeid, ()),
            sent.get("skipped", ""),
            sent.get("group"),
        )
        blocks = [Block(name, Reading(a, b), Reading(c, d)) for name, a, b, c, d in sent.get("blocks", ())]
        session.add(attempt, blocks)
        session.fixtures.absorb(sent.get("fixtures", ()))
        self._once(sent)
        if self._properties:
            attach(report, attempt, session.meter)

    def _once(self, sent: dict[str, Any]) -> None:
        """What a worker says once: its collection, notes about limits, a process that a test left behind."""
        session = self.session
        if "collect" in sent:
            start, end, cpu = sent["collect"]
            session.collection.charge(Reading(start, 0), Reading(end, cpu), True)
        notes = list(sent.get("notes", ())) + ([left_line(*sent["left"])] if "left" in sent else [])
        session.warnings += tuple(note for note in notes if note not in session.warnings)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Complete the run."""
        self.session.finish(int(exitstatus))
        self.session.write_json()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The energy table."""
        write_summary(terminalreporter, self.session)


def _call(border: tuple[int, int, int, int, int]) -> Call:
    start, cpu, end, cpu_end, nested = border
    return Call(Reading(start, cpu), Reading(end, cpu_end), nested)


def _take(report: pytest.TestReport, name: str) -> Any:
    """Remove one of our properties from a report and return its value; the rest is the user's."""
    for index, (key, value) in enumerate(report.user_properties):
        if key == name:
            del report.user_properties[index]
            return value
    return None
