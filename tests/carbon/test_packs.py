"""Every shipped figure: in range, with interval, meaning and source; and near the figures that others print."""

from __future__ import annotations

import hashlib
import json
import re
import statistics
from pathlib import Path

import pytest

from greenlint.carbon import pack
from greenlint.carbon.factors import CarbonFactor, factor_for, known_factors
from greenlint.carbon.pack import NAMES, all_zones, entry_of, factor_in, read_pack
from greenlint.config.schema import CarbonConfig

HEADER = {"title", "source", "url", "licence", "edition", "retrieved", "inputs"}


def every_factor() -> list[CarbonFactor]:
    """All zones of the packs with figures, in all their years."""
    return [
        factor_in(zone, entry, found.header, int(year))
        for found in (read_pack(name) for name in NAMES)
        for zone, entry in found.zones.items()
        for year in entry.get("years", ())
    ]


def value(zone: str, year: int | None = None) -> float:
    return factor_for(CarbonConfig(zone=zone, year=year)).value_g_per_kwh


@pytest.mark.parametrize("name", NAMES)
def test_the_header_of_a_pack_says_where_its_figures_come_from(name: str) -> None:
    header = read_pack(name).header
    assert header.keys() >= HEADER
    assert all(header[key] for key in HEADER)
    assert header["url"].startswith("https://")
    assert all(re.fullmatch(r"[\w.-]+ sha256:[0-9a-f]{64}", one) for one in header["inputs"])
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", header[key]) for key in ("edition", "retrieved"))


def test_the_typed_tables_are_those_that_went_into_the_packs() -> None:
    """A table that is edited without building the packs again would ship other figures than it says."""
    inputs = {one for name in NAMES for one in read_pack(name).header["inputs"]}
    tables = sorted((Path(__file__).parents[2] / "scripts" / "carbon" / "sources").glob("*.csv"))
    assert len(tables) == 4
    for table in tables:
        text = table.read_bytes().replace(b"\r\n", b"\n")  # as git may have written it on Windows
        assert f"{table.name} sha256:{hashlib.sha256(text).hexdigest()}" in inputs


def test_every_figure_is_in_range_has_an_interval_and_says_what_it_means() -> None:
    factors = every_factor()
    assert len(factors) > 1000
    for factor in factors:
        assert 0 < factor.low < factor.value_g_per_kwh < factor.high < 3000, factor
        assert factor.low <= factor.value_g_per_kwh * 0.6 + 1e-9, factor
        assert factor.high >= factor.value_g_per_kwh * 1.4 - 1e-9, factor
        assert factor.value_g_per_kwh < 1400, factor
        assert factor.year is not None
        assert 2021 <= factor.year <= 2026, factor
        gas, scope, side = factor.convention.split(", ", 2)
        assert (gas in factor.unit) and gas in ("CO2", "CO2e"), factor
        assert scope in ("direct", "life cycle"), factor
        assert side.startswith(("generation", "consumption")), factor
        assert factor.basis in ("location", "market"), factor
        assert factor.source, factor
        assert factor.licence, factor
        assert factor.url, factor


def test_a_zone_is_in_one_pack_only_and_its_other_names_lead_to_it() -> None:
    zones = [zone for name in NAMES for zone in read_pack(name).zones]
    assert len(zones) == len(set(zones)) == len(all_zones())
    for name in NAMES:
        found = read_pack(name)
        for zone in found.zones:
            assert pack.pack_of(zone) == name, zone
            assert pack.spelled(zone) == zone
        for alias, zone in found.aliases.items():
            assert alias not in zones
            canonical = entry_of(alias)
            assert canonical is not None
            assert canonical[0] == zone


def test_countries_have_both_iso_codes() -> None:
    found = read_pack("world")
    countries = [zone for zone in found.zones if len(zone) == 3]
    assert len(countries) >= 205
    assert sum(len(found.zones[zone]["also"]) == 1 for zone in countries) == len(countries)
    assert [found.aliases[code] for code in ("DE", "US", "CN", "GB", "XK", "EU")] == ["DEU", "USA", "CHN", "GBR", "XKX", "EU27"]


@pytest.mark.parametrize(
    ("zone", "printed"),
    [("WORLD", 473), ("CHN", 557.5), ("USA", 383.6), ("DEU", 342), ("IND", 709), ("GBR", 216), ("FRA", 44.2)],
)
def test_the_figures_of_2024_are_those_that_others_print_within_ten_percent(zone: str, printed: float) -> None:
    """Against co2.js 0.19, an earlier edition of the same source; a yearly figure is revised by a few percent."""
    assert value(zone, 2024) == pytest.approx(printed, rel=0.10)


def test_known_values() -> None:
    assert value("WORLD", 2024) == pytest.approx(471.08)
    assert [value(zone) for zone in ("CN-MEE", "CN-MEE-NORTH", "CN-MEE-SOUTHWEST")] == [530.6, 636.1, 247.2]
    assert [value(zone) for zone in ("CN-YN", "CN-TJ")] == [133.3, 679.6]
    assert value("US-CAMX") == pytest.approx(429.983 * 0.45359237, rel=2e-4)  # lb/MWh as EPA prints it
    assert value("US-ERCT") == pytest.approx(736.629 * 0.45359237, rel=2e-4)
    assert value("US-CA") == pytest.approx(394.769 * 0.45359237, rel=1e-4)
    assert [value("GB-DESNZ", 2024), value("GB-DESNZ")] == [207.05, 177.0]


def test_provinces_average_near_the_nation_and_nearly_all_are_inside_its_interval() -> None:
    nation = factor_for(CarbonConfig(zone="CN-MEE"))
    provinces = [value(zone) for zone in read_pack("china").zones if re.fullmatch("CN-[A-Z]{2}", zone)]
    assert len(provinces) == 30
    assert statistics.mean(provinces) == pytest.approx(nation.value_g_per_kwh, rel=0.1)
    assert sum(nation.low <= one <= nation.high for one in provinces) >= 0.95 * len(provinces)


def test_states_and_subregions_average_near_the_nation() -> None:
    zones = read_pack("usa").zones
    states = [value(zone) for zone in zones if re.fullmatch("US-[A-Z]{2}", zone)]
    subregions = [value(zone) for zone in zones if re.fullmatch("US-[A-Z]{4}", zone)]
    nation = factor_for(CarbonConfig(zone="US-EPA"))
    assert (len(states), len(subregions)) == (51, 27)
    assert statistics.mean(states) == pytest.approx(nation.value_g_per_kwh, rel=0.15)
    assert statistics.median(subregions) == pytest.approx(nation.value_g_per_kwh, rel=0.2)
    assert sum(nation.low <= one <= nation.high for one in states) >= 0.9 * len(states)


def test_every_cloud_region_has_a_grid_and_a_plausible_pue() -> None:
    found = read_pack("cloud")
    assert {zone.partition(":")[0] for zone in found.zones} == {"aws", "azure", "gcp", "ali"} == set(found.header["pue"])
    for zone in found.zones:
        factor = known_factors()[zone]
        assert factor.pue is not None
        assert 1 < factor.pue.low <= factor.pue.value <= factor.pue.high < 1.6, zone


def test_the_packs_are_small_and_one_zone_is_one_line() -> None:
    files = list(Path(pack.FOLDER).iterdir())
    assert sorted(file.stem for file in files) == sorted(NAMES)
    assert sum(file.stat().st_size for file in files) < 100_000
    for file in files:
        zones = json.loads(file.read_text("utf-8"))["zones"]
        assert sum(line.startswith('  "') for line in file.read_text("utf-8").splitlines()) == len(zones)
