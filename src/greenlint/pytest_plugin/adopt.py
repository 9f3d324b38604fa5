"""Measures tests that were written for pytest-benchmark, with their own fixture and without a change to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from greenlint.pytest_plugin.selection import ADOPTED

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from greenlint.pytest_plugin.fixture import EnergyFixture

NAME = "greenlint-adopt"


class AdoptHooks:
    """Registered only with --energy=bench --energy-adopt-benchmarks."""

    def __init__(self, fixture: Callable[[str], EnergyFixture]) -> None:
        """`fixture` gives the `energy` fixture of a test."""
        self._fixture = fixture

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Generator[None, object, object]:
        """Once `benchmark` exists, what it is asked to run goes to our fixture."""
        __tracebackhide__ = True
        value = yield
        if fixturedef.argname == ADOPTED:
            _adopt(value, self._fixture(request.node.nodeid))
        return value


def _adopt(benchmark: Any, ours: EnergyFixture) -> None:
    """Put our rounds in the place of theirs, below the fixture's own bookkeeping: it was used, so it does not warn."""
    if not (hasattr(benchmark, "_raw") and hasattr(benchmark, "_raw_pedantic")):
        raise pytest.UsageError(
            f"--energy-adopt-benchmarks: the `benchmark` fixture of {ours.name} is not that of pytest-benchmark 4 or 5"
        )
    ours.group = ours.group or benchmark.group or ""
    ours.extra_info = benchmark.extra_info
    benchmark._raw, benchmark._raw_pedantic = ours, ours.pedantic
