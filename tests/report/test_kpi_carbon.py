"""Indicator K03 in a cloud region, under a contract and with a note: what it is, in both languages and as JSON."""

from __future__ import annotations

import pytest
from ledger_samples import energy, run, session

from greenlint.carbon.factors import factor_for
from greenlint.config.schema import CarbonConfig
from greenlint.reporters.catalog import load_catalog
from greenlint.reporters.kpi.document import as_json
from greenlint.reporters.kpi.facts import Facts
from greenlint.reporters.kpi.indicators import k03_bill
from greenlint.reporters.kpi.lint_facts import LintFacts
from greenlint.reporters.kpi.tile import Tile
from greenlint.reporters.survey.gather import survey

LINT = LintFacts(2, 1.8, 3, {"python": 200}, 4096, 1, 12, 0)


def facts(carbon: CarbonConfig) -> Facts:
    return Facts("shop", survey([(run(1, status="complete"), [session(energy(3.6e6))])]), (), carbon, factor_for(carbon), LINT)


def sentences(tile: Tile, lang: str) -> list[str]:
    words = load_catalog(lang)
    return [words.say(fact) for fact in tile.facts] + [words.say(figure.label) for figure in tile.figures if figure.label]


def test_a_cloud_region_brings_its_pue_its_interval_and_its_note() -> None:
    carbon = CarbonConfig(zone="aws:eu-west-1", price_per_kwh=0.2)
    tile = k03_bill.tile(facts(carbon))
    electricity, grams, money = tile.figures
    assert electricity.value == pytest.approx(1150.0)
    assert grams.value == pytest.approx(1.15 * factor_for(carbon).value_g_per_kwh)
    assert money.value == pytest.approx(0.23)
    assert electricity.low is not None and electricity.high is not None and electricity.value is not None
    assert electricity.high / electricity.value > 1.46 / 1.15, "the interval of the PUE is inside"
    assert electricity.low / electricity.value < 1.04 / 1.15
    assert "PUE 1.15 [1.04, 1.46]" in sentences(tile, "en")
    assert any(text.startswith("About the factor: aws:eu-west-1 is in Ireland") for text in sentences(tile, "en"))
    assert any(text.startswith("因子说明：aws:eu-west-1 is in Ireland") for text in sentences(tile, "zh-CN"))


def test_a_configured_pue_replaces_that_of_the_region() -> None:
    tile = k03_bill.tile(facts(CarbonConfig(zone="aws:eu-west-1", pue=1.5)))
    assert tile.headline.value == pytest.approx(1500.0)
    assert "PUE 1.5" in sentences(tile, "en")


def test_a_contract_is_never_called_location_based() -> None:
    tile = k03_bill.tile(facts(CarbonConfig(factor_g_per_kwh=20.0, basis="market")))
    assert "CO₂e, market-based (contracts)" in sentences(tile, "en")
    assert "CO₂e（基于市场：合同）" in sentences(tile, "zh-CN")


def test_a_factor_of_carbon_dioxide_alone_is_not_called_equivalent() -> None:
    assert "CO₂, location-based" in sentences(k03_bill.tile(facts(CarbonConfig(zone="CN-BJ"))), "en")


def test_without_a_place_the_step_asks_for_it_and_the_english_note_is_left_out() -> None:
    tile = k03_bill.tile(facts(CarbonConfig()))
    assert [fact.key for fact in tile.facts] == ["kpi.factor"]
    assert "next.zone" in {step.key for step in tile.next_steps}


@pytest.mark.parametrize(
    ("config", "value", "interval"),
    [
        (CarbonConfig(), 1.0, [1.0, 1.0]),
        (CarbonConfig(zone="DEU", pue=1.3), 1.3, [1.3, 1.3]),
        (CarbonConfig(zone="aws:eu-west-1"), 1.15, [1.04, 1.46]),
    ],
)
def test_the_document_states_the_pue_that_was_used(config: CarbonConfig, value: float, interval: list[float]) -> None:
    here = facts(config)
    stated = as_json(here, [k03_bill.tile(here)])["carbon_factor"]
    assert (stated["pue"], stated["pue_interval"]) == (value, interval)
    assert stated["note"] == here.factor.note
