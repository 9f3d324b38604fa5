"""Imports our own modules the ordinary way: pytest rewrites the assertions of every module that a plug-in brings along.

Rewriting is for tests. Here it would double what 80 modules take to import, and would compile each of them anew in every run
where no byte code may be written.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    import pytest

_OURS, _FOR_TESTS = "greenlint.", "greenlint.testing"


class PlainFinder:
    """A finder for the modules of this package; it stands before that of pytest."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The module as Python itself finds it; None for all that is not ours."""
        if not name.startswith(_OURS) or name.startswith(_FOR_TESTS):
            return None
        return PathFinder.find_spec(name, path, target)


def import_plainly(config: pytest.Config) -> None:
    """From now on until the end of this pytest session."""
    finder = PlainFinder()
    sys.meta_path.insert(0, finder)
    config.add_cleanup(lambda: sys.meta_path.remove(finder))
