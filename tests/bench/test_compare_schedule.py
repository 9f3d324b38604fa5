"""The order of runs."""

from __future__ import annotations

from collections import Counter

from greenlint.bench.schedule import draw_orders, fewest_rounds, fit_rounds


def test_every_round_runs_every_implementation_once() -> None:
    for order in draw_orders(["a", "b", "c"], rounds=20, seed=1):
        assert sorted(order) == ["a", "b", "c"]


def test_a_seed_gives_the_same_orders_on_every_python() -> None:
    assert draw_orders(["a", "b", "c"], 4, seed=42) == [
        ["b", "a", "c"],
        ["c", "b", "a"],
        ["b", "c", "a"],
        ["b", "c", "a"],
    ]


def test_no_implementation_is_favoured_with_a_place() -> None:
    first = Counter(order[0] for order in draw_orders(["a", "b", "c"], rounds=3000, seed=7))
    assert all(900 < count < 1100 for count in first.values())


def test_fewest_rounds_are_those_from_which_all_pairs_can_differ() -> None:
    assert [fewest_rounds(n) for n in (2, 3, 6)] == [6, 7, 10]


def test_slow_programs_get_fewer_rounds_but_never_too_few() -> None:
    assert fit_rounds(15, 2, round_s=0.1, longest_s=300) == 15
    assert fit_rounds(15, 2, round_s=30, longest_s=300) == 10
    assert fit_rounds(15, 2, round_s=300, longest_s=300) == fewest_rounds(2)
