"""Which factor applies: aliases, years, basis, cloud regions, and one helpful line for what is not known."""

from __future__ import annotations

import pytest
from carbon_samples import energy
from hypothesis import given
from hypothesis import strategies as st

from greenlint.carbon.factors import Pue, carbon_of, factor_for, pue_for
from greenlint.config.schema import CarbonConfig
from greenlint.errors import ConfigError


def zone_of(zone: str, **changes: object) -> str:
    return factor_for(CarbonConfig(zone=zone, **changes)).zone  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("DEU", "DEU"),
        ("de", "DEU"),
        (" DE ", "DEU"),
        ("US", "USA"),
        ("us-camx", "US-CAMX"),
        ("US-CA", "US-CA"),
        ("cn-bj", "CN-BJ"),
        ("GB", "GBR"),
        ("GB-DESNZ", "GB-DESNZ"),
        ("gcp:europe-north1", "gcp:europe-north1"),
        ("AWS:EU-WEST-1", "aws:eu-west-1"),
        ("WORLD", "WORLD"),
    ],
)
def test_a_zone_is_found_under_each_of_its_names(written: str, zone: str) -> None:
    assert zone_of(written) == zone


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("Germany", "'DEU'"),
        ("germny", "'DEU'"),
        ("US-CALX", "'US-CAMX'"),
        ("aws:us-west-9", "'aws:us-west-2'"),
        ("eu-west-1", "'aws:eu-west-1'"),
        ("Yunnan", "'CN-YN'"),
        ("ATLANTIS", "or set factor-g-per-kwh"),
        ("", "or set factor-g-per-kwh"),
        ("🌍", "or set factor-g-per-kwh"),
    ],
)
def test_an_unknown_zone_is_one_line_with_the_nearest_names(written: str, suggestion: str) -> None:
    with pytest.raises(ConfigError, match="unknown carbon zone") as caught:
        zone_of(written)
    assert suggestion in caught.value.hint
    assert "\n" not in str(caught.value)


def test_the_newest_year_is_taken_unless_one_is_set() -> None:
    newest = factor_for(CarbonConfig(zone="DEU"))
    older = factor_for(CarbonConfig(zone="DEU", year=2023))
    assert (newest.year, older.year) == (2025, 2023)
    assert older.value_g_per_kwh == pytest.approx(362.92)
    with pytest.raises(ConfigError, match="has no factor of 1999") as caught:
        factor_for(CarbonConfig(zone="DEU", year=1999))
    assert "2023, 2024" in caught.value.hint


def test_the_market_factor_of_a_zone_is_used_only_where_there_is_one() -> None:
    assert zone_of("CN-MEE", basis="market") == "CN-MEE-EX-MARKET"
    assert zone_of("CN-MEE", basis="location") == "CN-MEE"
    assert factor_for(CarbonConfig(zone="CN-MEE-EX-MARKET")).basis == "market"
    with pytest.raises(ConfigError, match="no market-based carbon factor is known for zone 'DEU'") as caught:
        zone_of("DEU", basis="market")
    assert "contract" in caught.value.hint
    with pytest.raises(ConfigError, match="no location-based"):
        zone_of("CN-MEE-EX-MARKET", basis="location")
    with pytest.raises(ConfigError, match="no market-based"):
        factor_for(CarbonConfig(basis="market"))


def test_an_own_factor_keeps_its_basis_and_year() -> None:
    factor = factor_for(CarbonConfig(factor_g_per_kwh=12.0, basis="market", year=2024))
    assert (factor.basis, factor.year, factor.zone) == ("market", 2024, "as configured")


def test_an_unknown_place_is_the_world_and_says_so() -> None:
    factor = factor_for(CarbonConfig())
    assert (factor.zone, factor.basis) == ("WORLD", "location")
    assert "not known" in factor.note
    assert "set zone" in factor.note
    assert factor.pue is None


def test_a_cloud_region_brings_its_grid_and_its_pue_and_says_so() -> None:
    config = CarbonConfig(zone="gcp:europe-north1")
    factor, finland = factor_for(config), factor_for(CarbonConfig(zone="FIN"))
    assert (factor.value_g_per_kwh, factor.source) == (finland.value_g_per_kwh, finland.source)
    pue = pue_for(config, factor)
    assert isinstance(pue, Pue)
    assert pue.value == 1.09
    assert "FIN" in factor.note
    assert "PUE 1.09" in factor.note
    assert pue_for(config._replace(pue=1.3), factor) == 1.3
    assert pue_for(CarbonConfig(zone="FIN"), finland) == 1.0


def test_the_uncertainty_of_the_pue_is_part_of_the_carbon() -> None:
    factor = factor_for(CarbonConfig(zone="aws:eu-west-1"))
    assert factor.pue is not None
    exact, bounded = (carbon_of(energy(100.0), factor, pue) for pue in (factor.pue.value, factor.pue))
    assert exact.grams == bounded.grams
    assert exact.pue == bounded.pue == 1.15
    assert bounded.low < exact.low
    assert bounded.high > exact.high


def test_a_cloud_region_takes_its_year_and_basis_from_its_grid() -> None:
    assert factor_for(CarbonConfig(zone="aws:eu-west-1", year=2024)).year == 2024
    with pytest.raises(ConfigError, match="zone 'IRL'"):
        factor_for(CarbonConfig(zone="aws:eu-west-1", basis="market"))


def test_neither_time_zone_nor_language_nor_address_changes_the_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    before = factor_for(CarbonConfig())
    for name, value in (
        ("TZ", "Asia/Shanghai"),
        ("LANG", "zh_CN.UTF-8"),
        ("LC_ALL", "fr_FR.UTF-8"),
        ("AWS_REGION", "eu-west-1"),
    ):
        monkeypatch.setenv(name, value)
    assert factor_for(CarbonConfig()) == before


@given(st.text(max_size=12))
def test_any_text_is_a_zone_or_one_line(written: str) -> None:
    try:
        factor = factor_for(CarbonConfig(zone=written))
    except ConfigError as error:
        assert "\n" not in str(error)
    else:
        assert 0 < factor.low < factor.value_g_per_kwh < factor.high
