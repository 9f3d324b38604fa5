"""Carbon from energy: which factor applies, and figures and intervals worked out by hand."""

from __future__ import annotations

import math

import pytest
from carbon_samples import energy

from greenlint.carbon.factors import WORLD, carbon_of, factor_for, known_factors
from greenlint.config.schema import CarbonConfig
from greenlint.errors import ConfigError


def test_an_unknown_place_is_the_world_with_a_wide_interval() -> None:
    factor = factor_for(CarbonConfig())
    assert factor.zone == WORLD
    assert factor.low < factor.value_g_per_kwh / 3
    assert factor.high > factor.value_g_per_kwh * 1.4


def test_a_zone_is_found_whatever_its_case_and_an_unknown_one_is_an_error() -> None:
    zone = next(zone for zone in known_factors() if zone != WORLD)
    assert factor_for(CarbonConfig(zone=zone.lower())).zone == zone
    with pytest.raises(ConfigError, match="unknown carbon zone 'ATLANTIS'"):
        factor_for(CarbonConfig(zone="ATLANTIS"))


def test_a_factor_of_the_users_own_wins() -> None:
    factor = factor_for(CarbonConfig(zone="home", factor_g_per_kwh=30.0))
    assert (factor.value_g_per_kwh, factor.zone, factor.source) == (30.0, "home", "[tool.greenlint.carbon]")
    assert (factor.low, factor.high) == pytest.approx((27.0, 33.0))


def test_every_shipped_factor_says_what_it_means() -> None:
    for zone, factor in known_factors().items():
        assert factor.zone == zone
        assert 0 <= factor.low < factor.value_g_per_kwh < factor.high < 2000, zone
        assert factor.year is not None and 2015 <= factor.year <= 2026, zone
        assert factor.convention and factor.basis and factor.source and factor.licence, zone


def test_a_kilowatt_hour_by_hand() -> None:
    factor = factor_for(CarbonConfig(factor_g_per_kwh=400.0))
    carbon = carbon_of(energy(3.6e6, 0.05 * 3.6e6), factor, pue=1.5)
    assert carbon.grams == pytest.approx(600.0)
    up = math.hypot(math.log(1 + 1.959964 * 0.05), math.log(1.1))
    down = math.hypot(math.log(1 - 1.959964 * 0.05), math.log(0.9))
    assert carbon.high == pytest.approx(600 * math.exp(up))
    assert carbon.low == pytest.approx(600 * math.exp(-down))


def test_the_interval_is_never_narrower_than_that_of_its_parts() -> None:
    factor = factor_for(CarbonConfig())
    carbon = carbon_of(energy(100.0, 20.0), factor)
    assert carbon.high / carbon.grams >= factor.high / factor.value_g_per_kwh
    assert carbon.low / carbon.grams <= factor.low / factor.value_g_per_kwh * 1.0000001


def test_no_energy_is_no_carbon_and_no_error() -> None:
    carbon = carbon_of(energy(0.0, 0.0), factor_for(CarbonConfig()))
    assert (carbon.grams, carbon.low, carbon.high) == (0.0, 0.0, 0.0)
