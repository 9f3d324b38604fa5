"""A pytest plug-in that notes the CPU time at the borders of the stages of a run, for `pytest_start.py`."""

from __future__ import annotations

import atexit
import os
import resource
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

BORDERS: list[float] = []
"""CPU seconds of this process and of those it has waited for, in the order in which the borders are crossed."""


def cross() -> None:
    """Note where the CPU time stands."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    BORDERS.append(own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime)


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Plug-ins are imported, none is configured yet."""
    cross()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    """All are configured."""
    cross()


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """The session has begun."""
    cross()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish() -> None:
    """Tests are collected and have run."""
    cross()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary() -> Generator[None]:
    """The session has ended; and its summary is written."""
    cross()
    yield
    cross()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """All is torn down."""
    cross()


@atexit.register
def write() -> None:
    """Write the borders to the file that the environment names; what follows is the end of the process."""
    cross()
    with open(os.environ["STAGES"], "w", encoding="utf-8") as file:
        file.write(" ".join(map(repr, BORDERS)))
