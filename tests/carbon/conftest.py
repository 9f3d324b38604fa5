"""No test of carbon opens a socket: the audit events of the interpreter are watched while one runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

_opened: list[str] = []
_watching = False


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event.startswith("socket.") and event != "socket.gethostname":
        _opened.append(event)


sys.addaudithook(_audit)


@pytest.fixture(autouse=True)
def no_socket(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test in which a socket was made, connected or bound; `own_server` in its name says that it has one."""
    global _watching
    _opened.clear()
    _watching = "own_server" not in request.node.name
    yield
    _watching = False
    assert _opened == []
