"""Finds the test that leaves a process running: what such a process uses later is charged to innocent tests."""

from __future__ import annotations

import os

_MOST_LOOKS = 200
_HARMLESS = (b"multiprocessing.resource_tracker", b"multiprocessing.forkserver")
"""Python's own helpers, which sleep until the end; since 3.14 the second starts all processes of `multiprocessing` on Linux."""

_wait = getattr(os, "waitid", None)
_FLAGS = os.WEXITED | os.WNOHANG | os.WNOWAIT if _wait is not None else 0


class Children:
    """Looks for living children after each test; one system call of half a microsecond while there are none.

    left  the first test after which one was alive, and its process id
    """

    def __init__(self) -> None:
        self.left: tuple[str, int] | None = None
        self._looks = _MOST_LOOKS if _wait is not None else 0
        self._known = set(_living()) if self._looks and _any() else set()

    def look(self, nodeid: str) -> None:
        """Remember `nodeid` when a process of its own is still running now."""
        if not self._looks:
            return
        try:
            _wait(os.P_ALL, 0, _FLAGS)  # type: ignore[misc] # as `_any` does, spelled out: this runs once a test
        except ChildProcessError:
            return
        self._looks -= 1
        new = [pid for pid in _living() if pid not in self._known]
        self._known.update(new)
        strange = [pid for pid in new if not _is_harmless(pid)]
        if strange:
            self.left, self._looks = (nodeid, strange[0]), 0


def left_line(nodeid: str, pid: int) -> str:
    """What the summary says about it."""
    return f"{nodeid} left a process running (pid {pid}): what it used later is charged to the tests after it"


def _any() -> bool:
    try:
        _wait(os.P_ALL, 0, _FLAGS)  # type: ignore[misc]
    except ChildProcessError:
        return False
    return True


def _living() -> list[int]:
    """Children that are no zombies; empty where the kernel does not list them."""
    found: list[int] = []
    try:
        for task in os.listdir("/proc/self/task"):
            with open(f"/proc/self/task/{task}/children", "rb") as file:
                found += [int(pid) for pid in file.read().split()]
        return [pid for pid in found if not _is_zombie(pid)]
    except OSError:
        return []


def _is_zombie(pid: int) -> bool:
    return _content(pid, "stat").rpartition(b")")[2].split()[:1] in ([], [b"Z"])


def _is_harmless(pid: int) -> bool:
    command = _content(pid, "cmdline")
    return any(name in command for name in _HARMLESS)


def _content(pid: int, name: str) -> bytes:
    try:
        with open(f"/proc/{pid}/{name}", "rb") as file:
            return file.read()
    except OSError:
        return b""
