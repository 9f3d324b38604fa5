"""The fitted table and its arithmetic: complete, attributed, monotone."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.profiler.power_model import PowerModel, curve_of, share_at, spread, thread_power, thread_power_unknown
from greenlint.profiler.providers.model import load_data

TABLE = load_data("power_model.json")
ROWS = [None, *TABLE["arch"]]
rows = st.sampled_from(ROWS)


def machine(row: dict[str, Any] | None, tdp_w: float, threads: float, cpus: int) -> PowerModel:
    power = thread_power(TABLE, row, tdp_w, threads)
    return PowerModel("A", "", cpus, power.idle_w * cpus, power.full_w - power.idle_w, 0.1, 0.1, "", curve=curve_of(TABLE, row))


def test_the_table_names_its_source_its_date_and_its_errors() -> None:
    assert "SPECpower_ssj2008" in TABLE["source"] and "not SPEC results" in TABLE["source"]
    assert TABLE["data_from"] < TABLE["data_to"]
    assert TABLE["servers"] == sum(row["servers"] for row in TABLE["arch"])
    assert TABLE["mape"]["A"]["full"] < 15
    assert set(TABLE["intervals90"]) == {"A", "A0", "B", "C", "D"}


def test_the_more_is_known_the_narrower_is_the_interval() -> None:
    for quantity in ("idle", "full", "dynamic"):
        widths = [spread(TABLE["intervals90"][tier][quantity]) for tier in ("A", "A0", "B", "C", "D")]
        assert widths[0] < min(widths[1:3]) and max(widths[1:3]) < widths[3] < widths[4]


@pytest.mark.parametrize("row", TABLE["arch"], ids=lambda row: row["arch"])
def test_every_row_is_plausible(row: dict[str, Any]) -> None:
    assert 0 < row["idle_w_per_thread"] < row["max_w_per_thread"] < 12
    assert 0 < row["idle_per_tdp"] < row["max_per_tdp"] < 1.5
    assert row["cpuid"]
    assert row["servers"] >= 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["arch"] if row else "global")
def test_curves_rise_from_nothing_to_everything(row: dict[str, Any] | None) -> None:
    curve = curve_of(TABLE, row)
    assert len(curve) == 11
    assert curve[0] == 0 and curve[-1] == 1
    assert all(left < right for left, right in pairwise(curve))


@given(row=rows, tdp_w=st.floats(1, 1000), more=st.floats(1, 3), threads=st.integers(1, 1024))
def test_power_grows_with_tdp(row: dict[str, Any] | None, tdp_w: float, more: float, threads: int) -> None:
    little, much = thread_power(TABLE, row, tdp_w, threads), thread_power(TABLE, row, tdp_w * more, threads)
    assert 0 < little.idle_w <= much.idle_w * (1 + 1e-9)
    assert 0 < little.full_w - little.idle_w <= (much.full_w - much.idle_w) * (1 + 1e-9)


@given(row=rows, tdp_w=st.floats(15, 600), cpus=st.integers(1, 512), load=st.floats(0, 1), more=st.floats(0, 1))
def test_power_grows_with_load_and_with_cpus(
    row: dict[str, Any] | None, tdp_w: float, cpus: int, load: float, more: float
) -> None:
    small, large = machine(row, tdp_w, 64, cpus), machine(row, tdp_w, 64, cpus + 1)
    low, high = sorted((load, more))
    assert small.idle_w <= small.watts(low) <= small.watts(high) * (1 + 1e-9)
    assert small.watts(high) <= small.full_w * (1 + 1e-9)
    assert small.watts(load) < large.watts(load)
    assert small.watts(0) == pytest.approx(small.idle_w)
    assert small.watts(1) == pytest.approx(small.idle_w + cpus * small.dynamic_w)


def test_loads_outside_the_curve_end_at_its_ends() -> None:
    assert share_at((0.0, 0.6, 1.0), -1) == 0
    assert share_at((0.0, 0.6, 1.0), 7) == 1
    assert share_at((0.0, 0.6, 1.0), 0.25) == pytest.approx(0.3)


def test_an_unlisted_architecture_has_the_common_power() -> None:
    power = thread_power_unknown(TABLE, None)
    assert power.idle_w == TABLE["global"]["idle_w_per_thread"]
    assert power.full_w == TABLE["global"]["max_w_per_thread"]
