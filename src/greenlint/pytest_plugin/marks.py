"""The markers of this plug-in, read once at collection; whatever is wrong with one ends the run before any test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.pytest_plugin.limits import Limit

BUDGET, GROUP, SKIP = "energy_budget", "energy_group", "energy_skip"


class Marks(NamedTuple):
    """What the markers say, by node id: limits; group and baseline of reports; why a test is not measured."""

    limits: dict[str, tuple[Limit, ...]]
    groups: dict[str, dict[str, str]]
    skips: dict[str, str]


def read_marks(items: Iterable[pytest.Item]) -> Marks:
    """The marks of all items. Raises pytest.UsageError naming test and place for a wrong one."""
    marks = Marks({}, {}, {})
    for item in items:
        for node, mark in item.iter_markers_with_node():
            if mark.name == BUDGET:
                _add_limits(marks.limits, item, node, mark)
            elif mark.name == GROUP:
                marks.groups.setdefault(item.nodeid, _group(item, mark))
            elif mark.name == SKIP:
                marks.skips.setdefault(item.nodeid, _reason(item, mark))
    return marks


def place_of(item: pytest.Item) -> str:
    """ "file:line" of a test."""
    return f"{item.location[0]}:{(item.location[1] or 0) + 1}"


def _add_limits(found: dict[str, tuple[Limit, ...]], item: pytest.Item, node: object, mark: pytest.Mark) -> None:
    """The closest marker wins for each quantity; two of one place that differ are an error."""
    from greenlint.pytest_plugin.limits import of_marker

    place = place_of(item)
    known = found.get(item.nodeid, ())
    for limit in of_marker(item.nodeid, place, mark):
        if limit.per == "op" and "energy" not in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f'{place}: energy_budget: per="op" needs the `energy` fixture (in {item.nodeid})')
        same = next((one for one in known if one.key == limit.key), None)
        if same is None:
            known = (*known, limit._replace(node=node))
        elif same.node is node and same.budget.limit != limit.budget.limit:
            raise pytest.UsageError(
                f"{place}: energy_budget of {item.nodeid}: two {limit.budget.quantity} limits that contradict each other, "
                f"{same.budget.text} and {limit.budget.text}"
            )
    found[item.nodeid] = known


def _group(item: pytest.Item, mark: pytest.Mark) -> dict[str, str]:
    name, *more = mark.args or ("",)
    baseline = mark.kwargs.get("baseline", "")
    texts = isinstance(name, str) and isinstance(baseline, str)
    if not texts or not name or more or set(mark.kwargs) - {"baseline"}:
        raise pytest.UsageError(f'{place_of(item)}: energy_group takes a name and baseline="other" (in {item.nodeid})')
    return {"group": name, "baseline": baseline} if baseline else {"group": name}


def _reason(item: pytest.Item, mark: pytest.Mark) -> str:
    reasons = [*mark.args, *(mark.kwargs.values() if set(mark.kwargs) == {"reason"} else ())]
    if len(reasons) != 1 or not isinstance(reasons[0], str) or not reasons[0] or set(mark.kwargs) - {"reason"}:
        raise pytest.UsageError(f'{place_of(item)}: energy_skip takes one reason such as "needs a network" (in {item.nodeid})')
    return reasons[0]
