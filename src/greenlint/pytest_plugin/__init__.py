"""The pytest plug-in: inert unless `--energy` is given, and then one module away.

This module is imported by every pytest run of everyone who has greenlint installed, so it imports nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pytest

_MARKER = (
    "energy_budget(energy, *, cpu=None): with --energy, fail the test when its call phase certainly exceeds a limit "
    'such as "2 J" (or cpu="0.3 s").'
)


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
    group.addoption(
        "--energy-strict", action="store_true", help="Budgets that stay inconclusive or unmeasured fail their tests."
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker; everything else only with `--energy`."""
    config.addinivalue_line("markers", _MARKER)
    if config.getoption("energy") != "off" and not config.getoption("collectonly", False):
        from greenlint.pytest_plugin.activate import activate

        activate(config)
