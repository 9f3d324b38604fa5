"""The frame of a measurement on a machine of the torture table, the same for every tool: one window, and side effects.

Runs in environments without greenlint too, so it imports the standard library alone, and waits without `time.sleep`,
whose calls by the tool are counted.
"""

from __future__ import annotations

import json
import logging
import os
import select
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Begin: TypeAlias = Callable[[], object]
    End: TypeAlias = Callable[[], dict[str, Any]]

_STARTS = ("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system")
_CONNECTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")


class Effects:
    """What a tool does to the program that uses it, from the moment this is made."""

    def __init__(self) -> None:
        self._processes = self._connections = 0
        self._slept_s = 0.0
        self._descriptors, self._threads = _descriptors(), threading.active_count()
        self._handlers = len(logging.getLogger().handlers)
        sys.addaudithook(self._note)
        self._sleep = time.sleep
        time.sleep = self._count_sleep  # type: ignore[assignment]  # older interpreters raise no audit event for it

    def report(self) -> dict[str, float]:
        """Numbers of things that are there now and were not, or that happened; s of time.sleep in the main thread."""
        return {
            "processes_started": self._processes,
            "processes_running": _children(),
            "connections": self._connections,
            "descriptors": max(0, _descriptors() - self._descriptors),
            "threads": threading.active_count() - self._threads,
            "root_handlers": len(logging.getLogger().handlers) - self._handlers,
            "slept_s": round(self._slept_s, 3),
        }

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _STARTS:
            self._processes += 1
        elif event in _CONNECTS:
            self._connections += 1

    def _count_sleep(self, seconds: float) -> None:
        if threading.current_thread() is threading.main_thread():
            self._slept_s += seconds
        self._sleep(seconds)


def answer(tool: str, distribution: str, prepare: Callable[[str], tuple[Begin, End]]) -> None:
    """Print what a tool says about one window, as one JSON object.

    prepare  gets the key of the case and sets the tool up; returns what begins a window, and what ends it and gives
             `package_j` and `dram_j` (None: not reported) with anything else that is worth keeping
    """
    effects, began = Effects(), time.perf_counter()
    window_s = float(os.environ.get("GREENLINT_TORTURE_WINDOW_S", "1"))
    said: dict[str, Any] = {"tool": tool, "error": "", "late": False}
    try:
        begin, end = prepare(os.environ.get("GREENLINT_TORTURE_CASE", ""))
        said["startup_s"] = time.perf_counter() - began
        said["late"] = not _wait_for_window(int(os.environ.get("GREENLINT_TORTURE_EVENT_NS", "0")), window_s)
        start = time.perf_counter()
        begin()
        _pause(window_s)
        said.update(end())
        said.setdefault("window_s", time.perf_counter() - start)
    except Exception as error:  # noqa: BLE001  the table shows what any tool raises
        said["error"] = f"{type(error).__name__}: {error}".strip()
    said["version"] = _version(distribution)
    said["effects"] = effects.report()
    sys.stdout.write(f"\n{json.dumps(said)}\n")


def _wait_for_window(event_ns: int, window_s: float) -> bool:
    """Wait until a window of this length has the event in its middle; False when that time has passed."""
    ahead_s = (event_ns - time.perf_counter_ns()) / 1e9 - window_s / 2
    _pause(ahead_s)
    return not event_ns or ahead_s > 0


def _pause(seconds: float) -> None:
    if seconds > 0:
        select.select([], [], [], seconds)


def _version(distribution: str) -> str:
    from importlib.metadata import version

    return version(distribution)


def _descriptors() -> int:
    """Open files and sockets, but for shared libraries: libffi 3.5 keeps itself open in whoever loads ctypes."""
    number = 0
    for name in os.listdir("/proc/self/fd"):
        try:
            number += ".so." not in os.readlink(f"/proc/self/fd/{name}")
        except OSError:  # the descriptor of the listing itself
            continue
    return number


def _children() -> int:
    number = 0
    for task in os.listdir("/proc/self/task"):
        try:
            with open(f"/proc/self/task/{task}/children", encoding="ascii") as file:
                number += len(file.read().split())
        except OSError:  # the thread has ended since
            continue
    return number
