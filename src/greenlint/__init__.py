"""greenlint: a green-software linter and energy profiler that says where each number came from and how sure it is."""

from __future__ import annotations

from greenlint._version import __version__

__all__ = ["__version__"]
