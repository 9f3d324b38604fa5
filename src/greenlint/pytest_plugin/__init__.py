"""The pytest plug-in: inert unless `--energy` is given, and then one module away.

This module is imported by every pytest run of everyone who has greenlint installed, so it imports nothing but pytest.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.pytest_plugin.fixture import EnergyFixture
    from greenlint.pytest_plugin.totals import EnergyTotals

_MARKERS = (
    'energy_budget(energy, *, cpu=None, instructions=None, per="test", scope="call"): with --energy, fail the test when it '
    'certainly exceeds a limit such as "2 J", cpu="0.3 s" or instructions="50 Minstr"; per="op" means one iteration of the '
    '`energy` fixture, scope="call+function_fixtures" counts fixtures of function scope as well.',
    "energy_group(name, baseline=None): label of a test in energy reports, and the group that it is compared with.",
    "energy_skip(reason): run the test, but do not measure it; with --energy=bench skip it.",
)

_RUNS_NOTHING = [
    "collectonly",
    "setupplan",
    "setuponly",
    "showfixtures",
    "show_fixtures_per_test",
    "cacheshow",
    "markers",
    "help",
]
"""Options with which pytest runs no test: such a session has nothing to measure and must leave no run in the ledger."""


def __dir__() -> list[str]:
    """The hooks and fixtures: pytest and pluggy look at each name of a plug-in in every run."""
    return [name for name in globals() if name.startswith(("pytest_", "energy"))]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options; `--energy=account` is an option string of its own so that `--energy tests/` keeps its path."""
    group = parser.getgroup("greenlint", "energy (greenlint)")
    group.addoption(
        "--energy",
        "--energy=account",
        dest="energy",
        action="store_const",
        const="account",
        default="off",
        help="Account the energy of every test, once, and record it in the ledger.",
    )
    group.addoption(
        "--energy=bench",
        dest="energy",
        action="store_const",
        const="bench",
        help="Run only the tests that use the `energy` fixture, each as often as it takes to measure it.",
    )
    group.addoption("--energy=off", dest="energy", action="store_const", const="off", help="Do not measure (default).")
    group.addoption(
        "--energy-provider", metavar="NAME", help="Energy provider: auto (default), or one that `greenlint doctor` names."
    )
    group.addoption(
        "--energy-require",
        choices=("measured", "attributed", "estimated", "none"),
        help="Weakest method that is accepted; a weaker one ends the run at once.",
    )
    group.addoption("--energy-ledger", metavar="PATH", help='Ledger file, or "off" (default .greenlint/ledger.sqlite).')
    group.addoption("--energy-report", metavar="N", help='Tests shown in the summary: a number, "all" or "none".')
    group.addoption("--energy-rounds", metavar="N", type=int, help="Rounds of each benchmark (default 5).")
    group.addoption("--energy-iterations", metavar="N", type=int, help="Iterations of each round (default: found out).")
    group.addoption("--energy-min-window", metavar="MS", type=float, help="Least length of a round in ms (default 10 or 41).")
    group.addoption("--energy-json", metavar="PATH", help="Write what was measured to a JSON file.")
    group.addoption(
        "--energy-adopt-benchmarks",
        action="store_true",
        help="With --energy=bench, measure tests that use the `benchmark` fixture of pytest-benchmark as well.",
    )
    group.addoption(
        "--energy-strict", action="store_true", help="Budgets that stay inconclusive or unmeasured fail their tests."
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers; everything else only with `--energy`."""
    for line in _MARKERS:
        config.addinivalue_line("markers", line)
    option = config.getoption
    if option("energy") != "off" and not any(option(name, False) for name in _RUNS_NOTHING):
        _import_plainly(config)
        from greenlint.pytest_plugin.activate import activate

        activate(config)


def _import_plainly(config: pytest.Config) -> None:
    """Have our modules imported by our own finder until the end of the session; it is itself imported past that of pytest."""
    sys.meta_path.insert(0, PathFinder)
    try:
        from greenlint.pytest_plugin.plain_import import install
    finally:
        sys.meta_path.remove(PathFinder)
    install(config)


@pytest.fixture
def energy(request: pytest.FixtureRequest) -> EnergyFixture:
    """Measure one call (`energy(fn, *args)`) or blocks (`with energy.window("parse")`) of this test."""
    from greenlint.pytest_plugin.binding import bind

    return bind(request)


@pytest.fixture(scope="session")
def energy_session(request: pytest.FixtureRequest) -> EnergyTotals:
    """What the session has used so far (read only): `energy`, `energy_j`, `cpu_s`, `wall_s`, `tests`, `measured`."""
    from greenlint.pytest_plugin.totals import totals_of

    return totals_of(request.config)
