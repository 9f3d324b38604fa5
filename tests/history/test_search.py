"""The search between two ends, without any process: what is asked, and what is left when answers are missing."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.history.search import NEW, OLD, STAGES, UNCLEAR, search, side_of


@given(st.integers(1, 200), st.data())
def test_the_culprit_is_found_in_logarithmically_many_steps(count: int, data: st.DataObject) -> None:
    culprit = data.draw(st.integers(0, count - 1))
    found = search(count, lambda number: NEW if number >= culprit else OLD)
    assert (found.first, found.last) == (culprit, culprit)
    assert len(found.steps) <= math.ceil(math.log2(count)) + 1


@given(st.integers(1, 60), st.data())
def test_candidates_without_an_answer_stay_in_the_range_and_never_lose_the_culprit(count: int, data: st.DataObject) -> None:
    culprit = data.draw(st.integers(0, count - 1))
    broken = data.draw(st.sets(st.integers(0, count - 1)))
    found = search(count, lambda number: UNCLEAR if number in broken else NEW if number >= culprit else OLD)
    assert found.first <= culprit <= found.last
    assert all(number in broken for number in range(found.first, found.last))


def test_nothing_is_asked_twice() -> None:
    asked: list[int] = []

    def ask(number: int) -> str:
        asked.append(number)
        return "failed: broken" if number % 3 else (NEW if number >= 40 else OLD)

    search(64, ask)
    assert len(asked) == len(set(asked))


def test_pairs_near_an_end_are_like_it_and_pairs_half_way_are_unclear() -> None:
    draw = random.Random(5)
    effect = math.log(1.10)
    for at, wanted in ((0.0, OLD), (effect, NEW)):
        assert side_of([draw.gauss(at, 0.01) for _ in range(STAGES[0])], effect) == wanted
    assert side_of([effect / 2 + (0.01 if i % 2 else -0.011) for i in range(STAGES[0])], effect) == UNCLEAR


def test_an_improvement_is_searched_for_like_a_worsening() -> None:
    effect = math.log(0.8)
    assert side_of([math.log(0.8) + i / 1000 for i in range(8)], effect) == NEW
    assert side_of([i / 1000 for i in range(8)], effect) == OLD


@pytest.mark.parametrize("noise", [0.01, 0.03])
def test_a_wrong_answer_is_rare(noise: float) -> None:
    draw = random.Random(11)
    effect = math.log(1.05)
    wrong = sum(
        any(side_of([draw.gauss(0.0, noise) for _ in range(count)], effect) == NEW for count in STAGES) for _ in range(300)
    )
    assert wrong == 0
