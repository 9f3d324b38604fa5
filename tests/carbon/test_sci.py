"""SCI: by hand, per unit, with both parts and both intervals; and nothing of the market in it."""

from __future__ import annotations

import json
import math

import pytest
from carbon_samples import energy
from hypothesis import given
from hypothesis import strategies as st

from greenlint.carbon.embodied import Embodied, Host, embodied_of, server_of
from greenlint.carbon.factors import CarbonFactor, carbon_of, factor_for
from greenlint.carbon.sci import Sci, sci
from greenlint.config.schema import CarbonConfig, EmbodiedConfig
from greenlint.errors import ConfigError, IncompatibleError

WORLD_2024 = factor_for(CarbonConfig(zone="WORLD", year=2024))
joules = st.floats(1e-3, 1e9)
relative = st.floats(0, 1.5)
factors = st.builds(
    lambda value, low, high: CarbonFactor(value, value * low, value * high, "X", 2024, "CO2e, direct", "location", "s", "l"),
    st.floats(1, 1500),
    st.floats(0, 1),
    st.floats(1, 5),
)
units = st.floats(1e-3, 1e9)


def share(seconds: float = 1.0) -> Embodied:
    return embodied_of(server_of(EmbodiedConfig(total_threads=128), Host(4)), seconds, 4)


def scored(count: float = 1.0, factor: CarbonFactor = WORLD_2024) -> Sci:
    return sci(energy(8.0, 0.4), factor, share(), count, "test run")


def test_eight_joules_and_a_second_of_a_server_by_hand() -> None:
    """8 J x 471 g/kWh = 1.05 mg, and 0.25 mg of the server: the example of the research notes."""
    score = scored()
    assert score.operational.grams == pytest.approx(8 / 3.6e6 * 471.08)
    assert score.operational.grams == pytest.approx(1.05e-3, rel=0.01)
    assert score.embodied.grams == pytest.approx(0.2476e-3, rel=0.01)
    assert score.total.grams == score.operational.grams + score.embodied.grams
    assert score.total.low < score.total.grams < score.total.high
    assert score.total.high - score.total.grams == pytest.approx(
        math.hypot(score.operational.high - score.operational.grams, score.embodied.high - score.embodied.grams)
    )


def test_it_is_per_functional_unit_and_keeps_what_it_rests_on() -> None:
    one, thousand = scored(), scored(1000)
    assert thousand.total.grams == pytest.approx(one.total.grams / 1000)
    assert thousand.total.high == pytest.approx(one.total.high / 1000)
    assert (thousand.unit_name, thousand.functional_units) == ("test run", 1000)
    assert thousand.factor is WORLD_2024
    assert thousand.share.server.threads.value == 128


def test_a_market_based_factor_is_refused_with_the_reason() -> None:
    contract = factor_for(CarbonConfig(factor_g_per_kwh=0.0, basis="market", zone="DEU"))
    with pytest.raises(IncompatibleError, match="market-based: an SCI takes the grid of its place") as caught:
        scored(factor=contract)
    assert 'basis = "location"' in caught.value.hint


@pytest.mark.parametrize("count", [0, -1, math.inf, math.nan])
def test_no_or_nonsensical_functional_units_are_refused(count: float) -> None:
    with pytest.raises(ConfigError, match="functional units must be above 0"):
        scored(count)


def test_the_json_has_every_field_that_the_standard_asks_to_disclose() -> None:
    document = json.loads(json.dumps(scored(10).to_json()))
    assert document["functional_unit"] == "test run"
    assert document["factor"]["basis"] == "location"
    assert document["energy"]["method"] == "model"
    assert document["pue"] == 1.0
    for part in ("sci", "operational", "embodied"):
        low, high = document[part]["interval"]
        assert low <= document[part]["g"] <= high
    assert len(document["embodied_assumptions"]) == 3


def test_energy_below_the_limit_of_detection_reaches_from_zero_to_the_limit() -> None:
    score = sci(energy(0.0, 0.0, limit_j=2.0), WORLD_2024, share(), 1, "call")
    assert score.operational.grams == score.operational.low == 0
    assert score.operational.high == pytest.approx(2 / 3.6e6 * WORLD_2024.high)
    assert score.total.low > 0


@given(joules, relative, factors, st.floats(0, 1e6), units)
def test_the_interval_contains_the_value_and_is_no_narrower_than_its_parts(
    value: float, error: float, factor: CarbonFactor, seconds: float, count: float
) -> None:
    score = sci(energy(value, value * error), factor, share(seconds), count, "unit")
    assert 0 <= score.total.low <= score.total.grams <= score.total.high
    rounding = 1e-12 * score.total.high
    for part in (score.operational, score.embodied):
        assert score.total.high - score.total.grams >= part.high - part.grams - rounding


@given(joules, relative, factors, st.floats(1, 3), units, st.floats(1, 100))
def test_more_energy_a_dirtier_grid_or_a_higher_pue_is_never_a_lower_score(
    value: float, error: float, factor: CarbonFactor, pue: float, count: float, more: float
) -> None:
    def score(joules: float = value, times: float = 1.0, overhead: float = pue) -> float:
        grid = CarbonFactor(
            factor.value_g_per_kwh * times, factor.low * times, factor.high * times, "X", 2024, "c", "location", "s", "l"
        )
        return sci(energy(joules, joules * error), grid, share(), count, "unit", overhead).total.grams

    slack = 1 - 1e-12
    assert score(joules=value * more) >= score() * slack
    assert score(times=more) >= score() * slack
    assert score(overhead=pue * more) >= score() * slack


@given(joules, relative, factors, st.floats(1e-3, 1e3))
def test_carbon_scales_with_energy(value: float, error: float, factor: CarbonFactor, times: float) -> None:
    one = carbon_of(energy(value, value * error), factor)
    other = carbon_of(energy(value * times, value * times * error), factor)
    assert other.grams == pytest.approx(one.grams * times)
    assert other.high == pytest.approx(one.high * times)
    assert other.low == pytest.approx(one.low * times)
    assert one.low <= one.grams <= one.high


@given(st.lists(st.tuples(joules, units), min_size=1, max_size=5), units)
def test_scores_of_several_runs_are_total_carbon_over_total_units(runs: list[tuple[float, float]], scale: float) -> None:
    """sum(C) / sum(R) stays the same however the units are scaled; a mean of scores would not."""
    grams = [carbon_of(energy(value), WORLD_2024).grams for value, _ in runs]
    whole = sci(energy(sum(value for value, _ in runs)), WORLD_2024, share(0), sum(count for _, count in runs), "u")
    assert whole.total.grams == pytest.approx(sum(grams) / sum(count for _, count in runs))
