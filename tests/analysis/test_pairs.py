"""Head against base by process pairs: exact probabilities, false alarms and power by simulation, what could be seen."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from greenlint.analysis.pairs import (
    FAMILY_P,
    FIRST_PAIRS,
    MIN_EFFECT,
    SECOND_P,
    SECOND_PAIRS,
    change_of,
    confirmed_better,
    confirmed_worse,
    pairs_for,
    pairs_needed,
    robust_spread,
    spread_of,
    suspicious,
    visible_effect,
)
from greenlint.analysis.stats import one_sided_p
from greenlint.analysis.student import quantile, two_sided_p

logs = st.lists(st.integers(-10_000, 10_000).filter(bool).map(lambda n: n / 7919), min_size=1, max_size=25, unique_by=abs)


@given(logs)
def test_one_sided_p_is_scipys_exact_signed_rank_test(ds: list[float]) -> None:
    expected = scipy_stats.wilcoxon(ds, alternative="greater", method="exact").pvalue
    assert one_sided_p(ds) == pytest.approx(float(expected), abs=1e-12)


@given(st.floats(-50, 50), st.floats(0.5, 200))
def test_students_tail_is_scipys(t: float, df: float) -> None:
    assert two_sided_p(t, df) == pytest.approx(float(2 * scipy_stats.t.sf(abs(t), df)), rel=1e-8, abs=1e-14)


@given(st.floats(0.001, 0.999), st.integers(1, 100))
def test_students_quantile_is_scipys(probability: float, df: int) -> None:
    assert quantile(probability, df) == pytest.approx(float(scipy_stats.t.ppf(probability, df)), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("probability", [0.0, 1.0, -1.0])
def test_there_is_no_quantile_outside_the_distribution(probability: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile(probability, 3)


@given(logs)
def test_a_change_and_its_mirror_image_agree(ds: list[float]) -> None:
    change, mirror = change_of(ds), change_of([-d for d in ds])
    assert change.ratio == pytest.approx(1 / mirror.ratio)
    assert (change.low, change.high) == (pytest.approx(1 / mirror.high), pytest.approx(1 / mirror.low))
    assert change.p_worse == mirror.p_better
    assert change.low <= change.ratio * (1 + 1e-12) and change.ratio <= change.high * (1 + 1e-12)


@pytest.mark.parametrize(
    ("sd", "pairs", "expected"),
    [(0.035, 8, 0.048), (0.035, 10, 0.041), (0.035, 15, 0.031), (0.035, 20, 0.027), (0.035, 30, 0.021)],
)
def test_the_visible_effect_is_what_simulated_runs_found(sd: float, pairs: int, expected: float) -> None:
    """The expected figures are from resampled real process pairs at one-sided 0.01."""
    assert visible_effect(sd, pairs, alpha=0.01) == pytest.approx(expected, abs=0.002)


def test_a_pair_that_lies_far_off_counts_for_what_can_be_seen() -> None:
    calm = [0.01, -0.01, 0.02, -0.02, 0.01, -0.01]
    assert spread_of(calm) == pytest.approx(0.0167, abs=0.002)
    assert spread_of([*calm, 0.4]) > 0.1 > robust_spread([*calm, 0.4])
    assert (spread_of([]), spread_of([0.3]), robust_spread([])) == (1e-4, 1e-4, 0.0)


@pytest.mark.parametrize("pairs", [0, 1, 5, 7])
def test_too_few_pairs_can_never_be_certain_and_say_so(pairs: int) -> None:
    assert visible_effect(0.01, pairs, alpha=SECOND_P) == math.inf


def test_many_suspects_get_pairs_enough_for_holm() -> None:
    assert pairs_for(1) == pairs_for(50) == SECOND_PAIRS
    for suspects in (51, 200, 1000, 100_000):
        assert 2.0 ** -pairs_for(suspects) * suspects <= FAMILY_P / 2


@pytest.mark.parametrize("sd", [0.005, 0.02, 0.035])
@pytest.mark.parametrize("effect", [0.02, 0.05, 0.10])
def test_the_pairs_that_are_recommended_see_the_effect_and_one_fewer_do_not(sd: float, effect: float) -> None:
    needed = pairs_needed(sd, effect)
    assert needed is not None
    assert visible_effect(sd, needed) <= math.log1p(effect) < visible_effect(sd, needed - 1)


def test_no_number_of_pairs_is_recommended_where_a_thousand_do_not_see_it() -> None:
    assert pairs_needed(0.5, 0.02) is None
    with pytest.raises(ValueError, match="above 0"):
        pairs_needed(0.01, 0.0)


def decide(draw: random.Random, effect: float, sd: float = 0.035) -> tuple[str, int]:
    """One benchmark through both stages; the verdict and the number of pairs spent."""
    first = [draw.gauss(effect, sd) for _ in range(FIRST_PAIRS)]
    if not suspicious(first):
        return "unchanged", FIRST_PAIRS
    change = change_of([draw.gauss(effect, sd) for _ in range(SECOND_PAIRS)])
    worse, better = confirmed_worse(change, change.p_worse), confirmed_better(change, change.p_better)
    return "worse" if worse else "better" if better else "unchanged", FIRST_PAIRS + SECOND_PAIRS


def test_unchanged_code_raises_an_alarm_in_at_most_one_of_a_thousand_and_costs_few_pairs() -> None:
    draw = random.Random(20261121)
    results = [decide(draw, 0.0) for _ in range(4000)]
    alarms = sum(verdict != "unchanged" for verdict, _ in results)
    assert alarms <= 8, f"{alarms} of 4000"
    assert sum(pairs for _, pairs in results) / 4000 < 12


def test_five_per_cent_worse_is_found_in_eight_of_ten() -> None:
    draw = random.Random(20261122)
    found = sum(decide(draw, math.log(1.05))[0] == "worse" for _ in range(600))
    assert found / 600 > 0.70
    calm = sum(decide(draw, math.log(1.05), sd=0.02)[0] == "worse" for _ in range(300))
    assert calm / 300 > 0.95


def test_five_per_cent_better_is_found_as_often() -> None:
    draw = random.Random(20261123)
    found = sum(decide(draw, -math.log(1.05))[0] == "better" for _ in range(600))
    assert found / 600 > 0.70


def test_a_certain_change_below_what_matters_is_no_alarm() -> None:
    change = change_of([math.log(1.01)] * SECOND_PAIRS)
    assert change.p_worse < SECOND_P
    assert change.ratio < 1 + MIN_EFFECT
    assert not confirmed_worse(change, change.p_worse)
