"""One call from an energy to its score, and what is wrong with the settings said before there is anything to score."""

from __future__ import annotations

import json
import math

import pytest
from carbon_samples import energy

from greenlint.carbon.embodied import Host, embodied_of, server_of
from greenlint.carbon.factors import Pue, factor_for, pue_for
from greenlint.carbon.place import is_placed
from greenlint.carbon.sci import sci
from greenlint.carbon.score import Basis, score, whole
from greenlint.config.schema import CarbonConfig, EmbodiedConfig
from greenlint.errors import ConfigError, IncompatibleError
from greenlint.model.energy import Energy, Method
from greenlint.model.run import Machine

METAL = Machine("c-16cpu", "Some CPU", 16, 64_000_000_000, False, "linux", "6")
GUEST = Machine("c-4vcpu-kvm", "Some CPU", 4, 16_000_000_000, True, "linux", "6")
IRELAND = CarbonConfig(zone="aws:eu-west-1")


def board(joules: float) -> Energy:
    return Energy(joules, 0.0, 1.0, 0.05 * joules, "nvml/c", Method.COUNTER, "nvml", ("gpu-0",), "GPU board")


def test_one_call_is_the_same_as_its_steps() -> None:
    factor = factor_for(IRELAND)
    share = embodied_of(server_of(IRELAND.embodied, Host.of(GUEST, 96)), 2.0, 4)
    by_hand = sci(energy(8.0, 0.4), factor, share, 1000, "request", pue_for(IRELAND, factor))
    assert score(energy(8.0, 0.4), 2.0, GUEST, IRELAND, 1000, "request", 96) == by_hand


def test_the_cpu_model_of_a_guest_replaces_the_guess_about_its_server() -> None:
    known = score(energy(8.0), 2.0, GUEST, CarbonConfig(), 1, "run", 96).share.server
    unknown = score(energy(8.0), 2.0, GUEST, CarbonConfig(), 1, "run").share.server
    assert known.threads == (96, 96, 96)
    assert unknown.threads == (128, 64, 512)


def test_a_machine_that_is_no_guest_is_the_whole_server() -> None:
    made = score(energy(8.0), 3600.0, METAL, CarbonConfig(), 1, "hour", 96)
    assert made.share.server.threads.value == made.share.threads == 16


def test_a_run_without_a_functional_unit_has_carbon_and_no_score() -> None:
    basis = Basis.of(GUEST, IRELAND)
    footprint = basis.footprint(energy(3.6e6), 1.0, 1.0, None)
    assert footprint.sci is None
    assert footprint.carbon.grams == pytest.approx(1.15 * basis.factor.value_g_per_kwh)
    scored = basis.footprint(energy(3.6e6), 1.0, 10.0, "request")
    assert scored.sci is not None
    assert scored.sci.operational.grams == pytest.approx(footprint.carbon.grams / 10)


def test_the_json_names_factor_interval_method_and_pue() -> None:
    document = json.loads(json.dumps(Basis.of(GUEST, IRELAND).footprint(energy(2.0, 0.1), 1.0, 1, None).to_json()))
    assert document["interval"][0] < document["g"] < document["interval"][1]
    assert (document["method"], document["pue"], document["pue_interval"]) == ("model", 1.15, [1.04, 1.46])
    assert document["factor"]["zone"] == "aws:eu-west-1"
    assert all(document["factor"][key] for key in ("unit", "year", "convention", "basis", "source", "licence", "note"))
    plain = Basis.of(GUEST, CarbonConfig(zone="FRA", pue=1.3)).footprint(energy(2.0), 1.0, 1, None).to_json()
    assert (plain["pue"], plain["pue_interval"]) == (1.3, [1.3, 1.3])


@pytest.mark.parametrize(
    ("config", "problem"),
    [
        (CarbonConfig(zone="ATLANTIS"), "unknown carbon zone 'ATLANTIS'"),
        (CarbonConfig(zone="DEU", year=1999), "no factor of 1999"),
        (CarbonConfig(embodied=EmbodiedConfig(total_threads=2)), "4 logical CPUs reserved of 2"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_without_any_energy(config: CarbonConfig, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem):
        Basis.of(GUEST, config)


def test_a_market_based_factor_gives_carbon_and_no_score() -> None:
    basis = Basis.of(GUEST, CarbonConfig(factor_g_per_kwh=20.0, basis="market"))
    assert basis.carbon(energy(3.6e6)).grams == pytest.approx(20.0)
    with pytest.raises(IncompatibleError, match="market-based"):
        basis.check(1.0, "request")


@pytest.mark.parametrize("units", [0.0, -1.0, math.nan, math.inf])
def test_nonsensical_units_are_found_before_the_work(units: float) -> None:
    with pytest.raises(ConfigError, match="functional units must be above 0"):
        Basis.of(GUEST, CarbonConfig()).check(units, "request")


def test_a_check_that_passes_says_nothing() -> None:
    Basis.of(GUEST, CarbonConfig()).check(0.5, "request")


def test_boards_beside_the_cpu_are_inside_and_the_weakest_method_marks_the_sum() -> None:
    together = whole(energy(10.0, 1.0), (board(300.0), board(100.0)))
    assert together.energy_j == pytest.approx(410.0)
    assert together.method is Method.MODEL
    assert together.method.mark == "estimated"
    assert "GPU board" in together.boundary and "machine" in together.boundary
    assert together.interval[0] < 410.0 < together.interval[1]
    assert whole(energy(10.0, 1.0)).energy_j == 10.0


@pytest.mark.parametrize(
    ("config", "placed"),
    [(CarbonConfig(), False), (CarbonConfig(zone="DEU"), True), (CarbonConfig(factor_g_per_kwh=0.0), True)],
)
def test_a_place_is_a_zone_or_a_factor(config: CarbonConfig, placed: bool) -> None:
    assert is_placed(config) is placed


def test_a_region_has_the_pue_of_its_provider_and_a_configured_one_wins() -> None:
    assert isinstance(Basis.of(GUEST, IRELAND).pue, Pue)
    assert Basis.of(GUEST, IRELAND._replace(pue=1.4)).pue == 1.4
