"""Call a function at a steady pace in the background, and be able to stop."""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def every(period_s: float, action: Callable[[], object]) -> Callable[[], None]:
    """Start a daemon thread that calls `action` every `period_s`; returns the function that ends and joins it."""
    ended = Event()

    def run() -> None:
        while not ended.wait(period_s):
            action()

    thread = Thread(target=run, name="greenlint-sampler", daemon=True)
    thread.start()

    def stop() -> None:
        ended.set()
        thread.join(timeout=5)

    return stop
