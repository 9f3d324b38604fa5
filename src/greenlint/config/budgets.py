"""Reads [tool.greenlint.budgets]: limits per test, per suite, per language and per commit."""

from __future__ import annotations

from greenlint.errors import ConfigError, UnitError
from greenlint.model.budget import Budget
from greenlint.model.units import parse_quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from greenlint.config.validate import Source

_UNITS = {"energy": "J", "cpu": "s"}
_SUITE = ("suite", "session")


def read_budgets(source: Source, table: Mapping[str, Any], base: Iterable[Budget] = ()) -> tuple[Budget, ...]:
    """Budgets in the order of the file, laid over those of `base` key by key: subject, quantity and machine class.

    Raises ConfigError for an unknown key, a missing unit or a wrong one.
    """
    older, newer = list(base), list[Budget]()
    for scope, selector, key, limits in _subjects(source, table):
        same = [one for one in older if (one.scope, one.selector) == (scope, selector)]
        machine = _machine(source, key, limits, same[0].machine_class if same else "")
        older = [one._replace(machine_class=machine) if one in same else one for one in older]
        newer += [one._replace(machine_class=machine) for one in _limits(source, scope, selector, key, limits)]
    replaced = {one[:3] for one in newer}
    return (*(one for one in older if one[:3] not in replaced), *newer)


def _subjects(source: Source, table: Mapping[str, Any]) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
    """Scope, selector, key in the file, and limits. Raises ConfigError for what is no table."""
    for selector, limits in table.items():
        if not isinstance(limits, dict):
            raise source.fail(selector, f"budget {selector!r} must be a table", 'for example { energy = "2 J" }', "budgets")
        if selector in _SUITE:
            yield "suite", "*", selector, limits
        elif selector == "commit":
            yield "commit", "*", selector, limits
        elif selector == "language":
            for language, inner in limits.items():
                if not isinstance(inner, dict):
                    raise source.fail(language, f"budget of language {language!r} must be a table", "", "budgets")
                yield "language", language, language, inner
        else:
            yield "test", selector, selector, limits


def _machine(source: Source, key: str, limits: Mapping[str, Any], known: str) -> str:
    machine_class = limits.get("machine", known)
    if not isinstance(machine_class, str):
        raise source.fail("machine", "the machine class of a budget must be a string", "", key)
    return machine_class


def _limits(source: Source, scope: str, selector: str, key: str, limits: Mapping[str, Any]) -> list[Budget]:
    found: list[Budget] = []
    for name, text in limits.items():
        if name == "machine":
            continue
        if name not in _UNITS:
            raise source.fail(name, f"unknown budget {name!r} for {key!r}", f"known: {', '.join(_UNITS)}, machine", key)
        try:
            quantity = parse_quantity(text, expect=_UNITS[name])
        except UnitError as error:
            raise ConfigError(f"{source.where(name, key)}: budget for {key!r}: {error.message}", error.hint) from error
        found.append(Budget(scope, selector, name, quantity.value, quantity.text, source.where(name, key)))
    return found
