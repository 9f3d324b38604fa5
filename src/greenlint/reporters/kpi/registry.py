"""Finds the indicators: every file in `indicators/`, in the order of their numbers."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from greenlint.reporters.kpi import indicators

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.reporters.kpi.facts import Facts
    from greenlint.reporters.kpi.tile import Tile


def all_tiles(facts: Facts) -> tuple[Tile, ...]:
    """Every indicator, computed from the same facts."""
    names = sorted(info.name for info in iter_modules(indicators.__path__) if info.name.startswith("k"))
    return tuple(import_module(f"{indicators.__name__}.{name}").tile(facts) for name in names)
