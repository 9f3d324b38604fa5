"""Locks that stay usable in a forked child, where the thread that held one at the moment of the fork does not exist."""

from __future__ import annotations

import os
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from _thread import LockType

_locks: WeakSet[LockType] | None = None


def lock_for_forks() -> LockType:
    """A lock like any other; in a forked child it is free."""
    global _locks
    if _locks is None:
        _locks = WeakSet()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=_free)
    lock = Lock()
    _locks.add(lock)
    return lock


def _free() -> None:
    for lock in _locks or ():
        if lock.locked():
            lock.release()
