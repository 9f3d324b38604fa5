"""The interval of a median: exact coverage, and none where there are too few values."""

from __future__ import annotations

import math
import random

import pytest
from scipy import stats as scipy_stats

from greenlint.analysis.medians import LEAST, centre_of


@pytest.mark.parametrize("count", [6, 9, 15, 30])
def test_the_interval_holds_the_true_median_in_at_least_95_of_100_whatever_the_distribution(count: int) -> None:
    draw = random.Random(count)
    held = 0
    for _ in range(2000):
        centre = centre_of([draw.lognormvariate(0, 1) for _ in range(count)])
        assert centre.low is not None and centre.high is not None
        held += centre.low <= 1.0 <= centre.high
    assert held / 2000 >= 0.94


@pytest.mark.parametrize("count", [6, 10, 25, 60, 200])
def test_it_is_the_interval_that_scipy_finds(count: int) -> None:
    draw = random.Random(1)
    values = [draw.random() for _ in range(count)]
    centre = centre_of(values)
    expected = scipy_stats.quantile_test(values, p=0.5).confidence_interval(0.95)
    assert (centre.low, centre.high) == (expected.low, expected.high)


def test_fewer_than_six_values_have_no_interval_and_no_precision() -> None:
    centre = centre_of([1.0] * (LEAST - 1))
    assert (centre.low, centre.high, centre.precision) == (None, None, math.inf)
    with pytest.raises(ValueError, match="nothing"):
        centre_of([])


def test_precision_is_half_the_width_as_a_part_of_the_median() -> None:
    centre = centre_of([0.9, 0.95, 1.0, 1.0, 1.05, 1.1])
    assert centre.precision == pytest.approx(0.1)
    assert centre.spread == pytest.approx(1.4826 * 0.05)
