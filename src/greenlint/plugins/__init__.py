"""Third-party plug-ins: distributions with an entry point in the group `greenlint` whose module implements our hooks.

An author writes `from greenlint.plugins import hookimpl`; everything else here is for our own registries.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.plugins.hookspecs import hookimpl

__all__ = ["hookimpl"]


def __getattr__(name: str) -> Any:
    """Import the marker when it is asked for: without a plug-in, nothing may load pluggy."""
    if name == "hookimpl":
        from greenlint.plugins.hookspecs import hookimpl

        return hookimpl
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
