"""The stated 95 % intervals hold the truth in about 95 % of the windows: neither too narrow nor too wide."""

from __future__ import annotations

import math
import random
from functools import cache

import pytest

from greenlint.testing.interval_coverage import ALONE, SHARED, Judged, coverage, judge_windows
from greenlint.testing.known_power import KnownPower, Load

STEP_S = 0.001
MACHINES = 1000


@cache
def windows_of(scene: str, unit_uj: float) -> list[Judged]:
    return list(judge_windows({**ALONE, **SHARED}[scene], machines=MACHINES, seed=1, unit_uj=unit_uj))


def judged(scene: str, kind: str, *, unit_uj: float = 61.035) -> list[Judged]:
    return [window for window in windows_of(scene, unit_uj) if window.kind == kind]


def shorter(windows: list[Judged], seconds: float) -> list[Judged]:
    return [window for window in windows if window.seconds < seconds]


@pytest.mark.parametrize("unit_uj", [61.035, 15.259])
@pytest.mark.parametrize("scene", ALONE)
def test_alone_the_interval_of_the_total_holds_the_truth_as_often_as_it_says(scene: str, unit_uj: float) -> None:
    windows = judged(scene, "total", unit_uj=unit_uj)
    assert 0.93 <= coverage(windows) <= 0.97
    assert coverage(shorter(windows, 10 * STEP_S)) >= 0.88


@pytest.mark.parametrize("scene", [name for name in ALONE if not name.endswith("idle")])
def test_alone_the_interval_of_our_own_energy_holds_the_truth_as_often_as_it_says(scene: str) -> None:
    windows = judged(scene, "own")
    assert 0.93 <= coverage(windows) <= 0.97
    assert coverage(shorter(windows, 10 * STEP_S)) >= 0.88


def test_on_an_idle_machine_no_window_claims_energy_of_its_own() -> None:
    assert all(window.energy.below_limit and window.held for window in judged("constant 42 W, idle", "own"))


def test_beside_a_neighbour_the_interval_covers_programs_as_uneven_as_is_assumed() -> None:
    assert coverage(judged("neighbour, spread 20 %", "own")) >= 0.95


def test_short_windows_are_surer_than_the_steps_of_the_counter_alone_would_let_them_be() -> None:
    windows = shorter(judged("constant 42 W, one CPU", "total"), 2 * STEP_S)
    assert all(window.energy.u_rand < 0.41 * STEP_S * 42 for window in windows)


def test_the_interval_holds_when_the_load_begins_with_the_window_and_the_counter_lags() -> None:
    rng, windows = random.Random(7), []
    for _ in range(MACHINES):
        machine = KnownPower(iter(()), phase_s=rng.random() * STEP_S, gain_error=rng.gauss(0, 0.05))
        meter = machine.open_meter(rng.uniform(0.020, 0.021))
        machine.run(rng.uniform(0.3, 0.6))
        seconds, start = math.exp(rng.uniform(math.log(0.001), 0)), meter.read()
        machine.spend(Load(seconds, 1.0, 80.0))
        windows.append(Judged(seconds, "own", meter.energy(start, meter.read()), 80.0 * seconds))
    assert coverage(windows) >= 0.93
    assert coverage(shorter(windows, 10 * STEP_S)) >= 0.88
    assert sum(not window.energy.below_limit for window in windows) > 0.7 * MACHINES
