"""Finds the formats: every module of this package that has an `export`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from greenlint.errors import ConfigError
from greenlint.ledger import exports

if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.ledger.exports.selection import Selection

_SHARED = ("registry", "selection", "series", "table")


class Format(Protocol):
    """A module of this package."""

    SUMMARY: str

    def export(self, selection: Selection) -> Iterable[str] | bytes:
        """The text in parts, or the bytes, of a file; what had to be left out goes to `selection.notices`."""


def format_names() -> list[str]:
    """The names for `--format`, without loading a format."""
    return sorted(module.name.replace("_", "-") for module in iter_modules(exports.__path__) if module.name not in _SHARED)


def load_format(name: str) -> Format:
    """The format of this name. Raises ConfigError with the names that there are."""
    if name not in format_names():
        raise ConfigError(f"there is no export format {name!r}", f"one of {', '.join(format_names())}")
    return cast("Format", import_module(f"{exports.__name__}.{name.replace('-', '_')}"))
