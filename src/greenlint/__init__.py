"""greenlint: a green-software linter and energy profiler that says where each number came from and how sure it is."""

from __future__ import annotations

__version__ = "0.1.0"  # plain: asking importlib.metadata for it costs 25 ms at start-up

TYPE_CHECKING = False  # importing typing for it would cost every run of the command
if TYPE_CHECKING:
    from greenlint.api import measure
    from greenlint.window import Window

__all__ = ["Window", "__version__", "measure"]


def __getattr__(name: str) -> object:
    """`measure` and `Window`, loaded at their first use: the linter must not pay for the profiler."""
    if name in ("measure", "Window"):
        from greenlint import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
