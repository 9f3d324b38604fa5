"""Reads [tool.greenlint.budgets]: limits per test, per suite, per language and per commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greenlint.errors import ConfigError, UnitError
from greenlint.model.budget import Budget
from greenlint.model.units import parse_quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.config.validate import Source

_UNITS = {"energy": "J", "cpu": "s"}
_SUITE = ("suite", "session")


def read_budgets(source: Source, table: Mapping[str, Any]) -> tuple[Budget, ...]:
    """Budgets in the order of the file. Raises ConfigError for an unknown key, a missing unit or a wrong one."""
    budgets: list[Budget] = []
    for selector, limits in table.items():
        if not isinstance(limits, dict):
            raise source.fail(selector, f"budget {selector!r} must be a table", 'for example { energy = "2 J" }', "budgets")
        if selector in _SUITE:
            budgets += _limits(source, "suite", "*", selector, limits)
        elif selector == "commit":
            budgets += _limits(source, "commit", "*", selector, limits)
        elif selector == "language":
            for language, inner in limits.items():
                if not isinstance(inner, dict):
                    raise source.fail(language, f"budget of language {language!r} must be a table", "", "budgets")
                budgets += _limits(source, "language", language, language, inner)
        else:
            budgets += _limits(source, "test", selector, selector, limits)
    return tuple(budgets)


def _limits(source: Source, scope: str, selector: str, key: str, limits: Mapping[str, Any]) -> list[Budget]:
    found: list[Budget] = []
    machine_class = limits.get("machine", "")
    if not isinstance(machine_class, str):
        raise source.fail("machine", "the machine class of a budget must be a string", "", key)
    for name, text in limits.items():
        if name == "machine":
            continue
        if name not in _UNITS:
            raise source.fail(name, f"unknown budget {name!r} for {key!r}", f"known: {', '.join(_UNITS)}, machine", key)
        try:
            quantity = parse_quantity(text, expect=_UNITS[name])
        except UnitError as error:
            raise ConfigError(f"{source.where(name, key)}: budget for {key!r}: {error.message}", error.hint) from error
        found.append(Budget(scope, selector, name, quantity.value, quantity.text, source.where(name, key), machine_class))
    return found
