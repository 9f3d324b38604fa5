"""Which tests run: in benchmark mode only benchmarks, and of these not the ones whose marker says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

ADOPTED = "benchmark"
"""The fixture of pytest-benchmark, whose tests --energy-adopt-benchmarks takes in."""


def keep_benchmarks(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what is no benchmark."""
    names = {"energy", ADOPTED} if config.getoption("energy_adopt_benchmarks") else {"energy"}
    others = [item for item in items if not names.intersection(getattr(item, "fixturenames", ()))]
    if others:
        config.hook.pytest_deselected(items=others)
        left = set(others)
        items[:] = [item for item in items if item not in left]


def skip_benchmarks(items: list[pytest.Item], reasons: Mapping[str, str]) -> None:
    """Skip those marked `energy_skip`, with their reason."""
    for item in items:
        if item.nodeid in reasons:
            item.add_marker(pytest.mark.skip(reason=f"energy_skip: {reasons[item.nodeid]}"))


def collected_all(config: pytest.Config) -> bool:
    """Whether every test of the project was collected: no path was named, and no earlier failures narrow the choice."""
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    narrowed = any(config.getoption(name, None) for name in ("lf", "ignore", "ignore_glob", "stepwise"))
    return not named and not narrowed
