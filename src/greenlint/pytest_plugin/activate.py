"""Turns the plug-in on: the xdist worker only reads clocks, everyone else owns the meter."""

from __future__ import annotations

import gc

import pytest

NAME = "greenlint-energy"


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


def _distributed(config: pytest.Config) -> bool:
    """Whether xdist will run the tests in worker processes."""
    return config.pluginmanager.hasplugin("dsession") or bool(config.getoption("tx", None))
