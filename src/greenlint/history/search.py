"""Bisection of a change of level: each step asks whether a commit is like the old end or like the new one, and may not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.analysis.pairs import FIRST_PAIRS, SECOND_P, SECOND_PAIRS
from greenlint.analysis.stats import one_sided_p
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STAGES = (FIRST_PAIRS, SECOND_PAIRS, 20)
"""Pairs of each look at a commit; every look has new ones, and decides alone."""

OLD, NEW, UNCLEAR = "old", "new", "unclear"


class Step(NamedTuple):
    """A commit that was asked: its number among the candidates, and what it is like (or "failed: reason")."""

    number: int
    answer: str


class Range(NamedTuple):
    """What is left: the culprit is one of the candidates `first` to `last` (numbers from 0), found by these steps."""

    first: int
    last: int
    steps: tuple[Step, ...]


def side_of(logs: Sequence[float], effect: float) -> str:
    """Which end a commit is like, from the logarithms of commit over old end.

    effect  the logarithm of new over old end. It is like the new end when its pairs lie certainly (one-sided signed-rank p at
    most 0.005) beyond half of the way, like the old one when they certainly do not.
    """
    sign = 1 if effect > 0 else -1
    beyond = [sign * log - abs(effect) / 2 for log in logs]
    if one_sided_p(beyond) <= SECOND_P:
        return NEW
    return OLD if one_sided_p([-value for value in beyond]) <= SECOND_P else UNCLEAR


def search(count: int, ask: Callable[[int], str]) -> Range:
    """Narrow `count` candidates down; `ask` says what the state after a candidate is like.

    The state before the first candidate is the old end, that after the last one the new end. A candidate without a clear
    answer is left out, and its neighbours are asked instead, the one nearest to the middle first.
    """
    low, high = 0, count  # states: `low` is like the old end, `high` like the new one; state n is that after candidate n - 1
    silent: set[int] = set()
    steps: list[Step] = []
    while True:
        open_states = [state for state in range(low + 1, high) if state not in silent]
        if not open_states:
            return Range(low, high - 1, tuple(steps))
        middle = min(open_states, key=lambda state: (abs(2 * state - low - high), state))
        answer = ask(middle - 1)
        steps.append(Step(middle - 1, answer))
        if answer == NEW:
            high = middle
        elif answer == OLD:
            low = middle
        else:
            silent.add(middle)
