"""Finds out whether any plug-in is installed, for a tenth of the time that importing importlib.metadata takes.

A distribution declares a plug-in in the `entry_points.txt` beside its metadata, so the directories of `sys.path` are listed
and those small files are read; `benchmarks/self/plugin_scan.py` says what that costs. Only when one of them names our group
is anything else of this package imported.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.plugins.manager import Contribution, Plugin

SWITCH = "GREENLINT_NO_PLUGINS"
_MARK = b"[greenlint]"
_BLOCK = 1 << 16


def switched_off() -> bool:
    """Whether the environment asks for greenlint alone."""
    return os.environ.get(SWITCH, "") not in ("", "0")


def contributions(hook: str) -> list[Contribution]:
    """What the installed plug-ins return for `hook`, one entry per plug-in that implements it.

    A plug-in that fails is reported on stderr, once, and left out.
    """
    if not declared():
        return []
    from greenlint.plugins.manager import call

    return call(hook)


def installed_plugins() -> tuple[Plugin, ...]:
    """Every installed plug-in, those that failed to load included."""
    if not declared():
        return ()
    from greenlint.plugins.manager import load_plugins

    return load_plugins()


def incomplete() -> bool:
    """Whether plug-ins are switched off, or something of one was left out, so that what it adds may be missing."""
    if switched_off():
        return True
    if not declared():
        return False
    from greenlint.plugins.manager import anything_left_out

    return anything_left_out()


@lru_cache(maxsize=1)
def declared() -> tuple[str, ...]:
    """The metadata directories of the distributions that declare a plug-in, in the order of `sys.path`."""
    if switched_off():
        return ()
    folders = dict.fromkeys(folder or os.curdir for folder in sys.path)
    return tuple(os.path.join(folder, name) for folder in folders for name in _declared_in(folder))


def _declared_in(folder: str) -> list[str]:
    try:
        names = os.listdir(folder)
    except OSError:  # a zip archive, or a directory that is not there
        return []
    return [name for name in names if name.endswith((".dist-info", ".egg-info")) and _declares(folder, name)]


def _declares(folder: str, name: str) -> bool:
    try:
        descriptor = os.open(f"{folder}/{name}/entry_points.txt", os.O_RDONLY)
    except OSError:
        return False
    try:
        data = os.read(descriptor, _BLOCK)
        while len(data) % _BLOCK == 0 and (more := os.read(descriptor, _BLOCK)):
            data += more
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return _MARK in data
