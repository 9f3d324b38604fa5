"""Gives a test its `energy` fixture: bound to the session's meter, to a worker's clocks, or to nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.pytest_plugin.activate import NAME
from greenlint.pytest_plugin.fixture import EnergyFixture

if TYPE_CHECKING:
    import pytest


def bind(request: pytest.FixtureRequest) -> EnergyFixture:
    """The fixture of the requesting test."""
    hooks = request.config.pluginmanager.get_plugin(NAME)
    if hooks is None:
        return EnergyFixture(request.node.nodeid)
    fixture: EnergyFixture = hooks.fixture(request.node.nodeid)
    return fixture
