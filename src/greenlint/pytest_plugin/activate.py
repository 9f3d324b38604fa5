"""Turns the plug-in on: the xdist worker only reads clocks, everyone else owns the meter.

pytest rewrites the assertions of every module that a plug-in brings along. That is for tests: here it would double what 80
modules take to import, and would compile each of them anew in every run where no byte code may be written. So from here on ours
are imported the ordinary way.
"""

from __future__ import annotations

import gc
import sys
from importlib.machinery import PathFinder

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

NAME = "greenlint-energy"
_OURS, _FOR_TESTS = "greenlint.", "greenlint.testing"


class PlainFinder:
    """A finder for the modules of this package; it stands before that of pytest."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The module as Python itself finds it; None for all that is not ours."""
        if not name.startswith(_OURS) or name.startswith(_FOR_TESTS):
            return None
        return PathFinder.find_spec(name, path, target)


def activate(config: pytest.Config) -> None:
    """Register the hooks that fit this process. Raises pytest.UsageError with one line for wrong configuration."""
    collecting = gc.isenabled()
    gc.disable()  # what is imported here stays: looking for garbage in it took 2 ms and found none
    try:
        _register(config)
    finally:
        if collecting:
            gc.enable()


def _register(config: pytest.Config) -> None:
    _import_plainly(config)
    if hasattr(config, "workerinput"):
        from greenlint.pytest_plugin.worker import WorkerHooks

        config.pluginmanager.register(WorkerHooks(config), NAME)
        return
    from greenlint.config.loader import load_config
    from greenlint.errors import ConfigError, GreenlintError
    from greenlint.pytest_plugin.session import EnergySession

    try:
        settings = load_config(str(config.rootpath))
        distributed = _distributed(config)
        if distributed and config.getoption("energy") == "bench":
            raise ConfigError("--energy=bench measures one process at a time", "run it without -n")
        session = EnergySession.open(config, settings, distributed=distributed)
    except GreenlintError as error:
        raise pytest.UsageError(f"greenlint: {error}") from None
    if distributed:
        from greenlint.pytest_plugin.controller import ControllerHooks

        config.pluginmanager.register(ControllerHooks(session), NAME)
    else:
        from greenlint.pytest_plugin.serial import SerialHooks

        config.pluginmanager.register(SerialHooks(session), NAME)


def _import_plainly(config: pytest.Config) -> None:
    """Put the finder in place until the end of this pytest session."""
    finder = PlainFinder()
    sys.meta_path.insert(0, finder)
    config.add_cleanup(lambda: sys.meta_path.remove(finder))


def _distributed(config: pytest.Config) -> bool:
    """Whether xdist will run the tests in worker processes."""
    return config.pluginmanager.hasplugin("dsession") or bool(config.getoption("tx", None))
