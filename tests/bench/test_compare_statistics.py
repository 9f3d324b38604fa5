"""What paired rounds say, on simulated rounds where the truth is known."""

from __future__ import annotations

import math
import random

import pytest

from greenlint.bench.figures import centre
from greenlint.bench.letters import letter_groups
from greenlint.bench.ratios import Relation, judge_pairs, paired_ratio


def simulate(seed: int, factors: dict[str, float], rounds: int = 15, noise: float = 0.04) -> dict[str, list[float]]:
    """Rounds on a noisy host: a drift that all share, own noise, and now and then an outlier of up to 60 %."""
    draw = random.Random(seed)
    values: dict[str, list[float]] = {name: [] for name in factors}
    for _ in range(rounds):
        host = math.exp(draw.gauss(0, 0.2))
        for name, factor in factors.items():
            outlier = 1 + 0.6 * draw.random() if draw.random() < 0.05 else 1.0
            values[name].append(factor * host * outlier * math.exp(draw.gauss(0, noise)))
    return values


def test_the_same_program_under_three_names_is_rarely_called_different() -> None:
    wrong = sum(
        any(pair.relation is Relation.DIFFERENT for pair in judge_pairs(simulate(seed, {"a": 1.0, "b": 1.0, "c": 1.0})))
        for seed in range(200)
    )
    assert wrong <= 16  # 5 % of all comparisons, together over their pairs; 8 % leaves room for chance


def test_the_interval_covers_the_true_ratio_as_often_as_it_says() -> None:
    covered = 0
    for seed in range(200):
        values = simulate(seed, {"a": 2.0, "b": 1.0})
        ratio = paired_ratio(values["a"], values["b"])
        assert ratio is not None
        covered += ratio.low <= 2.0 <= ratio.high
    assert 183 <= covered <= 199


def test_twice_the_work_is_always_found() -> None:
    for seed in range(30):
        (pair,) = judge_pairs(simulate(seed, {"a": 2.0, "b": 1.0}))
        assert pair.relation is Relation.DIFFERENT
        assert pair.ratio.low < 2.0 * 1.05
        assert pair.ratio.high > 2.0 * 0.95


def test_a_difference_below_the_margin_is_equivalent_not_different() -> None:
    (pair,) = judge_pairs(simulate(1, {"a": 1.005, "b": 1.0}, rounds=40, noise=0.002))
    assert (pair.relation, pair.reason) == (Relation.EQUIVALENT, "the interval lies within ±3%")


def test_too_much_noise_is_undecided_and_says_that_the_interval_includes_1() -> None:
    (pair,) = judge_pairs(simulate(3, {"a": 1.01, "b": 1.0}, noise=0.2))
    assert (pair.relation, pair.reason) == (Relation.UNDECIDED, "the interval includes 1")


def test_five_rounds_cannot_call_anything_different_and_give_the_coverage_they_have() -> None:
    (pair,) = judge_pairs({"a": [2.0, 2.1, 2.2, 1.9, 2.0], "b": [1.0, 1.1, 1.0, 1.0, 0.9]})
    assert pair.relation is Relation.TOO_FEW_ROUNDS
    assert pair.ratio.level == pytest.approx(0.9375)


def test_a_zero_has_no_ratio() -> None:
    assert paired_ratio([0.0, 1.0], [1.0, 1.0]) is None
    assert paired_ratio([], []) is None


def test_ratios_do_not_depend_on_which_is_called_a() -> None:
    values = simulate(5, {"a": 1.3, "b": 1.0})
    forth, back = paired_ratio(values["a"], values["b"]), paired_ratio(values["b"], values["a"])
    assert forth is not None
    assert back is not None
    assert forth.value == pytest.approx(1 / back.value)
    assert (forth.low, forth.high) == (pytest.approx(1 / back.high), pytest.approx(1 / back.low))


def test_letters_are_shared_exactly_by_those_not_told_apart() -> None:
    different = {frozenset("ac"), frozenset("ad"), frozenset("bd")}
    groups = letter_groups("abcd", different)
    assert groups == {"a": "a", "b": "ab", "c": "bc", "d": "c"}
    for x in "abcd":
        for y in "abcd":
            assert bool(set(groups[x]) & set(groups[y])) == (frozenset((x, y)) not in different)


def test_the_median_comes_with_its_exact_interval() -> None:
    found = centre([float(i) for i in range(1, 16)])
    assert (found.value, found.low, found.high) == (8, 4, 12)
    assert found.level == pytest.approx(0.9648, abs=1e-4)


def test_five_values_have_their_range_as_interval() -> None:
    found = centre([5.0, 1.0, 3.0, 2.0, 4.0])
    assert (found.low, found.high, found.level) == (1, 5, pytest.approx(0.9375))
