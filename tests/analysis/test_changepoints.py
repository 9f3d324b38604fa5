"""Change points in per-commit series: found, placed, and not invented, with outliers and without."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlint.analysis.changepoints import LEAST, ChangePoint, change_points, winsorise


def series(seed: int, *, sd: float, step: float, before: int = 60, after: int = 10, outliers: float = 0.0) -> list[float]:
    draw = random.Random(seed)
    values = [(1.0 if i < before else 1 + step) * (1 + draw.gauss(0, sd)) for i in range(before + after)]
    return [value * (1 + draw.uniform(0, 0.5)) if draw.random() < outliers else value for value in values]


def found_in(trials: int, **options: float) -> tuple[float, float, float]:
    """Parts of the trials in which the change was found within three commits, and lay in the range; false points each."""
    before, hits, covered, false = 60, 0, 0, 0
    for seed in range(trials):
        points = change_points(series(seed, **options))  # type: ignore[arg-type]
        near = [point for point in points if abs(point.place - before) <= 3]
        hits += bool(near)
        covered += any(point.first <= before <= point.last for point in near)
        false += len(points) - len(near[:1])
    return hits / trials, covered / trials, false / trials


def test_five_per_cent_among_outliers_is_found_and_nothing_is_invented() -> None:
    hits, covered, false = found_in(200, sd=0.01, step=0.05, outliers=0.05)
    assert hits >= 0.95
    assert false <= 0.10
    assert covered >= 0.85


def test_three_commits_after_the_change_are_enough_in_calm_series() -> None:
    hits, _, false = found_in(100, sd=0.01, step=0.05, after=3)
    assert hits >= 0.95
    assert false <= 0.05


@pytest.mark.parametrize(("sd", "outliers"), [(0.01, 0.0), (0.01, 0.05), (0.035, 0.0), (0.035, 0.05)])
def test_a_series_without_a_change_has_none(sd: float, outliers: float) -> None:
    false = sum(len(change_points(series(seed, sd=sd, step=0.0, after=40, outliers=outliers))) for seed in range(150))
    assert false / 150 <= 0.10


def test_two_changes_are_two_points_and_their_levels_are_right() -> None:
    draw = random.Random(3)
    values = [level * (1 + draw.gauss(0, 0.01)) for level in [1.0] * 40 + [1.2] * 40 + [0.9] * 40]
    up, down = change_points(values)
    assert (up.place, down.place) == (40, 80)
    assert up.ratio == pytest.approx(1.2, rel=0.01)
    assert down.ratio == pytest.approx(0.75, rel=0.01)
    assert up.first <= 40 <= up.last


def test_a_change_smaller_than_what_matters_is_left_out() -> None:
    values = series(1, sd=0.002, step=0.01, before=60, after=60)
    assert change_points(values) == []
    assert [point.place for point in change_points(values, min_magnitude=0.005)] == [60]


def test_a_step_without_any_noise_is_exact() -> None:
    assert change_points([2.0] * 10 + [3.0] * 10) == [ChangePoint(10, 2.0, 3.0, 0.0, 10, 10)]


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 2.0], [1.0] * 50, [0.0] * 20])
def test_short_and_constant_series_have_no_change(values: list[float]) -> None:
    assert change_points(values) == []


def test_one_wild_value_is_no_change_and_is_moved_to_the_fence() -> None:
    values = series(5, sd=0.01, step=0.0)
    values[30] = 5.0
    assert change_points(values) == []
    assert max(winsorise(values)) < 1.1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.1, 10), max_size=60))
def test_points_are_in_order_apart_and_the_same_each_time(values: list[float]) -> None:
    points = change_points(values)
    indexes = [point.place for point in points]
    assert indexes == sorted(set(indexes))
    assert all(LEAST <= index <= len(values) - LEAST for index in indexes)
    assert change_points(values) == points
    assert all(point.first <= point.last for point in points)
