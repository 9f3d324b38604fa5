"""Limits of tests, from the `energy_budget` marker and from the configuration."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

import pytest

from greenlint.errors import UnitError
from greenlint.model.budget import Budget
from greenlint.model.units import parse_quantity
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

UNITS = {"energy": "J", "cpu": "s", "instructions": "instr"}
PER = ("test", "op")
SCOPES = ("call", "call+function_fixtures")


class Limit(NamedTuple):
    """A budget of one test and what it is a limit of.

    per    "test": the whole; "op": one iteration of the `energy` fixture
    scope  "call", or with the set-up and tear-down of fixtures of function scope
    node   where the marker is: a test, class or module; None for the configuration
    """

    budget: Budget
    per: str = "test"
    scope: str = "call"
    node: object = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Two limits with the same key are about the same thing."""
        return (self.budget.quantity, self.per, self.scope)

    @property
    def with_fixtures(self) -> bool:
        """Whether it can only be judged after the tear-down."""
        return self.scope != "call"

    def packed(self) -> list[Any]:
        """Plain values for the way from a worker to its controller."""
        return [list(self.budget), self.per, self.scope, self.node is not None]


def unpack(packed: Sequence[Any]) -> Limit:
    """The inverse of `Limit.packed`."""
    budget, per, scope, marked = packed
    return Limit(Budget(*budget), per, scope, "marker" if marked else None)


def of_marker(nodeid: str, place: str, mark: pytest.Mark) -> Iterator[Limit]:
    """The limits of one marker. Raises pytest.UsageError naming place and test."""
    wanted: dict[str, object] = dict(mark.kwargs)
    per, scope = wanted.pop("per", "test"), wanted.pop("scope", "call")
    if mark.args:
        wanted = {"energy": mark.args[0], **wanted}
    if len(mark.args) > 1 or not wanted or ("energy" in mark.kwargs and mark.args):
        raise pytest.UsageError(
            f'{place}: energy_budget takes one limit such as "2 J", or energy=, cpu= and instructions= (in {nodeid})'
        )
    for name in set(wanted) - set(UNITS):
        raise pytest.UsageError(
            f"{place}: energy_budget has no argument {name!r}; it takes {', '.join(UNITS)}, per and scope (in {nodeid})"
        )
    for name, value, known in (("per", per, PER), ("scope", scope, SCOPES)):
        if value not in known:
            raise pytest.UsageError(f"{place}: energy_budget: {name} is {' or '.join(known)}, not {value!r} (in {nodeid})")
    if per == "op" and scope != "call":
        raise pytest.UsageError(f'{place}: energy_budget: per="op" is about the call alone, without fixtures (in {nodeid})')
    for quantity, text in wanted.items():
        try:
            limit = parse_quantity(text, expect=UNITS[quantity])
        except UnitError as error:
            raise pytest.UsageError(f"{place}: energy_budget of {nodeid}: {error}") from None
        yield Limit(Budget("test", nodeid, quantity, limit.value, limit.text, place), str(per), str(scope), mark)


def with_configured(
    marked: dict[str, tuple[Limit, ...]], budgets: Iterable[Budget], nodeids: Sequence[str], *, whole: bool
) -> tuple[dict[str, tuple[Limit, ...]], tuple[str, ...]]:
    """The limits of all tests, and one line for each limit of the configuration that fits no test or contradicts another.

    A test has to hold every limit that is about it. `whole` says that all tests of the project were collected; else only
    budgets of files that were collected can be missed.
    """
    limits, notes = dict(marked), {}
    files = {nodeid.partition("::")[0] for nodeid in nodeids}
    for budget in budgets:
        if budget.scope != "test":
            continue
        fitting = matching(budget.selector, nodeids)
        if not fitting and (whole or budget.selector.partition("::")[0] in files):
            notes[budget.where, ""] = f"budget of {budget.selector!r} ({budget.where}): there is no such test"
        for nodeid in fitting:
            new, present = Limit(budget._replace(selector=nodeid)), limits.get(nodeid, ())
            same = [old for old in present if old.key == new.key]
            equal = next((old for old in same if old.budget.limit == new.budget.limit), None)
            if equal is not None:  # one limit written twice is judged and told once
                both = equal._replace(budget=equal.budget._replace(where=f"{equal.budget.where} and {budget.where}"))
                limits[nodeid] = tuple(both if old is equal else old for old in present)
                continue
            for old in same:
                notes.setdefault((old.budget.where, budget.where), _contradiction(nodeid, old.budget, budget))
            limits[nodeid] = (*present, new)
    return limits, tuple(notes.values())


def matching(selector: str, nodeids: Sequence[str]) -> list[str]:
    """The tests that a selector of the configuration is about: one node id, or a glob over them."""
    glob = selector.replace("[", "[[]")  # the brackets of a node id are those of its parameters, not a set of characters
    return [nodeid for nodeid in nodeids if nodeid == selector or fnmatchcase(nodeid, glob)]


def _contradiction(nodeid: str, one: Budget, other: Budget) -> str:
    low, high = sorted((one, other), key=lambda budget: budget.limit)
    both = f"{low.text} ({low.where}) and {high.text} ({high.where})"
    return f"two {one.quantity} limits for {nodeid}: {both}; the lower one decides"
