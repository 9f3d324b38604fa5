"""Small-sample statistics against enumeration of all cases, and the coverage that they promise."""

from __future__ import annotations

import itertools
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.analysis.stats import (
    bootstrap_median_interval,
    hodges_lehmann,
    holm,
    mad,
    median,
    signed_rank_p,
    walsh_averages,
    walsh_interval,
    wilson_interval,
)

numbers = st.floats(-1e6, 1e6, allow_nan=False)


def enumerated_p(ds: list[float]) -> float:
    """Two-sided p of the signed-rank statistic over all sign patterns."""
    order = sorted(ds, key=abs)
    ranks = range(1, len(ds) + 1)
    top = len(ds) * (len(ds) + 1) / 2
    seen = sum(rank for rank, d in zip(ranks, order) if d > 0)
    extreme = min(seen, top - seen)
    sums = [sum(rank for rank, plus in zip(ranks, signs) if plus) for signs in itertools.product([0, 1], repeat=len(ds))]
    return sum(min(s, top - s) <= extreme for s in sums) / 2 ** len(ds)


@pytest.mark.parametrize("n", range(1, 12))
def test_the_signed_rank_test_is_exact(n: int) -> None:
    chance = random.Random(n)
    for _ in range(5):
        ds = [chance.gauss(0.5, 1) for _ in range(n)]
        assert signed_rank_p(ds) == pytest.approx(min(1.0, enumerated_p(ds)))


def test_no_difference_is_no_evidence() -> None:
    assert signed_rank_p([0.0, 0.0]) == 1.0
    assert signed_rank_p([1.0] * 6) == pytest.approx(2 / 64)


def test_the_normal_approximation_joins_the_exact_values() -> None:
    chance = random.Random(5)
    ds = [chance.gauss(0.2, 1) for _ in range(50)]
    assert signed_rank_p([*ds, 1e-9]) == pytest.approx(signed_rank_p(ds), abs=0.01)


@given(st.lists(numbers, min_size=1, max_size=12))
def test_hodges_lehmann_is_the_median_of_all_averages(ds: list[float]) -> None:
    averages = sorted((a + b) / 2 for i, a in enumerate(ds) for b in ds[i:])
    middle = len(averages) // 2
    expected = averages[middle] if len(averages) % 2 else (averages[middle - 1] + averages[middle]) / 2
    assert hodges_lehmann(ds) == pytest.approx(expected, abs=1e-6)
    low, high = walsh_interval(ds)
    assert low <= hodges_lehmann(ds) + 1e-6
    assert high >= hodges_lehmann(ds) - 1e-6


@given(st.lists(numbers, min_size=1, max_size=12), numbers)
def test_a_shift_of_all_values_shifts_the_estimate(ds: list[float], by: float) -> None:
    assert hodges_lehmann([d + by for d in ds]) == pytest.approx(hodges_lehmann(ds) + by, abs=1e-3)


@pytest.mark.parametrize("n", [6, 8, 10, 15])
def test_the_interval_covers_the_true_shift_as_often_as_it_says(n: int) -> None:
    chance, rounds = random.Random(n), 3000
    covered = 0
    for _ in range(rounds):
        low, high = walsh_interval([1.0 + chance.choice((-1, 1)) * chance.expovariate(1) for _ in range(n)])
        covered += low <= 1.0 <= high
    assert covered / rounds >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / rounds)
    assert covered / rounds < 0.985


def test_the_interval_agrees_with_the_test() -> None:
    """A shift outside the 95 % interval is one that the test rejects at 5 %."""
    chance = random.Random(3)
    for _ in range(40):
        ds = [chance.gauss(0.7, 1) for _ in range(9)]
        low, high = walsh_interval(ds)
        assert (low > 0 or high < 0) == (signed_rank_p(ds) <= 0.05)


def test_few_pairs_give_the_whole_range() -> None:
    assert walsh_interval([3.0, 1.0]) == (1.0, 3.0)
    assert walsh_interval([2.0]) == (2.0, 2.0)
    assert len(walsh_averages([1.0, 2.0, 3.0])) == 6


def test_empty_samples_are_refused() -> None:
    for function in (median, hodges_lehmann, walsh_interval):
        with pytest.raises(ValueError, match=r"nothing|at least one"):
            function([])


def test_one_outlier_moves_neither_median_nor_spread() -> None:
    assert median([1, 2, 3, 4, 1e9]) == 3
    assert mad([1, 2, 3, 4, 1e9]) == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_keeps_the_order_and_never_helps(ps: list[float]) -> None:
    adjusted = holm(ps)
    assert all(a >= p for a, p in zip(adjusted, ps))
    assert max(adjusted) <= 1
    for (p, a), (q, b) in itertools.combinations(zip(ps, adjusted), 2):
        assert (a <= b) if p < q else (a >= b) if p > q else a == b


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_wilson_against_published_values() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)
    assert wilson_interval(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert wilson_interval(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)


def test_the_bootstrap_is_repeatable_and_covers_the_median() -> None:
    xs = [random.Random(1).gauss(5, 1) for _ in range(1)] + [random.Random(i).gauss(5, 1) for i in range(40)]
    assert bootstrap_median_interval(xs, 7) == bootstrap_median_interval(xs, 7)
    low, high = bootstrap_median_interval(xs, 7)
    assert low <= median(xs) <= high
