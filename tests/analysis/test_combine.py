"""Sums of energies: what shrinks with the number of runs, what does not, and what must not be added."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.analysis.combine import total
from greenlint.errors import IncompatibleError
from greenlint.model.energy import Energy, Method

METHODS = [Method.METER, Method.COUNTER, Method.ATTRIBUTED, Method.MODEL, Method.DEFAULT]


def energy(
    joules: float, *, group: str = "a", method: Method = Method.COUNTER, domain: str = "package-0", window: str = ""
) -> Energy:
    return Energy(
        joules, 0.1 * joules, 0.03 * joules, 0.05 * joules, group, method, method.value, (domain,), domain, 0.01, (), window
    )


def test_random_parts_add_in_quadrature_and_systematic_parts_linearly_in_a_group() -> None:
    whole = total([energy(1.0) for _ in range(100)]).energy
    assert whole is not None
    assert whole.energy_j == pytest.approx(100.0)
    assert whole.u_rand == pytest.approx(0.03 * 10)
    assert whole.u_sys == pytest.approx(0.05 * 100)


def test_systematic_parts_of_different_groups_add_in_quadrature() -> None:
    whole = total([energy(3.0, group="a"), energy(4.0, group="b")]).energy
    assert whole is not None
    assert whole.u_sys == pytest.approx(0.05 * 5)


def test_a_sum_says_how_much_of_it_a_device_counted() -> None:
    found = total([energy(3.0), energy(1.0, method=Method.MODEL), None])
    assert found.energy is not None
    assert (found.measured_share, found.count, found.unmeasured) == (0.75, 2, 1)
    assert found.energy.method is Method.MODEL
    assert {tier: part.energy_j for tier, part in found.by_tier.items()} == {"T2": 3.0, "T3": 1.0}


def test_nothing_sums_to_nothing_rather_than_zero() -> None:
    assert total([]).energy is None
    assert total([None, None]) == total([None, None])
    assert total([None, None]).unmeasured == 2


@given(st.lists(st.tuples(st.floats(0.01, 100), st.sampled_from("abc"), st.sampled_from(METHODS)), min_size=2, max_size=5))
def test_the_order_of_a_sum_does_not_matter(parts: list[tuple[float, str, Method]]) -> None:
    values = [energy(joules, group=group, method=method) for joules, group, method in parts]
    first = total(values)
    for order in itertools.islice(itertools.permutations(values), 24):
        other = total(order)
        assert first.energy is not None and other.energy is not None
        assert math.isclose(first.energy.energy_j, other.energy.energy_j)
        assert math.isclose(first.energy.u, other.energy.u)
        assert first.energy.method is other.energy.method


def test_overlapping_domains_of_one_window_are_refused() -> None:
    with pytest.raises(IncompatibleError, match="overlapping domains of one window: package-0"):
        energy(1.0, window="w") + energy(2.0, window="w")
    assert (energy(1.0, window="w") + energy(2.0, window="w", domain="dram-0")).energy_j == 3.0
    assert (energy(1.0, window="w") + energy(2.0, window="v")).energy_j == 3.0


def test_tiers_are_not_added_and_not_compared() -> None:
    with pytest.raises(IncompatibleError, match="cannot add measured and estimated"):
        energy(1.0) + energy(1.0, method=Method.MODEL)
    assert energy(1.0).incomparable(energy(1.0, method=Method.MODEL)) == "measured (T2) against estimated (T3)"
    assert energy(1.0).incomparable(energy(1.0, method=Method.ATTRIBUTED)) is None
    assert "boundaries" in (energy(1.0).incomparable(energy(1.0, domain="dram-0")) or "")
