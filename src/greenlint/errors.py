"""The errors that greenlint raises on purpose; each carries what to do next.

GreenlintError
├── ConfigError      a configuration file or option is wrong (exit code 2)
├── LedgerError      the ledger cannot be opened, read or written
├── ProviderError    an energy provider that was asked for by name is not available (exit code 4)
├── UnitError        a quantity has no unit or an unknown one
├── IncompatibleError  two energy values must not be added or compared
└── PluginError      a plug-in failed to load
"""

from __future__ import annotations


class GreenlintError(Exception):
    """An error for the user: one line that names the place, and a hint that names the remedy."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class ConfigError(GreenlintError):
    """A configuration file, key or option is wrong."""


class LedgerError(GreenlintError):
    """The ledger cannot be opened, read or written; the message names the file."""


class ProviderError(GreenlintError):
    """An energy provider that was asked for by name is not available on this machine."""

    exit_code = 4


class UnitError(ConfigError):
    """A quantity has no unit, an unknown unit, or is not a number."""


class IncompatibleError(GreenlintError):
    """Two energy values of different tier, boundary, machine class or overlapping domains were combined."""


class PluginError(GreenlintError):
    """A plug-in failed to load; the message names its package."""
