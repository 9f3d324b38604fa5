"""Counts the instructions of each benchmark of a pytest process: `-p greenlint.pytest_plugin.counting --energy-count=PATH`.

A plug-in of its own that only `greenlint gate` and `greenlint bench` load. It takes the place of the meter behind the `energy`
fixture: what is "read" at the borders of a round is a count of instructions, or, under callgrind, the number of a mark that
callgrind answers with a part of its profile. Two marks in a row, a run with zero iterations, say what a mark costs itself.
"""

from __future__ import annotations

import gc
import json
from typing import TYPE_CHECKING, Any

import pytest

from greenlint.profiler.reading import Reading
from greenlint.pytest_plugin.fixture import EnergyFixture
from greenlint.pytest_plugin.rounds import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

ITERATIONS = 2
_PLAN = Plan(rounds=1, iterations=ITERATIONS, warmup_rounds=1)
_NAME = "greenlint-counting"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where to write, and what counts."""
    group = parser.getgroup("greenlint")
    group.addoption("--energy-count", metavar="PATH", help="Write instruction counts of the benchmarks to a JSON file.")
    group.addoption("--energy-count-by", choices=("perf", "callgrind"), default="callgrind", help="What counts.")


def pytest_configure(config: pytest.Config) -> None:
    """Open the counter."""
    if config.getoption("energy_count"):
        mark = _perf() if config.getoption("energy_count_by") == "perf" else _callgrind()
        config.pluginmanager.register(_Hooks(config, mark), _NAME)


class _Hooks:
    """Gives every benchmark a fixture that counts, and writes down what they found."""

    def __init__(self, config: pytest.Config, mark: Callable[[], int]) -> None:
        self._path, self._mark = config.getoption("energy_count"), mark
        self._fixtures: dict[str, tuple[EnergyFixture, tuple[int, int]]] = {}
        self._passed: list[str] = []

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Only benchmarks are left."""
        others = [item for item in items if "energy" not in getattr(item, "fixturenames", ())]
        if others:
            config.hook.pytest_deselected(items=others)
            items[:] = [item for item in items if item not in others]

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> Any:
        """Our own `energy`; nothing for all other fixtures."""
        if fixturedef.argname != "energy":
            return None
        name = request.node.nodeid
        gc.collect()  # so that the collector's turns fall alike in every process
        gc.freeze()
        value = EnergyFixture(name, self._read, lambda _start, _end: None, _PLAN)
        fixturedef.cached_result = (value, fixturedef.cache_key(request), None)  # type: ignore[arg-type] # every request of a fixture is a SubRequest
        self._fixtures[name] = (value, (self._mark(), self._mark()))
        return value

    def _read(self) -> Reading:
        """A count in the place of the time; the fixture keeps differences of it."""
        return Reading(self._mark(), 0, ())

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Only what passed was measured."""
        if report.when == "call" and report.passed:
            self._passed.append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write the marks of all benchmarks."""
        rows = []
        for name in self._passed:
            fixture, zero = self._fixtures.get(name, (None, None))
            if fixture is not None and fixture.stats is not None:
                marks = [[one.t0_ns, one.t0_ns + one.wall_ns, one.iterations] for one in fixture.stats.rounds]
                rows.append({"name": name, "zero": zero, "rounds": marks})
        with open(self._path, "w", encoding="utf-8") as file:
            json.dump({"benchmarks": rows, "last": self._mark()}, file)


def _perf() -> Callable[[], int]:
    from greenlint.profiler.instructions import InstructionCounter

    return InstructionCounter().read


def _callgrind() -> Callable[[], int]:
    """A mark is a call of lcong48, which hardly any program makes: callgrind dumps when it enters lcong48_r (glibc)."""
    import ctypes

    function, state = ctypes.CDLL(None).lcong48, (ctypes.c_ushort * 7)()
    marks = 0

    def mark() -> int:
        nonlocal marks
        marks += 1
        function(state)
        return marks

    return mark
